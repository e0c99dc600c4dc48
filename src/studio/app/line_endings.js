// The editor knows one kind of line break. This module remembers how a file writes its own, so that every byte that the
// author did not touch is written back as it was.
/** @import { Ending, LineFormat, OddBreak } from "./types" */

const MARK = "\uFEFF";

/**
 * Splits the content of a file into the text for the editor and everything else about its bytes.
 * @param {string} content
 * @returns {{ text: string, format: LineFormat }}
 */
export const decode = (content) => {
  const bom = content.startsWith(MARK);
  const raw = bom ? content.slice(MARK.length) : content;
  if (!raw.includes("\r")) return { text: raw, format: { bom, ending: "\n", odd: [] } };
  /** @type {OddBreak[]} */
  const breaks = [];
  let shorter = 0;
  const text = raw.replace(/\r\n?|\n/g, (found, /** @type {number} */ at) => {
    breaks.push({ at: at - shorter, ending: /** @type {Ending} */ (found) });
    shorter += found.length - 1;
    return "\n";
  });
  const ending = mostFrequent(breaks);
  return { text, format: { bom, ending, odd: breaks.filter((found) => found.ending !== ending) } };
};

/**
 * Returns the content of the file for a text of the editor.
 * @param {string} text
 * @param {LineFormat} format
 */
export const encode = (text, { bom, ending, odd }) => {
  const start = bom ? MARK : "";
  if (odd.length === 0) return start + (ending === "\n" ? text : text.replaceAll("\n", ending));
  const parts = [start];
  let done = 0;
  const usual = (/** @type {string} */ part) => (ending === "\n" ? part : part.replaceAll("\n", ending));
  for (const { at, ending: own } of odd) {
    if (text[at] !== "\n") continue;
    parts.push(usual(text.slice(done, at)), own);
    done = at + 1;
  }
  return parts.join("") + usual(text.slice(done));
};

/**
 * Moves odd breaks through changes, which are in order and do not overlap. A break that was replaced is removed: the author
 * wrote the new one.
 * @param {readonly OddBreak[]} odd
 * @param {readonly { from: number, to: number, length: number }[]} changes
 * @returns {{ kept: OddBreak[], removed: OddBreak[] }}
 */
export const mapBreaks = (odd, changes) => {
  /** @type {OddBreak[]} */
  const kept = [];
  /** @type {OddBreak[]} */
  const removed = [];
  let shift = 0;
  let next = 0;
  for (const found of odd) {
    for (; next < changes.length && changes[next].to <= found.at; next += 1) {
      const { from, to, length } = changes[next];
      shift += length - (to - from);
    }
    if (next < changes.length && changes[next].from <= found.at) removed.push(found);
    else kept.push({ ...found, at: found.at + shift });
  }
  return { kept, removed };
};

/**
 * Returns the most frequent ending; the first one of several.
 * @param {OddBreak[]} breaks
 * @returns {Ending}
 */
const mostFrequent = (breaks) => {
  /** @type {Map<Ending, number>} */
  const counts = new Map();
  for (const { ending } of breaks) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  const [most] = [...counts].sort(([, left], [, right]) => right - left);
  return most ? most[0] : "\n";
};
