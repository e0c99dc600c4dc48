// Start of the studio: reads its configuration, connects buttons, keys, drops and pastes, and opens what was open.
import { openSearchPanel } from "@codemirror/search";

import { ask, notify } from "./dialogs.js";
import { find } from "./elements.js";
import { forgetPage } from "./journal.js";
import { startLayout } from "./layout.js";
import { offerPapers } from "./offer_papers.js";
import { droppedFiles, launchedFiles, pickFiles, pickFolder } from "./opening.js";
import { continueCopy, editCopy, openAddress, openChosen, openExample, openText, restoreLast, showStart } from "./start_screen.js";
import { copyDocument, downloadChanges, downloadDocument, refresh, save } from "./storing.js";
import { Studio } from "./studio.js";

/** @import { Config } from "./types" */

/** @type {Config} */
const config = JSON.parse(find("_config").textContent ?? "{}");

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** @param {KeyboardEvent} event */
const onKey = (event) => {
  const isCommand = isApple ? event.metaKey : event.ctrlKey;
  if (!isCommand || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  save(studio);
};

const takeOver = async () => {
  notify("");
  try {
    if (!(await studio.takeOver())) notify("The other tab has words that this browser could not store, so it keeps the notebook. Save or download it there first.");
  } catch {
    notify("The browser could not read what it has kept, so the notebook stays read-only.");
  }
  studio.editor.view.focus();
};

const onReadOnly = () =>
  notify("This notebook is being edited in another tab, so it is read-only here.", { label: "Take over", run: () => void takeOver() });

/**
 * Listens for keys, and for files that are dropped, in the studio and on the page in its frame.
 * @param {Window | Document} target
 */
const connectTarget = (target) => {
  target.addEventListener("keydown", (event) => onKey(/** @type {KeyboardEvent} */ (event)));
  const onFiles = (/** @type {Event} */ event) => {
    const { dataTransfer } = /** @type {DragEvent} */ (event);
    if (!dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (event.type === "drop") openChosen(studio, () => droppedFiles(dataTransfer));
  };
  for (const type of ["dragover", "drop"]) target.addEventListener(type, onFiles, { capture: true });
};

const studio = new Studio(config, {
  onDocument: connectTarget,
  onReadOnly,
  onPaste: (pasted, text) => void offerPapers(studio, pasted, text),
});

const forgetEverything = async () => {
  const text =
    "This deletes every text that this browser has kept. What is in a file stays there; what is only in this browser is lost. A notebook that is open in another tab stays.";
  if ((await ask("Forget everything?", text, [{ value: "forget", label: "Forget everything" }])) !== "forget") return;
  studio.discard();
  try {
    await studio.journal.forgetEverything();
    forgetPage(config.page);
  } catch {
    notify("The browser could not delete what it has kept. Clear the data of this site in the settings of the browser.");
  }
  studio.tabs.sayForgotten();
  await showStart(studio);
};

const closeNotebook = async () => {
  if (!(await studio.close())) return;
  notify("");
  await showStart(studio);
};

/** @type {Record<string, () => unknown>} */
const actions = {
  "open-file": () => openChosen(studio, pickFiles),
  "open-folder": () => openChosen(studio, pickFolder),
  "edit-copy": () => config.notebook && editCopy(studio, new URL(config.notebook, document.baseURI).href),
  example: () => openExample(studio),
  download: () => studio.active && downloadDocument(studio, studio.active),
  suggest: () => studio.notebook && downloadChanges(studio, studio.notebook),
  copy: () => studio.active && copyDocument(studio.active),
  find: () => openSearchPanel(studio.editor.view),
  keys: () => /** @type {HTMLDialogElement} */ (find("keys-dialog")).showModal(),
  close: closeNotebook,
  forget: forgetEverything,
};

/** @param {string | undefined} needs */
const isPossible = (needs) => (needs === "suggestion" ? studio.notebook?.hasSuggestion() === true : Boolean(studio.active));

const connectControls = () => {
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-action]"))) {
    button.addEventListener("click", () => {
      find("menu").hidePopover();
      actions[button.dataset.action ?? ""]?.();
    });
  }
  find("skip").addEventListener("click", (event) => {
    event.preventDefault();
    studio.editor.view.focus();
  });
  const menu = find("menu");
  menu.addEventListener("beforetoggle", () => {
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (menu.querySelectorAll("[data-needs]"))) item.hidden = !isPossible(item.dataset.needs);
  });
  find("save").addEventListener("click", () => (studio.isReadOnly ? takeOver() : save(studio)));
  const select = /** @type {HTMLSelectElement} */ (find("document"));
  select.addEventListener("change", () => {
    const chosen = studio.documents.find(({ id }) => id === select.value);
    if (chosen) studio.show(chosen);
  });
  find("copy-notebook").hidden = !config.notebook;
  const keys = /** @type {HTMLElement} */ (find("keys").cloneNode(true));
  keys.removeAttribute("id");
  find("keys-dialog").querySelector("form")?.before(keys);
  for (const key of document.querySelectorAll("kbd")) if (key.textContent === "Mod") key.textContent = isApple ? "⌘" : "Ctrl";
};

const connectDocument = () => {
  connectTarget(window);
  addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain");
    if (!studio.workspace && text) openText(studio, text);
  });
  addEventListener("beforeunload", (event) => {
    if (studio.documents.some(({ isOnlyInMemory }) => isOnlyInMemory)) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") studio.keeper.writeAll();
    else refresh(studio);
  });
};

const begin = async () => {
  connectControls();
  connectDocument();
  startLayout();
  const wanted = new URLSearchParams(location.search);
  const address = wanted.get("open");
  if (address) await openAddress(studio, address);
  else if (wanted.has("copy") && config.notebook) await continueCopy(studio, new URL(config.notebook, document.baseURI).href);
  else await restoreLast(studio);
  if (!studio.workspace) await showStart(studio);
};

/** Opens files that the system opens with the installed studio. They wait until then: what was open must not take their place. */
const openLaunched = () => {
  window.launchQueue?.setConsumer(({ files }) => files.length > 0 && openChosen(studio, () => launchedFiles(files)));
};

/** Shows a link instead of the studio: the site around a frame could pretend to be its own, and the words would be found nowhere else. */
const offerTab = () => {
  const link = { href: location.href, target: "_blank", rel: "noopener", textContent: "Open the studio in a tab of its own" };
  document.body.replaceChildren(Object.assign(document.createElement("a"), link));
};

if (window.top === window) begin().then(openLaunched);
else offerTab();
