import assert from "node:assert/strict";
import test from "node:test";

import { bibliographyAddition, itemsChange, looksLikeBibtex } from "./paste_bibtex.js";

const ONE = { key: "a", bibtex: "@misc{a, url = {https://a.example}}", item: "- [A](https://a.example)" };
const TWO = { key: "b", bibtex: "@misc{b, url = {https://b.example}}", item: "- [B](https://b.example)" };
const PASTED = `${ONE.bibtex}\n\n${TWO.bibtex}\n`;

/** Pastes at `|`. @type {(shown: string, pasted?: string, papers?: (typeof ONE)[]) => string} */
const paste = (shown, pasted = `${ONE.bibtex}\n`, papers = [ONE]) => {
  const at = shown.indexOf("|");
  const text = shown.replace("|", pasted);
  const { from, to, insert } = itemsChange(text, pasted, at + pasted.length, papers);
  return text.slice(0, from) + insert + text.slice(to);
};

test("tells BibTeX from other text that begins with @", () => {
  assert.ok(looksLikeBibtex(PASTED) && looksLikeBibtex("\n@Article( key-1 ,"));
  assert.ok(!["@key says", "a @misc{a,", "@misc{", "", "me@example.org"].some(looksLikeBibtex));
});

test("puts items in place of what was pasted, on lines of their own", () => {
  assert.equal(paste("## Papers\n\n|"), "## Papers\n\n- [A](https://a.example)\n");
  assert.equal(paste("- x\n|- y\n"), "- x\n- [A](https://a.example)\n- y\n");
  assert.equal(paste("words|", ONE.bibtex), "words\n- [A](https://a.example)");
  assert.equal(paste("|words", ONE.bibtex), "- [A](https://a.example)\nwords");
  assert.equal(paste("* |", PASTED, [ONE, TWO]), "* [A](https://a.example)\n- [B](https://b.example)\n");
});

test("leaves what was pasted if it has been changed since", () => {
  assert.deepEqual(itemsChange("@misc{c}\n", PASTED, 9, [ONE]), { from: 9, to: 9, insert: ONE.item });
});

test("adds the entries whose keys are new, and keeps abbreviations", () => {
  assert.equal(bibliographyAddition("", [ONE, TWO], `@string{s = "S"}\n${PASTED}`), `@string{s = "S"}\n${PASTED}`);
  assert.equal(bibliographyAddition("@misc{ a ,x={y}}\n", [ONE, TWO], PASTED), `\n${TWO.bibtex}\n`);
  assert.equal(bibliographyAddition("@misc{c, x={y}}", [ONE], ONE.bibtex), `\n\n${ONE.bibtex}\n`);
  assert.equal(bibliographyAddition(ONE.bibtex, [ONE], ONE.bibtex), "");
});
