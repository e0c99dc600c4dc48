// Positions in the source and on the page that belong together.

/** @typedef {[source: number, page: number]} Pair */

/**
 * Returns the pairs whose page positions increase with those of the source: others, such as footnotes, would make it jump.
 * @param {Pair[]} pairs
 */
export const increasing = (pairs) => {
  /** @type {Pair[]} */
  const kept = [];
  for (const pair of pairs.toSorted((left, right) => left[0] - right[0])) {
    const last = kept.at(-1);
    if (!last || (pair[0] > last[0] && pair[1] >= last[1])) kept.push(pair);
  }
  return kept;
};

/**
 * Returns the position on the other side, interpolated between the two nearest pairs.
 * @param {Pair[]} pairs In increasing order.
 * @param {number} position
 * @param {0 | 1} side The side of `position`: 0 is the source.
 */
export const opposite = (pairs, position, side) => {
  const other = side === 0 ? 1 : 0;
  const after = pairs.findIndex((pair) => pair[side] > position);
  if (after === 0 || pairs.length === 0) return 0;
  const last = pairs[after < 0 ? pairs.length - 1 : after - 1];
  if (after < 0) return last[other] + position - last[side];
  const next = pairs[after];
  const share = (position - last[side]) / (next[side] - last[side]);
  return last[other] + share * (next[other] - last[other]);
};
