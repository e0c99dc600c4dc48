import assert from "node:assert/strict";
import test from "node:test";

import { latestOnly } from "./latest_only.js";

test("skips what is older than the newest", async () => {
  /** @type {number[]} */
  const started = [];
  /** @type {(() => void)[]} */
  const ends = [];
  const run = latestOnly((/** @type {number} */ number) => {
    started.push(number);
    return new Promise((resolve) => ends.push(resolve));
  });
  const done = run(1);
  run(2);
  run(3);
  assert.deepEqual(started, [1]);
  ends[0]();
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(started, [1, 3]);
  ends[1]();
  await done;
  const later = run(4);
  ends[2]();
  await later;
  assert.deepEqual(started, [1, 3, 4]);
});
