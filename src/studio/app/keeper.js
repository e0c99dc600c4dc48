// Writes open documents into the journal, and knows which version of each is safe there.
import { storageFailure } from "./status.js";

/** @import { Change, ChangeRecord, DocumentRecord } from "./types" */

/**
 * @typedef {object} KeptDocument
 * @property {string} id
 * @property {number} version Number of changes.
 * @property {number} kept The newest version that the journal has; -1 if it has none.
 * @property {string} failure Reason why the journal could not be written; empty if there is none.
 * @property {() => DocumentRecord} record
 *
 * @typedef {{ put(record: DocumentRecord): Promise<void>, append(change: ChangeRecord): Promise<void> }} Writer
 */

/** Milliseconds without a change until the whole text is written in place of the changes. */
const PAUSE = 2000;

/** Changes after which it is written although the author goes on typing: replaying more would delay the next start. */
const MAX_APPENDED = 400;

/**
 * Requests to the journal. `base` is the version of the newest whole text that was not refused, `gap` the version of the newest
 * change that was: the journal is complete as long as its whole text is not older than the gap.
 * @typedef {{ base: number, gap: number, appended: number, timer: ReturnType<typeof setTimeout> | undefined }} Progress
 */

/** Milliseconds until a failed write is tried again. */
const RETRY = 1000;

export class Keeper {
  #journal;
  #onChange;
  #now;
  /** @type {Map<KeptDocument, Progress>} */
  #progress = new Map();
  /** @type {WeakSet<KeptDocument>} */
  #released = new WeakSet();

  /**
   * @param {Writer} journal
   * @param {() => void} onChange Called after each write.
   * @param {() => number} [now]
   */
  constructor(journal, onChange, now = Date.now) {
    this.#journal = journal;
    this.#onChange = onChange;
    this.#now = now;
  }

  /**
   * Writes a change of a document, whose version has been counted already. Without `changes` the whole text is written.
   * @param {KeptDocument} document
   * @param {Change[]} [changes]
   */
  async changed(document, changes) {
    if (this.#released.has(document)) return;
    const progress = this.#progressOf(document);
    if (!changes || !isComplete(progress) || progress.appended >= MAX_APPENDED) return this.writeWhole(document);
    progress.appended += 1;
    this.#schedule(document, PAUSE);
    const { id, version } = document;
    try {
      await this.#journal.append({ document: id, version, time: this.#now(), changes });
      if (isComplete(progress)) this.#kept(document, version);
    } catch (error) {
      progress.gap = Math.max(progress.gap, version);
      this.#failed(document, error, 0);
    }
  }

  /**
   * Writes the whole text.
   * @param {KeptDocument} document
   */
  async writeWhole(document) {
    if (this.#released.has(document)) return;
    const progress = this.#progressOf(document);
    clearTimeout(progress.timer);
    const { version } = document;
    progress.base = version;
    progress.appended = 0;
    try {
      await this.#journal.put(document.record());
      progress.base = Math.max(progress.base, version);
      this.#kept(document, version);
    } catch (error) {
      if (progress.base === version) progress.base = -1;
      this.#failed(document, error, RETRY);
    }
  }

  /** Writes the whole text of every document that has changed since. */
  async writeAll() {
    const all = [...this.#progress];
    const changed = all.filter(([document, { appended }]) => appended > 0 || document.kept < document.version);
    await Promise.all(changed.map(([document]) => this.writeWhole(document)));
  }

  /**
   * Stops writing documents: they were closed or forgotten, or belong to another tab. What still waits for a file or an answer
   * cannot write them either.
   * @param {readonly KeptDocument[]} documents
   */
  release(documents) {
    for (const document of documents) {
      clearTimeout(this.#progress.get(document)?.timer);
      this.#progress.delete(document);
      this.#released.add(document);
    }
  }

  /**
   * Writes a document again that was released.
   * @param {KeptDocument} document
   */
  resume(document) {
    this.#released.delete(document);
  }

  /** @param {KeptDocument} document */
  #progressOf(document) {
    const known = this.#progress.get(document);
    if (known) return known;
    /** @type {Progress} */
    const progress = { base: -1, gap: -1, appended: 0, timer: undefined };
    this.#progress.set(document, progress);
    return progress;
  }

  /**
   * @param {KeptDocument} document
   * @param {number} delay
   */
  #schedule(document, delay) {
    const progress = this.#progress.get(document);
    if (!progress) return;
    clearTimeout(progress.timer);
    progress.timer = setTimeout(() => void this.writeWhole(document), delay);
  }

  /**
   * @param {KeptDocument} document
   * @param {number} version
   */
  #kept(document, version) {
    document.kept = Math.max(document.kept, version);
    document.failure = "";
    this.#onChange();
  }

  /**
   * @param {KeptDocument} document
   * @param {unknown} error
   * @param {number} delay
   */
  #failed(document, error, delay) {
    document.failure = storageFailure(error);
    this.#schedule(document, delay);
    this.#onChange();
  }
}

/** @param {Progress} progress */
const isComplete = ({ base, gap }) => base >= 0 && base >= gap;
