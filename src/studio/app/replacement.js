// The smallest replacement between two texts.

/**
 * Returns the one replacement that makes a newer text of an older one.
 * @param {string} older
 * @param {string} newer
 */
export const replacement = (older, newer) => {
  const shorter = Math.min(older.length, newer.length);
  let from = 0;
  while (from < shorter && older[from] === newer[from]) from += 1;
  let end = 0;
  while (end < shorter - from && older.at(-1 - end) === newer.at(-1 - end)) end += 1;
  return { from, to: older.length - end, insert: newer.slice(from, newer.length - end) };
};
