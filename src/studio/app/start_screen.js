// The ways to begin: files, a folder, an address, pasted text, the published notebook, an example, what this browser has kept.
import references from "../../cli/new/template/references.bib";
import figure from "../../cli/new/template/figure.svg";
import template from "../../cli/new/template/notebook.md";

import { kindOf, nameOf, notebookCandidates, relativeTo } from "./choose.js";
import { ask, notify } from "./dialogs.js";
import { find } from "./elements.js";
import { hasOwnWords, mayForget, workspacesOf } from "./journal_record.js";
import { OpenError, fetchFile, filesIn, readText } from "./opening.js";
import { mayRead } from "./saving.js";
import { refresh } from "./storing.js";
import { formatTime } from "./time.js";

/** @import { Kept } from "./journal_record.js" */
/** @import { NewDocument } from "./open_document.js" */
/** @import { Chosen } from "./opening.js" */
/** @import { Studio } from "./studio.js" */
/** @import { ChosenFile } from "./types" */

const EXAMPLE = template.replace("{title}", "My notes");

/** @returns {[path: string, file: Blob][]} */
const examplePictures = () => [["figure.svg", new Blob([figure], { type: "image/svg+xml" })]];

/**
 * Where files are from: an address, or a folder that can be read again.
 * @typedef {{ origin?: string | null, folder?: FileSystemDirectoryHandle | null }} Origin
 */

/**
 * Opens files that somebody has chosen, and shows why if it cannot.
 * @param {Studio} studio
 * @param {() => Promise<Chosen>} choose
 */
export const openChosen = (studio, choose) =>
  attempt(studio, async () => {
    const { files, folder } = await choose();
    if (files.length > 0) await openFiles(studio, files, { folder });
  });

/**
 * @param {Studio} studio
 * @param {string} address
 */
export const openAddress = (studio, address) =>
  attempt(studio, async () => {
    if (await restoreEdited(studio, address)) return;
    const fetched = await fetchFile(address);
    await forgetUnedited(studio, address);
    await openFiles(studio, [fetched], { origin: address });
  });

/**
 * Opens what was fetched from an address before, if it has been edited: loading the page again must not undo that.
 * @param {Studio} studio
 * @param {string} address
 */
const restoreEdited = async (studio, address) => {
  const kept = workspacesOf(await studio.journal.load().catch(() => []));
  const before = kept.find(({ documents }) => isFrom(documents, address) && documents.some(hasOwnWords));
  if (!before) return false;
  await restoreWorkspace(studio, before.id);
  return true;
};

/**
 * Removes copies of an address that were never edited from the journal: each visit would leave one more. Those in other tabs stay.
 * @param {Studio} studio
 * @param {string} address
 */
const forgetUnedited = async (studio, address) => {
  // The lock of the notebook that is open would be given up; without locks nobody knows what other tabs have.
  if (studio.workspace || !navigator.locks) return;
  const load = async () => workspacesOf(await studio.journal.load().catch(() => []));
  const isUnedited = (/** @type {Kept[]} */ documents) => isFrom(documents, address) && !documents.some(hasOwnWords);
  for (const { id } of (await load()).filter(({ documents }) => isUnedited(documents))) {
    if (!(await studio.tabs.claim(id))) continue;
    // It may have been edited, and closed, until the lock was free.
    const { documents } = (await load()).find((found) => found.id === id) ?? { documents: [] };
    if (isUnedited(documents)) await studio.journal.forget(documents.map(({ record }) => record.id)).catch(() => {});
  }
  studio.tabs.release();
};

/**
 * @param {Studio} studio
 * @param {string} content
 */
export const openText = (studio, content) =>
  attempt(studio, async () => {
    const isBibliography = /^\s*@\w+\s*\{/.test(content);
    const pasted = isBibliography ? [newNotebook("Papers"), fileOf("references.bib", content)] : [fileOf("notebook.md", content)];
    await showWork(studio, studio.open(pasted));
  });

/** @param {Studio} studio */
export const openExample = (studio) =>
  attempt(studio, async () => {
    const documents = [fileOf("notebook.md", EXAMPLE, true), fileOf("references.bib", references, true)];
    await showWork(studio, studio.open(documents, examplePictures()));
  });

/**
 * Opens a copy of the published notebook.
 * @param {Studio} studio
 * @param {string} address
 */
export const editCopy = (studio, address) =>
  attempt(studio, async () => {
    const { file } = await fetchFile(address);
    const content = await readText(file, "notebook.md");
    await forgetUnedited(studio, address);
    await showWork(studio, studio.open([{ ...fileOf("notebook.md", content, true), origin: address }]));
  });

/**
 * Opens the copy of the published notebook that has been edited, or else a new one.
 * @param {Studio} studio
 * @param {string} address
 */
export const continueCopy = (studio, address) =>
  attempt(studio, async () => {
    if (!(await restoreEdited(studio, address))) await editCopy(studio, address);
  });

/**
 * Opens what was open when the browser, the tab or the machine stopped. Returns false if there is nothing.
 * @param {Studio} studio
 */
export const restoreLast = async (studio) => {
  const [last] = workspacesOf(await studio.journal.load().catch(() => []));
  if (!last) return false;
  await attempt(studio, () => restoreWorkspace(studio, last.id));
  return true;
};

/** @param {Studio} studio */
export const showStart = async (studio) => {
  find("start").hidden = false;
  for (const id of ["work", "save", "views", "document", "skip"]) find(id).hidden = true;
  document.title = "Studio";
  const kept = workspacesOf(await studio.journal.load().catch(() => []));
  find("kept").hidden = kept.length === 0;
  find("kept-list").replaceChildren(...kept.map(({ id, time, documents }) => keptItem(studio, id, time, documents)));
};

/**
 * Shows the notebook once it is open: before, nothing would store what somebody types.
 * @param {Studio} studio
 * @param {Promise<boolean>} opening
 */
const showWork = async (studio, opening) => {
  notify("");
  await opening;
  if (!studio.workspace) return showStart(studio);
  find("start").hidden = true;
  for (const id of ["work", "save", "views", "skip"]) find(id).hidden = false;
  studio.editor.view.focus();
};

/**
 * Opens something, or shows why it cannot.
 * @param {Studio} studio
 * @param {() => Promise<void>} open
 */
const attempt = async (studio, open) => {
  try {
    await open();
  } catch (error) {
    notify(error instanceof OpenError ? error.message : `This could not be opened: ${error instanceof Error ? error.message : error}`);
    if (!studio.workspace) await showStart(studio);
  }
};

/**
 * @param {Studio} studio
 * @param {ChosenFile[]} files
 * @param {Origin} from
 */
const openFiles = async (studio, files, from) => {
  const candidates = notebookCandidates(files.map(({ path }) => path));
  const answers = candidates.map((path) => ({ value: path, label: path }));
  const path = candidates.length > 1 ? await ask("Which file is the notebook?", "There are several Markdown files.", answers) : candidates[0];
  if (path === "") return;
  if (path === undefined) return openBibliographies(studio, files, from);
  const chosen = files.filter((file) => file.path === path || isBeside(file, path));
  const opened = await Promise.all(chosen.map((file) => documentOf(file, path, from)));
  opened.sort((left, right) => Number(left.kind === "bibliography") - Number(right.kind === "bibliography"));
  await openAgain(studio, opened, picturesOf(files, path));
};

/**
 * Returns the pictures that a notebook can name.
 * @param {ChosenFile[]} files
 * @param {string} notebook
 * @returns {[path: string, file: File][]}
 */
const picturesOf = (files, notebook) =>
  files.flatMap(({ path, file }) => {
    const relative = kindOf(path) === "picture" && relativeTo(path, notebook);
    return relative ? [/** @type {[string, File]} */ ([relative, file])] : [];
  });

/**
 * Opens a notebook: from the journal if that has words which its file does not have.
 * @param {Studio} studio
 * @param {NewDocument[]} opened
 * @param {[path: string, file: File][]} pictures
 */
const openAgain = async (studio, opened, pictures) => {
  const before = await findSame(studio, opened[0]?.handle ?? null);
  if (!before) return showWork(studio, studio.open(opened, pictures));
  await showWork(studio, studio.restore(before.id, pictures));
  const isSame = studio.workspace === before.id && !studio.isReadOnly && mayForget(studio.documents);
  if (isSame || !studio.workspace) await showWork(studio, studio.open(opened, pictures));
};

/**
 * Continues a notebook of the journal, with its pictures and with what is in its files now.
 * @param {Studio} studio
 * @param {string} id
 */
const restoreWorkspace = async (studio, id) => {
  await showWork(studio, studio.restore(id));
  if (studio.workspace !== id) return;
  await restorePictures(studio);
  await refresh(studio);
};

/**
 * Shows the pictures of the folder that a restored notebook was opened from.
 * @param {Studio} studio
 */
const restorePictures = async (studio) => {
  const { notebook: restored, workspace } = studio;
  if (restored?.base === EXAMPLE) studio.setPictures(examplePictures());
  const folder = restored?.folder;
  if (!folder) return;
  const show = async () => {
    const files = await filesIn(folder);
    if (studio.workspace !== workspace) return;
    const named = files.filter(({ path }) => nameOf(path) === studio.notebook?.name).map(({ path }) => path);
    const [notebook] = named.toSorted((left, right) => left.length - right.length);
    if (notebook) studio.setPictures(picturesOf(files, notebook));
  };
  if (await mayRead(folder)) return show();
  const request = async () => (await folder.requestPermission({ mode: "read" })) === "granted" && show();
  notify(`The pictures of the folder ${folder.name} are not shown yet.`, { label: "Show them", run: () => void request() });
};

/**
 * Returns the notebook of the journal that was opened from this file.
 * @param {Studio} studio
 * @param {FileSystemFileHandle | null} handle
 */
const findSame = async (studio, handle) => {
  if (!handle) return undefined;
  for (const kept of workspacesOf(await studio.journal.load().catch(() => []))) {
    for (const { record } of kept.documents) {
      if (record.handle && (await handle.isSameEntry(record.handle))) return kept;
    }
  }
  return undefined;
};

/**
 * @param {Studio} studio
 * @param {ChosenFile[]} files
 * @param {Origin} from
 */
const openBibliographies = async (studio, files, from) => {
  const found = files.filter(({ path }) => kindOf(path) === "bibliography");
  if (found.length === 0) throw new OpenError("None of these files is Markdown (.md, .markdown, .txt) or BibTeX (.bib).");
  const opened = await Promise.all(found.map((file) => documentOf(file, file.path, from)));
  if (studio.notebook && !studio.isReadOnly) {
    const refused = opened.filter((document) => !studio.add(document)).map(({ name }) => name);
    if (refused.length > 0) throw new OpenError(`${refused.join(", ")} is open already, with changes. Save or download it first.`);
    return;
  }
  await showWork(studio, studio.open([newNotebook(opened[0].name.replace(/\.bib$/i, "")), ...opened]));
};

/**
 * @param {ChosenFile} file
 * @param {string} notebook
 */
const isBeside = ({ path }, notebook) => {
  const relative = relativeTo(path, notebook);
  return kindOf(path) === "bibliography" && relative !== undefined && !relative.includes("/");
};

/**
 * @param {ChosenFile} chosen
 * @param {string} notebook
 * @param {Origin} from
 * @returns {Promise<NewDocument>}
 */
const documentOf = async ({ path, file, handle }, notebook, { origin = null, folder = null }) => {
  const name = relativeTo(path, notebook) ?? nameOf(path);
  return { ...fileOf(name, await readText(file, name), true), handle, origin, folder };
};

/**
 * @param {string} name
 * @param {string} content
 * @param {boolean} [isCopied]
 * @returns {NewDocument}
 */
const fileOf = (name, content, isCopied = false) => ({ name, kind: kindOf(name) === "bibliography" ? "bibliography" : "markdown", content, isCopied });

/** @param {string} title */
const newNotebook = (title) => fileOf("notebook.md", `# ${title}\n`);

/**
 * @param {Kept[]} documents
 * @param {string} address
 */
const isFrom = (documents, address) => documents.some(({ record }) => record.origin === address);

/**
 * @param {Studio} studio
 * @param {string} id
 * @param {number} time
 * @param {Kept[]} documents
 */
const keptItem = (studio, id, time, documents) => {
  const item = document.createElement("li");
  const names = documents.map(({ record }) => record.name).join(", ");
  const button = (/** @type {string} */ label, /** @type {() => void} */ run) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: label, ariaLabel: `${label} ${names}` });
    made.addEventListener("click", run);
    return made;
  };
  const label = Object.assign(document.createElement("span"), { textContent: `${names}, ${formatTime(time)}` });
  const forget = async () => {
    const question = "What is in a file stays there; what is only in this browser is lost.";
    if ((await ask(`Forget ${names}?`, question, [{ value: "forget", label: "Forget" }])) !== "forget") return;
    if (await studio.tabs.claim(id)) await studio.journal.forget(documents.map(({ record }) => record.id));
    else notify(`${names} is open in another tab. Close it there first.`);
    studio.tabs.release();
    await showStart(studio);
  };
  item.append(label, button("Continue", () => void attempt(studio, () => restoreWorkspace(studio, id))), button("Forget", () => void forget()));
  return item;
};
