// In every page of `notebook serve` and in that of the studio: shows a newer version of the notebook at the same place, and the
// problems of the notebook in a panel. The client replaces what changed, if only data files have changed; else the page is
// loaded again.
(() => {
  /** @type {any} */
  const globals = globalThis;
  // The studio names the version here, and gives newer ones by a function.
  const studio = globals.notebookStudioPreview;
  const shown = studio ?? document.currentScript?.dataset;
  // The studio's page was opened without the studio.
  if (!shown) return;
  let version = Number(shown.version);
  const shell = shown.shell;
  const root = document.documentElement;
  const key = `notebook preview ${location.pathname}`;
  const foldSelector = "main details";

  // ---- the place: what a reload would lose ----

  /**
   * @typedef {{ id: string, top: number } | undefined} Anchor
   * @typedef {{ id: string, start: number, end: number } | undefined} SavedSelection
   * @typedef {{ y: number, anchor: Anchor, folds: [string, boolean][], focus: string, caret: [number, number] | undefined, selection: SavedSelection, fields: [string, string][] }} Place
   */

  /** @param {Element | null | undefined} element */
  const idAround = (element) => element?.closest("[id]")?.id ?? "";

  /**
   * Returns every fold by the id around it and its number there.
   * @returns {[string, HTMLDetailsElement][]}
   */
  const folds = () => {
    /** @type {Map<string, number>} */
    const counts = new Map();
    return [...document.querySelectorAll(foldSelector)].map((fold) => {
      const id = idAround(fold);
      const at = counts.get(id) ?? 0;
      counts.set(id, at + 1);
      return [`${id} ${at}`, /** @type {HTMLDetailsElement} */ (fold)];
    });
  };

  /**
   * Returns the first element with an id that is in view, and how far it is from the top.
   * @returns {Anchor}
   */
  const anchorInView = () => {
    for (const element of document.querySelectorAll("main [id]")) {
      const { top, bottom, height } = element.getBoundingClientRect();
      if (height > 0 && bottom > 0 && top < innerHeight && element.childElementCount < 60) return { id: element.id, top };
    }
  };

  /**
   * Returns the number of characters between the beginning of an element and a place in it.
   * @param {Element} element
   * @param {Node} node
   * @param {number} offset
   */
  const offsetIn = (element, node, offset) => {
    const range = document.createRange();
    range.setStart(element, 0);
    range.setEnd(node, offset);
    return range.toString().length;
  };

  /** @returns {SavedSelection} */
  const selected = () => {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
    const range = selection.getRangeAt(0);
    const common = range.commonAncestorContainer;
    const around = (common instanceof Element ? common : common.parentElement)?.closest("[id]");
    if (!around) return undefined;
    return {
      id: around.id,
      start: offsetIn(around, range.startContainer, range.startOffset),
      end: offsetIn(around, range.endContainer, range.endOffset),
    };
  };

  /** Returns the text fields that the address may not know yet, by their ids. */
  const fields = () => /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("input[type=search][id]")]);

  /** @returns {Place} */
  const currentPlace = () => {
    const focused = document.activeElement;
    const isField = focused instanceof HTMLInputElement && focused.selectionStart !== null;
    return {
      y: scrollY,
      anchor: anchorInView(),
      folds: folds().map(([name, fold]) => [name, fold.open]),
      focus: focused && focused !== document.body ? focused.id || "" : "",
      caret: isField ? [focused.selectionStart ?? 0, focused.selectionEnd ?? 0] : undefined,
      selection: selected(),
      fields: fields().map(({ id, value }) => [id, value]),
    };
  };

  /** @param {Place} place */
  const restoreFields = (place) => {
    const values = new Map(place.fields);
    for (const field of fields()) {
      // Some browsers restore the value, of which the client knows nothing.
      field.value = values.get(field.id) ?? field.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  /** @param {Place} place */
  const restoreFolds = (place) => {
    const open = new Map(place.folds);
    for (const [name, fold] of folds()) fold.open = open.get(name) ?? fold.open;
  };

  /** @param {Pick<Place, "anchor" | "y">} place */
  const restoreScroll = ({ anchor, y }) => {
    const element = anchor && document.getElementById(anchor.id);
    if (anchor && element && element.getClientRects().length > 0) {
      scrollBy({ top: element.getBoundingClientRect().top - anchor.top, behavior: "instant" });
    } else {
      scrollTo({ top: y, behavior: "instant" });
    }
  };

  /** @param {Pick<Place, "focus" | "caret" | "selection">} place */
  const restoreFocus = ({ focus, caret, selection }) => {
    const element = focus ? document.getElementById(focus) : null;
    element?.focus({ preventScroll: true });
    if (caret && element instanceof HTMLInputElement) element.setSelectionRange(...caret);
    const around = selection && document.getElementById(selection.id);
    if (!around) return;
    const walker = document.createTreeWalker(around, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let passed = 0;
    let isStarted = false;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.nodeValue?.length ?? 0;
      if (!isStarted && selection.start <= passed + length) {
        range.setStart(node, selection.start - passed);
        isStarted = true;
      }
      if (isStarted && selection.end <= passed + length) {
        range.setEnd(node, selection.end - passed);
        getSelection()?.removeAllRanges();
        getSelection()?.addRange(range);
        return;
      }
      passed += length;
    }
  };

  /** @returns {Place | undefined} */
  const takePlace = () => {
    try {
      const saved = sessionStorage.getItem(key);
      sessionStorage.removeItem(key);
      return saved ? JSON.parse(saved) : undefined;
    } catch {
      return undefined;
    }
  };

  const place = takePlace();
  /** The saved place until it is restored or the reader moves on: another reload saves it again. */
  let pending = place;

  const reload = () => {
    try {
      sessionStorage.setItem(key, JSON.stringify(pending ?? currentPlace()));
    } catch {
      // Storage is forbidden or full: the browser restores the scroll position at least.
    }
    location.reload();
  };

  if (place) {
    history.scrollRestoration = "manual";
    const restore = () => {
      restoreFolds(place);
      restoreScroll(place);
      restoreFocus(place);
    };
    restore();
    // The client opens and closes folds when it starts, and may render the page again. A reader who has moved on is left alone.
    for (const moved of ["wheel", "pointerdown", "keydown", "touchstart"]) {
      const stay = () => (pending = undefined);
      addEventListener(moved, stay, { once: true, passive: true, capture: true });
    }
    const restoreAfterStart = () => {
      observer.disconnect();
      // The client does the rest of its work in the next task.
      setTimeout(() => {
        if (pending) {
          restoreFields(place);
          restore();
        }
        pending = undefined;
        history.scrollRestoration = "auto";
      }, 50);
    };
    const observer = new MutationObserver(() => root.hasAttribute("data-ready") && restoreAfterStart());
    observer.observe(root, { attributeFilter: ["data-ready"] });
    if (root.hasAttribute("data-ready")) restoreAfterStart();
  }

  // ---- the panel ----

  const styles = new CSSStyleSheet();
  styles.replaceSync(`
    details { position: fixed; inset: auto auto 0.75rem 0.75rem; z-index: 2147483647; max-width: min(40rem, calc(100vw - 1.5rem));
      font: 0.875rem/1.4 system-ui, sans-serif; color: #222; background: #fffdf4; border: 1px solid #b9ac7a; border-radius: 0.4rem;
      box-shadow: 0 2px 8px #0003; }
    details.errors { background: #fff5f3; border-color: #c4847a; }
    summary { cursor: pointer; padding: 0.35rem 0.7rem; }
    ul { margin: 0; padding: 0 0.7rem 0.6rem; list-style: none; max-height: 45vh; overflow: auto; }
    li { margin-top: 0.5rem; overflow-wrap: anywhere; }
    b { font-weight: 600; }
    @media (prefers-color-scheme: dark) {
      details { color: #e8e6df; background: #2a2820; border-color: #6d6546; }
      details.errors { background: #33231f; border-color: #8a5248; }
    }
    @media print { details { display: none; } }
  `);

  const host = document.createElement("div");
  host.setAttribute("role", "status");
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [styles];
  const panel = document.createElement("details");
  const summary = document.createElement("summary");
  const list = document.createElement("ul");
  panel.append(summary, list);
  document.body.append(host);

  /**
   * @param {string} tag
   * @param {string} text
   */
  const element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

  /**
   * @param {number} count
   * @param {string} noun
   */
  const countOf = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

  /**
   * @typedef {{ severity: string, file: string, line: number | null, message: string, help: string }} Problem
   * @typedef {{ version: number, files: Record<string, string>, shell: string, is_outdated: boolean, problems: Problem[], more: number }} Preview
   */

  /** @param {Preview} state */
  const show = ({ problems, more, is_outdated: isOutdated }) => {
    const errors = problems.filter(({ severity }) => severity === "error").length;
    const warnings = problems.length + more - errors;
    const counts = [
      ...(errors ? [countOf(errors, "error")] : []),
      ...(warnings ? [countOf(warnings, "warning")] : []),
    ];
    summary.textContent = counts.join(", ") + (isOutdated ? ". The page shows the last version without errors." : "");
    panel.classList.toggle("errors", errors > 0);
    /** @type {HTMLElement[]} */
    const items = problems.map(({ severity, file, line, message, help }) => {
      const item = document.createElement("li");
      item.append(element("b", `${file}${line === null ? "" : `:${line}`}`), ` ${severity}: ${message}`, element("div", help));
      return item;
    });
    if (more) items.push(element("li", `${more} more: run "notebook check" to see all`));
    list.replaceChildren(...items);
    if (problems.length > 0) shadow.replaceChildren(panel);
    else shadow.replaceChildren();
  };

  const stopped = () => {
    summary.textContent = "notebook serve has stopped, so this page no longer updates.";
    list.replaceChildren();
    shadow.replaceChildren(panel);
  };

  // ---- elements of another version ----

  /**
   * Returns the anchor of an element, or else its name and class. Elements with equal keys are versions of each other.
   * @param {Element} element
   */
  const keyOf = (element) => element.id || `${element.localName}.${element.className}`;

  /**
   * Copies the state of an entry's element to a newer one: whether it is hidden or marked, and its folds.
   * @param {Element} from
   * @param {Element} to
   */
  const copyState = (from, to) => {
    for (const name of ["hidden", "data-target"]) to.toggleAttribute(name, from.hasAttribute(name));
    const newer = to.querySelectorAll("details");
    for (const [at, fold] of from.querySelectorAll("details").entries()) newer[at]?.toggleAttribute("open", fold.open);
  };

  /**
   * Brings an element up to date if it can stay. Returns false if the newer one has to replace it.
   * @param {Element} old
   * @param {Element} newer
   * @returns {boolean}
   */
  const keeps = (old, newer) => {
    if (old.localName !== newer.localName || old.className !== newer.className) return false;
    /** @param {Element} summary */
    const title = (summary) => summary.querySelector("[data-field]");
    // The count of a section's heading follows the answer.
    if (old.localName === "summary") return title(old)?.isEqualNode(title(newer)) ?? false;
    const isContainer = ["section", "details", "ul"].includes(old.localName);
    if (isContainer && old.getAttribute("data-level") === newer.getAttribute("data-level")) {
      replaceChildren(old, newer);
      return true;
    }
    copyState(old, newer);
    return old.isEqualNode(newer);
  };

  /**
   * Replaces the children of an element by those of a newer one. Unchanged entries keep their elements, with focus and selection.
   * Sections and lists keep theirs too, and their children are replaced in the same way.
   * @param {Element} old
   * @param {Element} newer
   */
  const replaceChildren = (old, newer) => {
    /** @type {Map<string, Element[]>} */
    const known = new Map();
    for (const child of old.children) known.set(keyOf(child), [...(known.get(keyOf(child)) ?? []), child]);
    const placed = [...newer.children].map((child) => {
      const same = known.get(keyOf(child))?.shift();
      if (same && keeps(same, child)) return same;
      same?.remove();
      return child;
    });
    // Elements that stay must not be moved: they would lose the focus.
    for (const gone of [...known.values()].flat()) gone.remove();
    let place = old.firstElementChild;
    for (const child of placed) {
      if (place === child) place = child.nextElementSibling;
      else old.insertBefore(child, place);
    }
  };

  // ---- another version ----

  // Milliseconds until the page is loaded again, if the client has not replaced the notebook.
  const REPLACE_TIMEOUT = 10_000;

  /**
   * Lets the client replace the notebook, and keeps the place. Returns false if the page has to be loaded again.
   * @param {Preview} state
   * @returns {Promise<boolean>}
   */
  const replace = ({ files }) => {
    const notebook = document.getElementById("_notebook");
    const names = (/** @type {Iterable<string>} */ all) => [...all].filter((name) => name.startsWith("data-")).sort().join();
    // With other kinds of data files the page works in another way.
    const isAlike = notebook && names(notebook.getAttributeNames()) === names(Object.keys(files));
    if (!isAlike || !root.hasAttribute("data-ready") || pending) return Promise.resolve(false);
    for (const [name, file] of Object.entries(files)) notebook.setAttribute(name, file);
    return new Promise((resolve) => {
      setTimeout(() => resolve(false), REPLACE_TIMEOUT);
      /**
       * @param {(() => void) | undefined} show
       * @param {Element} newer
       */
      globals.notebookReplace = (show, newer) => {
        const place = currentPlace();
        const focused = document.activeElement;
        show?.();
        const content = document.getElementById("_content");
        // A virtual list draws its rows by itself.
        if (content && !notebook.hasAttribute("data-partial")) replaceChildren(content, newer);
        restoreFolds(place);
        restoreScroll(place);
        // Elements that stayed on the page have kept the focus and the selection.
        const selection = getSelection()?.toString() ?? "";
        restoreFocus({
          focus: document.activeElement === focused ? "" : place.focus,
          caret: undefined,
          selection: selection ? undefined : place.selection,
        });
        resolve(Boolean(show));
      };
      document.dispatchEvent(new Event("notebookchange"));
    });
  };

  /** @type {Preview | undefined} */
  let newest;
  let isReplacing = false;

  const update = async () => {
    if (isReplacing) return;
    isReplacing = true;
    while (newest && newest.version !== version) {
      const state = newest;
      // It waits in either case: the first call comes from the one that returns `stop`.
      const isReplaced = await (state.shell === shell && replace(state));
      if (!isReplaced) {
        stop();
        return reload();
      }
      version = state.version;
    }
    isReplacing = false;
    root.dataset.preview = String(version);
    if (newest) show(newest);
  };

  // ---- the event stream ----

  /** @param {Preview} state */
  const receive = (state) => {
    newest = state;
    if (state.version) update();
    else show(state);
  };

  const listen = () => {
    const events = new EventSource("/_notebook/events");
    events.addEventListener("message", ({ data }) => receive(JSON.parse(data)));
    // The browser connects again by itself, every few seconds.
    events.addEventListener("error", () => stopped());
    return () => events.close();
  };

  /** @type {() => void} */
  const stop = studio ? studio.subscribe(receive) : listen();
  addEventListener("pagehide", stop);
})();
