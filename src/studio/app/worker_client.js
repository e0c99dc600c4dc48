// Requests to the worker, and its answers.
/** @import { Build, Config, Merged, Name, Pasted, RenderRequest } from "./types" */

/** @typedef {{ resolve: (result: any) => void, reject: (error: Error) => void }} Call */

export class WorkerClient {
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Map<number, Call>} */
  #calls = new Map();
  #next = 0;
  /** Number of the worker: a new one knows no text. */
  generation = 1;
  #program;
  #url;

  /** @param {Config} config */
  constructor({ worker, program }) {
    // The policy lets this one script start, whatever the page asks for.
    const url = new URL(worker, document.baseURI).href;
    const policy = window.trustedTypes?.createPolicy("notebook", { createScriptURL: () => url });
    this.#url = policy?.createScriptURL(url) ?? url;
    this.#program = program;
  }

  /**
   * @param {RenderRequest} request
   * @returns {Promise<Build>}
   */
  render(request) {
    return this.#ask({ action: "render", ...request });
  }

  /**
   * Returns the bytes of the full-text index of the last build; undefined if it has another name.
   * @param {string} name
   * @returns {Promise<Uint8Array | undefined>}
   */
  index(name) {
    return this.#ask({ action: "index", name });
  }

  /**
   * Returns the names in the text that was rendered last.
   * @returns {Promise<Name[]>}
   */
  names() {
    return this.#ask({ action: "names" });
  }

  /**
   * Returns the papers of a text in BibTeX; none if it cannot be added.
   * @param {string} bibtex
   * @returns {Promise<Pasted>}
   */
  pasted(bibtex) {
    return this.#ask({ action: "pasted", bibtex });
  }

  /**
   * Merges two versions of a text that was `base`.
   * @param {string} base
   * @param {string} mine
   * @param {string} theirs
   * @returns {Promise<Merged>}
   */
  merge(base, mine, theirs) {
    return this.#ask({ action: "merge", base, mine, theirs });
  }

  /**
   * Returns the changes of a text as a unified diff.
   * @param {string} base
   * @param {string} text
   * @param {string} name
   * @returns {Promise<string>}
   */
  patch(base, text, name) {
    return this.#ask({ action: "patch", base, text, name });
  }

  /** Ends the worker: a program that has failed is not asked again. The next request starts a new one. */
  stop() {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.generation += 1;
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const { reject } of calls) reject(new Error("the program has stopped"));
  }

  /**
   * @param {object} request
   * @returns {Promise<any>}
   */
  #ask(request) {
    const worker = (this.#worker ??= this.#start());
    const id = (this.#next += 1);
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
      worker.postMessage({ id, ...request });
    });
  }

  #start() {
    const worker = new Worker(this.#url, { type: "module" });
    worker.addEventListener("message", ({ data }) => {
      const call = this.#calls.get(data.id);
      this.#calls.delete(data.id);
      if ("error" in data) call?.reject(new Error(data.error));
      else call?.resolve(data.result);
    });
    worker.addEventListener("error", () => this.stop());
    worker.postMessage({ program: this.#program });
    return worker;
  }
}
