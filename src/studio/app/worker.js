// The program that understands notebooks, off the thread that draws. The first message names it; every other is a request.

import { WorkerTexts } from "./worker_texts.js";

const texts = new WorkerTexts();

/** @type {any} */
const globals = globalThis;

/** @type {Promise<unknown> | undefined} */
let program;

/** @param {string} name */
const load = async (name) => {
  const at = (/** @type {string} */ file) => new URL(file, import.meta.url).href;
  const { default: init } = await import(at(`${name}.js`));
  await init({ module_or_path: at(`${name}_bg.wasm`) });
};

/** @param {any} request */
const answer = (request) => {
  const { render, merge, restore } = globals.notebookStudio;
  switch (request.action) {
    case "render":
      return render(texts.requestOf(request));
    case "merge":
      return merge(request.base, request.mine, request.theirs);
    case "restore":
      return restore(request.json);
    default:
      throw new Error(`there is no action ${request.action}`);
  }
};

addEventListener("message", async ({ data }) => {
  if (data.program) {
    program = load(data.program);
    // Each request reports the failure.
    program.catch(() => {});
    return;
  }
  try {
    await program;
    postMessage({ id: data.id, result: await answer(data) });
  } catch (error) {
    postMessage({ id: data.id, error: error instanceof Error ? error.message : String(error) });
  }
});
