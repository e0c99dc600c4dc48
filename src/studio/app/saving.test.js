import assert from "node:assert/strict";
import test from "node:test";

import { replacement } from "./replacement.js";
import { saveFile } from "./saving.js";

/** @import { Merged } from "./types" */

/** A file on a disk that other programs write too. */
class FakeFile {
  name = "notebook.md";
  /** @type {(() => void)[]} */
  beforeClose = [];

  /** @param {string | Uint8Array | null} content */
  constructor(content) {
    this.content = content;
  }

  async getFile() {
    if (this.content === null) throw new DOMException("", "NotFoundError");
    return new Blob([/** @type {BlobPart} */ (this.content)]);
  }

  async createWritable() {
    let written = "";
    return {
      write: async (/** @type {string} */ text) => {
        written += text;
        this.beforeClose.shift()?.();
      },
      close: async () => {
        this.content = this.damage(written);
      },
      abort: async () => {},
    };
  }

  /** @param {string} text */
  damage(text) {
    return text;
  }

  get handle() {
    return /** @type {FileSystemFileHandle} */ (/** @type {unknown} */ (this));
  }
}

/** @type {(base: string, mine: string, theirs: string) => Promise<Merged>} */
const merge = async (base, mine, theirs) => ({ text: `${base}|${mine}|${theirs}`, conflicts: mine.includes("clash") ? 1 : 0 });

test("writes over what was read", async () => {
  const file = new FakeFile("\uFEFFold\r\n");
  const result = await saveFile({ handle: file.handle, base: "\uFEFFold\r\n", mine: "\uFEFFnew\r\n" }, merge);
  assert.deepEqual(result, { outcome: "saved", text: "\uFEFFnew\r\n" });
  assert.equal(file.content, "\uFEFFnew\r\n");
});

test("merges what another program has written", async () => {
  const file = new FakeFile("theirs");
  const result = await saveFile({ handle: file.handle, base: "base", mine: "mine" }, merge);
  assert.deepEqual(result, { outcome: "saved", text: "base|mine|theirs" });
  assert.equal(file.content, "base|mine|theirs");
});

test("leaves the file alone if both have changed the same words", async () => {
  const file = new FakeFile("theirs");
  const result = await saveFile({ handle: file.handle, base: "base", mine: "clash" }, merge);
  assert.deepEqual(result, { outcome: "conflict", text: "base|clash|theirs", theirs: "theirs" });
  assert.equal(file.content, "theirs");
});

test("merges again if the file changes while it is being written", async () => {
  const file = new FakeFile("base");
  file.beforeClose.push(() => (file.content = "theirs"));
  const result = await saveFile({ handle: file.handle, base: "base", mine: "mine" }, merge);
  assert.deepEqual(result, { outcome: "saved", text: "base|mine|theirs" });
});

test("gives up on a file that never stays the same", async () => {
  const file = new FakeFile("0");
  file.beforeClose = [1, 2, 3, 4].map((count) => () => (file.content = String(count)));
  await assert.rejects(saveFile({ handle: file.handle, base: "0", mine: "mine" }, merge), /keeps changing/);
  assert.equal(file.content, "3");
});

test("says so if the disk has something else than what was written", async () => {
  const file = new FakeFile("base");
  file.damage = (text) => text.slice(1);
  await assert.rejects(saveFile({ handle: file.handle, base: "base", mine: "mine" }, merge), /not what was written/);
});

test("writes a file that is gone, and never merges with what is not text", async () => {
  const gone = new FakeFile(null);
  assert.equal((await saveFile({ handle: gone.handle, base: "base", mine: "mine" }, merge)).outcome, "saved");
  assert.equal(gone.content, "mine");
  const binary = new FakeFile(new Uint8Array([255, 254]));
  await assert.rejects(saveFile({ handle: binary.handle, base: "base", mine: "mine" }, merge), /not UTF-8/);
});

test("half a character does not prevent saving", async () => {
  const file = new FakeFile("base");
  assert.deepEqual(await saveFile({ handle: file.handle, base: "base", mine: "a\uD83D" }, merge), { outcome: "saved", text: "a\uFFFD" });
});

test("replaces only what differs", () => {
  assert.deepEqual(replacement("one two three", "one 2 three"), { from: 4, to: 7, insert: "2" });
  assert.deepEqual(replacement("aa", "aaa"), { from: 2, to: 2, insert: "a" });
  assert.deepEqual(replacement("", "a"), { from: 0, to: 0, insert: "a" });
  assert.deepEqual(replacement("a", "a"), { from: 1, to: 1, insert: "" });
});
