import assert from "node:assert/strict";
import test from "node:test";

import { StaleError, documentStatus, storageFailure, workspaceStatus } from "./status.js";

/** @import { DocumentFacts } from "./types" */

/** @returns {string} */
const format = (/** @type {number} */ time) => `at ${time}`;

/**
 * @param {Partial<DocumentFacts>} facts
 * @returns {DocumentFacts}
 */
const facts = (facts) => ({
  name: "notebook.md",
  isReadOnly: false,
  conflicts: 0,
  isAsInFile: false,
  savedAt: null,
  downloadedAt: null,
  restoredAt: null,
  isInBrowser: true,
  failure: "",
  ...facts,
});

const text = (/** @type {Partial<DocumentFacts>} */ known) => documentStatus(facts(known), format).text;

test("says where the text is", () => {
  assert.equal(text({ isAsInFile: true, savedAt: 3 }), "Saved to notebook.md at 3");
  assert.equal(text({ isAsInFile: true }), "notebook.md is unchanged");
  assert.equal(text({}), "Only in this browser");
  assert.equal(text({ restoredAt: 4 }), "Restored from this browser: notebook.md, at 4");
  assert.equal(text({ downloadedAt: 5 }), "Downloaded notebook.md at 5; also in this browser");
  assert.equal(text({ downloadedAt: 5, isInBrowser: false }), "Downloaded notebook.md at 5");
  assert.equal(text({ isReadOnly: true }), "Read-only: notebook.md is open in another tab");
});

test("never says that a text is stored when it is not", () => {
  assert.equal(text({ isInBrowser: false, failure: "no space" }), "Not saved: no space");
  assert.equal(text({ isInBrowser: false }), "Storing in this browser …");
  assert.equal(text({ isInBrowser: false, restoredAt: 4, failure: "no space" }), "Not saved: no space");
  assert.equal(text({ isReadOnly: true, isInBrowser: false, failure: "no space" }), "Not saved: no space");
  assert.match(text({ isReadOnly: true, isInBrowser: false }), /^Not saved/);
  assert.match(text({ conflicts: 2, isInBrowser: false }), /2 conflicts .* Not saved/);
});

test("does not call a download safe, which may have been canceled", () => {
  assert.equal(documentStatus(facts({ downloadedAt: 5 }), format).safety, "browser");
  assert.equal(documentStatus(facts({ downloadedAt: 5, isInBrowser: false }), format).safety, "unsaved");
});

test("speaks of the document that is least safe", () => {
  const saved = facts({ isAsInFile: true });
  const inBrowser = facts({ name: "references.bib" });
  assert.equal(workspaceStatus([saved, inBrowser], format).text, "references.bib: only in this browser");
  assert.equal(workspaceStatus([inBrowser, facts({})], format).text, "Only in this browser");
  assert.equal(workspaceStatus([saved], format).text, "notebook.md is unchanged");
  assert.equal(workspaceStatus([], format).text, "Nothing leaves this computer");
});

test("names the reason why nothing is stored", () => {
  assert.equal(storageFailure(new DOMException("", "QuotaExceededError")), "this browser has no space left");
  assert.equal(storageFailure(new StaleError()), "another tab has stored a newer text");
  assert.equal(storageFailure(undefined), "this browser could not store it");
});
