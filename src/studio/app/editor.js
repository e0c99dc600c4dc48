// The editor: CodeMirror, set up for Markdown in any language.
import { autocompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { yamlFrontmatter } from "@codemirror/lang-yaml";
import { syntaxTree } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, Prec, RangeSetBuilder } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, drawSelection, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";

import { completionSource } from "./completion.js";
import { markdownKeys } from "./editor_keys.js";
import { highlighting } from "./highlighting.js";
import { trackOddBreaks } from "./odd_breaks.js";

/** @import { CompletionContext } from "@codemirror/autocomplete" */
/** @import { Extension } from "@codemirror/state" */
/** @import { ViewUpdate } from "@codemirror/view" */
/** @import { DocumentKind, Name, OddBreak } from "./types" */

const readOnly = new Compartment();

const prefersReducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;

const automatic = Decoration.line({ attributes: { dir: "auto" } });

/** Gives each line the direction of its own text: a notebook may mix Arabic and English. */
const lineDirection = ViewPlugin.fromClass(
  class {
    /** @param {EditorView} view */
    constructor(view) {
      this.decorations = this.build(view);
    }

    /** @param {ViewUpdate} update */
    update(update) {
      if (update.docChanged || update.viewportChanged) this.decorations = this.build(update.view);
    }

    /** @param {EditorView} view */
    build(view) {
      const builder = new RangeSetBuilder();
      for (const { from, to } of view.visibleRanges) {
        for (let at = from; at <= to; ) {
          const line = view.state.doc.lineAt(at);
          builder.add(line.from, line.from, automatic);
          at = line.to + 1;
        }
      }
      return /** @type {import("@codemirror/view").DecorationSet} */ (builder.finish());
    }
  },
  { decorations: ({ decorations }) => decorations },
);

/** @type {Extension} */
const notebookLanguage = yamlFrontmatter({ content: markdown({ base: markdownLanguage, completeHTMLTags: false }) });

/**
 * Returns true in code and front matter, where names mean nothing.
 * @param {CompletionContext} context
 */
const isCode = ({ state, pos }) => {
  for (let node = syntaxTree(state).resolveInner(pos, -1); ; ) {
    if (/Code|Frontmatter/.test(node.name)) return true;
    if (!node.parent) return false;
    node = node.parent;
  }
};

/**
 * @param {() => Promise<Name[]>} getNames
 * @returns {Extension}
 */
const completion = (getNames) => autocompletion({ override: [completionSource(getNames, isCode)], icons: false });

/**
 * Returns the parts of the editor that are the same for every document.
 * @param {string} nonce
 * @param {(update: ViewUpdate) => void} onUpdate
 * @returns {Extension}
 */
const common = (nonce, onUpdate) => [
  EditorView.cspNonce.of(nonce),
  history(),
  // Phones draw handles of their own; elsewhere this shows the selection of several ranges.
  matchMedia("(pointer: fine)").matches ? drawSelection(prefersReducedMotion ? { cursorBlinkRate: 0 } : {}) : [],
  highlightSpecialChars(),
  lineNumbers(),
  EditorView.lineWrapping,
  EditorView.perLineTextDirection.of(true),
  Prec.lowest(lineDirection),
  EditorState.allowMultipleSelections.of(true),
  highlighting,
  search({ top: true }),
  keymap.of([...searchKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
  EditorView.updateListener.of(onUpdate),
];

export class Editor {
  #shared;
  #completion;
  #isReadOnly = false;

  /**
   * @param {HTMLElement} parent
   * @param {string} nonce
   * @param {(update: ViewUpdate) => void} onUpdate
   * @param {() => Promise<Name[]>} getNames Returns the names that can be completed.
   */
  constructor(parent, nonce, onUpdate, getNames) {
    this.#shared = common(nonce, onUpdate);
    this.#completion = completion(getNames);
    this.view = new EditorView({ parent, state: this.#emptyState() });
  }

  /**
   * Returns the state of a document that has just been opened.
   * @param {{ name: string, kind: DocumentKind, text: string, odd: OddBreak[] }} opened
   */
  createState({ name, kind, text, odd }) {
    const attributes = { "aria-label": `Source of ${name}`, tabindex: "0" };
    const prose = { spellcheck: "true", autocorrect: "on", autocapitalize: "sentences" };
    const isMarkdown = kind === "markdown";
    return EditorState.create({
      doc: text,
      extensions: [
        EditorView.contentAttributes.of(isMarkdown ? { ...attributes, ...prose } : attributes),
        isMarkdown ? [Prec.high(keymap.of(markdownKeys)), notebookLanguage, this.#completion] : [],
        trackOddBreaks(odd),
        readOnly.of(EditorState.readOnly.of(this.#isReadOnly)),
        this.#shared,
      ],
    });
  }

  /** Shows an empty text that cannot be edited: nothing would store it. */
  clear() {
    this.view.setState(this.#emptyState());
  }

  #emptyState() {
    return EditorState.create({ extensions: [EditorState.readOnly.of(true), this.#shared] });
  }

  /** @param {EditorState} state */
  show(state) {
    this.view.setState(state);
    this.setReadOnly(this.#isReadOnly);
  }

  /** @param {boolean} isReadOnly */
  setReadOnly(isReadOnly) {
    this.#isReadOnly = isReadOnly;
    if (readOnly.get(this.view.state)) {
      this.view.dispatch({ effects: readOnly.reconfigure(EditorState.readOnly.of(isReadOnly)) });
    }
  }

  /**
   * Selects a range and scrolls it into the middle.
   * @param {number} from
   * @param {number} [to]
   */
  select(from, to = from) {
    const { length } = this.view.state.doc;
    const anchor = Math.min(from, length);
    const head = Math.min(to, length);
    this.view.dispatch({ selection: { anchor, head }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
  }
}
