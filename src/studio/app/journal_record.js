// What a journal contains: which texts belong together, and which changes lead from a record to the newest text.
/** @import { Change, ChangeRecord, DocumentRecord } from "./types" */

/** @typedef {{ record: DocumentRecord, changes: ChangeRecord[] }} Kept */

/**
 * Returns the changes that continue a record without a gap. Older ones are in its text already.
 * @param {DocumentRecord} record
 * @param {readonly ChangeRecord[]} changes
 */
export const changesSince = (record, changes) => {
  const later = changes.filter(({ version }) => version > record.version).toSorted((left, right) => left.version - right.version);
  const gap = later.findIndex(({ version }, at) => version !== record.version + 1 + at);
  return gap < 0 ? later : later.slice(0, gap);
};

/**
 * Returns true if the journal has a newer version of a document than a record: it must not be replaced.
 * @param {{ version: number }} record
 * @param {{ version: number } | undefined} stored The record in the journal.
 * @param {number} [changed] Version of the newest change in the journal.
 */
export const isStale = ({ version }, stored, changed = -1) => Math.max(stored?.version ?? -1, changed) > version;

/**
 * Applies changes, whose positions are those of the text before all of them.
 * @param {string} text
 * @param {readonly Change[]} changes In order.
 */
export const applyChanges = (text, changes) => {
  const parts = [];
  let done = 0;
  for (const [from, to, insert] of changes) {
    parts.push(text.slice(done, from), insert);
    done = to;
  }
  return parts.join("") + text.slice(done);
};

/** @param {Kept} kept */
export const timeOf = ({ record, changes }) => changesSince(record, changes).at(-1)?.time ?? record.time;

/**
 * Groups documents by the notebook they were opened with, the last one changed first.
 * @param {readonly Kept[]} documents
 * @returns {{ id: string, time: number, documents: Kept[] }[]}
 */
export const workspacesOf = (documents) => {
  /** @type {Map<string, Kept[]>} */
  const groups = new Map();
  for (const kept of documents) groups.set(kept.record.workspace, [...(groups.get(kept.record.workspace) ?? []), kept]);
  const workspaces = [...groups].map(([id, all]) => ({
    id,
    time: Math.max(...all.map(timeOf)),
    documents: all.toSorted((left, right) => left.record.order - right.record.order),
  }));
  return workspaces.toSorted((left, right) => right.time - left.time);
};

/**
 * Returns true if a document has been edited.
 * @param {Kept} kept
 */
export const hasOwnWords = ({ record, changes }) => record.version > 0 || changes.length > 0;

/**
 * Returns true if nothing is lost when open documents are removed from the journal: the newest text of each is in its file, or where
 * it was copied from. The journal is not asked: one that cannot be read must not look like one without words.
 * @param {readonly { isChanged: boolean }[]} documents
 */
export const mayForget = (documents) => documents.every(({ isChanged }) => !isChanged);
