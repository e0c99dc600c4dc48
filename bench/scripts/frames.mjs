// Types and scrolls in a large notebook as a reader does, and prints how long frames took: page, figure and value, with
// a tab between. Arguments: the folder of Lighthouse (which drives browsers by puppeteer-core), Chromium, flags, addresses of the
// large notebook, of the first one, and of a map.
import { pathToFileURL } from "node:url";

const [, , folder, chrome, flags, address, first, map] = process.argv;
const at = (file) => pathToFileURL(`${folder}/node_modules/${file}`);
const { default: puppeteer } = await import(at("puppeteer-core/lib/puppeteer/puppeteer-core.js").href);

const WORDS = ["model", "sparse coding", "attention", "distribution", "pruning"];
const part = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

// The page's policy forbids eval, by which puppeteer waits.
const until = async (page, what, timeout) => {
  for (const end = Date.now() + timeout; !(await page.evaluate(what)); ) {
    if (Date.now() > end) throw new Error(`waited ${timeout} ms for ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
};

// Time from an event to the next painted frame, as the browser measures it, in steps of 8 ms and from 16 ms on. Touches
// reach the page with the next frame, and are timed from there.
const timed = (kind) => {
  window.times = [];
  const record = (entries) => {
    for (const { name, startTime, duration, processingStart } of entries.getEntries()) {
      if (name === kind) window.times.push(kind === "click" ? startTime + duration - processingStart : duration);
    }
  };
  /** @type {PerformanceObserverInit & { durationThreshold: number }} */
  const events = { type: "event", durationThreshold: 16 };
  new PerformanceObserver(record).observe(events);
};

// Times of `count` events; events without a record took one frame.
const filled = async (page, count) => {
  const times = await page.evaluate(() => window.times);
  return [...times, ...Array(Math.max(0, count - times.length)).fill(16)];
};

const browser = await puppeteer.launch({ executablePath: chrome, args: flags.split(" "), headless: true });
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(address);
  await page.click("#_search");
  await until(page, () => "ready" in document.documentElement.dataset, 30_000);
  // The full-text search is there once it has answered what nothing else can.
  await page.keyboard.type("zzzz");
  await until(page, () => {
    const text = document.querySelector("main")?.textContent ?? "";
    return text.includes("No results.") && !text.includes("Searching this page");
  }, 120_000);
  await page.evaluate(timed, "keydown");
  for (let turn = 0; turn < 3; turn += 1) {
    for (const word of WORDS) {
      await page.evaluate(() => /** @type {HTMLInputElement | null} */ (document.querySelector("#_search"))?.select());
      for (const letter of word) {
        await page.keyboard.press(letter === " " ? "Space" : letter);
        await new Promise((done) => setTimeout(done, 120));
      }
    }
  }
  const keys = await filled(page, 3 * WORDS.join("").length);
  for (const [name, share] of [["p50", 0.5], ["p95", 0.95]]) console.log(`large\tkey.${name}\t${part(keys, share)}`);

  await page.evaluate(() => {
    const box = /** @type {HTMLInputElement} */ (document.getElementById("_search"));
    box.value = "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await new Promise((done) => setTimeout(done, 500));
  const scrolled = await page.evaluate(async () => {
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
  console.log(`large\tscroll.p95\t${part(scrolled, 0.95)}`);
  console.log(`large\tscroll.most\t${Math.max(...scrolled)}`);
  console.log(`large\telements\t${await page.evaluate(() => document.querySelectorAll("*").length)}`);

  // What a tap on a name shows.
  const phone = await browser.newPage();
  await phone.setViewport({ width: 390, height: 844, hasTouch: true, isMobile: true });
  await phone.goto(first);
  await until(phone, () => "ready" in document.documentElement.dataset, 30_000);
  await phone.evaluate(timed, "click");
  await phone.evaluate(() => {
    window.late = 0;
    addEventListener("click", () => requestAnimationFrame(() => {
      if (!document.querySelector("#_preview:popover-open")) window.late += 1;
    }), { capture: true });
  });
  for (let turn = 0; turn < 12; turn += 1) {
    const name = await phone.$("#variational-sparse-coding [data-field=notes] a[href^='#']");
    await name.tap();
    await new Promise((done) => setTimeout(done, 200));
    await phone.evaluate(() => document.getElementById("_preview")?.hidePopover());
    await new Promise((done) => setTimeout(done, 100));
  }
  if (await phone.evaluate(() => window.late)) throw new Error("a preview was not there in the next frame");
  console.log(`first\tpreview.p50\t${part(await filled(phone, 12), 0.5)}`);

  // The map, walked by keys and changed in size.
  const picture = await browser.newPage();
  await picture.setViewport({ width: 1280, height: 900 });
  await picture.goto(map);
  await picture.waitForSelector("#_map a");
  // Puppeteer gives the focus to no link in SVG.
  await picture.evaluate(() => /** @type {SVGAElement | null} */ (document.querySelector("#_map a"))?.focus());
  await picture.evaluate(() => {
    window.intervals = [];
    let last;
    const next = (now) => {
      if (last) window.intervals.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  for (let turn = 0; turn < 60; turn += 1) {
    await picture.keyboard.press(["ArrowDown", "ArrowRight", "n", "ArrowDown", "+", "ArrowUp", "n", "-"][turn % 8]);
    await new Promise((done) => setTimeout(done, 50));
  }
  const walked = await picture.evaluate(() => window.intervals);
  console.log(`map\tframe.p95\t${part(walked, 0.95)}`);
  console.log(`map\tframe.most\t${Math.max(...walked)}`);
} finally {
  await browser.close();
}
