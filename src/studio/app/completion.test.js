import assert from "node:assert/strict";
import test from "node:test";

import { completionSource, fitting, wantedAt } from "./completion.js";

/** @import { Name } from "./types" */

/** @type {Name[]} */
const NAMES = [
  { kind: "heading", text: "Papers", id: "papers" },
  { kind: "paper", text: "An Image is Worth 16x16 Words [draft]", id: "an-image-is-worth-16x16-words-draft" },
  { kind: "label", text: "Purpose", id: "" },
  { kind: "term", text: "Sparse coding", id: "sparse-coding" },
  { kind: "term", text: "Naïve Bayes", id: "naive-bayes" },
  { kind: "citation", text: "Attention is all you need", id: "vaswani2017" },
];

/**
 * Returns what each name would be written as at the cursor `|`.
 * @param {string} shown
 * @param {boolean} [isAsked]
 */
const written = (shown, isAsked = false) => {
  const position = shown.indexOf("|");
  const wanted = wantedAt(shown.replace("|", ""), position, isAsked ? NAMES : undefined);
  return wanted && fitting(NAMES, wanted).map((name) => shown.slice(0, wanted.from) + wanted.write(name) + shown.slice(position + 1));
};

test("completes anchors by name and by id", () => {
  assert.deepEqual(written("see [it](#spa|"), ["see [it](#sparse-coding)"]);
  assert.deepEqual(written("see [it](#sparse-|)"), ["see [it](#sparse-coding)"]);
  assert.deepEqual(written("[it](#naive|)"), ["[it](#naive-bayes)"]);
  assert.equal(written("[it](#|)")?.length, 4);
  assert.equal(written("[it](#a) then |"), undefined);
});

test("completes links of wikis, by anchor where a name cannot be written", () => {
  assert.deepEqual(written("a [[cod|"), ["a [[Sparse coding]]"]);
  assert.deepEqual(written("a [[pap|]]"), ["a [[Papers]]"]);
  assert.deepEqual(written("[[16x|"), ["[[an-image-is-worth-16x16-words-draft]]"]);
});

test("completes citation keys by key and by title, not in addresses of mail", () => {
  assert.deepEqual(written("[@vas|]"), ["[@vaswani2017]"]);
  assert.deepEqual(written("as @atten| says"), ["as @vaswani2017 says"]);
  assert.deepEqual(written("[see -@v|"), ["[see -@vaswani2017"]);
  assert.equal(written("me@v|"), undefined);
  assert.deepEqual(written("@papers|"), []);
});

test("completes prose only if somebody asks", () => {
  assert.equal(written("a spa|"), undefined);
  assert.deepEqual(written("a spa|", true), ["a Sparse coding"]);
  assert.deepEqual(written("with sparse co| here", true), ["with Sparse coding here"]);
  assert.deepEqual(written("Pur|", true), ["Purpose: "]);
  assert.deepEqual(written("  - pur|: to see", true), ["  - Purpose: to see"]);
  assert.deepEqual(written("in 12 pur|", true), []);
});

test("asks for names only where they can be written", async () => {
  let asked = 0;
  const source = completionSource(async () => {
    asked += 1;
    return NAMES;
  }, () => false);
  const at = (/** @type {string} */ text, explicit = false) =>
    source(/** @type {any} */ ({ state: { doc: { lineAt: () => ({ text, from: 10 }) } }, pos: 10 + text.length, explicit, aborted: false }));
  assert.equal(await at("plain prose"), null);
  assert.equal(asked, 0);
  assert.equal((await at("see [[spa"))?.from, 16);
  assert.deepEqual((await at("[@"))?.options, [{ label: "vaswani2017", detail: "Attention is all you need", apply: "vaswani2017" }]);
  assert.equal(await at("zzz", true), null);
  assert.equal(asked, 3);
});
