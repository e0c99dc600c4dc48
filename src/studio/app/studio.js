// The notebook that is open: its documents, their journal, and the page that is built of them.
import { ask } from "./dialogs.js";
import { Drift, replacementsOf } from "./drift.js";
import { Editor } from "./editor.js";
import { find } from "./elements.js";
import { Findings } from "./findings.js";
import { newId } from "./ids.js";
import { Journal } from "./journal.js";
import { mayForget, workspacesOf } from "./journal_record.js";
import { Keeper } from "./keeper.js";
import { isNarrow, showView } from "./layout.js";
import { latestOnly } from "./latest_only.js";
import { changesOddBreaks } from "./odd_breaks.js";
import { OpenDocument } from "./open_document.js";
import { Page } from "./page.js";
import { Pictures } from "./pictures.js";
import { idsAround, positionOfWords } from "./places.js";
import { ScrollSync } from "./scroll_sync.js";
import { workspaceStatus } from "./status.js";
import { Tabs } from "./tabs.js";
import { formatTime } from "./time.js";
import { WorkerClient } from "./worker_client.js";

/** @import { ViewUpdate } from "@codemirror/view" */
/** @import { TransactionSpec } from "@codemirror/state" */
/** @import { NewDocument } from "./open_document.js" */
/** @import { Build, Change, Config, Name, Place, Problem } from "./types" */

/** Milliseconds for which names are not asked for again: hardly any key changes one. */
const NAMES_KEPT = 5000;

export class Studio {
  /** @type {OpenDocument[]} */
  documents = [];
  /** @type {OpenDocument | undefined} */
  active;
  isReadOnly = false;
  journal = new Journal(() => this.#storeAgain());
  pictures = new Pictures();
  /** @type {string | undefined} */
  workspace;
  /** @type {Build | undefined} */
  #build;
  /** @type {Problem[]} */
  #problems = [];
  /** @type {{ time: number, workspace: string | undefined, names: Promise<Name[]> } | undefined} */
  #named;
  #frame = 0;
  /** @type {ScrollSync} */
  #sync;
  #render;
  #onReadOnly;
  #onPaste;

  /**
   * @param {Config} config
   * @param {object} events
   * @param {(page: Document) => void} events.onDocument The page has a new document.
   * @param {() => void} events.onReadOnly Another tab edits the notebook.
   * @param {(document: OpenDocument, text: string) => void} events.onPaste
   */
  constructor(config, { onDocument, onReadOnly, onPaste }) {
    this.#onReadOnly = onReadOnly;
    this.#onPaste = onPaste;
    this.worker = new WorkerClient(config);
    this.keeper = new Keeper(this.journal, () => this.showStatus());
    this.tabs = new Tabs({ onLost: (isAsked) => this.#lost(isAsked), onForgotten: () => this.#storeAgain() });
    this.editor = new Editor(find("editor"), config.nonce, (update) => this.#updated(update), () => this.#names());
    this.page = new Page(find("page"), config, {
      onDocument,
      onClick: (ids, words) => this.#showSource(ids, words),
      onScroll: () => this.#sync.pageScrolled(),
      onAttention: () => (this.#sync.leader = "page"),
      onChange: (page) => this.pictures.fill(page),
      onSearch: (name) => this.worker.index(name),
    });
    this.#sync = new ScrollSync(this.editor, this.page, () => (this.active === this.notebook ? this.#places() : []));
    this.findings = new Findings((problem) => this.#openProblem(problem));
    this.#render = latestOnly(() => this.#renderOnce());
  }

  /** Returns the document that the page is made of. */
  get notebook() {
    return this.documents.find(({ kind }) => kind === "markdown");
  }

  /**
   * Returns true if this tab edits a document: it is open, and no other tab has taken it over.
   * @param {OpenDocument} document
   */
  owns(document) {
    return !this.isReadOnly && this.documents.includes(document);
  }

  /**
   * Opens a notebook, in place of the one that is open. Returns false if the author keeps that.
   * @param {NewDocument[]} opened The notebook first.
   * @param {[path: string, file: Blob][]} [pictures]
   */
  async open(opened, pictures = []) {
    if (!(await this.close())) return false;
    const workspace = newId();
    const isOwner = await this.tabs.claim(workspace);
    this.pictures.replace(pictures);
    this.#begin(workspace, opened.map((document, order) => this.#create(document, workspace, order)), isOwner);
    for (const document of this.documents) this.keeper.changed(document);
    return true;
  }

  /**
   * Opens a notebook of the journal. Another tab may be editing it: then it is read-only. Returns false if the author keeps the one
   * that is open, or the journal no longer has it.
   * @param {string} workspace
   * @param {[path: string, file: Blob][]} [pictures]
   */
  async restore(workspace, pictures = []) {
    if (!(await this.close())) return false;
    const isOwner = await this.tabs.claim(workspace);
    const documents = await this.#load(workspace);
    if (documents.length === 0) {
      this.tabs.release();
      return false;
    }
    this.pictures.replace(pictures);
    this.#begin(workspace, documents, isOwner);
    return true;
  }

  /**
   * Reads a notebook of the journal. Only the tab that holds its lock then knows that this is the newest text.
   * @param {string} workspace
   */
  async #load(workspace) {
    try {
      const found = workspacesOf(await this.journal.load()).find(({ id }) => id === workspace);
      return (found?.documents ?? []).map((kept) => OpenDocument.restore(this.editor, kept));
    } catch (error) {
      this.tabs.release();
      throw error;
    }
  }

  /**
   * Adds a document to the notebook that is open, in place of one with the same name. Returns false if that has words which are
   * not saved.
   * @param {NewDocument} opened
   */
  add(opened) {
    const older = this.documents.find(({ name }) => name === opened.name);
    if (older?.isChanged) return false;
    const document = this.#create(opened, this.workspace ?? "", older?.order ?? this.documents.length);
    this.documents = [...this.documents.filter((open) => open !== older), document];
    if (older) {
      this.keeper.release([older]);
      this.journal.forget([older.id]).catch(() => {});
      if (this.active === older) this.show(document);
    }
    this.keeper.changed(document);
    this.#listDocuments();
    this.render();
    return true;
  }

  /**
   * Closes the notebook. It stays in the journal if that has words which are in no file. Returns false if the author keeps it
   * open.
   */
  async close() {
    if (!this.workspace) return true;
    // What is typed from here on would be in no file, and perhaps not in the journal.
    this.editor.setReadOnly(true);
    if (!this.isReadOnly) await this.keeper.writeAll();
    if (!(await this.#mayDiscard())) {
      this.editor.setReadOnly(this.isReadOnly);
      return false;
    }
    if (!this.isReadOnly && mayForget(this.documents)) await this.journal.forget(this.documents.map(({ id }) => id)).catch(() => {});
    this.discard();
    return true;
  }

  async #mayDiscard() {
    const lost = this.documents.filter(({ isOnlyInMemory }) => isOnlyInMemory).map(({ name }) => name);
    if (lost.length === 0) return true;
    const text = `This browser could not store ${lost.join(", ")}. What you wrote since it was saved is lost when it is closed.`;
    return (await ask("Close without saving?", text, [{ value: "close", label: "Close without saving" }])) === "close";
  }

  /** Closes the notebook without a look at the journal. */
  discard() {
    this.keeper.release(this.documents);
    this.tabs.release();
    this.pictures.replace([]);
    this.page.clear();
    this.documents = [];
    this.active = undefined;
    this.workspace = undefined;
    this.#build = undefined;
    this.editor.clear();
    this.#showProblems([]);
    find("summary").textContent = "";
    this.showStatus();
  }

  /**
   * Shows other pictures.
   * @param {[path: string, file: Blob][]} pictures
   */
  setPictures(pictures) {
    this.pictures.replace(pictures);
    const page = this.page.document;
    if (page) this.pictures.fill(page);
    this.render();
  }

  /** Builds the page of the newest text. */
  render() {
    setTimeout(() => void this.#render(undefined), 0);
  }

  /** @param {OpenDocument} document */
  show(document) {
    this.active = document;
    this.editor.show(document.state);
    /** @type {HTMLSelectElement} */ (find("document")).value = document.id;
    this.#underline();
  }

  /**
   * Gives a document the name of the file that it was saved to.
   * @param {OpenDocument} document
   * @param {string} name
   */
  rename(document, name) {
    if (document.name === name) return;
    document.name = name;
    this.#listDocuments();
    this.render();
  }

  /**
   * Changes a document, whether the editor shows it or not.
   * @param {OpenDocument} document
   * @param {TransactionSpec} specification
   */
  change(document, specification) {
    if (document !== this.active) {
      const transaction = document.state.update(specification);
      document.state = transaction.state;
      if (transaction.docChanged) this.#changed(document, transaction.changes, undefined);
      return;
    }
    this.editor.view.dispatch(specification);
  }

  /** Writes the status line with the next frame. */
  showStatus() {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      const facts = this.documents.map((document) => document.facts(this.isReadOnly));
      const { text, safety } = workspaceStatus(facts, formatTime);
      const status = find("status");
      status.dataset.safety = safety;
      // Screen readers read the line again at each change of its text.
      if (status.textContent !== text) status.textContent = text;
    });
  }

  /** Makes this tab the one that edits the notebook. Returns false if the other tab has words that it could not store. */
  async takeOver() {
    const { workspace } = this;
    if (!workspace || !(await this.#mayDiscard())) return true;
    if (!(await this.tabs.takeOver(workspace))) return false;
    const documents = await this.#load(workspace);
    if (documents.length > 0) {
      this.#begin(workspace, documents, true);
    } else {
      this.setReadOnly(false);
      this.#storeAgain();
    }
    return true;
  }

  /**
   * @param {string} workspace
   * @param {OpenDocument[]} documents
   * @param {boolean} isOwner True if this tab holds the lock of the notebook.
   */
  #begin(workspace, documents, isOwner) {
    this.keeper.release(this.documents);
    this.#build = undefined;
    this.#showProblems([]);
    this.workspace = workspace;
    this.documents = documents;
    this.setReadOnly(!isOwner);
    this.#listDocuments();
    const [first] = documents;
    if (first) this.show(this.notebook ?? first);
    this.showStatus();
    this.render();
  }

  /** @param {boolean} isReadOnly */
  setReadOnly(isReadOnly) {
    this.isReadOnly = isReadOnly;
    this.editor.setReadOnly(isReadOnly);
    const button = find("save");
    button.textContent = isReadOnly ? "Take over" : "Save";
    if (isReadOnly) button.removeAttribute("aria-keyshortcuts");
    else button.setAttribute("aria-keyshortcuts", "Control+S Meta+S");
    this.showStatus();
    if (isReadOnly) this.#onReadOnly();
  }

  /**
   * @param {NewDocument} opened
   * @param {string} workspace
   * @param {number} order
   */
  #create(opened, workspace, order) {
    return new OpenDocument(this.editor, { id: newId(), workspace, order }, opened);
  }

  #listDocuments() {
    const select = /** @type {HTMLSelectElement} */ (find("document"));
    const options = this.documents.map(({ id, name }) => Object.assign(document.createElement("option"), { value: id, textContent: name }));
    select.replaceChildren(...options);
    select.hidden = options.length === 0;
    select.value = this.active?.id ?? select.value;
  }

  /** @param {ViewUpdate} update */
  #updated(update) {
    const { active } = this;
    if (!active) return;
    active.state = update.state;
    if (update.docChanged) {
      const isWhole = update.transactions.some(changesOddBreaks);
      const replacements = replacementsOf(update.changes);
      this.#changed(active, update.changes, isWhole ? undefined : replacements);
      const isPasted = update.transactions.some((transaction) => transaction.isUserEvent("input.paste"));
      if (isPasted && replacements.length === 1) this.#onPaste(active, replacements[0][2]);
    }
    if (update.selectionSet && active === this.notebook) {
      this.#sync.reveal(() => idsAround(this.#places(), active.state.selection.main.head));
    }
  }

  /**
   * @param {OpenDocument} document
   * @param {import("@codemirror/state").ChangeSet} changes
   * @param {Change[] | undefined} replacements undefined if they do not say everything.
   */
  #changed(document, changes, replacements) {
    // Otherwise the browser may delete the journal when the disk is full.
    if (document.version === 0) navigator.storage?.persist?.().catch(() => {});
    document.version += 1;
    document.time = Date.now();
    for (const drift of [document.drift, document.requested, document.saving, document.unsent]) drift.add(changes);
    this.keeper.changed(document, replacements);
    this.showStatus();
    this.render();
  }

  async #renderOnce() {
    const { notebook, workspace } = this;
    if (!notebook) return;
    for (const document of this.documents) document.requested = new Drift();
    const sources = this.documents.map((document) => document.source(this.worker.generation));
    try {
      const build = await this.worker.render({ sources });
      if (workspace === this.workspace) this.#built(build);
    } catch (error) {
      // A program that has failed may be in any state: the next request starts another one.
      this.worker.stop();
      if (workspace === this.workspace) this.#failed(notebook.name, error);
    }
  }

  /**
   * Returns the names in the text that was built last; none if the program has failed.
   * @returns {Promise<Name[]>}
   */
  #names() {
    const { workspace } = this;
    const now = Date.now();
    if (this.#named?.workspace !== workspace || now - (this.#named?.time ?? 0) > NAMES_KEPT) {
      this.#named = { time: now, workspace, names: this.worker.names().catch(() => []) };
    }
    return this.#named?.names ?? Promise.resolve([]);
  }

  /** @param {Build} build */
  #built(build) {
    for (const document of this.documents) {
      document.drift = document.requested;
      document.requested = new Drift();
    }
    this.#build = build;
    this.page.show(build);
    find("summary").textContent = build.summary;
    document.title = `${build.title || this.notebook?.name} · Studio`;
    this.#showProblems(build.problems);
  }

  /**
   * @param {string} file
   * @param {unknown} error
   */
  #failed(file, error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The page could not be built from this text: ${reason}`;
    const help = "The page still shows the last version that built. Your text is not affected.";
    const problems = [{ severity: /** @type {const} */ ("error"), file, line: null, from: 0, to: 0, message, help }];
    this.page.keepOutdated(problems);
    this.#showProblems(problems);
  }

  /** @param {Problem[]} problems */
  #showProblems(problems) {
    this.#problems = problems;
    this.findings.list(problems);
    this.#underline();
  }

  #underline() {
    const { active } = this;
    if (!active) return;
    const own = this.#problems.filter(({ file, line }) => file === active.name && line !== null);
    this.findings.underline(this.editor, own, (position) => active.drift.map(position));
  }

  /** @param {Problem} problem */
  #openProblem(problem) {
    const opened = this.documents.find(({ name }) => name === problem.file);
    if (!opened) return;
    if (opened !== this.active) this.show(opened);
    this.editor.select(opened.drift.map(problem.from), opened.drift.map(problem.to));
    this.editor.view.focus();
  }

  /** @returns {Place[]} */
  #places() {
    const drift = this.notebook?.drift;
    const places = this.#build?.places ?? [];
    return drift ? places.map(({ id, from, to }) => ({ id, from: drift.map(from), to: drift.map(to, -1) })) : places;
  }

  /**
   * Selects the source of an element of the page.
   * @param {string[]} ids
   * @param {string} words
   */
  #showSource(ids, words) {
    const { notebook } = this;
    const places = this.#places();
    const place = ids.map((id) => places.find((place) => place.id === id)).find((found) => found);
    if (!notebook || !place) return;
    if (notebook !== this.active) this.show(notebook);
    this.#sync.leader = "page";
    // On a phone the source would be selected behind the page.
    if (isNarrow()) showView("write");
    this.editor.select(positionOfWords(notebook.text(), place, words));
    this.editor.view.focus();
  }

  /**
   * Gives the notebook up to another tab. Returns false if this one keeps it, since its words would be lost.
   * @param {boolean} isAsked False if the other tab has not waited for this one.
   */
  async #lost(isAsked) {
    if (isAsked) {
      this.editor.setReadOnly(true);
      await this.keeper.writeAll();
      if (this.documents.some(({ isOnlyInMemory }) => isOnlyInMemory)) {
        this.editor.setReadOnly(this.isReadOnly);
        return false;
      }
    }
    this.keeper.release(this.documents);
    this.setReadOnly(true);
    return true;
  }

  /** Stores every text, whatever the journal had of it before. */
  #storeAgain() {
    if (this.isReadOnly) return;
    for (const document of this.documents) {
      document.kept = -1;
      this.keeper.resume(document);
      this.keeper.changed(document);
    }
    this.showStatus();
  }
}
