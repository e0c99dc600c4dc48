// Colors of Markdown and YAML in the editor, which are those of code on the page.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

const style = HighlightStyle.define([
  { tag: tags.heading, color: "var(--function)", fontWeight: "650" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strikethrough, textDecoration: "line-through" },
  { tag: [tags.link, tags.labelName], color: "var(--link)" },
  { tag: tags.url, color: "var(--quiet)" },
  { tag: tags.monospace, color: "var(--string)" },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.comment, tags.meta], color: "var(--comment)" },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--keyword)" },
  { tag: [tags.string, tags.character, tags.escape], color: "var(--string)" },
  { tag: tags.atom, color: "var(--number)" },
  { tag: tags.quote, color: "var(--quiet)" },
]);

export const highlighting = syntaxHighlighting(style);
