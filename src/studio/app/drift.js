// Positions of an older text in the newest one.
/** @import { ChangeSet } from "@codemirror/state" */

export class Drift {
  /** @type {ChangeSet | undefined} */
  changes;

  /** @param {ChangeSet} changes */
  add(changes) {
    this.changes = this.changes ? this.changes.compose(changes) : changes;
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
