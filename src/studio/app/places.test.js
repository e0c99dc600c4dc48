import assert from "node:assert/strict";
import test from "node:test";

import { idsAround, positionOfWords } from "./places.js";
import { increasing, opposite } from "./scroll_map.js";

const places = [
  { id: "papers", from: 0, to: 100 },
  { id: "first", from: 10, to: 50 },
  { id: "second", from: 51, to: 100 },
];

test("the innermost place comes first", () => {
  assert.deepEqual(idsAround(places, 20), ["first", "papers"]);
  assert.deepEqual(idsAround(places, 5), ["papers"]);
  assert.deepEqual(idsAround(places, 200), []);
});

test("finds the words of the page in the source", () => {
  const source = "## Papers\n\n- [A title](https://example.org): it has a *long* note that goes on\n";
  const place = { id: "a-title", from: 11, to: source.length };
  assert.equal(positionOfWords(source, place, "A title"), source.indexOf("A title"));
  assert.equal(positionOfWords(source, place, "it has a long note that goes on"), 11);
  assert.equal(positionOfWords(source, place, " note that goes  on"), source.indexOf("note that"));
  assert.equal(positionOfWords(source, place, ""), 11);
});

test("interpolates between places, and is its own inverse", () => {
  const pairs = increasing([[0, 0], [100, 300], [200, 250], [300, 700]]);
  assert.deepEqual(pairs, [[0, 0], [100, 300], [300, 700]]);
  assert.equal(opposite(pairs, 50, 0), 150);
  assert.equal(opposite(pairs, 200, 0), 500);
  assert.equal(opposite(pairs, opposite(pairs, 170, 0), 1), 170);
  assert.equal(opposite(pairs, 310, 0), 710);
  assert.equal(opposite([], 50, 0), 0);
});
