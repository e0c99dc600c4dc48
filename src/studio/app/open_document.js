// A document that is open: its state in the editor, and how far it is stored.
import { Drift } from "./drift.js";
import { changesSince } from "./journal_record.js";
import { decode, encode } from "./line_endings.js";
import { oddBreaksOf } from "./odd_breaks.js";

/** @import { EditorState } from "@codemirror/state" */
/** @import { Editor } from "./editor.js" */
/** @import { Kept } from "./journal_record.js" */
/** @import { DocumentFacts, DocumentKind, DocumentRecord } from "./types" */

/**
 * @typedef {object} NewDocument
 * @property {string} name
 * @property {DocumentKind} kind
 * @property {string} content As in the file.
 * @property {boolean} isCopied True if the content is somewhere else too: in a file, at an address, in the example.
 * @property {FileSystemFileHandle | null} [handle]
 * @property {string | null} [origin]
 * @property {FileSystemDirectoryHandle | null} [folder]
 */

export class OpenDocument {
  version = 0;
  kept = -1;
  failure = "";
  time = Date.now();
  /** Version that is in the file, or wherever it was copied from; -1 if none is. */
  savedVersion = -1;
  /** @type {number | null} */
  savedAt = null;
  downloadedVersion = -1;
  downloadedAt = 0;
  restoredVersion = -1;
  restoredAt = 0;
  hasConflicts = false;
  /** @type {string | null} */
  base = null;
  /** @type {FileSystemFileHandle | null} */
  handle = null;
  /** @type {FileSystemDirectoryHandle | null} */
  folder = null;
  /** @type {string | null} */
  origin = null;
  /**
   * The text at `origin`, of which this is a copy.
   * @type {string | null}
   */
  published = null;
  /** Changes since the build that is shown, since the newest request for one, and since saving began. */
  drift = new Drift();
  requested = new Drift();
  saving = new Drift();
  /** Changes that the worker does not know, and the number of the worker that knows the text before them. */
  unsent = new Drift();
  sentTo = 0;
  isSaving = false;

  /**
   * @param {Editor} editor
   * @param {{ id: string, workspace: string, order: number }} place
   * @param {NewDocument} opened
   */
  constructor(editor, { id, workspace, order }, { name, kind, content, isCopied, handle = null, origin = null, folder = null }) {
    this.id = id;
    this.workspace = workspace;
    this.order = order;
    this.name = name;
    this.kind = kind;
    const { text, format } = decode(content);
    this.format = format;
    /** @type {EditorState} */
    this.state = editor.createState({ name, kind, text, odd: format.odd });
    this.handle = handle;
    this.origin = origin;
    this.published = origin === null ? null : content;
    this.folder = folder;
    if (isCopied) {
      this.base = content;
      this.savedVersion = 0;
    }
  }

  /**
   * Returns a document of the journal, with all its changes.
   * @param {Editor} editor
   * @param {Kept} kept
   */
  static restore(editor, { record, changes: all }) {
    const changes = changesSince(record, all);
    const { name, kind, text: content, handle, folder, origin } = record;
    const restored = new OpenDocument(editor, record, { name, kind, content, isCopied: false, handle, folder, origin });
    for (const { changes: replaced } of changes) {
      const specification = replaced.map(([from, to, insert]) => ({ from, to, insert }));
      restored.state = restored.state.update({ changes: specification }).state;
    }
    restored.base = record.base;
    restored.published = record.published ?? null;
    // Not lower than that of a change after a gap: it must not be taken for one that follows the next record.
    restored.version = Math.max(record.version, ...all.slice(-1).map(({ version }) => version));
    restored.kept = restored.version;
    restored.time = changes.at(-1)?.time ?? record.time;
    restored.savedAt = record.savedAt;
    restored.hasConflicts = record.hasConflicts;
    restored.restoredVersion = restored.version;
    restored.restoredAt = restored.time;
    if (restored.base === restored.content()) restored.savedVersion = restored.version;
    return restored;
  }

  /** Returns the text as the editor has it. */
  text() {
    return this.state.doc.toString();
  }

  /** Returns the text as the file has it, with its own line endings. */
  content() {
    return encode(this.text(), { ...this.format, odd: oddBreaksOf(this.state) });
  }

  /**
   * Returns the document for a worker, as far as that does not know it.
   * @param {number} generation
   * @returns {import("./types").Source}
   */
  source(generation) {
    const { id, name, kind, unsent } = this;
    const isKnown = this.sentTo === generation;
    this.sentTo = generation;
    this.unsent = new Drift();
    return isKnown ? { id, name, kind, changes: unsent.replacements } : { id, name, kind, text: this.text() };
  }

  /** Returns true if it is a copy of a published text, and differs from it. */
  hasSuggestion() {
    return this.published !== null && this.published !== this.content();
  }

  get isChanged() {
    return this.savedVersion !== this.version;
  }

  /** True if the newest words are neither in a file nor in this browser. Nobody knows whether a download was completed. */
  get isOnlyInMemory() {
    return this.isChanged && this.kept !== this.version;
  }

  get conflicts() {
    return this.hasConflicts ? (this.text().match(/^<{7} /gm)?.length ?? 0) : 0;
  }

  /** @returns {DocumentRecord} */
  record() {
    const { id, workspace, order, name, kind, base, origin, version, time, savedAt, hasConflicts, handle, folder, published } = this;
    const text = this.content();
    return { id, workspace, order, name, kind, base, origin, published, text, version, time, savedAt, hasConflicts, handle, folder };
  }

  /**
   * @param {boolean} isReadOnly
   * @returns {DocumentFacts}
   */
  facts(isReadOnly) {
    const { name, version, failure } = this;
    return {
      name,
      isReadOnly,
      failure,
      conflicts: this.conflicts,
      isAsInFile: !this.isChanged,
      savedAt: this.savedAt,
      downloadedAt: this.downloadedVersion === version ? this.downloadedAt : null,
      restoredAt: this.restoredVersion === version ? this.restoredAt : null,
      isInBrowser: this.kept === version,
    };
  }
}
