// First in the page that the studio shows a text in: takes the data files from the studio, in the window around it, instead of a
// host. The rest of the page is that of a notebook.
(() => {
  /** @type {any} */
  const globals = globalThis;
  /** @returns {any} */
  const studioAround = () => {
    try {
      return parent === window ? undefined : /** @type {any} */ (parent).notebookStudio;
    } catch {
      // The page around it is another site's.
      return undefined;
    }
  };
  const studio = studioAround();
  if (!studio) return location.replace("studio.html");

  /** @typedef {{ version: number, shell: string, files: Record<string, string> }} Preview */
  /** @type {Preview} */
  const { version, shell, files } = studio.state();
  globals.notebookStudioPreview = { version, shell, subscribe: studio.subscribe };

  /** @type {{ title: string, language: string, direction: string, theme: string }} */
  const { title, language, direction, theme } = JSON.parse(shell);
  const root = document.documentElement;
  document.title = title;
  root.lang = language;
  root.dir = direction;
  const styles = new CSSStyleSheet();
  styles.replaceSync(theme);
  document.adoptedStyleSheets.push(styles);

  const folder = new URL("./", document.baseURI).href;
  const request = globals.fetch.bind(globals);
  globals.fetch = async (/** @type {string | Request} */ input, /** @type {RequestInit | undefined} */ options) => {
    const { href } = new URL(typeof input === "string" ? input : input.url, document.baseURI);
    const bytes = href.startsWith(folder) ? await studio.file(decodeURI(href.slice(folder.length))) : undefined;
    return bytes ? new Response(bytes) : request(input, options);
  };

  // Before the loader, which starts the client at the same event.
  document.addEventListener("DOMContentLoaded", () => {
    const notebook = document.getElementById("_notebook");
    for (const [name, file] of Object.entries(files)) notebook?.setAttribute(name, file);
  });

  // Another site, or another page of this one, would take the place of the preview.
  document.addEventListener("click", ({ target }) => {
    const link = /** @type {Element} */ (target).closest("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.origin + link.pathname === location.origin + location.pathname) return;
    link.target = "_blank";
    link.relList.add("noopener");
  }, { capture: true });
})();
