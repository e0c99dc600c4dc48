// Positions of an older text in the newest one.
/** @import { ChangeSet } from "@codemirror/state" */
/** @import { Change } from "./types" */

/**
 * @param {ChangeSet} changes
 * @returns {Change[]}
 */
export const replacementsOf = (changes) => {
  /** @type {Change[]} */
  const replacements = [];
  changes.iterChanges((from, to, _from, _to, inserted) => replacements.push([from, to, inserted.toString()]), true);
  return replacements;
};

export class Drift {
  /** @type {ChangeSet | undefined} */
  changes;

  /** @param {ChangeSet} changes */
  add(changes) {
    this.changes = this.changes ? this.changes.compose(changes) : changes;
  }

  /** Returns the changes as replacements in the older text, in order. */
  get replacements() {
    return this.changes ? replacementsOf(this.changes) : [];
  }

  /**
   * @param {number} position
   * @param {-1 | 1} [side] where a position stays if text is inserted at it
   */
  map(position, side = 1) {
    const { changes } = this;
    return changes ? changes.mapPos(Math.min(position, changes.length), side) : position;
  }
}
