// Edits of Markdown for a key, as changes of a text.

/** @typedef {{ from: number, to: number }} Range */
/** @typedef {{ changes: { from: number, to: number, insert: string }[], selection: Range }} Edit */

/**
 * Puts a marker around a range, or removes it if it is there.
 * @param {string} text
 * @param {Range} range
 * @param {string} marker
 * @returns {Edit}
 */
export const toggleMarker = (text, { from, to }, marker) => {
  const { length } = marker;
  const selected = text.slice(from, to);
  const isInside = selected.length >= 2 * length && hasMarker(selected, 0, selected.length, marker);
  if (isInside) return without(from, to, length, { from, to: to - 2 * length });
  if (from >= length && hasMarker(text, from - length, to + length, marker)) {
    return without(from - length, to + length, length, { from: from - length, to: to - length });
  }
  // Markers beside a space do not count in Markdown.
  const start = from + (selected.length - selected.trimStart().length);
  const end = Math.max(start, to - (selected.length - selected.trimEnd().length));
  return {
    changes: [{ from: start, to: start, insert: marker }, { from: end, to: end, insert: marker }],
    selection: { from: start + length, to: end + length },
  };
};

/**
 * Makes a link of a range: an address becomes the target, other words become the text.
 * @param {string} text
 * @param {Range} range
 * @returns {Edit}
 */
export const insertLink = (text, { from, to }) => {
  const selected = text.slice(from, to);
  const isAddress = /^https?:\/\/\S+$/.test(selected);
  const insert = isAddress ? `[](${selected})` : `[${selected}]()`;
  // The cursor goes to the part that is still empty: the text comes first.
  const at = isAddress || !selected ? from + 1 : from + insert.length - 1;
  return { changes: [{ from, to, insert }], selection: { from: at, to: at } };
};

/**
 * Returns the line of a task with its box ticked or cleared; a list item without a box gets one.
 * @param {string} line
 */
export const toggleCheckbox = (line) => {
  const parts = /^(\s*(?:>\s*)*(?:[-*+]|\d{1,9}[.)])\s+)(\[[ xX]\](?=\s|$))?/.exec(line);
  if (!parts) return line.replace(/^(\s*)/, "$1- [ ] ");
  const [start, bullet, box] = parts;
  const toggled = !box ? "[ ] " : box === "[ ]" ? "[x]" : "[ ]";
  return bullet + toggled + line.slice(start.length);
};

/**
 * Returns true if a range begins and ends with the marker, and not with a longer one: `**` is not two of `*`.
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @param {string} marker
 */
const hasMarker = (text, from, to, marker) => {
  if (text.slice(from, from + marker.length) !== marker || text.slice(to - marker.length, to) !== marker) return false;
  const stars = (/** @type {number} */ at, /** @type {1 | -1} */ step) => {
    let count = 0;
    for (let next = at; text[next] === marker[0]; next += step) count += 1;
    return count;
  };
  const outside = stars(from - 1, -1);
  const count = stars(from, 1) + outside;
  return count === marker.length || count === 3;
};

/**
 * @param {number} from
 * @param {number} to
 * @param {number} length
 * @param {Range} selection
 * @returns {Edit}
 */
const without = (from, to, length, selection) => ({
  changes: [{ from, to: from + length, insert: "" }, { from: to - length, to, insert: "" }],
  selection,
});
