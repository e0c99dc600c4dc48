// Files from everywhere: pickers, folders, drag and drop, addresses.
import { TEXT_EXTENSIONS, isHidden, kindOf, nameAt, nameOf } from "./choose.js";

/** @import { ChosenFile } from "./types" */

/** Files of a folder that are looked at: a home folder opened by mistake must not stop the studio. */
const MAX_FILES = 5000;

/**
 * Files, and the folder that they are from if the browser can read it again.
 * @typedef {{ files: ChosenFile[], folder: FileSystemDirectoryHandle | null }} Chosen
 */

/** An error whose message is shown to the author. */
export class OpenError extends Error {}

const FILE_TYPES = [
  { description: "Markdown and BibTeX", accept: { "text/markdown": [".md", ".markdown"], "text/plain": [".txt"], "application/x-bibtex": [".bib"] } },
];

/**
 * Lets the author pick files. Returns none if the picker was closed.
 * @returns {Promise<Chosen>}
 */
export const pickFiles = async () => {
  if (!window.showOpenFilePicker) return pickWithInput({ accept: TEXT_EXTENSIONS.join(","), multiple: true });
  const handles = await unlessCanceled(window.showOpenFilePicker({ multiple: true, types: FILE_TYPES }));
  return { files: await Promise.all((handles ?? []).map(chosenOf)), folder: null };
};

/**
 * Lets the author pick a folder. Returns its files, or none if the picker was closed.
 * @returns {Promise<Chosen>}
 */
export const pickFolder = async () => {
  if (!window.showDirectoryPicker) return pickWithInput({ webkitdirectory: true });
  const folder = (await unlessCanceled(window.showDirectoryPicker({ mode: "read" }))) ?? null;
  return { files: folder ? await filesIn(folder) : [], folder };
};

/**
 * Returns the files that the system opens with the studio.
 * @param {readonly FileSystemFileHandle[]} handles
 * @returns {Promise<Chosen>}
 */
export const launchedFiles = async (handles) => ({ files: await Promise.all(handles.map(chosenOf)), folder: null });

/**
 * Returns the files that were dropped. It must be called in the event's own task.
 * @param {DataTransfer} data
 * @returns {Promise<Chosen>}
 */
export const droppedFiles = async (data) => {
  /** @type {FileSystemDirectoryHandle | null} */
  let folder = null;
  const items = [...data.items].filter(({ kind }) => kind === "file");
  const found = items.map(async (item) => {
    const file = item.getAsFile();
    const entry = item.webkitGetAsEntry();
    const handle = await item.getAsFileSystemHandle?.().catch(() => null);
    if (handle?.kind === "directory") folder = /** @type {FileSystemDirectoryHandle} */ (handle);
    if (handle) return filesOfHandle(handle);
    if (entry) return filesOfEntry(entry);
    return file ? [{ path: file.name, file, handle: null }] : [];
  });
  const files = (await Promise.all(found)).flat().slice(0, MAX_FILES);
  return { files, folder };
};

/**
 * Fetches the file at an address.
 * @param {string} address
 * @returns {Promise<ChosenFile>}
 */
export const fetchFile = async (address) => {
  if (!URL.canParse(address, document.baseURI)) throw new OpenError(`"${address}" is not an address.`);
  const url = new URL(address, document.baseURI);
  const isHere = url.origin === location.origin;
  if (!isHere && url.protocol !== "https:") throw new OpenError("Only addresses that begin with https:// can be opened.");
  const options = /** @type {const} */ ({ credentials: "omit", referrerPolicy: "no-referrer" });
  const response = await fetch(url, options).catch(() => {
    const reason = navigator.onLine ? `${url.host} does not allow other sites to read this file (CORS), or cannot be reached.` : "You are offline.";
    throw new OpenError(`${reason} Download the file, then open it here.`);
  });
  if (!response.ok) throw new OpenError(`${url.host} answers ${response.status} for this file.`);
  const name = nameAt(url.href);
  return { path: name, file: new File([await response.blob()], name), handle: null };
};

/**
 * Reads a text as it is, with its mark and line endings.
 * @param {Blob} file
 * @param {string} name
 */
export const readText = async (file, name) => {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new OpenError(`${name} is not UTF-8 text. Convert it to UTF-8, then open it again.`);
  }
};

/**
 * @template Picked
 * @param {Promise<Picked>} picked
 */
const unlessCanceled = (picked) =>
  picked.catch((error) => {
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    throw error;
  });

/**
 * @param {FileSystemFileHandle} handle
 * @returns {Promise<ChosenFile>}
 */
const chosenOf = async (handle) => ({ path: handle.name, file: await handle.getFile(), handle });

/** @param {FileSystemHandle} handle */
const filesOfHandle = async (handle) => {
  if (handle.kind === "file") return [await chosenOf(/** @type {FileSystemFileHandle} */ (handle))];
  return filesIn(/** @type {FileSystemDirectoryHandle} */ (handle));
};

/**
 * @param {FileSystemDirectoryHandle} folder
 * @returns {Promise<ChosenFile[]>}
 */
export const filesIn = async (folder) => {
  /** @type {ChosenFile[]} */
  const files = [];
  const open = [{ path: folder.name, handle: folder }];
  for (let next = open.pop(); next && files.length < MAX_FILES; next = open.pop()) {
    for await (const [name, handle] of next.handle.entries()) {
      const path = `${next.path}/${name}`;
      if (isHidden(name)) continue;
      if (handle.kind === "directory") open.push({ path, handle: /** @type {FileSystemDirectoryHandle} */ (handle) });
      else if (kindOf(name)) files.push({ ...(await chosenOf(/** @type {FileSystemFileHandle} */ (handle))), path });
    }
  }
  return files;
};

/**
 * @param {FileSystemEntry} entry
 * @returns {Promise<ChosenFile[]>}
 */
const filesOfEntry = async (entry) => {
  const path = entry.fullPath.replace(/^\//, "");
  if (isHidden(path)) return [];
  if (entry.isFile) {
    const reading = new Promise((resolve, reject) => /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject));
    return [{ path, file: await reading, handle: null }];
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  const files = [];
  // A reader returns a part of the folder at each call.
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return files;
    files.push(...(await Promise.all(entries.map(filesOfEntry))).flat());
  }
};

/**
 * @param {{ accept?: string, multiple?: boolean, webkitdirectory?: boolean }} options
 * @returns {Promise<Chosen>}
 */
const pickWithInput = (options) =>
  new Promise((resolve) => {
    const input = Object.assign(document.createElement("input"), { type: "file", ...options });
    input.addEventListener("cancel", () => resolve({ files: [], folder: null }));
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])].slice(0, MAX_FILES);
      const chosen = files.map((file) => ({ path: file.webkitRelativePath || nameOf(file.name), file, handle: null }));
      resolve({ files: chosen, folder: null });
    });
    input.click();
  });
