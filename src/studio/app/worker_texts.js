// The texts that the worker knows. Of a large notebook only what has changed is sent: the page must not wait for a copy.
import { applyChanges } from "./journal_record.js";

/** @import { RenderRequest } from "./types" */

export class WorkerTexts {
  /** @type {Map<string, string>} */
  #texts = new Map();

  /**
   * Brings the texts up to date, and returns the request as the program reads it.
   * @param {RenderRequest} request
   */
  requestOf({ sources }) {
    const texts = new Map(sources.map(({ id, text, changes }) => [id, text ?? applyChanges(this.#textOf(id), changes ?? [])]));
    this.#texts = texts;
    const named = sources.map(({ id, name, kind }) => ({ name, kind, text: texts.get(id) ?? "" }));
    const notebook = named.find(({ kind }) => kind === "markdown");
    const bibliography = named.filter(({ kind }) => kind === "bibliography").map(({ name, text }) => ({ name, text }));
    return JSON.stringify({ text: notebook?.text ?? "", name: notebook?.name ?? "", bibliography });
  }

  /** @param {string} id */
  #textOf(id) {
    const text = this.#texts.get(id);
    if (text === undefined) throw new Error("the worker does not know the text that has changed");
    return text;
  }
}
