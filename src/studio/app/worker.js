// Runs the program that reads notebooks, off the main thread. The first message names it; every other is a request.

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

let version = 0;

/**
 * Returns a build of what the program has returned: a description, then the name and the bytes of each file.
 * @param {unknown} rendered
 */
const buildOf = (rendered) => {
  // A text alone is the reason for a failure.
  if (!Array.isArray(rendered)) throw new Error(String(rendered));
  const { page, ...build } = JSON.parse(rendered[0]);
  const files = new Map();
  for (let at = 1; at + 1 < rendered.length; at += 2) files.set(rendered[at], rendered[at + 1]);
  version += 1;
  return { ...build, title: page.title, shell: JSON.stringify(page), files, version };
};

/** @param {any} request */
const answer = (request) => {
  const { render, index, names, pasted, merge, patch } = globals.notebookStudio;
  switch (request.action) {
    case "render":
      return buildOf(render(texts.requestOf(request)));
    case "index":
      return index(request.name);
    case "names":
      return JSON.parse(names());
    case "pasted":
      return JSON.parse(pasted(request.bibtex));
    case "merge":
      return JSON.parse(merge(request.base, request.mine, request.theirs));
    case "patch":
      return patch(request.base, request.text, request.name);
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
