// Only one tab edits a notebook; others show it, and can take it over.

const CHANNEL = "notebook-studio";

/** Milliseconds in which the other tab may store its last words before the lock is taken from it. */
const RELEASE_TIMEOUT = 1000;

/** @typedef {{ action: "release" | "released" | "refused" | "forgotten", id: string }} TabMessage */

export class Tabs {
  #channel = new BroadcastChannel(CHANNEL);
  /** @type {{ id: string, release: () => void } | undefined} */
  #held;
  /** @type {((id: string, isRefused: boolean) => void) | undefined} */
  #onAnswer;
  #onLost;
  /** Ends when the lock that was held last is free, which is some time after its release. */
  #freed = Promise.resolve();

  /**
   * @param {object} events
   * @param {(isAsked: boolean) => Promise<boolean>} events.onLost Another tab takes over: stores everything if it was asked to,
   *   and stops writing. Returns false if it was asked, and could not store everything: then this tab keeps the notebook.
   * @param {() => void} events.onForgotten Another tab has cleared the journal.
   */
  constructor({ onLost, onForgotten }) {
    this.#onLost = onLost;
    this.#channel.addEventListener("message", async (/** @type {MessageEvent<TabMessage>} */ { data: { action, id } }) => {
      if (action === "forgotten") onForgotten();
      if (action === "released" || action === "refused") this.#onAnswer?.(id, action === "refused");
      if (action !== "release" || this.#held?.id !== id) return;
      if (!(await onLost(true))) return this.#send({ action: "refused", id });
      this.release();
      await this.#freed;
      this.#send({ action: "released", id });
    });
  }

  /**
   * Makes this tab the one that edits a notebook, and gives up the one before. Returns false if another tab has it.
   * @param {string} id
   */
  async claim(id) {
    if (this.#held?.id === id) return true;
    this.release();
    await this.#freed;
    return this.#request(id, { ifAvailable: true });
  }

  /**
   * Takes a notebook over from the tab that has it. Returns false if that could not store its words.
   * @param {string} id
   */
  async takeOver(id) {
    /** @type {Promise<boolean>} */
    const refused = new Promise((resolve) => {
      this.#onAnswer = (which, isRefused) => which === id && resolve(isRefused);
      setTimeout(resolve, RELEASE_TIMEOUT, false);
    });
    this.#send({ action: "release", id });
    if (await refused) return false;
    return (await this.#request(id, { ifAvailable: true })) || this.#request(id, { steal: true });
  }

  release() {
    this.#held?.release();
    this.#held = undefined;
  }

  sayForgotten() {
    this.#send({ action: "forgotten", id: "" });
  }

  /** @param {TabMessage} message */
  #send(message) {
    this.#channel.postMessage(message);
  }

  /**
   * @param {string} id
   * @param {LockOptions} options
   * @returns {Promise<boolean>}
   */
  #request(id, options) {
    // Without locks, as at an address without TLS, other tabs are unknown.
    if (!navigator.locks) return Promise.resolve(true);
    return new Promise((resolve) => {
      const held = navigator.locks.request(`${CHANNEL} ${id}`, options, (lock) => {
        resolve(Boolean(lock));
        if (!lock) return undefined;
        return /** @type {Promise<void>} */ (new Promise((release) => (this.#held = { id, release })));
      });
      this.#freed = held.catch(() => {
        // A tab that did not answer has lost its lock.
        resolve(false);
        this.#held = undefined;
        this.#onLost(false);
      });
    });
  }
}
