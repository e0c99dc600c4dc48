// A program of the page's own is fetched when it is first wanted; only a script can ask for one.
globalThis.notebookImport = (name) => import(new URL(name, document.baseURI));
