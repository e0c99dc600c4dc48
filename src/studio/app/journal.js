// The journal of this browser: every open document with its text, and each change since that was written. It is what a crash
// leaves behind.
import { isStale } from "./journal_record.js";
import { StaleError } from "./status.js";

/** @import { ChangeRecord, DocumentRecord } from "./types" */

const NAME = "notebook-studio";
const DOCUMENTS = "documents";
const CHANGES = "changes";

/** @param {IDBDatabase} database */
const createStores = (database) => {
  database.createObjectStore(DOCUMENTS, { keyPath: "id" });
  database.createObjectStore(CHANGES, { keyPath: ["document", "version"] });
};

/** @returns {Promise<IDBDatabase>} */
const openDatabase = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.addEventListener("upgradeneeded", () => createStores(request.result));
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });

/**
 * Returns the changes of one document.
 * @param {string} id
 * @param {number} [upTo]
 */
const changesOf = (id, upTo = Infinity) => IDBKeyRange.bound([id, 0], [id, upTo]);

/**
 * @template Result
 * @param {IDBRequest<Result>} request
 * @returns {Promise<Result>}
 */
const resultOf = (request) =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });

export class Journal {
  /** @type {Promise<IDBDatabase> | undefined} */
  #database;
  #onClosed;

  /** @param {() => void} onClosed The browser has closed the journal, and may have deleted what was in it. */
  constructor(onClosed) {
    this.#onClosed = onClosed;
  }

  /**
   * Writes a document, in place of its older record and the changes since. It fails if the journal has a newer version, which
   * another tab has written.
   * @param {DocumentRecord} record
   */
  async put(record) {
    // The disk has it before this returns; for each single change that would be too slow.
    await this.#put(record).catch((error) => {
      // Some browsers cannot store handles of files.
      if (!(error instanceof DOMException) || error.name !== "DataCloneError") throw error;
      return this.#put({ ...record, handle: null, folder: null });
    });
    // Not in the same transaction: WebKit has kept the deletion and lost the record when the page was left in between.
    // Changes that stay are ignored, since their versions are those of the record or older.
    await this.#write("relaxed", (_, changes) => changes.delete(changesOf(record.id, record.version))).catch(() => {});
  }

  /**
   * Adds a change. It fails if there is one of the same version, which another tab has written.
   * @param {ChangeRecord} change
   */
  async append(change) {
    await this.#write("relaxed", (_, changes) => changes.add(change));
  }

  /**
   * Reads every document, each with its changes in order, the last one changed first.
   * @returns {Promise<{ record: DocumentRecord, changes: ChangeRecord[] }[]>}
   */
  async load() {
    const database = await this.#open();
    const transaction = database.transaction([DOCUMENTS, CHANGES], "readonly");
    /** @type {DocumentRecord[]} */
    const records = await resultOf(transaction.objectStore(DOCUMENTS).getAll());
    const changes = transaction.objectStore(CHANGES);
    return Promise.all(
      records.map(async (record) => ({ record, changes: await resultOf(changes.getAll(changesOf(record.id))) })),
    );
  }

  /** @param {string[]} ids */
  async forget(ids) {
    await this.#write("relaxed", (documents, changes) => {
      for (const id of ids) {
        documents.delete(id);
        changes.delete(changesOf(id));
      }
    });
  }

  async forgetEverything() {
    await this.#write("strict", (documents, changes) => {
      documents.clear();
      changes.clear();
    });
  }

  /** @param {DocumentRecord} record */
  async #put(record) {
    const database = await this.#open();
    const transaction = database.transaction([DOCUMENTS, CHANGES], "readwrite", { durability: "strict" });
    const documents = transaction.objectStore(DOCUMENTS);
    const stored = documents.get(record.id);
    const newest = transaction.objectStore(CHANGES).openKeyCursor(changesOf(record.id), "prev");
    /** @type {Promise<void>} */
    const done = new Promise((resolve, reject) => {
      /** @type {unknown} */
      let reason;
      transaction.addEventListener("complete", () => resolve());
      transaction.addEventListener("abort", () => reject(reason ?? transaction.error));
      // Requests of a transaction succeed in order.
      newest.addEventListener("success", () => {
        try {
          const [, version] = /** @type {[string, number] | []} */ (newest.result?.key ?? []);
          if (isStale(record, stored.result, version)) throw new StaleError();
          documents.put(record);
          transaction.commit();
        } catch (error) {
          reason = error;
          transaction.abort();
        }
      });
    });
    await done;
  }

  /**
   * @param {IDBTransactionDurability} durability
   * @param {(documents: IDBObjectStore, changes: IDBObjectStore) => void} work
   */
  async #write(durability, work) {
    const database = await this.#open();
    const transaction = database.transaction([DOCUMENTS, CHANGES], "readwrite", { durability });
    /** @type {Promise<void>} */
    const done = new Promise((resolve, reject) => {
      transaction.addEventListener("complete", () => resolve());
      transaction.addEventListener("abort", () => reject(transaction.error));
    });
    try {
      work(transaction.objectStore(DOCUMENTS), transaction.objectStore(CHANGES));
      // The browser then commits without another message from this page, which may be killed before it could send one.
      transaction.commit();
    } catch (error) {
      done.catch(() => {});
      transaction.abort();
      throw error;
    }
    await done;
  }

  #open() {
    if (!this.#database) {
      this.#database = openDatabase();
      const again = () => (this.#database = undefined);
      this.#database.then((database) => {
        // The browser closes it when its data are cleared, and for a newer version of the studio.
        const closed = () => {
          again();
          this.#onClosed();
        };
        database.addEventListener("close", closed);
        database.addEventListener("versionchange", () => {
          database.close();
          closed();
        });
      }, again);
    }
    return this.#database;
  }
}

/**
 * Removes what the page in the frame has stored: its names are made from headings of the author.
 * @param {string} page Address of that page.
 */
export const forgetPage = (page) => {
  // Some hosts leave out the extension.
  const start = `notebook ${new URL(page, document.baseURI).pathname.replace(/\.html$/, "")}`;
  for (const key of Object.keys(localStorage)) if (key.startsWith(start)) localStorage.removeItem(key);
};
