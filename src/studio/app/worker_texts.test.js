import assert from "node:assert/strict";
import test from "node:test";

import { WorkerTexts } from "./worker_texts.js";

const notebook = /** @type {const} */ ({ id: "1", name: "notebook.md", kind: "markdown" });
const references = /** @type {const} */ ({ id: "2", name: "references.bib", kind: "bibliography" });

test("applies changes to the texts that were sent before", () => {
  const texts = new WorkerTexts();
  const first = texts.requestOf({ sources: [{ ...notebook, text: "# A\n" }, { ...references, text: "@a{b}" }] });
  assert.deepEqual(JSON.parse(first), {
    text: "# A\n",
    name: "notebook.md",
    bibliography: [{ name: "references.bib", text: "@a{b}" }],
  });
  const second = texts.requestOf({ sources: [{ ...notebook, changes: [[2, 3, "B"], [4, 4, "text"]] }, { ...references, changes: [] }] });
  assert.equal(JSON.parse(second).text, "# B\ntext");
  assert.equal(JSON.parse(second).bibliography[0].text, "@a{b}");
});

test("does not guess a text that it never got", () => {
  assert.throws(() => new WorkerTexts().requestOf({ sources: [{ ...notebook, changes: [] }] }), /does not know/);
});
