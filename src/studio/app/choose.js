// Which of several files is the notebook, which are its bibliographies, which its pictures.

/** Names that a notebook usually has, best first. */
const USUAL_NAMES = ["notebook.md", "index.md", "readme.md"];

const EXTENSIONS = {
  markdown: ["md", "markdown", "txt"],
  bibliography: ["bib"],
  picture: ["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"],
};

/** Extensions of the files that can be edited. */
export const TEXT_EXTENSIONS = [...EXTENSIONS.markdown, ...EXTENSIONS.bibliography].map((extension) => `.${extension}`);

/**
 * @param {string} path
 * @returns {keyof typeof EXTENSIONS | undefined}
 */
export const kindOf = (path) => {
  const extension = path.split(".").pop()?.toLowerCase() ?? "";
  const kinds = /** @type {(keyof typeof EXTENSIONS)[]} */ (Object.keys(EXTENSIONS));
  return kinds.find((kind) => EXTENSIONS[kind].includes(extension));
};

/** @param {string} path */
export const nameOf = (path) => path.split("/").pop() ?? path;

/** @param {string} path */
const depth = (path) => path.split("/").length;

/**
 * Returns the paths that may be the notebook: one if its name or place says so, several if somebody has to choose.
 * @param {readonly string[]} paths
 */
export const notebookCandidates = (paths) => {
  const all = paths.filter((path) => kindOf(path) === "markdown" && !isHidden(path));
  const marked = all.filter((path) => !path.toLowerCase().endsWith(".txt"));
  const texts = marked.length > 0 ? marked : all;
  const top = Math.min(...texts.map(depth));
  const nearest = texts.filter((path) => depth(path) === top);
  for (const usual of USUAL_NAMES) {
    const found = nearest.find((path) => nameOf(path).toLowerCase() === usual);
    if (found) return [found];
  }
  return nearest.length === 1 ? nearest : texts.toSorted();
};

/**
 * Returns true if a path lies in a folder that no notebook is read from.
 * @param {string} path
 */
export const isHidden = (path) => path.split("/").some((part) => part.startsWith(".") || part === "node_modules");

/**
 * Returns a path as seen from the folder of the notebook, or undefined if it lies elsewhere.
 * @param {string} path
 * @param {string} notebook
 */
export const relativeTo = (path, notebook) => {
  const folder = notebook.slice(0, notebook.length - nameOf(notebook).length);
  return path.startsWith(folder) ? path.slice(folder.length) : undefined;
};

/**
 * Returns the name of the file at an address.
 * @param {string} address
 */
export const nameAt = (address) => {
  const last = new URL(address).pathname.split("/").pop() ?? "";
  const name = decodeEscapes(last);
  const kind = kindOf(name);
  return kind === "markdown" || kind === "bibliography" ? name : "notebook.md";
};

/**
 * Decodes percent escapes; a text with a broken one stays as it is.
 * @param {string} text
 */
export const decodeEscapes = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
