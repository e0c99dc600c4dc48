// Source and page scroll together: the one that the author uses moves the other.
import { increasing, opposite } from "./scroll_map.js";

/** @import { Place } from "./types" */
/** @import { Editor } from "./editor.js" */
/** @import { Page } from "./page.js" */
/** @import { Pair } from "./scroll_map.js" */

/** Milliseconds for which positions are kept: measuring thousands of elements takes longer than a frame. */
const KEPT = 300;

/** Milliseconds after the last move of the cursor until the page follows. */
const CURSOR_DELAY = 120;

export class ScrollSync {
  /** @type {"source" | "page"} */
  leader = "source";
  #editor;
  #page;
  #places;
  /** @type {{ pairs: Pair[], time: number }} */
  #measured = { pairs: [], time: 0 };
  #timer = 0;

  /**
   * @param {Editor} editor
   * @param {Page} page
   * @param {() => Place[]} places Places in the newest text; none if another document is being edited.
   */
  constructor(editor, page, places) {
    this.#editor = editor;
    this.#page = page;
    this.#places = places;
    const { scrollDOM } = editor.view;
    scrollDOM.addEventListener("scroll", () => this.#scrollPage(), { passive: true });
    for (const used of ["wheel", "pointerdown", "touchstart", "keydown"]) {
      scrollDOM.addEventListener(used, () => (this.leader = "source"), { passive: true, capture: true });
    }
  }

  pageScrolled() {
    const view = this.#page.window;
    if (this.leader !== "page" || !view) return;
    const top = opposite(this.#pairs(), view.scrollY, 1);
    this.#editor.view.scrollDOM.scrollTo({ top, behavior: "instant" });
  }

  /**
   * Shows the element of a place, unless it is in view.
   * @param {() => string[]} idsAround Returns ids, innermost first.
   */
  reveal(idsAround) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const view = this.#page.window;
      const element = idsAround().map((id) => this.#element(id)).find((found) => found);
      if (!view || !element) return;
      const { top, bottom } = element.getBoundingClientRect();
      if (bottom < this.#headerHeight() || top > view.innerHeight) element.scrollIntoView({ block: "center", behavior: "instant" });
    }, CURSOR_DELAY);
  }

  #scrollPage() {
    const view = this.#page.window;
    if (this.leader !== "source" || !view) return;
    const top = opposite(this.#pairs(), this.#editor.view.scrollDOM.scrollTop, 0);
    view.scrollTo({ top, behavior: "instant" });
  }

  /** @param {string} id */
  #element(id) {
    const element = this.#page.document?.getElementById(id);
    return element && element.getClientRects().length > 0 ? element : undefined;
  }

  #headerHeight() {
    const root = this.#page.document?.documentElement;
    return (root && Number.parseFloat(getComputedStyle(root).scrollPaddingTop)) || 0;
  }

  #pairs() {
    const now = performance.now();
    if (now - this.#measured.time < KEPT) return this.#measured.pairs;
    const { view } = this.#editor;
    const scrolled = (this.#page.window?.scrollY ?? 0) - this.#headerHeight();
    /** @type {Pair[]} */
    const pairs = [[0, 0]];
    for (const { id, from } of this.#places()) {
      const element = this.#element(id);
      if (!element || from > view.state.doc.length) continue;
      pairs.push([view.lineBlockAt(from).top, element.getBoundingClientRect().top + scrolled]);
    }
    this.#measured = { pairs: increasing(pairs), time: now };
    return this.#measured.pairs;
  }
}
