// The page in its frame, and the protocol by which it gets the newest build. The frame has the same origin, so that this
// module can listen to it.
/** @import { Build, Config, PageState, Problem } from "./types" */

/** Builds whose files can be asked for in any case: the page may be fetching those of an older one. */
const REMEMBERED = 3;

/** Bytes of files up to which older builds are remembered too: a small notebook is built many times while the page starts. */
const REMEMBERED_BYTES = 8_000_000;

/** Elements that have their own use for a click. */
const USES_CLICKS = "a, button, input, select, textarea, summary, label, video, audio, dialog, [popover]";

/**
 * @typedef {object} PageEvents
 * @property {(ids: string[], words: string) => void} onClick A click with no other meaning: the ids around it, innermost first.
 * @property {(page: Document) => void} onDocument The frame has a new document.
 * @property {() => void} onScroll
 * @property {() => void} onAttention The reader has begun to use the page.
 * @property {(page: Document) => void} onChange Its elements have changed.
 * @property {(name: string) => Promise<Uint8Array | undefined>} onSearch It needs this full-text index.
 */

export class Page {
  /** @type {HTMLIFrameElement | undefined} */
  #frame;
  #container;
  #address;
  /**
   * The attribute with the search program, which is the same for every build.
   * @type {Record<string, string>}
   */
  #search;
  #events;
  /** @type {Set<(state: PageState) => void>} */
  #listeners = new Set();
  /** @type {Map<string, Uint8Array>[]} */
  #files = [];
  /** @type {PageState} */
  #state = { version: 0, files: {}, shell: "", is_outdated: false, problems: [], more: 0 };
  /** @type {WeakSet<Document>} */
  #attached = new WeakSet();

  /**
   * @param {HTMLElement} container
   * @param {Config} config
   * @param {PageEvents} events
   */
  constructor(container, { page, search }, events) {
    this.#container = container;
    this.#address = page;
    this.#search = search ? { "data-search-program": search } : {};
    this.#events = events;
    /** @type {any} */ (window).notebookStudio = {
      state: () => this.#state,
      file: (/** @type {string} */ name) => this.#file(name),
      subscribe: (/** @type {(state: PageState) => void} */ listener) => this.#subscribe(listener),
    };
  }

  /** @param {Build} build */
  show({ attributes, files, shell, version }) {
    this.#remember(files);
    // Its problems are listed beside the source.
    this.#publish({ version, files: { ...this.#search, ...attributes }, shell, problems: [], is_outdated: false, more: 0 });
    if (!this.#frame) this.#createFrame();
  }

  /** @param {Map<string, Uint8Array>} files */
  #remember(files) {
    let bytes = 0;
    this.#files = [files, ...this.#files].filter((build, at) => {
      for (const { length } of build.values()) bytes += length;
      return at < REMEMBERED || bytes <= REMEMBERED_BYTES;
    });
  }

  /**
   * Leaves the last build on the page, marked as outdated.
   * @param {Problem[]} problems
   */
  keepOutdated(problems) {
    if (this.#frame) this.#publish({ ...this.#state, problems, is_outdated: true });
  }

  /** Removes the page of a notebook that was closed. */
  clear() {
    this.#frame?.remove();
    this.#frame = undefined;
    this.#listeners.clear();
    this.#files = [];
  }

  get document() {
    return this.#frame?.contentDocument ?? undefined;
  }

  get window() {
    return this.#frame?.contentWindow ?? undefined;
  }

  #createFrame() {
    const frame = document.createElement("iframe");
    frame.title = "The notebook as its readers see it";
    frame.addEventListener("load", () => this.#attach());
    frame.src = this.#address;
    this.#frame = frame;
    this.#container.append(frame);
  }

  /** @param {PageState} state */
  #publish(state) {
    this.#state = state;
    for (const listener of this.#listeners) {
      try {
        listener(state);
      } catch (error) {
        // The page's own mistake must not stop the next build.
        reportError(error);
      }
    }
  }

  /** @param {(state: PageState) => void} listener */
  #subscribe(listener) {
    this.#attach();
    this.#listeners.add(listener);
    listener(this.#state);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Returns a data file. The full-text index is built for the first search.
   * @param {string} name
   */
  #file(name) {
    if (name.startsWith("index-")) return this.#events.onSearch(name);
    return this.#files.find((files) => files.has(name))?.get(name);
  }

  /** Listens to the document that is in the frame now: it is another one after each reload. */
  #attach() {
    const page = this.document;
    const view = this.window;
    if (!page || !view || this.#attached.has(page)) return;
    this.#attached.add(page);
    const { onDocument, onScroll, onAttention, onChange } = this.#events;
    // The listeners belong to the document that goes.
    view.addEventListener("pagehide", () => this.#listeners.clear());
    page.addEventListener("click", (event) => this.#clicked(event));
    onDocument(page);
    page.addEventListener("scroll", onScroll, { passive: true });
    for (const used of ["wheel", "pointerdown", "touchstart", "keydown"]) {
      page.addEventListener(used, onAttention, { passive: true, capture: true });
    }
    const observer = new MutationObserver(() => onChange(page));
    observer.observe(page, { childList: true, subtree: true });
    onChange(page);
    this.#followTheme(page.documentElement);
  }

  /** @param {HTMLElement} root */
  #followTheme(root) {
    const follow = () => {
      const { theme } = root.dataset;
      if (theme) document.documentElement.dataset.theme = theme;
      else delete document.documentElement.dataset.theme;
    };
    new MutationObserver(follow).observe(root, { attributeFilter: ["data-theme"] });
    follow();
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element | null} */ (event.target);
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    const isSelecting = this.window?.getSelection()?.isCollapsed === false;
    if (!target || !isPlain || isSelecting || event.defaultPrevented || target.closest(USES_CLICKS)) return;
    const ids = [];
    for (let around = target.closest("[id]"); around; around = around.parentElement?.closest("[id]") ?? null) ids.push(around.id);
    if (ids.length > 0) this.#events.onClick(ids, target.textContent ?? "");
  }
}
