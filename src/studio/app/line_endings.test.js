import assert from "node:assert/strict";
import test from "node:test";

import { decode, encode, mapBreaks } from "./line_endings.js";

test("writes back every content as it was read", () => {
  const contents = ["", "a", "a\n", "a\r\nb\r\n", "\uFEFFa\r\nb", "a\rb\r", "a\r\nb\nc\r\n\rd\n\n\r\n", "\r\r\n\n", "\uFEFF"];
  for (const content of contents) {
    const { text, format } = decode(content);
    assert.ok(!text.includes("\r") && !text.includes("\uFEFF"));
    assert.equal(encode(text, format), content);
  }
});

test("gives new lines the ending of most others", () => {
  const { format } = decode("a\r\nb\r\nc\n");
  assert.equal(encode("new\na\nb\nc\n", { ...format, odd: mapBreaks(format.odd, [{ from: 0, to: 0, length: 4 }]).kept }), "new\r\na\r\nb\r\nc\n");
});

test("keeps the breaks before, between and after changes", () => {
  // The text "a\nb\nc\nd\n" with LF at 1 and 5, else CRLF.
  const odd = decode("a\nb\r\nc\nd\r\n\r\n").format.odd;
  assert.deepEqual(odd, [{ at: 1, ending: "\n" }, { at: 5, ending: "\n" }]);
  const { kept, removed } = mapBreaks(odd, [{ from: 2, to: 3, length: 10 }, { from: 5, to: 6, length: 0 }]);
  assert.deepEqual(kept, [{ at: 1, ending: "\n" }]);
  assert.deepEqual(removed, [{ at: 5, ending: "\n" }]);
});

test("text inserted beside a break does not replace it", () => {
  const odd = [{ at: 4, ending: /** @type {const} */ ("\r") }];
  assert.deepEqual(mapBreaks(odd, [{ from: 4, to: 4, length: 2 }]).kept, [{ at: 6, ending: "\r" }]);
  assert.deepEqual(mapBreaks(odd, [{ from: 5, to: 5, length: 2 }]).kept, odd);
  assert.deepEqual(mapBreaks(odd, [{ from: 0, to: 4, length: 0 }]).kept, [{ at: 0, ending: "\r" }]);
});

test("untouched bytes survive random edits of random files", () => {
  let seed = 7;
  const random = (/** @type {number} */ below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  for (let round = 0; round < 500; round += 1) {
    const content = Array.from({ length: random(40) }, () => ["a", "b", "\n", "\r\n", "\r"][random(5)]).join("");
    const { text, format } = decode(content);
    const from = random(text.length + 1);
    const to = from + random(text.length - from + 1);
    const insert = ["", "x", "x\ny", "\n"][random(4)];
    const { kept } = mapBreaks(format.odd, [{ from, to, length: insert.length }]);
    const written = encode(text.slice(0, from) + insert + text.slice(to), { ...format, odd: kept });
    const start = encode(text.slice(0, from), { ...format, odd: format.odd });
    const end = encode(text.slice(to), { ...format, bom: false, odd: format.odd.filter(({ at }) => at >= to).map(({ at, ending }) => ({ at: at - to, ending })) });
    assert.equal(written, start + insert.replaceAll("\n", format.ending) + end, JSON.stringify({ content, from, to, insert }));
  }
});
