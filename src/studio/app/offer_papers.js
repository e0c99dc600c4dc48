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
  const [entries, links] = count === 1 ? ["the entry", "a link to the paper"] : [`${count} entries`, "links to the papers"];
  const found = isNew ? `You have pasted BibTeX, and no ${name} is open.` : "You have pasted BibTeX.";
  const question = `Put ${entries} into ${isNew ? "a new one" : name}, and ${links} here?`;
  notify(`${found} ${question}`, { label: "Do it", run: () => addPapers(studio, document, text, pasted) });
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
