// BibTeX that is pasted into the notebook: its entry for the bibliography, and list items for the text.

/** @import { PastedPaper } from "./types" */

/**
 * Returns true if a text looks like BibTeX: the program decides, but is not asked about every paste.
 * @param {string} text
 */
export const looksLikeBibtex = (text) => /^\s*@[a-z]+\s*[{(]\s*[^\s,{}()]+\s*,/i.test(text);

/** @param {string} bibtex */
const keysOf = (bibtex) => new Set([...bibtex.matchAll(/@\w+\s*[{(]\s*([^\s,{}()]+)\s*,/g)].map(([, key]) => key));

/**
 * Returns what is added at the end of a bibliography, which keeps its entries with the same keys.
 * @param {string} bibliography
 * @param {readonly PastedPaper[]} papers
 * @param {string} pasted
 */
export const bibliographyAddition = (bibliography, papers, pasted) => {
  const known = keysOf(bibliography);
  const added = papers.filter(({ key }) => !known.has(key));
  if (added.length === 0) return "";
  // The whole text may have abbreviations that its entries use.
  const entries = added.length === papers.length ? pasted.trim() : added.map(({ bibtex }) => bibtex).join("\n\n");
  const separator = bibliography === "" || bibliography.endsWith("\n\n") ? "" : bibliography.endsWith("\n") ? "\n" : "\n\n";
  return `${separator}${entries}\n`;
};

/**
 * Returns the change that puts list items in place of the pasted text, or at the cursor if that has been changed since.
 * @param {string} text
 * @param {string} pasted
 * @param {number} cursor
 * @param {readonly PastedPaper[]} papers
 */
export const itemsChange = (text, pasted, cursor, papers) => {
  const bibtex = pasted.trim();
  const nearest = text.lastIndexOf(bibtex, cursor);
  const found = nearest < 0 ? text.indexOf(bibtex) : nearest;
  const [from, to] = found < 0 ? [cursor, cursor] : [found, found + bibtex.length];
  const line = text.slice(text.lastIndexOf("\n", from - 1) + 1, from);
  const items = papers.map(({ item }) => item).join("\n");
  const isAfterBullet = /^\s*[-*+][ \t]+$/.test(line);
  const begin = line.trim() === "" || isAfterBullet ? "" : "\n";
  const end = to === text.length || text[to] === "\n" ? "" : "\n";
  return { from, to, insert: begin + (isAfterBullet ? items.slice(2) : items) + end };
};
