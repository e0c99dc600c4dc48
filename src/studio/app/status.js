// The one line that says where the text is. It never promises more than is known.
/** @import { DocumentFacts } from "./types" */

/** @typedef {"saved" | "browser" | "unsaved"} Safety where a text is: in its file, in this browser, in memory only */

/**
 * Returns the sentence about one document.
 * @param {DocumentFacts} facts
 * @param {(time: number) => string} format Formats a time of day.
 * @returns {{ safety: Safety, text: string }}
 */
export const documentStatus = (facts, format) => {
  const { name, isInBrowser, failure } = facts;
  if (facts.isReadOnly && !facts.isAsInFile && !isInBrowser) {
    return { safety: "unsaved", text: `Not saved: ${failure || "another tab has taken the notebook over"}` };
  }
  if (facts.isReadOnly) return { safety: "browser", text: `Read-only: ${name} is open in another tab` };
  if (facts.conflicts > 0) {
    const count = facts.conflicts === 1 ? "1 conflict" : `${facts.conflicts} conflicts`;
    const kept = isInBrowser ? "" : ". Not saved";
    return { safety: "unsaved", text: `${count} with ${name} on disk, which was not overwritten${kept}` };
  }
  if (facts.isAsInFile) {
    const text = facts.savedAt === null ? `${name} is unchanged` : `Saved to ${name} ${format(facts.savedAt)}`;
    return { safety: "saved", text };
  }
  if (facts.downloadedAt !== null) {
    const text = `Downloaded ${name} ${format(facts.downloadedAt)}`;
    return isInBrowser ? { safety: "browser", text: `${text}; also in this browser` } : { safety: "unsaved", text };
  }
  if (isInBrowser && facts.restoredAt !== null) {
    return { safety: "browser", text: `Restored from this browser: ${name}, ${format(facts.restoredAt)}` };
  }
  if (isInBrowser) return { safety: "browser", text: "Only in this browser" };
  return failure ? { safety: "unsaved", text: `Not saved: ${failure}` } : { safety: "browser", text: "Storing in this browser …" };
};

/** @type {Safety[]} */
const LEAST_SAFE_FIRST = ["unsaved", "browser", "saved"];

/**
 * Returns the sentence about several documents: that of the one that is least safe, with its name unless all
 * are alike.
 * @param {DocumentFacts[]} documents
 * @param {(time: number) => string} format
 * @returns {{ safety: Safety, text: string }}
 */
export const workspaceStatus = (documents, format) => {
  const all = documents.map((facts) => ({ name: facts.name, ...documentStatus(facts, format) }));
  const rank = (/** @type {{ safety: Safety }} */ { safety }) => LEAST_SAFE_FIRST.indexOf(safety);
  const [worst] = all.toSorted((left, right) => rank(left) - rank(right));
  if (!worst) return { safety: "saved", text: "Nothing leaves this computer" };
  const isNamed = all.every(({ text }) => text === worst.text) || worst.text.includes(worst.name);
  return { safety: worst.safety, text: isNamed ? worst.text : `${worst.name}: ${worst.text[0].toLowerCase()}${worst.text.slice(1)}` };
};

/** The journal has a newer version of a text. */
export class StaleError extends Error {}

/**
 * Returns why a browser did not store something.
 * @param {unknown} error
 */
export const storageFailure = (error) => {
  if (error instanceof StaleError) return "another tab has stored a newer text";
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "QuotaExceededError") return "this browser has no space left";
  if (name === "SecurityError" || name === "NotAllowedError") return "this browser refuses to store anything";
  return "this browser could not store it";
};
