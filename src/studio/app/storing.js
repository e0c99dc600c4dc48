// Commands that bring the text out of the browser: save, download, copy.
import { ChangeSet } from "@codemirror/state";

import { ask, notify } from "./dialogs.js";
import { Drift } from "./drift.js";
import { decode } from "./line_endings.js";
import { moveBreaks, setOddBreaks } from "./odd_breaks.js";
import { OpenError } from "./opening.js";
import { replacement } from "./replacement.js";
import { SaveError, chooseTarget, download, mayRead, mayWrite, readFile, saveFile } from "./saving.js";

/** @import { OpenDocument } from "./open_document.js" */
/** @import { Studio } from "./studio.js" */

/** The file with changes of a published text. */
const PATCH = "notebook.patch";

/**
 * Saves every document that has changed.
 * @param {Studio} studio
 */
export const save = async (studio) => {
  if (studio.isReadOnly) return;
  const unsaved = studio.documents.filter((document) => document.isChanged || (document === studio.active && !document.handle));
  for (const document of unsaved.filter(({ isSaving }) => !isSaving)) {
    document.isSaving = true;
    try {
      await saveDocument(studio, document);
    } catch (error) {
      notify(`${document.name} was not saved: ${reasonOf(error)}.`, { label: "Download", run: () => downloadDocument(studio, document) });
    }
    document.isSaving = false;
    studio.showStatus();
  }
};

/**
 * Reads files again that have not been changed here, where another program has changed them.
 * @param {Studio} studio
 */
export const refresh = async (studio) => {
  for (const document of studio.documents) {
    const { handle, base } = document;
    if (!handle || studio.isReadOnly || document.isSaving || document.isChanged || !(await mayRead(handle))) continue;
    const theirs = await readFile(handle).catch(() => null);
    if (!studio.owns(document)) continue;
    if (theirs === null || theirs === base || document.isSaving || document.isChanged || document.base !== base) continue;
    document.saving = new Drift();
    takeText(studio, document, { mine: document.content(), length: document.state.doc.length }, theirs);
    settle(studio, document, { outcome: "saved", text: theirs }, null);
    notify(`${document.name} was changed by another program, and is shown as it is now.`);
  }
};

/**
 * @param {Studio} studio
 * @param {OpenDocument} document
 */
export const downloadDocument = (studio, document) => {
  download(document.name, document.content());
  document.downloadedVersion = document.version;
  document.downloadedAt = Date.now();
  studio.showStatus();
};

/**
 * Downloads the changes of a published text, for its author.
 * @param {Studio} studio
 * @param {OpenDocument} document
 */
export const downloadChanges = async (studio, document) => {
  try {
    const patch = await studio.worker.patch(document.published ?? "", document.content(), document.name);
    download(PATCH, patch);
    notify(`${PATCH} has your changes. Send it to the author, who can merge it with: notebook merge ${PATCH}`);
  } catch (error) {
    notify(`The changes could not be computed: ${reasonOf(error)}.`);
  }
};

/** @param {OpenDocument} document */
export const copyDocument = async (document) => {
  try {
    await navigator.clipboard.writeText(document.text());
    notify(`${document.name} was copied.`);
  } catch {
    notify("The browser does not allow copying. Select the text in the editor and copy it there.");
  }
};

/**
 * @param {Studio} studio
 * @param {OpenDocument} document
 */
const saveDocument = async (studio, document) => {
  // At each wait another tab may take the notebook over, or the author may close it.
  if (document.conflicts > 0 && !(await isConfirmed(document))) return;
  if (!studio.owns(document)) return;
  const handle = document.handle ?? (await chooseTarget(document.name));
  if (handle === null || !studio.owns(document)) return;
  if (handle === undefined) return downloadDocument(studio, document);
  // The author has just agreed to replace whatever is in a new file.
  const base = document.handle ? document.base : null;
  const isAllowed = await mayWrite(handle);
  if (!studio.owns(document)) return;
  if (!isAllowed) {
    notify(`The browser was not allowed to write ${document.name}, so it was downloaded.`);
    return downloadDocument(studio, document);
  }
  document.saving = new Drift();
  const mine = document.content();
  const length = document.state.doc.length;
  const result = await saveFile({ handle, base, mine }, (...texts) => studio.worker.merge(...texts));
  if (!studio.owns(document)) return;
  // Only now: the next attempt after one that failed must not replace what another program has written since.
  if (!document.handle && !document.folder) studio.rename(document, handle.name);
  document.handle = handle;
  if (result.text !== mine) takeText(studio, document, { mine, length }, result.text);
  settle(studio, document, result, result.outcome === "saved" ? Date.now() : document.savedAt);
};

/**
 * Remembers what is in the file now.
 * @param {Studio} studio
 * @param {OpenDocument} document
 * @param {import("./saving.js").SaveResult} result
 * @param {number | null} savedAt Time at which this tab has saved it.
 */
const settle = (studio, document, result, savedAt) => {
  document.hasConflicts = result.outcome === "conflict";
  document.base = result.outcome === "conflict" ? result.theirs : result.text;
  // The author may have typed since.
  document.savedVersion = document.content() === document.base ? document.version : -1;
  document.savedAt = savedAt;
  studio.keeper.writeWhole(document);
  if (result.outcome === "saved") return;
  notify(`${document.name} was changed on disk, in the same places as here. Both versions are in the text, between <<<<<<< and >>>>>>>. Keep what you want, then save again.`);
};

/**
 * Puts a merged text into the editor. What was typed while it was merged stays.
 * @param {Studio} studio
 * @param {OpenDocument} document
 * @param {{ mine: string, length: number }} before
 * @param {string} merged
 */
const takeText = (studio, document, { mine, length }, merged) => {
  const { text, format } = decode(merged);
  const typed = document.saving.changes ?? ChangeSet.empty(length);
  const taken = ChangeSet.of(replacement(decode(mine).text, text), length);
  document.format = format;
  studio.change(document, {
    changes: taken.map(typed),
    effects: setOddBreaks.of(moveBreaks(format.odd, typed.map(taken, true))),
    userEvent: "merge",
  });
};

/** @param {OpenDocument} document */
const isConfirmed = async ({ name, conflicts }) => {
  const count = conflicts === 1 ? "a conflict" : `${conflicts} conflicts`;
  const text = `The text still has ${count}, marked by <<<<<<< and >>>>>>>. Saving writes the marks into the file.`;
  return (await ask(`Save ${name} with its conflicts?`, text, [{ value: "save", label: "Save anyway" }])) === "save";
};

/** @param {unknown} error */
const reasonOf = (error) => {
  if (error instanceof SaveError) return error.message;
  if (error instanceof OpenError) return "the file on disk is no longer UTF-8 text";
  const name = error instanceof Error ? error.name : "";
  if (name === "NotFoundError") return "the file is no longer where it was";
  if (name === "NotAllowedError") return "the browser was not allowed to write it";
  if (name === "QuotaExceededError") return "the disk is full";
  return error instanceof Error ? error.message : String(error);
};
