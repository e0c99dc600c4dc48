// The loader of a page that is a single file: applies the color scheme before the first paint, and starts the client after it. Programs
// and data are in elements of the page, compressed by gzip and encoded as base64.
(() => {
  "COLOR_SCHEME";

  /** @type {any} */
  const globals = globalThis;

  /**
   * Returns the bytes of an embedded file.
   * @param {string} name
   */
  const read = async (name) => {
    const element = document.querySelector(`script[data-file="${CSS.escape(name)}"]`);
    if (!element) return undefined;
    const packed = Uint8Array.from(atob(element.textContent ?? ""), (character) => character.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  };

  // The client asks for its files as it would ask a host.
  globals.fetch = async (/** @type {string | Request} */ request) => {
    const { pathname } = new URL(typeof request === "string" ? request : request.url, document.baseURI);
    const bytes = await read(decodeURIComponent(pathname.slice(pathname.lastIndexOf("/") + 1)));
    return bytes ? new Response(bytes) : new Response(undefined, { status: 404 });
  };

  // Each program adds the function that starts it.
  globals.notebookPrograms = {};
  globals.notebookLoad = async (/** @type {string} */ name) =>
    globals.notebookPrograms[name]({ module_or_path: await read(`${name}_bg.wasm`) });

  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-action=reload]");
    if (button) location.reload();
  });

  /** @param {string} text */
  const show = (text) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "RELOAD" });
    button.dataset.action = "reload";
    const line = document.createElement("p");
    line.append(text, " ", button);
    document.getElementById("_status")?.replaceChildren(line);
  };

  document.addEventListener("DOMContentLoaded", () => {
    // A file that was cut off can be read, but the client would not find the elements that it needs.
    if (!document.getElementById("END")) return show("LATE");
    const translation = "TRANSLATION";
    if (translation) {
      const list = globals.fetch(translation).then((/** @type {Response} */ response) => (response.ok ? response.json() : []));
      globals.notebookTranslation = list.catch(() => []);
    }
    // After the first paint; a page in the background is not painted.
    let isStarted = false;
    const start = () => {
      if (isStarted) return;
      isStarted = true;
      globals.notebookLoad("PROGRAM").catch(() => show("NO_PROGRAM"));
    };
    requestAnimationFrame(() => setTimeout(start));
    setTimeout(start, 500);
  });
})();
