// Looks at the page as a reader does: what cannot be seen is not there. Arguments: a verb, then what it needs.
const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();

// `display: contents` has no box of its own, which is not the same as being hidden.
const shown = (element) =>
  getComputedStyle(element).display === "contents"
    ? !element.parentElement || shown(element.parentElement)
    : element.checkVisibility({ visibilityProperty: true });

// Visible text; words of two blocks stay apart, a word with a mark inside stays one.
const words = (element) => {
  if (!shown(element)) return "";
  const text = [...element.childNodes].map((node) =>
    node.nodeType === Node.TEXT_NODE ? node.data : node.nodeType === Node.ELEMENT_NODE ? words(node) : "",
  ).join("");
  const inline = /^(inline$|contents|ruby)/.test(getComputedStyle(element).display);
  return inline && element.localName !== "br" ? text : ` ${text} `;
};

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

const candidates = {
  css: (selector) => [...document.querySelectorAll(selector)].filter(shown),
  role: (role, name) => {
    const selector = `[role=${role}]` + (native[role] ? `, :is(${native[role]}):not([role])` : "");
    return preferExact([...document.querySelectorAll(selector)].filter(shown), named, name);
  },
  text: (text) => {
    const innermost = (element) => {
      if (!tidy(words(element)).includes(text)) return [];
      const inside = [...element.children].flatMap(innermost);
      return inside.length ? inside : [element];
    };
    return preferExact(innermost(document.body), (element) => tidy(words(element)), text);
  },
};

const preferExact = (elements, text, wanted) => {
  const exact = elements.filter((element) => text(element) === wanted);
  return exact.length ? exact : elements.filter((element) => text(element).includes(wanted));
};

const [verb, ...rest] = arguments;
const find = () => candidates[rest[0]](...rest.slice(1).map(tidy));
switch (verb) {
  case "find": {
    const element = find()[0];
    // Under a bar that stays at the top, a click would meet the bar.
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
    return find().includes(document.activeElement);
  case "size":
    return [innerWidth, innerHeight];
}
