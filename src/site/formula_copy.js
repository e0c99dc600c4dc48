// In pages with formulas: copies formulas as TeX, `$…$`, because plain text has only their letters.
(() => {
  // Hidden content and controls, which are not copied.
  const unseen = "[hidden], details:not([open]) > :not(summary), .visually-hidden, button";
  const blocks = "p, li, dt, dd, tr, pre, figcaption, summary, h1, h2, h3, h4, h5, h6, .formula.display";

  /**
   * Returns the formula around a node.
   * @param {Node} node
   */
  const formulaAround = (node) => (node instanceof Element ? node : node.parentElement)?.closest("math");

  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    const isInField = event.target instanceof HTMLInputElement;
    if (isInField || !event.clipboardData || !selection || selection.isCollapsed) return;
    // A part of a formula has no TeX of its own.
    const range = selection.getRangeAt(0).cloneRange();
    const first = formulaAround(range.startContainer);
    const last = formulaAround(range.endContainer);
    if (first) range.setStartBefore(first);
    if (last) range.setEndAfter(last);
    const copied = document.createElement("div");
    copied.append(range.cloneContents());
    const formulas = copied.querySelectorAll("math");
    if (formulas.length === 0) return;
    for (const element of copied.querySelectorAll(unseen)) element.remove();
    event.clipboardData.setData("text/html", new XMLSerializer().serializeToString(copied));
    for (const formula of formulas) {
      const tex = formula.querySelector("annotation")?.textContent ?? formula.textContent;
      const fence = formula.getAttribute("display") === "block" ? "$$" : "$";
      formula.replaceWith(fence + tex + fence);
    }
    for (const block of copied.querySelectorAll(blocks)) block.append("\n");
    event.clipboardData.setData("text/plain", (copied.textContent ?? "").trim());
    event.preventDefault();
  });
})();
