// The loader, inline in every page of a notebook: applies the color scheme before the first paint, and starts the client after it.
(() => {
  "COLOR_SCHEME";

  /** @type {any} */
  const globals = globalThis;

  // Integrity values of the programs by file name. The client checks its data itself.
  const files = /** @type {Record<string, string>} */ (/** @type {unknown} */ ("FILES"));

  /**
   * @param {string} rel
   * @param {string} href
   * @param {Partial<HTMLLinkElement>} [more]
   */
  const link = (rel, href, more) =>
    document.head.append(Object.assign(document.createElement("link"), { rel, href }, more));

  /**
   * @param {string} script
   * @param {string} [suffix]
   */
  const loadModule = (script, suffix = "") => {
    link("modulepreload", script + suffix, { integrity: files[script] });
    return import(new URL(script + suffix, document.baseURI).href);
  };

  /**
   * Fetches a program. Returns a function that runs it.
   * @param {string} name
   */
  const load = (name) => {
    const binary = `${name}_bg.wasm`;
    const wasm = fetch(binary, { integrity: files[binary] });
    const script = `${name}.js`;
    // WebKit remembers a module that failed to load, even across reloads, so the second attempt has another address.
    const glue = loadModule(script).catch(() => loadModule(script, `?${Math.random()}`));
    // A failure is reported when the program is run.
    for (const part of [wasm, glue]) part.catch(() => {});
    return async () => (await glue).default({ module_or_path: wasm });
  };

  // The client loads the search program with this: it cannot import modules, and does not know their integrity.
  globals.notebookLoad = (/** @type {string} */ name) => load(name)();

  // Makes the page available offline. A newer build is installed, and used when the reader asks for it.
  const installServiceWorker = async () => {
    const isCached = /** @type {boolean} */ (/** @type {unknown} */ ("OFFLINE"));
    const workers = isCached && navigator.serviceWorker;
    if (!workers) return;
    link("manifest", "MANIFEST");
    const rules = { createScriptURL: () => new URL("sw.js", document.baseURI).href };
    const address = globals.trustedTypes
      ? globals.trustedTypes.createPolicy("notebook", rules).createScriptURL("")
      : rules.createScriptURL();
    try {
      const registration = await workers.register(address);
      /** @param {ServiceWorker | null} worker */
      const announce = (worker) => {
        if (worker && worker.state === "installed" && workers.controller) show("_updated", "UPDATED");
      };
      announce(registration.waiting);
      registration.addEventListener("updatefound", () => {
        const worker = registration.installing;
        if (worker) worker.addEventListener("statechange", () => announce(worker));
      });
    } catch {
      // Storage is forbidden or full, or the host serves the worker with a wrong type: the page works online only.
    }
  };

  /**
   * Shows a message with a button that reloads the page.
   * @param {string} id
   * @param {string} text
   */
  const show = (id, text) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "RELOAD" });
    button.dataset.action = "reload";
    const line = document.createElement("p");
    line.append(text, " ", button);
    document.getElementById(id)?.replaceChildren(line);
  };

  document.addEventListener("click", async ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-action]");
    const action = /** @type {HTMLElement | null} */ (button)?.dataset.action ?? "";
    if (!/^(reload|retry|search|cite)$/.test(action)) return;
    const workers = navigator.serviceWorker;
    // A failure may be caused by a damaged cache.
    workers?.controller?.postMessage("repair");
    if (action !== "reload") return;
    const waiting = (await workers?.getRegistration().catch(() => undefined))?.waiting;
    if (!waiting) return location.reload();
    workers.addEventListener("controllerchange", () => location.reload());
    waiting.postMessage("activate");
  });

  const showFailure = () => show("_status", "NO_PROGRAM");

  // A program, or the rest of the page, may never arrive without any error event.
  const showStillLoading = () => show("_updated", "LATE");
  const delay = setTimeout(showStillLoading, 8000);

  /** @type {(() => Promise<unknown>) | undefined} */
  let run;
  const begin = () => {
    if (run) return;
    run = load("PROGRAM");
    // The client takes these from the global object. If one fails, the client requests it again and shows the reason.
    const outline = "OUTLINE";
    if (outline) {
      const bytes = fetch(outline).then((response) => response.ok ? response.arrayBuffer() : undefined);
      globals.notebookOutline = bytes.catch(() => {});
    }
    // The translation. Without it, the client uses English.
    const translation = "TRANSLATION";
    if (translation) {
      const list = fetch(translation).then((response) => response.ok ? response.json() : []);
      globals.notebookTranslation = list.catch(() => []);
    }
    const styles = "STYLES";
    if (styles) {
      // Loaded for no medium at first, because Firefox does not paint while styles that apply are loading.
      link("stylesheet", styles, {
        integrity: files[styles],
        media: "not all",
        onload: (event) => (/** @type {HTMLLinkElement} */ (/** @type {Event} */ (event).target).media = "all"),
      });
    }
  };

  let started = false;
  const start = () => {
    if (started) return;
    started = true;
    begin();
    run?.()
      .catch(showFailure)
      .then(() => {
        clearTimeout(delay);
        document.getElementById("_updated")?.replaceChildren();
      })
      .then(installServiceWorker);
  };

  // WebKit empties the search box of a page that it restores from the back/forward cache.
  addEventListener("pageshow", ({ persisted }) => {
    const box = /** @type {HTMLInputElement | null} */ (document.getElementById("SEARCH"));
    if (persisted && box) setTimeout(() => { box.value = new URLSearchParams(location.search).get("q") ?? "" });
  });

  // The client is fetched after the first paint, so that it does not compete with the text, and while the rest of the page
  // loads. Some browsers do not report paints.
  const painted = new Promise((resolve) => {
    try {
      new PerformanceObserver(resolve).observe({ type: "paint", buffered: true });
    } catch {
      requestAnimationFrame(() => setTimeout(resolve));
    }
  });
  painted.then(begin);
  document.addEventListener("DOMContentLoaded", () => {
    // Leptos finds its places by comments, which some hosts and proxies remove.
    const expected = Number("MARKERS");
    // A page that is not prerendered has nothing to paint.
    if (expected === 0) return start();
    // A page that was cut off can be read, but the client would not find the elements that it needs.
    if (!document.getElementById("END")) return showStillLoading();
    const comments = document.createNodeIterator(document.body, NodeFilter.SHOW_COMMENT);
    let markers = 0;
    while (comments.nextNode()) markers++;
    if (markers < expected) {
      clearTimeout(delay);
      return showFailure();
    }
    // A page in the background is not painted.
    if (document.hidden) return start();
    setTimeout(start, 1000);
    painted.then(start);
  });
})();
