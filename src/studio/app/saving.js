// Writing a file so that nothing is lost: what is on disk is compared first, merged if it has changed, and read again after.
import { readText } from "./opening.js";

/** @import { Merged } from "./types" */

/**
 * @typedef {{ outcome: "saved", text: string }
 *   | { outcome: "conflict", text: string, theirs: string }} SaveResult
 */

/** Attempts, if another program writes the file again and again. */
const ATTEMPTS = 3;

/** An error whose message is shown to the author. */
export class SaveError extends Error {}

/**
 * Returns what is in the file, or null if it is gone.
 * @param {FileSystemFileHandle} handle
 */
export const readFile = async (handle) => {
  try {
    return await readText(await handle.getFile(), handle.name);
  } catch (error) {
    if (error instanceof Error && error.name === "NotFoundError") return null;
    throw error;
  }
};

/**
 * Saves a text into its file.
 * @param {object} file
 * @param {FileSystemFileHandle} file.handle
 * @param {string | null} file.base Its content when it was read or written last; null if its content does not matter.
 * @param {string} file.mine
 * @param {(base: string, mine: string, theirs: string) => Promise<Merged>} merge
 * @returns {Promise<SaveResult>}
 */
export const saveFile = async ({ handle, base, mine }, merge) => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const theirs = await readFile(handle);
    // Half a character cannot be written, and would make every comparison fail.
    let text = mine.toWellFormed();
    if (theirs !== null && base !== null && theirs !== base && theirs !== mine) {
      const merged = await merge(base, mine, theirs);
      if (merged.conflicts > 0) return { outcome: "conflict", text: merged.text, theirs };
      text = merged.text;
    }
    if (await replaceContent(handle, text, theirs)) return { outcome: "saved", text };
  }
  throw new SaveError(`another program keeps changing ${handle.name}`);
};

/**
 * Replaces the content of a file, unless it is no longer the expected one.
 * @param {FileSystemFileHandle} handle
 * @param {string} text
 * @param {string | null} expected
 */
const replaceContent = async (handle, text, expected) => {
  // The browser writes into a file of its own, and moves it to this place at the end.
  const writable = await handle.createWritable();
  try {
    await writable.write(text);
    if ((await readFile(handle)) !== expected) {
      await writable.abort();
      return false;
    }
  } catch (error) {
    await writable.abort().catch(() => {});
    throw error;
  }
  await writable.close();
  if ((await readFile(handle)) !== text) throw new SaveError(`${handle.name} on disk is not what was written`);
  return true;
};

/**
 * Returns true if a file can be read without asking.
 * @param {FileSystemHandle} handle
 */
export const mayRead = async (handle) => !handle.queryPermission || (await handle.queryPermission({ mode: "read" })) === "granted";

/**
 * Asks for permission to write, where the browser has not given it yet. It must be called in the task of a click or a key.
 * @param {FileSystemFileHandle} handle
 */
export const mayWrite = async (handle) => {
  if (!handle.queryPermission) return true;
  const state = await handle.queryPermission({ mode: "readwrite" });
  return state === "granted" || (await handle.requestPermission({ mode: "readwrite" })) === "granted";
};

/**
 * Lets the author choose a new file. Returns null if none was chosen, and undefined if the browser has no such picker.
 * @param {string} name
 * @returns {Promise<FileSystemFileHandle | null | undefined>}
 */
export const chooseTarget = async (name) => {
  if (!window.showSaveFilePicker) return undefined;
  const extension = `.${name.split(".").pop()}`;
  const types = [{ description: name, accept: { [extension === ".bib" ? "application/x-bibtex" : "text/markdown"]: [extension] } }];
  try {
    return await window.showSaveFilePicker({ suggestedName: name.split("/").pop() ?? name, types });
  } catch (error) {
    return error instanceof DOMException && error.name === "AbortError" ? null : undefined;
  }
};

/**
 * Downloads a text.
 * @param {string} name
 * @param {string} text
 */
export const download = (name, text) => {
  const address = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name.split("/").pop() });
  link.click();
  // The browser has to read it first.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};
