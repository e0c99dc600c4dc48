// Places in the source: which anchor a position belongs to, and where words of the page are written.
/** @import { Place } from "./types" */

/**
 * Returns the ids of the places around a position, innermost first.
 * @param {readonly Place[]} places
 * @param {number} position
 */
export const idsAround = (places, position) =>
  places
    .filter(({ from, to }) => from <= position && position <= to)
    .toSorted((left, right) => right.from - left.from || left.to - right.to)
    .map(({ id }) => id);

/** Characters of the page's words that are looked for: enough to be found once, few enough to have no markup. */
const LONGEST = 40;

/**
 * Returns where the words of an element begin in the source of its place; the place's beginning if they are written otherwise.
 * @param {string} source
 * @param {Place} place
 * @param {string} words
 */
export const positionOfWords = (source, { from, to }, words) => {
  const wanted = words.trim().replace(/\s+/g, " ");
  const text = source.slice(from, to);
  for (const length of [LONGEST, 20, 10]) {
    if (wanted.length === 0 || (wanted.length < length && length !== LONGEST)) continue;
    const at = text.indexOf(wanted.slice(0, length));
    if (at >= 0) return from + at;
  }
  return from;
};
