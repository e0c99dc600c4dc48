// Keys of the editor that write Markdown.
import { EditorSelection } from "@codemirror/state";

import { insertLink, toggleCheckbox, toggleMarker } from "./markdown_edits.js";
import { replacement } from "./replacement.js";

/** @import { EditorView, KeyBinding } from "@codemirror/view" */
/** @import { Edit, Range } from "./markdown_edits.js" */

/**
 * Applies an edit to every selected range.
 * @param {(text: string, range: Range) => Edit} edit
 */
const onRanges = (edit) => (/** @type {EditorView} */ view) => {
  const { state } = view;
  if (state.readOnly) return false;
  const text = state.doc.toString();
  const changes = state.changeByRange(({ from, to }) => {
    const { changes, selection } = edit(text, { from, to });
    return { changes, range: EditorSelection.range(selection.from, selection.to) };
  });
  view.dispatch(state.update(changes, { userEvent: "input", scrollIntoView: true }));
  return true;
};

/** @param {EditorView} view */
const toggleCheckboxes = (view) => {
  const { state } = view;
  if (state.readOnly) return false;
  const numbers = new Set();
  for (const { from, to } of state.selection.ranges) {
    for (let number = state.doc.lineAt(from).number; number <= state.doc.lineAt(to).number; number += 1) numbers.add(number);
  }
  const changes = [...numbers].map((number) => {
    const { from, text } = state.doc.line(number);
    // Only what differs is replaced, so that the cursor keeps its place.
    const change = replacement(text, toggleCheckbox(text));
    return { from: from + change.from, to: from + change.to, insert: change.insert };
  });
  view.dispatch({ changes, userEvent: "input" });
  return true;
};

/** @type {KeyBinding[]} */
export const markdownKeys = [
  { key: "Mod-b", run: onRanges((text, range) => toggleMarker(text, range, "**")), preventDefault: true },
  { key: "Mod-i", run: onRanges((text, range) => toggleMarker(text, range, "*")), preventDefault: true },
  { key: "Mod-k", run: onRanges(insertLink), preventDefault: true },
  { key: "Mod-Enter", run: toggleCheckboxes },
];
