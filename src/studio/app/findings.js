// Findings about the source: underlined in the editor, and as a list.
import { setDiagnostics } from "@codemirror/lint";

/** @import { Diagnostic } from "@codemirror/lint" */
/** @import { Editor } from "./editor.js" */
/** @import { Problem, Severity } from "./types" */

/** @type {Severity[]} Worst first. */
const SEVERITIES = ["error", "warning"];

/** Findings that the list shows: more would only be scrolled past. */
const LISTED = 200;

/**
 * @param {number} count
 * @param {string} noun
 */
const countOf = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** @param {readonly Problem[]} problems */
export const countFindings = (problems) => {
  const counts = SEVERITIES.map((severity) => [problems.filter((problem) => problem.severity === severity).length, severity]);
  const words = counts.filter(([count]) => count).map(([count, severity]) => countOf(Number(count), String(severity)));
  return words.join(", ") || "No problems";
};

/**
 * @param {keyof HTMLElementTagNameMap} tag
 * @param {string} text
 * @param {string} [className]
 */
const element = (tag, text, className = "") => Object.assign(document.createElement(tag), { textContent: text, className });

/** @param {Problem} problem */
const explanation = ({ message, help }) => {
  const explained = element("div", "");
  explained.append(element("p", message));
  if (help) explained.append(element("p", help, "help"));
  return explained;
};

export class Findings {
  #toggle = /** @type {HTMLButtonElement} */ (document.getElementById("findings-toggle"));
  #list = /** @type {HTMLElement} */ (document.getElementById("findings"));
  #onOpen;
  /** @type {readonly Problem[]} */
  #problems = [];
  #shown = "";

  /** @param {(problem: Problem) => void} onOpen */
  constructor(onOpen) {
    this.#onOpen = onOpen;
    this.#toggle.addEventListener("click", () => this.#setOpen(Boolean(this.#list.hidden)));
    this.#list.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.#setOpen(false);
      this.#toggle.focus();
    });
  }

  /**
   * Underlines the findings about the document in the editor.
   * @param {Editor} editor
   * @param {readonly Problem[]} problems
   * @param {(position: number) => number} map
   */
  underline({ view }, problems, map) {
    const { length } = view.state.doc;
    const at = (/** @type {number} */ position) => Math.max(0, Math.min(map(position), length));
    /** @type {Diagnostic[]} */
    const diagnostics = problems.map((problem) => ({
      from: at(problem.from),
      to: Math.max(at(problem.from), at(problem.to)),
      severity: problem.severity,
      message: problem.help ? `${problem.message}. ${problem.help}` : problem.message,
      renderMessage: () => explanation(problem),
    }));
    view.dispatch(setDiagnostics(view.state, diagnostics));
  }

  /** @param {readonly Problem[]} problems */
  list(problems) {
    this.#problems = problems;
    const shown = JSON.stringify(problems.map(({ severity, file, line, message, help }) => [severity, file, line, message, help]));
    // Most keys leave the list as it is.
    if (shown === this.#shown) return;
    this.#shown = shown;
    const isFocused = this.#list.contains(document.activeElement);
    this.#toggle.textContent = countFindings(problems);
    this.#toggle.disabled = problems.length === 0;
    this.#toggle.dataset.severity = SEVERITIES.find((worst) => problems.some(({ severity }) => severity === worst)) ?? "none";
    const items = problems.slice(0, LISTED).map((problem, at) => this.#item(problem, at));
    if (problems.length > LISTED) items.push(element("li", `${problems.length - LISTED} more`));
    this.#list.replaceChildren(...items);
    if (problems.length === 0) this.#setOpen(false);
    if (isFocused) /** @type {HTMLElement} */ (this.#list.querySelector("button") ?? this.#toggle).focus();
  }

  /**
   * @param {Problem} problem
   * @param {number} at
   */
  #item(problem, at) {
    const item = element("li", "");
    const button = element("button", "", problem.severity);
    const line = problem.line === null ? "" : `, line ${problem.line}`;
    button.append(element("span", `${problem.file}${line}`, "where"), element("span", problem.message));
    if (problem.help) button.append(element("span", problem.help, "help"));
    button.addEventListener("click", () => this.#onOpen(this.#problems[at]));
    item.append(button);
    return item;
  }

  /** @param {boolean} isOpen */
  #setOpen(isOpen) {
    this.#list.hidden = !isOpen;
    this.#toggle.setAttribute("aria-expanded", String(isOpen));
  }
}
