import assert from "node:assert/strict";
import test from "node:test";

import { applyChanges, changesSince, hasOwnWords, isStale, mayForget, workspacesOf } from "./journal_record.js";
import { Keeper } from "./keeper.js";

/** @import { Change, ChangeRecord, DocumentRecord } from "./types" */

/**
 * @param {Partial<DocumentRecord>} fields
 * @returns {DocumentRecord}
 */
const record = (fields) => ({
  id: "one",
  workspace: "w",
  order: 0,
  name: "notebook.md",
  kind: "markdown",
  base: null,
  origin: null,
  published: null,
  text: "",
  version: 0,
  time: 0,
  savedAt: null,
  hasConflicts: false,
  handle: null,
  folder: null,
  ...fields,
});

/** A journal that completes its writes in order, and loses those for which `fails` says so. */
class Storage {
  /** @type {DocumentRecord | undefined} */
  record;
  /** @type {Map<number, ChangeRecord>} */
  changes = new Map();
  /** @type {Promise<void>} */
  last = Promise.resolve();

  /** @param {() => boolean} fails */
  constructor(fails) {
    this.fails = fails;
  }

  /** @param {DocumentRecord} written */
  put(written) {
    return this.write(() => {
      this.record = written;
      for (const version of this.changes.keys()) if (version <= written.version) this.changes.delete(version);
    });
  }

  /** @param {ChangeRecord} change */
  append(change) {
    return this.write(() => this.changes.set(change.version, change));
  }

  /** @param {() => void} work */
  write(work) {
    const done = this.last.then(() => {
      if (this.fails()) throw new DOMException("", "QuotaExceededError");
      work();
    });
    this.last = done.catch(() => {});
    return done;
  }

  restored() {
    if (!this.record) return undefined;
    const changes = changesSince(this.record, [...this.changes.values()]);
    return changes.reduce((text, change) => applyChanges(text, change.changes), this.record.text);
  }
}

test("what is called kept can be restored, whichever writes fail", async (/** @type {any} */ context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let seed = 11;
  const random = (/** @type {number} */ below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  for (let round = 0; round < 300; round += 1) {
    const storage = new Storage(() => random(4) === 0);
    /** @type {string[]} */
    const texts = [""];
    const opened = {
      id: "one",
      version: 0,
      kept: -1,
      failure: "",
      record: () => record({ text: texts[opened.version], version: opened.version }),
    };
    const check = () => {
      if (opened.kept >= 0) assert.ok(texts.slice(opened.kept).includes(storage.restored() ?? "-"), `round ${round}`);
    };
    const keeper = new Keeper(storage, check);
    keeper.changed(opened);
    for (let step = 0; step < 30; step += 1) {
      const text = texts[opened.version];
      const from = random(text.length + 1);
      /** @type {Change[]} */
      const changes = [[from, Math.min(text.length, from + random(3)), String(step)]];
      texts.push(applyChanges(text, changes));
      opened.version += 1;
      keeper.changed(opened, random(10) === 0 ? undefined : changes);
      if (random(3) === 0) await storage.last;
      if (random(5) === 0) context.mock.timers.tick(3000);
      if (random(7) === 0) await new Promise((resolve) => setImmediate(resolve));
      check();
    }
    storage.fails = () => false;
    await keeper.writeAll();
    assert.equal(storage.restored(), texts.at(-1));
    assert.equal(opened.kept, opened.version);
    assert.equal(opened.failure, "");
    keeper.release([opened]);
  }
});

test("a document that was released is not written until it is resumed", async () => {
  const storage = new Storage(() => false);
  const opened = { id: "one", version: 1, kept: -1, failure: "", record: () => record({ text: "a", version: 1 }) };
  const keeper = new Keeper(storage, () => {});
  keeper.release([opened]);
  await keeper.writeWhole(opened);
  await keeper.changed(opened, [[0, 0, "a"]]);
  await keeper.writeAll();
  assert.equal(storage.record, undefined);
  assert.equal(storage.changes.size, 0);
  keeper.resume(opened);
  await keeper.changed(opened);
  assert.equal(storage.restored(), "a");
});

test("changes after a gap are not applied", () => {
  const change = (/** @type {number} */ version) => ({ document: "one", version, time: version, changes: [] });
  assert.deepEqual(changesSince(record({ version: 2 }), [4, 3, 6, 1].map(change)).map(({ version }) => version), [3, 4]);
});

test("a record does not replace a newer version", () => {
  assert.equal(isStale(record({ version: 3 }), undefined), false);
  assert.equal(isStale(record({ version: 3 }), record({ version: 3 }), 3), false);
  assert.equal(isStale(record({ version: 3 }), record({ version: 4 })), true);
  assert.equal(isStale(record({ version: 3 }), record({ version: 1 }), 7), true);
});

test("groups the documents of a notebook, the newest first", () => {
  const older = { record: record({ id: "a", workspace: "old", time: 1 }), changes: [] };
  const second = { record: record({ id: "b", workspace: "new", order: 1, time: 1 }), changes: [{ document: "b", version: 1, time: 9, changes: [] }] };
  const first = { record: record({ id: "c", workspace: "new", order: 0, time: 2 }), changes: [] };
  const workspaces = workspacesOf([older, second, first]);
  assert.deepEqual(workspaces.map(({ id, time }) => [id, time]), [["new", 9], ["old", 1]]);
  assert.deepEqual(workspaces[0].documents.map(({ record }) => record.id), ["c", "b"]);
});

test("knows which documents have been edited", () => {
  const change = { document: "one", version: 1, time: 1, changes: [] };
  assert.equal(hasOwnWords({ record: record({}), changes: [] }), false);
  assert.equal(hasOwnWords({ record: record({}), changes: [change] }), true);
  assert.equal(hasOwnWords({ record: record({ version: 2 }), changes: [] }), true);
});

test("forgets a notebook only if all its words are elsewhere", () => {
  assert.equal(mayForget([{ isChanged: false }, { isChanged: false }]), true);
  assert.equal(mayForget([{ isChanged: false }, { isChanged: true }]), false);
});
