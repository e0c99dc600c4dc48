// What the tests use of Node.
declare module "node:assert/strict";
declare module "node:test";
declare function setImmediate(callback: (value: unknown) => void): void;
