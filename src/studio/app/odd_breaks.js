// The odd line breaks of a file, moved along as its text changes, and brought back by undo.
import { invertedEffects } from "@codemirror/commands";
import { StateEffect, StateField } from "@codemirror/state";

import { mapBreaks } from "./line_endings.js";

/** @import { ChangeSet, EditorState, Transaction } from "@codemirror/state" */
/** @import { OddBreak } from "./types" */

/** @type {import("@codemirror/state").StateEffectType<OddBreak[]>} */
const bringBack = StateEffect.define({
  map: (odd, mapping) => odd.map((found) => ({ ...found, at: mapping.mapPos(found.at, 1) })),
});

/** Replaces all of them, in the positions of the new text. */
/** @type {import("@codemirror/state").StateEffectType<OddBreak[]>} */
export const setOddBreaks = StateEffect.define();

/** @param {ChangeSet} changes */
const lengths = (changes) => {
  /** @type {{ from: number, to: number, length: number }[]} */
  const found = [];
  changes.iterChanges((from, to, _from, _to, inserted) => found.push({ from, to, length: inserted.length }), true);
  return found;
};

/**
 * @param {OddBreak[]} odd
 * @param {ChangeSet | undefined} changes
 */
export const moveBreaks = (odd, changes) => (changes ? mapBreaks(odd, lengths(changes)).kept : odd);

const field = StateField.define({
  create: () => /** @type {OddBreak[]} */ ([]),
  update(odd, transaction) {
    let newer = odd.length > 0 && transaction.docChanged ? moveBreaks(odd, transaction.changes) : odd;
    for (const effect of transaction.effects) {
      if (effect.is(setOddBreaks)) newer = effect.value;
      if (effect.is(bringBack)) newer = [...newer, ...effect.value].sort((left, right) => left.at - right.at);
    }
    return newer;
  },
});

/** @param {OddBreak[]} odd */
export const trackOddBreaks = (odd) => [
  field.init(() => odd),
  invertedEffects.of((transaction) => {
    const before = transaction.startState.field(field);
    if (before.length === 0 || !transaction.docChanged) return [];
    const { removed } = mapBreaks(before, lengths(transaction.changes));
    return removed.length > 0 ? [bringBack.of(removed)] : [];
  }),
];

/** @param {EditorState} state */
export const oddBreaksOf = (state) => state.field(field);

/**
 * Returns true if the changes of a transaction alone do not say which breaks are odd after it.
 * @param {Transaction} transaction
 */
export const changesOddBreaks = (transaction) =>
  transaction.effects.some((effect) => effect.is(bringBack) || effect.is(setOddBreaks));
