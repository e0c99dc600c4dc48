// Saves a notebook many times, as an editor does, and prints how long each change took until it was painted: page, figure and
// value, with a tab between. Arguments: the folder of Lighthouse (which drives browsers by puppeteer-core), Chromium, flags, the
// address of `notebook serve`, its file, the name of the page, and the number of changes.
import { readFile, rename, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [, , folder, chrome, flags, address, file, name, turns] = process.argv;
const at = (path) => pathToFileURL(`${folder}/node_modules/${path}`);
const { default: puppeteer } = await import(at("puppeteer-core/lib/puppeteer/puppeteer-core.js").href);

const part = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const sleep = (time) => new Promise((done) => setTimeout(done, time));

// In every document: the time of the first frame in which a text of this form is there.
const watch = () => {
  const look = () => {
    const turn = document.body?.textContent?.match(/Saved for the (\d+)th time/)?.[1];
    if (turn && window.turn !== turn) {
      window.turn = turn;
      requestAnimationFrame(() => setTimeout(() => (window.painted = performance.timeOrigin + performance.now())));
    }
    requestAnimationFrame(look);
  };
  look();
};

const browser = await puppeteer.launch({ executablePath: chrome, args: flags.split(" "), headless: true });
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.evaluateOnNewDocument(watch);
  await page.goto(address);
  await sleep(1000);
  const text = await readFile(file, "utf8");
  const begin = text.startsWith("---\n") ? text.indexOf("\n---\n") + 5 : 0;
  const times = [];
  for (let turn = 1; turn <= Number(turns); turn += 1) {
    const changed = `${text.slice(0, begin)}\nSaved for the ${turn}th time.\n${text.slice(begin)}`;
    await writeFile(`${file}~`, changed);
    const saved = Date.now();
    await rename(`${file}~`, file);
    for (let painted; ; await sleep(5)) {
      // While the next document loads there is nothing to ask.
      painted = await page.evaluate(() => [window.turn, window.painted]).catch(() => []);
      if (painted[0] === String(turn) && painted[1] > saved) {
        times.push(painted[1] - saved);
        break;
      }
      if (Date.now() > saved + 60_000) throw new Error(`change ${turn} was not painted in a minute`);
    }
    // The client starts, as it does for an author who reads what has changed.
    await sleep(700);
  }
  for (const [figure, share] of [["p50", 0.5], ["p95", 0.95]]) console.log(`${name}\t${figure}\t${part(times, share)}`);
} finally {
  await browser.close();
}
