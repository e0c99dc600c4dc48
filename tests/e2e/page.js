// Looks at the page as a reader does: an element that is not visible does not exist. `page.rs`
// calls `look`.

/** @typedef {HTMLElement & { labels?: NodeListOf<HTMLLabelElement> | null, value?: string }} Candidate */

/** @param {string | null | undefined} text */
const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();

/**
 * `display: contents` has no box of its own, but is not hidden.
 * @param {Element} element
 * @returns {boolean}
 */
const shown = (element) =>
  getComputedStyle(element).display === "contents"
    ? !element.parentElement || shown(element.parentElement)
    : element.checkVisibility({ visibilityProperty: true });

/**
 * Visible text. Words of two blocks are separated; a word with a mark inside stays one.
 * @param {Element} element
 * @returns {string}
 */
const words = (element) => {
  if (!shown(element)) return "";
  const text = [...element.childNodes].map((node) =>
    node instanceof Text ? node.data : node instanceof Element ? words(node) : "",
  ).join("");
  const inline = /^(inline$|contents|ruby)/.test(getComputedStyle(element).display);
  return inline && element.localName !== "br" ? text : ` ${text} `;
};

/**
 * The accessible name of an element.
 * @param {Candidate} element
 */
const named = (element) => {
  const labels = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
  return tidy(
    labels.map((id) => document.getElementById(id)?.textContent ?? "").join(" ") ||
      element.getAttribute("aria-label") ||
      [...(element.labels ?? [])].map(words).join(" ") ||
      (element.matches("input[type=button], input[type=submit], input[type=reset]") && element.value) ||
      element.getAttribute("alt") ||
      words(element) ||
      element.getAttribute("title") ||
      element.getAttribute("placeholder"),
  );
};

/**
 * Elements that have a role without saying so.
 * @type {Record<string, string>}
 */
const native = {
  article: "article",
  button: "button, input:is([type=button], [type=submit], [type=reset])",
  checkbox: "input[type=checkbox]",
  combobox: "select",
  dialog: "dialog",
  heading: "h1, h2, h3, h4, h5, h6",
  img: "img",
  link: "a[href]",
  list: "ul, ol",
  listitem: "li",
  main: "main",
  navigation: "nav",
  radio: "input[type=radio]",
  search: "search",
  searchbox: "input[type=search]",
  textbox: "input:is(:not([type]), [type=text]), textarea",
};

/**
 * Elements whose text is `wanted`; those that contain it, if there are none.
 * @param {Candidate[]} elements
 * @param {(element: Candidate) => string} text
 * @param {string} wanted
 */
const preferExact = (elements, text, wanted) => {
  const exact = elements.filter((element) => text(element) === wanted);
  return exact.length ? exact : elements.filter((element) => text(element).includes(wanted));
};

/**
 * Visible elements that match a CSS selector.
 * @param {string} selector
 * @returns {Candidate[]}
 */
const select = (selector) => [.../** @type {NodeListOf<Candidate>} */ (document.querySelectorAll(selector))].filter(shown);

/** @type {Record<string, (first: string, second: string) => Candidate[]>} */
const candidates = {
  css: (selector) => select(selector),
  role: (role, name) => {
    const selector = `[role=${role}]` + (native[role] ? `, :is(${native[role]}):not([role])` : "");
    return preferExact(select(selector), named, name);
  },
  text: (text) => {
    /** @type {(element: Element) => Candidate[]} */
    const innermost = (element) => {
      if (!tidy(words(element)).includes(text)) return [];
      const inside = [...element.children].flatMap(innermost);
      return inside.length ? inside : [/** @type {Candidate} */ (element)];
    };
    return preferExact(innermost(document.body), (element) => tidy(words(element)), text);
  },
};

/**
 * Does what a verb of `page.rs` needs.
 * @param {string} verb
 * @param {string} by how elements are found: a name of `candidates`
 * @param {string} first
 * @param {string} second
 */
function look(verb, by, first, second) {
  const find = () => candidates[by](tidy(first), tidy(second));
  switch (verb) {
    case "find": {
      const element = find()[0];
      // A bar that stays at the top would intercept a click on what is below it.
      element?.scrollIntoView({ block: "center", behavior: "instant" });
      return element ?? null;
    }
    case "count":
      return find().length;
    case "text":
      return tidy(words(document.body));
    case "words":
      return find().length ? tidy(words(find()[0])) : null;
    case "focused":
      return find().some((element) => element === document.activeElement);
    case "size":
      return [innerWidth, innerHeight];
    default:
      throw new Error(`there is no verb ${verb}`);
  }
}
