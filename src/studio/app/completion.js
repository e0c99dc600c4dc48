// What the editor completes: names after `](#`, `[[` and `@`, and wherever the author asks for them.

/** @import { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete" */
/** @import { Name, NameKind } from "./types" */

/**
 * A list of completions that is wanted: what has been typed of a name, which names, and what is written for one.
 * @typedef {object} Wanted
 * @property {number} from Offset in the line at which the name begins.
 * @property {string} typed
 * @property {readonly NameKind[]} kinds
 * @property {(name: Name) => string} write
 */

/** Characters before the cursor that are read: no name is longer. */
const READ = 250;

/** Names that are shown: more would only be scrolled past. */
const SHOWN = 100;

/** Words before the cursor that may be the beginning of one name. */
const WORDS = 4;

/** @type {readonly NameKind[]} */
const PLACES = ["term", "paper", "heading"];

/** What closes a name, and is not typed again if it is there. */
const rest = (/** @type {string} */ after, /** @type {string} */ end) => (after.startsWith(end) ? "" : end);

/**
 * Returns what can be completed in a line before the cursor. In prose, only if the author asks.
 * @param {string} line
 * @param {number} position
 * @param {readonly Name[] | undefined} prose The names that may be written in prose; undefined if nobody has asked.
 * @returns {Wanted | undefined}
 */
export const wantedAt = (line, position, prose) => {
  const start = Math.max(0, position - READ);
  const before = line.slice(start, position);
  const after = line.slice(position);
  const wanted = (/** @type {string} */ typed, /** @type {Wanted["kinds"]} */ kinds, /** @type {Wanted["write"]} */ write) => ({
    from: position - typed.length,
    typed,
    kinds,
    write,
  });
  const anchor = /\]\(#([^\s()]*)$/.exec(before);
  if (anchor) return wanted(anchor[1], PLACES, ({ id }) => id + rest(after, ")"));
  const wiki = /\[\[([^[\]|]*)$/.exec(before);
  // A name with a mark of its own cannot be written there.
  if (wiki) return wanted(wiki[1], PLACES, ({ text, id }) => (/[[\]|#^/]/.test(text) ? id : text) + rest(after, "]]"));
  const key = /(?:^|[\s([;\-–—])@([^\s@[\](){},;]*)$/u.exec(before);
  if (key) return wanted(key[1], ["citation"], ({ id }) => id);
  return prose && wantedInProse(before, after, prose, wanted);
};

/**
 * @param {string} before
 * @param {string} after
 * @param {readonly Name[]} names
 * @param {(typed: string, kinds: Wanted["kinds"], write: Wanted["write"]) => Wanted} wanted
 */
const wantedInProse = (before, after, names, wanted) => {
  const label = /^\s*(?:[-*+]\s+)?(\p{L}[\p{L}\s]*)?$/u.exec(before);
  /** @type {readonly NameKind[]} */
  const kinds = label ? ["label", "term", "paper"] : ["term", "paper"];
  const write = (/** @type {Name} */ { kind, text }) => (kind === "label" && !after.startsWith(":") ? `${text}: ` : text);
  const words = [...before.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)].slice(-WORDS).map(({ index }) => before.slice(index));
  const ofKind = names.filter(({ kind }) => kinds.includes(kind));
  const isBeginning = (/** @type {string} */ typed) => ofKind.some((name) => folded(name).text.startsWith(fold(typed)));
  const last = /[\p{L}\p{N}]+$/u.exec(before)?.[0] ?? "";
  return wanted(words.find(isBeginning) ?? last, kinds, write);
};

/**
 * Returns a text without case and accents. Most have no accents, and are many.
 * @param {string} text
 */
const fold = (text) => (/[^ -~]/.test(text) ? text.normalize("NFKD").replace(/\p{M}/gu, "") : text).toLowerCase();

/**
 * What is compared of each name: it stays the same while many keys are typed.
 * @type {WeakMap<Name, { text: string, id: string }>}
 */
const comparable = new WeakMap();

/** @param {Name} name */
const folded = (name) => {
  const known = comparable.get(name);
  if (known) return known;
  const made = { text: fold(name.text), id: fold(name.id) };
  comparable.set(name, made);
  return made;
};

/**
 * Returns the names that fit, best first: those that begin so, those with a word that does, those that contain it.
 * @param {readonly Name[]} names
 * @param {Wanted} wanted
 */
export const fitting = (names, { typed, kinds }) => {
  const searched = fold(typed);
  const [spaced, hyphenated] = [` ${searched}`, `-${searched}`];
  /** @type {Name[][]} */
  const ranked = [[], [], []];
  const rank = (/** @type {string} */ text) => {
    const at = text.indexOf(searched);
    if (at < 0) return ranked.length;
    if (at === 0) return 0;
    return text.includes(spaced) || text.includes(hyphenated) ? 1 : 2;
  };
  for (const name of names) {
    if (!kinds.includes(name.kind)) continue;
    const { text, id } = folded(name);
    ranked[Math.min(rank(text), rank(id))]?.push(name);
    if (ranked[0].length === SHOWN) break;
  }
  return ranked.flat().slice(0, SHOWN);
};

/**
 * @param {Name} name
 * @param {Wanted} wanted
 * @returns {Completion}
 */
const completionOf = (name, { write }) => {
  const { kind, text, id } = name;
  const apply = write(name);
  return kind === "citation" ? { label: id, detail: text, apply } : { label: text, detail: kind, apply };
};

/**
 * Returns the source of completions for an editor.
 * @param {() => Promise<Name[]>} getNames
 * @param {(context: CompletionContext) => boolean} isCode
 */
export const completionSource = (getNames, isCode) => async (/** @type {CompletionContext} */ context) => {
  const { state, pos, explicit } = context;
  const line = state.doc.lineAt(pos);
  const at = (/** @type {readonly Name[] | undefined} */ prose) => wantedAt(line.text, pos - line.from, prose);
  // Most keys end here: nothing is asked of the worker.
  if ((!explicit && !at(undefined)) || isCode(context)) return null;
  const names = await getNames();
  const wanted = at(explicit ? names : undefined);
  if (!wanted || context.aborted) return null;
  const options = fitting(names, wanted).map((name) => completionOf(name, wanted));
  /** @type {CompletionResult} */
  const result = { from: line.from + wanted.from, options, filter: false };
  return options.length > 0 ? result : null;
};
