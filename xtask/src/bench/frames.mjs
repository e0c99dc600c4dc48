// Types and scrolls in a large notebook as a reader does, and prints how long frames took: page, figure and value, with
// a tab between. Arguments: the folder of Lighthouse (which drives browsers by puppeteer-core), Chromium, flags, address of the
// large notebook and of the first one.
import { pathToFileURL } from "node:url";

const [, , folder, chrome, flags, address, first] = process.argv;
const at = (file) => pathToFileURL(`${folder}/node_modules/${file}`);
const { default: puppeteer } = await import(at("puppeteer-core/lib/puppeteer/puppeteer-core.js"));

const WORDS = ["model", "sparse coding", "attention", "distribution", "pruning"];
const part = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

const browser = await puppeteer.launch({ executablePath: chrome, args: flags.split(" "), headless: true });
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(address);
  await page.click("#_search");
  await page.waitForFunction(() => "ready" in document.documentElement.dataset);
  // The full-text search is there once it has answered what nothing else can.
  await page.keyboard.type("zzzz");
  await page.waitForFunction(() => document.querySelector("main").textContent.includes("Nothing matches") && !document.querySelector("main").textContent.includes("on its way"), { timeout: 120_000 });
  await page.evaluate(() => {
    window.keys = [];
    window.addEventListener("keydown", (event) => {
      const pressed = event.timeStamp;
      // What is done in a task after the frame's callbacks has been painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.keys.push(performance.now() - pressed);
        port2.postMessage(0);
      });
    }, { capture: true });
  });
  for (let turn = 0; turn < 3; turn += 1) {
    for (const word of WORDS) {
      await page.evaluate(() => document.querySelector("#_search").select());
      for (const letter of word) {
        await page.keyboard.press(letter === " " ? "Space" : letter);
        await new Promise((done) => setTimeout(done, 120));
      }
    }
  }
  const keys = await page.evaluate(() => window.keys);
  for (const [name, share] of [["p50", 0.5], ["p95", 0.95]]) console.log(`large\tkey.${name}\t${part(keys, share)}`);

  await page.evaluate(() => { document.querySelector("#_search").value = ""; document.querySelector("#_search").dispatchEvent(new Event("input", { bubbles: true })); });
  await new Promise((done) => setTimeout(done, 500));
  const frames = await page.evaluate(async () => {
    const frames = [];
    let last = await new Promise(requestAnimationFrame);
    for (let turn = 0; turn < 240; turn += 1) {
      // As a wheel does, and now and then a leap.
      scrollBy({ top: turn % 60 === 59 ? 40_000 : 180, behavior: "instant" });
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - last);
      last = now;
    }
    return frames;
  });
  console.log(`large\tscroll.p95\t${part(frames, 0.95)}`);
  console.log(`large\tscroll.most\t${Math.max(...frames)}`);
  console.log(`large\telements\t${await page.evaluate(() => document.querySelectorAll("*").length)}`);

  // What a tap on a name shows.
  const phone = await browser.newPage();
  await phone.setViewport({ width: 390, height: 844, hasTouch: true, isMobile: true });
  await phone.goto(first);
  await phone.waitForFunction(() => "ready" in document.documentElement.dataset);
  await phone.evaluate(() => {
    window.shown = [];
    window.addEventListener("click", (event) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          const open = document.querySelector("#_preview:popover-open") !== null;
          window.shown.push(open ? performance.now() - event.timeStamp : Infinity);
        };
        port2.postMessage(0);
      });
    }, { capture: true });
  });
  for (let turn = 0; turn < 12; turn += 1) {
    const name = await phone.$("#variational-sparse-coding [data-field=notes] a[href^='#']");
    await name.tap();
    await new Promise((done) => setTimeout(done, 200));
    await phone.evaluate(() => document.querySelector("#_preview").hidePopover());
    await new Promise((done) => setTimeout(done, 100));
  }
  console.log(`first\tpreview.p50\t${part(await phone.evaluate(() => window.shown), 0.5)}`);
} finally {
  await browser.close();
}
