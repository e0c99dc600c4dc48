import assert from "node:assert/strict";
import test from "node:test";

import { kindOf, nameAt, notebookCandidates, relativeTo } from "./choose.js";

test("finds the notebook of a folder by its name", () => {
  assert.deepEqual(notebookCandidates(["a/other.md", "a/notebook.md", "a/README.md"]), ["a/notebook.md"]);
  assert.deepEqual(notebookCandidates(["a/other.md", "a/index.md", "a/README.md"]), ["a/index.md"]);
  assert.deepEqual(notebookCandidates(["a/other.md", "a/ReadMe.md"]), ["a/ReadMe.md"]);
});

test("takes the only file, and asks if there are several", () => {
  assert.deepEqual(notebookCandidates(["a/papers.md", "a/b/notebook.md", "a/robots.txt"]), ["a/papers.md"]);
  assert.deepEqual(notebookCandidates(["a/two.md", "a/one.md"]), ["a/one.md", "a/two.md"]);
  assert.deepEqual(notebookCandidates(["notes.txt"]), ["notes.txt"]);
  assert.deepEqual(notebookCandidates(["a.bib", ".github/README.md", "node_modules/x/index.md"]), []);
});

test("knows files by their extension", () => {
  assert.equal(kindOf("a/B.BIB"), "bibliography");
  assert.equal(kindOf("notes.markdown"), "markdown");
  assert.equal(kindOf("figure.PNG"), "picture");
  assert.equal(kindOf("Makefile"), undefined);
});

test("paths are relative to the notebook", () => {
  assert.equal(relativeTo("notes/figures/a.png", "notes/notebook.md"), "figures/a.png");
  assert.equal(relativeTo("a.png", "notebook.md"), "a.png");
  assert.equal(relativeTo("other/a.png", "notes/notebook.md"), undefined);
});

test("names a file by its address", () => {
  assert.equal(nameAt("https://example.org/a/my%20notes.md?raw=1"), "my notes.md");
  assert.equal(nameAt("https://example.org/"), "notebook.md");
  assert.equal(nameAt("https://example.org/%E0.md"), "%E0.md");
});
