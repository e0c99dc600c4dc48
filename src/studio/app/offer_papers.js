// The offer to make papers of BibTeX that was pasted: nothing is changed before the author agrees.
import { notify } from "./dialogs.js";
import { bibliographyAddition, itemsChange, looksLikeBibtex } from "./paste_bibtex.js";

/** @import { OpenDocument } from "./open_document.js" */
/** @import { Studio } from "./studio.js" */
/** @import { Pasted } from "./types" */

/**
 * @param {Studio} studio
 * @param {OpenDocument} document
 * @param {string} text
 */
export const offerPapers = async (studio, document, text) => {
  if (document.kind !== "markdown" || !looksLikeBibtex(text)) return;
  const pasted = await studio.worker.pasted(text).catch(() => undefined);
  if (!pasted || pasted.papers.length === 0 || studio.active !== document) return;
  const { name, isNew } = targetOf(studio, pasted);
  const count = pasted.papers.length;
  const words = count === 1 ? "a link to the paper" : `links to the ${count} papers`;
  const place = isNew ? `a new ${name}: none is open` : name;
  notify(`You have pasted BibTeX. Put it into ${place}, and ${words} here?`, { label: "Do it", run: () => addPapers(studio, document, text, pasted) });
};

/**
 * Returns the bibliography that entries are added to.
 * @param {Studio} studio
 * @param {Pasted} pasted
 */
const targetOf = (studio, { bibliography }) => {
  const open = studio.documents.filter(({ kind }) => kind === "bibliography");
  const document = open.find(({ name }) => name === bibliography);
  return { name: bibliography, document, isNew: !document };
};

/**
 * @param {Studio} studio
 * @param {OpenDocument} notebook
 * @param {string} text
 * @param {Pasted} pasted
 */
const addPapers = (studio, notebook, text, pasted) => {
  if (studio.isReadOnly || !studio.documents.includes(notebook)) return;
  const { name, document } = targetOf(studio, pasted);
  const addition = bibliographyAddition(document?.text() ?? "", pasted.papers, text);
  if (!document) studio.add({ name, kind: "bibliography", content: addition, isCopied: false });
  else if (addition) studio.change(document, { changes: { from: document.state.doc.length, insert: addition }, userEvent: "input" });
  const change = itemsChange(notebook.text(), text, notebook.state.selection.main.head, pasted.papers);
  studio.change(notebook, { changes: change, userEvent: "input" });
  if (!addition) notify(`${name} has these keys already, and was left as it is.`);
  studio.editor.view.focus();
};
