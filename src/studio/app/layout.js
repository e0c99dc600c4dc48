// Source and page: side by side with a splitter between them, or on a phone one at a time.

import { find } from "./elements.js";

/** Percent of the width that either side keeps. */
const NARROWEST = 20;
const STEP = 2;

const viewButtons = () => /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#views > button"));

export const startLayout = () => {
  const work = find("work");
  startSplitter(work, find("splitter"));
  for (const button of viewButtons()) {
    button.addEventListener("click", () => showView(button.dataset.view === "page" ? "page" : "write"));
  }
};

/** @param {"write" | "page"} view */
export const showView = (view) => {
  find("work").dataset.view = view;
  for (const button of viewButtons()) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
};

/** Returns true if only one of source and page is shown. */
export const isNarrow = () => getComputedStyle(find("splitter")).display === "none";

/**
 * @param {HTMLElement} work
 * @param {HTMLElement} splitter
 */
const startSplitter = (work, splitter) => {
  let share = 50;
  const set = (/** @type {number} */ percent) => {
    share = Math.min(100 - NARROWEST, Math.max(NARROWEST, percent));
    work.style.setProperty("--share", `${share}%`);
    splitter.setAttribute("aria-valuenow", String(Math.round(share)));
  };
  splitter.addEventListener("pointerdown", (event) => {
    splitter.setPointerCapture(event.pointerId);
    event.preventDefault();
    splitter.focus();
  });
  splitter.addEventListener("pointermove", (event) => {
    if (!splitter.hasPointerCapture(event.pointerId)) return;
    const { left, width, right } = work.getBoundingClientRect();
    const isRightToLeft = getComputedStyle(work).direction === "rtl";
    set(((isRightToLeft ? right - event.clientX : event.clientX - left) / width) * 100);
  });
  splitter.addEventListener("dblclick", () => set(50));
  splitter.addEventListener("keydown", (event) => {
    const moved = { ArrowLeft: share - STEP, ArrowRight: share + STEP, Home: NARROWEST, End: 100 - NARROWEST, Enter: 50 }[event.key];
    if (moved === undefined) return;
    event.preventDefault();
    set(moved);
  });
};
