// Types into the studio, and prints how long each key took until the page beside the text was painted, and until its own frame:
// page, figure and value, with a tab between. Arguments: the folder of Lighthouse (which drives browsers by puppeteer-core), Chromium,
// flags, the address of the studio, then for each text its name, its address and the number of keys.
import { pathToFileURL } from "node:url";

const [, , folder, chrome, flags, studio, ...texts] = process.argv;
const { default: puppeteer } = await import(pathToFileURL(`${folder}/node_modules/puppeteer-core/lib/puppeteer/puppeteer-core.js`).href);

const part = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const sleep = (time) => new Promise((done) => setTimeout(done, time));

// In the studio: notes the time of the next key, of its frame, and of the frame with the page's next version.
const watch = () => {
  /** @type {any} */
  const times = (window.keyTimes = {});
  const afterFrame = (name) => requestAnimationFrame(() => setTimeout(() => (times[name] = performance.now())));
  const root = document.querySelector("iframe")?.contentDocument?.documentElement;
  const observer = new MutationObserver(() => {
    observer.disconnect();
    afterFrame("page");
  });
  if (root) observer.observe(root, { attributeFilter: ["data-preview"] });
  const editor = document.querySelector(".cm-content");
  editor?.addEventListener("beforeinput", () => ((times.key = performance.now()), afterFrame("frame")), { once: true, capture: true });
};

const isReady = () => document.querySelector("iframe")?.contentDocument?.documentElement?.hasAttribute("data-ready");

const measure = async (browser, name, text, keys) => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  const opened = performance.now();
  await page.goto(`${studio}?open=${encodeURIComponent(text)}`);
  await page.waitForFunction(isReady, { timeout: 120_000 });
  console.log(`${name}\topen\t${performance.now() - opened}`);
  await page.click(".cm-line");
  await sleep(1000);
  const times = [];
  for (let key = 0; key < keys; key += 1) {
    await page.evaluate(watch);
    await page.keyboard.type("x");
    await page.waitForFunction(() => window.keyTimes.page && window.keyTimes.frame, { timeout: 60_000 });
    times.push(await page.evaluate(() => window.keyTimes));
    await sleep(300);
  }
  const values = (end) => times.map((time) => time[end] - time.key);
  for (const end of ["page", "frame"]) {
    for (const [figure, share] of [["p50", 0.5], ["p95", 0.95]]) console.log(`${name}\t${end}.${figure}\t${part(values(end), share)}`);
  }
  await context.close();
};

const browser = await puppeteer.launch({ executablePath: chrome, args: flags.split(" "), headless: true });
try {
  for (let at = 0; at < texts.length; at += 3) await measure(browser, texts[at], texts[at + 1], Number(texts[at + 2]));
} finally {
  await browser.close();
}
