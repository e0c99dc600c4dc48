// Data that crosses a border: to the worker, to the page in its frame, into the journal.

/** Names of the files of this build, in `#_config` of studio.html. */
export interface Config {
  worker: string;
  program: string;
  /** Program that searches the full-text index. */
  search: string | null;
  page: string;
  /** Markdown of the published notebook beside the studio, if there is one. */
  notebook?: string;
  nonce: string;
}

export type Severity = "error" | "warning";

/** A finding about the source. `from` and `to` count UTF-16 units in the text of `file`. */
export interface Problem {
  severity: Severity;
  file: string;
  line: number | null;
  from: number;
  to: number;
  message: string;
  help: string;
}

/** The source of a heading or an entry, by its anchor. Places are nested, and in the order of the document. */
export interface Place {
  id: string;
  from: number;
  to: number;
}

/** A document for the worker: its text, or how that has changed since the worker got it. */
export interface Source {
  id: string;
  name: string;
  kind: DocumentKind;
  text?: string;
  changes?: Change[];
}

export interface RenderRequest {
  sources: Source[];
}

/** A notebook as its page needs it. */
export interface Build {
  attributes: Record<string, string>;
  files: Map<string, Uint8Array>;
  shell: string;
  title: string;
  problems: Problem[];
  places: Place[];
  summary: string;
  version: number;
}

export type NameKind = "term" | "paper" | "heading" | "label" | "citation";

/** A name that can be written in the text: the words by which it is known, and its anchor or key. A label has none. */
export interface Name {
  kind: NameKind;
  text: string;
  id: string;
}

/** An entry of BibTeX, and the list item of its paper. */
export interface PastedPaper {
  key: string;
  bibtex: string;
  item: string;
}

/** BibTeX that was pasted: its papers, and the bibliography of the notebook. */
export interface Pasted {
  bibliography: string;
  papers: PastedPaper[];
}

export interface Merged {
  text: string;
  conflicts: number;
}

/** The state that the page in the frame shows. */
export interface PageState {
  version: number;
  files: Record<string, string>;
  shell: string;
  is_outdated: boolean;
  problems: Problem[];
  more: number;
}

export type Ending = "\n" | "\r\n" | "\r";

/** A line break that is written otherwise than most of its file's: its offset in the text, and how it is written. */
export interface OddBreak {
  at: number;
  ending: Ending;
}

/** Everything about the bytes of a file that its text in the editor does not have. */
export interface LineFormat {
  bom: boolean;
  /** The ending of most lines, and of new ones. */
  ending: Ending;
  odd: OddBreak[];
}

export type DocumentKind = "markdown" | "bibliography";

/** A replacement: from, to, text. */
export type Change = [number, number, string];

/** A document in the journal. Texts are as in the file, with its line endings. */
export interface DocumentRecord {
  id: string;
  workspace: string;
  /** Number within its workspace. */
  order: number;
  name: string;
  kind: DocumentKind;
  /** The text as it was read from the file, or last saved to it; null if there is no file. */
  base: string | null;
  /** Address that it was fetched from, and the text that was there; null if it is from elsewhere. */
  origin: string | null;
  published: string | null;
  text: string;
  version: number;
  /** Time of the last change, in milliseconds. */
  time: number;
  savedAt: number | null;
  hasConflicts: boolean;
  handle: FileSystemFileHandle | null;
  /** Folder of the notebook, with its pictures. */
  folder: FileSystemDirectoryHandle | null;
}

/** A change since the record of its document was written. */
export interface ChangeRecord {
  document: string;
  version: number;
  time: number;
  changes: Change[];
}

/** A file that somebody has chosen, dropped or pasted. */
export interface ChosenFile {
  /** Path below the folder that was opened, or the file's name. */
  path: string;
  file: File;
  handle: FileSystemFileHandle | null;
}

/** What is known about a document when the status line is written. */
export interface DocumentFacts {
  name: string;
  isReadOnly: boolean;
  /** Conflicts that are still marked in the text. */
  conflicts: number;
  /** True if its text is that of the file. */
  isAsInFile: boolean;
  savedAt: number | null;
  /** Time of a download of exactly this text. */
  downloadedAt: number | null;
  /** Time of the text that was restored, if it has not changed since. */
  restoredAt: number | null;
  /** True if the journal has exactly this text. */
  isInBrowser: boolean;
  /** Reason why the journal could not be written; empty if there is none. */
  failure: string;
}
