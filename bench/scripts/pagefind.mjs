// Has Pagefind index documents, one JSON object a line, as the pages they would be.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [, , program, documents, outputPath] = process.argv;
const { close, createIndex } = await import(pathToFileURL(program).href);

const must = (answer) => {
  if (answer.errors?.length) throw new Error(answer.errors.join("; "));
  return answer;
};
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const { index } = must(await createIndex({ forceLanguage: "en" }));
let number = 0;
for await (const line of createInterface({ input: createReadStream(documents) })) {
  const { title, byline, notes } = JSON.parse(line);
  const paragraphs = [byline, ...notes.split("\n")].map((text) => `<p>${escaped(text)}</p>`).join("");
  const content = `<html lang="en"><body><h1>${escaped(title)}</h1>${paragraphs}</body></html>`;
  must(await index.addHTMLFile({ url: `/${number}`, content }));
  number += 1;
}
must(await index.writeFiles({ outputPath }));
await close();
