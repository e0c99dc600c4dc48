import assert from "node:assert/strict";
import test from "node:test";

import { insertLink, toggleCheckbox, toggleMarker } from "./markdown_edits.js";

/** @import { Edit } from "./markdown_edits.js" */

/**
 * Applies an edit to a text in which `[` and `]` enclose the selection, and shows the new selection in the same way.
 * @param {string} shown
 * @param {(text: string, range: { from: number, to: number }) => Edit} edit
 */
const apply = (shown, edit) => {
  const from = shown.indexOf("‹");
  const to = shown.indexOf("›") - 1;
  let text = shown.replace(/[‹›]/g, "");
  const { changes, selection } = edit(text, { from, to });
  for (const change of changes.toReversed()) text = text.slice(0, change.from) + change.insert + text.slice(change.to);
  return `${text.slice(0, selection.from)}‹${text.slice(selection.from, selection.to)}›${text.slice(selection.to)}`;
};

/** @returns {string} */
const bold = (/** @type {string} */ shown) => apply(shown, (text, range) => toggleMarker(text, range, "**"));
/** @returns {string} */
const italic = (/** @type {string} */ shown) => apply(shown, (text, range) => toggleMarker(text, range, "*"));

test("marks words, and removes the mark again", () => {
  assert.equal(bold("a ‹word› b"), "a **‹word›** b");
  assert.equal(bold("a **‹word›** b"), "a ‹word› b");
  assert.equal(bold("a ‹**word**› b"), "a ‹word› b");
  assert.equal(bold("a‹ word ›b"), "a **‹word›** b");
  assert.equal(bold("‹›"), "**‹›**");
});

test("italic and bold do not take each other's stars", () => {
  assert.equal(italic("**‹word›**"), "***‹word›***");
  assert.equal(italic("***‹word›***"), "**‹word›**");
  assert.equal(bold("***‹word›***"), "*‹word›*");
  assert.equal(bold("*‹word›*"), "***‹word›***");
});

test("makes links of words and of addresses", () => {
  assert.equal(apply("see ‹this›", insertLink), "see [this](‹›)");
  assert.equal(apply("‹https://example.org/a›", insertLink), "[‹›](https://example.org/a)");
  assert.equal(apply("‹›", insertLink), "[‹›]()");
});

test("ticks and clears a box, and adds one", () => {
  assert.equal(toggleCheckbox("- [ ] read"), "- [x] read");
  assert.equal(toggleCheckbox("  * [X] read"), "  * [ ] read");
  assert.equal(toggleCheckbox("1. read"), "1. [ ] read");
  assert.equal(toggleCheckbox("> - [ ]"), "> - [x]");
  assert.equal(toggleCheckbox("read"), "- [ ] read");
  assert.equal(toggleCheckbox("- [a](b)"), "- [ ] [a](b)");
});
