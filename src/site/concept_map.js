// The script of the concept map's page: explores the picture by pointer, touch and keys. Without it every node is a link.
(() => {
  "COLOR_SCHEME";

  /**
   * The graph that the picture shows. Nodes are numbered in document order, terms first.
   * @typedef {object} Graph
   * @property {SVGAElement[]} nodes
   * @property {number} termCount
   * @property {number[][]} mentions The nodes that each node mentions.
   * @property {number[][]} mentionedBy The nodes that mention each node.
   * @property {[number, number][]} centers
   */

  /**
   * The part of the page that lists the neighbors of the selected node.
   * @typedef {object} Panel
   * @property {HTMLElement} root
   * @property {Element} status
   * @property {Element} list
   */

  /**
   * The list beside the picture, which has every node.
   * @typedef {object} List
   * @property {HTMLElement} root
   * @property {(at: number) => void} mark Marks the item of a node, or none for -1, and scrolls to it.
   * @property {(link: Element | null) => number} nodeOf Returns the node that a link leads to, or -1.
   */

  /**
   * The selected node: drawn in the picture with its neighbors, and described in the panel.
   * @typedef {object} Selection
   * @property {() => number} current The number of the node, or -1.
   * @property {(at: number) => void} select
   * @property {() => void} clear
   * @property {(scale: number) => void} rescale Keeps names legible at a scale.
   * @property {(neighbor: number, isMarked: boolean) => void} mark Marks a neighbor of the selected node in the picture.
   */

  /**
   * The visible part of the picture.
   * @typedef {object} Viewport
   * @property {() => number} scale
   * @property {(scale: number, x?: number, y?: number) => void} zoom
   * @property {(scale: number, clientX: number, clientY: number) => void} zoomSoon
   * @property {() => number} nextScale The scale that was last asked for.
   * @property {(at: number) => void} reveal Scrolls to a node that is not in sight.
   * @property {Record<string, () => void>} actions
   */

  /**
   * The node that the Tab key reaches: only one, the last that had the focus.
   * @typedef {object} Focus
   * @property {() => number} current
   * @property {(at: number) => void} set
   * @property {(at: number) => void} move Moves the focus to a node, and selects it.
   */

  // The names of relations, and the texts of the panel without neighbors or without a selection.
  const words = /** @type {Record<"buildsOn" | "neededFor" | "names" | "namedIn" | "alone" | "nothing", string>} */ (/** @type {unknown} */ ("WORDS"));
  // Neighbors of one relation that are listed; a longer list would hide the next relation.
  const MAX_LISTED = 30;
  // Most neighbors with whole names: more names would overlap.
  const MAX_NAMED = 24;
  // Distance from the center of a node to its name, and the usual width of a letter.
  const NAME_OFFSET = 11;
  const NAME_LETTER = 8.5;
  // Below this scale the names of papers would be illegible, and the others keep their size where they have room.
  const MIN_NAMED_SCALE = 0.55;
  // At this scale, names can be read on a phone.
  const READABLE_SCALE = 0.85;
  // Width below which a frame is that of a phone.
  const NARROW = 600;
  // Width of a letter and height of a line of a name that keeps its size.
  const LETTER_WIDTH = 7.5;
  const LINE_HEIGHT = 18;

  /**
   * @template {keyof HTMLElementTagNameMap} N
   * @param {N} name
   * @param {Partial<HTMLElementTagNameMap[N]>} properties
   * @param {(Node | string)[]} children
   */
  const makeElement = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  /**
   * @param {string} name
   * @param {Record<string, string | number>} attributes
   * @param {(Node | string)[]} children
   */
  const makeSvg = (name, attributes, ...children) => {
    const element = /** @type {SVGElement} */ (document.createElementNS("http://www.w3.org/2000/svg", name));
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`);
    element.append(...children);
    return element;
  };

  /**
   * @param {Element} node
   * @returns {[number, number]}
   */
  const centerOf = (node) => {
    const shape = /** @type {Element} */ (node.querySelector("circle, rect"));
    /** @param {string} name */
    const get = (name) => Number(shape.getAttribute(name));
    if (shape.localName === "circle") return [get("cx"), get("cy")];
    return [get("x") + get("width") / 2, get("y") + get("height") / 2];
  };

  /**
   * @param {SVGElement} svg
   * @returns {Graph}
   */
  const readGraph = (svg) => {
    const nodes = /** @type {SVGAElement[]} */ (/** @type {unknown} */ ([...svg.querySelectorAll("a")]));
    const mentions = /** @type {number[][]} */ (JSON.parse(svg.dataset.links ?? "[]"));
    const mentionedBy = /** @type {number[][]} */ (nodes.map(() => []));
    mentions.forEach((targets, at) => targets.forEach((target) => mentionedBy[target].push(at)));
    return { nodes, termCount: Number(svg.dataset.terms), mentions, mentionedBy, centers: nodes.map(centerOf) };
  };

  /**
   * @param {Graph} graph
   * @param {number} at
   */
  const describe = ({ nodes }, at) => {
    const [name, kind] = (nodes[at].querySelector("title")?.textContent ?? "").split("\n");
    return { name, kind };
  };

  /**
   * Returns the neighbors of a node, each once.
   * @param {Graph} graph
   * @param {number} at
   */
  const neighborsOf = ({ mentions, mentionedBy }, at) =>
    [...new Set([...mentions[at] || [], ...mentionedBy[at] || []])].filter((neighbor) => neighbor !== at);

  /**
   * Returns the neighbors of a node by the name of their relation to it.
   * @param {Graph} graph
   * @param {number} at
   */
  const neighborsByRelation = ({ termCount, mentions, mentionedBy }, at) => {
    const isTerm = at < termCount;
    /** @type {Map<string, number[]>} */
    const relations = new Map();
    /**
     * @param {string} relation
     * @param {number} neighbor
     */
    const add = (relation, neighbor) => relations.set(relation, [...(relations.get(relation) || []), neighbor]);
    for (const target of mentions[at]) add(isTerm && target < termCount ? words.buildsOn : words.names, target);
    for (const source of mentionedBy[at]) add(isTerm && source < termCount ? words.neededFor : words.namedIn, source);
    return [...relations];
  };

  /**
   * Shows the neighbors of a node in the panel.
   * @param {Graph} graph
   * @param {Panel} panel
   * @param {number} at
   */
  const fillPanel = (graph, { root, status, list }, at) => {
    const { name, kind } = describe(graph, at);
    const relations = neighborsByRelation(graph, at);
    const counts = relations.map(([relation, neighbors]) => `${relation} ${neighbors.length}`).join(" · ");
    status.replaceChildren(makeElement("strong", { textContent: name }), ` (${kind}). `, counts || words.alone);
    const parts = relations.flatMap(([relation, neighbors]) => {
      const items = neighbors.slice(0, MAX_LISTED).map((neighbor) => {
        const link = makeElement("a", { href: graph.nodes[neighbor].href.baseVal, textContent: describe(graph, neighbor).name });
        link.dataset.at = `${neighbor}`;
        return makeElement("li", {}, link);
      });
      const hidden = neighbors.length - MAX_LISTED;
      if (hidden > 0) items.push(makeElement("li", { textContent: `… ${hidden}` }));
      return [makeElement("h2", { textContent: relation }), makeElement("ul", {}, ...items)];
    });
    list.replaceChildren(...parts);
    root.scrollTop = 0;
  };

  /**
   * Returns the line between two nodes.
   * @param {Graph} graph
   * @param {number} from
   * @param {number} to
   */
  const edge = ({ centers }, from, to) => {
    const [[x, y], [toX, toY]] = [centers[from], centers[to]];
    // An edge between nodes below one another is bent, because it would run through the nodes between them.
    const bend = toX === x ? Math.min(90, Math.abs(toY - y) / 2) : 0;
    return `M${x} ${y}Q${(x + toX) / 2 - bend} ${(y + toY) / 2} ${toX} ${toY}`;
  };

  /**
   * Draws every line below the nodes, the more softly the more there are. It is one path, which is painted once.
   * @param {SVGElement} svg
   * @param {Graph} graph
   */
  const drawEdges = (svg, graph) => {
    const lines = graph.mentions.flatMap((targets, from) => targets.map((to) => edge(graph, from, to)));
    const opacity = Math.min(0.4, Math.max(0.08, 60 / lines.length));
    svg.querySelector(".bands")?.after(makeSvg("path", { class: "edges", d: lines.join(""), "stroke-opacity": opacity }));
  };

  /**
   * Hides names that would overlap one before them, if all keep their size at a scale.
   * @param {Element[]} texts The most important first.
   * @param {number} scale
   */
  const keepApart = (texts, scale) => {
    /** @type {{ x: number, y: number, width: number, height: number }[]} */
    const drawn = [];
    for (const text of texts) {
      const lines = [...text.childNodes].map((line) => line.textContent?.length ?? 0);
      const [width, height] = [Math.max(...lines) * LETTER_WIDTH, lines.length * LINE_HEIGHT];
      const start = Number(text.getAttribute("x")) * scale;
      const x = text.getAttribute("text-anchor") === "end" ? start - width : start;
      const y = Number(text.getAttribute("y")) * scale;
      const isFree = drawn.every((other) =>
        x > other.x + other.width || x + width < other.x || Math.abs(y - other.y) > (height + other.height) / 2);
      text.classList.toggle("crowded", !isFree);
      if (isFree) drawn.push({ x, y, width, height });
    }
  };

  /**
   * Returns a function that chooses which names are drawn at a scale: from far away, those of steps, years and categories, and
   * of terms, the most connected first, each if it has room.
   * @param {SVGElement} svg
   * @param {Graph} graph
   */
  const makeNames = (svg, graph) => {
    const terms = graph.nodes.slice(0, graph.termCount).map((node, at) => ({ node, links: neighborsOf(graph, at).length }));
    terms.sort((one, two) => two.links - one.links);
    const names = [...svg.querySelectorAll(".headings text"), ...terms.flatMap(({ node }) => [...node.querySelectorAll("text")])];
    /** @param {number} scale */
    return (scale) => {
      const isFar = scale < MIN_NAMED_SCALE;
      svg.classList.toggle("far", isFar);
      svg.style.fontSize = isFar ? sizeAt(scale) : "";
      if (isFar) keepApart(names, scale);
    };
  };

  /**
   * Returns the size of letters in the picture that keep their size on the screen.
   * @param {number} scale
   */
  const sizeAt = (scale) => `${0.8125 / scale}rem`;

  /**
   * @param {HTMLElement} root
   * @param {Graph} graph
   * @returns {List}
   */
  const makeList = (root, { nodes }) => {
    const numbers = new Map(nodes.map((node, at) => [node.getAttribute("href"), at]));
    /** @param {Element | null} link */
    const nodeOf = (link) => numbers.get(link?.getAttribute("href") ?? "") ?? -1;
    const items = new Map([...root.querySelectorAll(":is(li, dd) > a")].map((link) => [nodeOf(link), /** @type {HTMLElement} */ (link.parentElement)]));
    /** @type {HTMLElement | undefined} */
    let marked;
    /** @type {HTMLDetailsElement | null | undefined} */
    let opened;
    return {
      root,
      nodeOf,
      mark: (at) => {
        marked?.classList.remove("here");
        marked = items.get(at);
        marked?.classList.add("here");
        // A list below the picture, and one that the reader is in, stays as it is.
        if (!marked || getComputedStyle(root).overflowY !== "auto" || root.matches(":hover, :focus-within")) return;
        const fold = marked.closest("details");
        if (fold !== opened) opened?.removeAttribute("open");
        if (fold && !fold.open) {
          fold.open = true;
          opened = fold;
        }
        const { top, height } = root.getBoundingClientRect();
        root.scrollBy({ top: marked.getBoundingClientRect().top - top - height / 3, behavior: "instant" });
      },
    };
  };

  /**
   * @param {Graph} graph
   * @param {Panel} panel
   * @param {List} list
   * @param {Element} parent The element to which the layer is added while a node is selected.
   * @param {{ width: number, height: number }} size
   * @returns {Selection}
   */
  const makeSelection = (graph, panel, list, parent, size) => {
    const edges = makeSvg("path", { class: "lines" });
    const copies = makeSvg("g", {});
    // The selection is drawn in a picture of its own, above a veil: the picture below is not painted again, however large.
    const layer = makeSvg("svg", { class: "front", ...size, "aria-hidden": "true" }, makeSvg("rect", size), edges, copies);
    let selected = -1;
    let scale = 1;
    /**
     * Returns a copy of a node with its name as in the picture, or with the whole name.
     * @param {number} at
     * @param {string} role
     * @param {boolean} isWhole
     */
    const copy = (at, role, isWhole) => {
      const [shape, ...texts] = [...graph.nodes[at].children].slice(1).map((child) => child.cloneNode(true));
      const isCell = /** @type {Element} */ (shape).localName === "rect";
      return makeSvg("g", { class: role }, shape, ...(isWhole && !isCell ? [wholeName(at)] : texts));
    };
    /** @param {number} at */
    const wholeName = (at) => {
      const { name } = describe(graph, at);
      const [x, y] = graph.centers[at];
      // A name that would leave the picture at its right is at the left of its node.
      const isAtEnd = x + name.length * NAME_LETTER / Math.min(1, scale) > size.width && x > size.width / 2;
      return makeSvg("text", { x: isAtEnd ? x - NAME_OFFSET : x + NAME_OFFSET, y, "text-anchor": isAtEnd ? "end" : "start" }, name);
    };
    // The selected node is the last one drawn, and the first to have its name.
    const arrange = () => keepApart([...copies.querySelectorAll("text:not(.count)")].reverse(), scale);
    return {
      current: () => selected,
      select: (at) => {
        if (at === selected) return;
        selected = at;
        const neighbors = neighborsOf(graph, at);
        edges.setAttribute("d", neighbors.map((neighbor) => edge(graph, at, neighbor)).join(""));
        const isNamed = neighbors.length <= MAX_NAMED;
        const near = neighbors.map((neighbor) => copy(neighbor, "near", isNamed && !graph.nodes[neighbor].querySelector("text")));
        copies.replaceChildren(...near, copy(at, "here", true));
        arrange();
        if (!layer.isConnected) parent.append(layer);
        fillPanel(graph, panel, at);
        list.mark(at);
      },
      clear: () => {
        selected = -1;
        list.mark(-1);
        layer.remove();
        panel.status.textContent = words.nothing;
        panel.list.replaceChildren();
      },
      rescale: (to) => {
        scale = to;
        layer.style.fontSize = scale < 1 ? sizeAt(scale) : "";
        arrange();
      },
      mark: (neighbor, isMarked) =>
        copies.children[neighborsOf(graph, selected).indexOf(neighbor)]?.classList.toggle("marked", isMarked),
    };
  };

  /**
   * @param {Graph} graph
   * @param {Selection} selection
   * @returns {Focus}
   */
  const makeFocus = ({ nodes }, selection) => {
    let focused = 0;
    nodes.forEach((node, at) => node.setAttribute("tabindex", at ? "-1" : "0"));
    /** @param {number} at */
    const set = (at) => {
      nodes[focused].setAttribute("tabindex", "-1");
      nodes[at].setAttribute("tabindex", "0");
      focused = at;
    };
    return {
      current: () => focused,
      set,
      move: (at) => {
        set(at);
        nodes[at].focus({ preventScroll: true });
        // Not every browser can scroll to a link in an SVG, but all can scroll to its shape.
        nodes[at].children[1].scrollIntoView({ block: "nearest", inline: "nearest" });
        selection.select(at);
      },
    };
  };

  /**
   * Returns the nearest node in a direction. Distance to the side counts three times, so that the keys move in rows and columns.
   * @param {Graph} graph
   * @param {number} from
   * @param {number[]} direction
   */
  const nearestInDirection = ({ centers }, from, [dx, dy]) => {
    const [x, y] = centers[from];
    let nearest = from;
    let minDistance = Infinity;
    centers.forEach(([toX, toY], to) => {
      const along = (toX - x) * dx + (toY - y) * dy;
      const aside = Math.abs((toX - x) * dy) + Math.abs((toY - y) * dx);
      const distance = along + aside * 3;
      if (along > 0 && distance < minDistance) {
        minDistance = distance;
        nearest = to;
      }
    });
    return nearest;
  };

  /**
   * @param {HTMLElement} frame The element that scrolls.
   * @param {HTMLElement} scaled The element that is scaled by a transform, which does not lay out the picture again.
   * @param {HTMLElement} room An element around it with the size that the picture seems to have.
   * @param {SVGElement} svg
   * @param {Selection} selection
   * @param {Graph} graph
   * @param {{ width: number, height: number }} size
   * @returns {Viewport}
   */
  const makeViewport = (frame, scaled, room, svg, selection, graph, { width, height }) => {
    const drawNames = makeNames(svg, graph);
    let scale = 1;
    // The scale of the names; none are chosen yet.
    let drawnScale = 0;
    /** @type {[number, number, number] | undefined} */
    let pending;
    /**
     * Zooms, and keeps the point (x, y) of the frame in place.
     * @param {number} to
     */
    const zoom = (to, x = frame.clientWidth / 2, y = frame.clientHeight / 2) => {
      const before = scale;
      scale = Math.min(3, Math.max(0.1, to));
      const left = (frame.scrollLeft + x) * (scale / before) - x;
      const top = (frame.scrollTop + y) * (scale / before) - y;
      scaled.style.transform = `scale(${scale})`;
      room.style.inlineSize = `${width * scale}px`;
      room.style.blockSize = `${height * scale}px`;
      if (scale !== drawnScale) {
        drawnScale = scale;
        drawNames(scale);
        selection.rescale(scale);
      }
      frame.scrollTo({ left, top, behavior: "instant" });
    };
    const fit = () => {
      frame.style.blockSize = "";
      zoom(1);
      // The frame keeps the height of the unscaled picture, so that nothing below it moves.
      frame.style.blockSize = `${frame.offsetHeight}px`;
      zoom(Math.min(1, frame.clientWidth / width, frame.clientHeight / height));
    };
    return {
      scale: () => scale,
      zoom,
      // Wheel and touch events come faster than frames, so the last one of a frame counts.
      zoomSoon: (to, clientX, clientY) => {
        const { left, top } = frame.getBoundingClientRect();
        if (!pending) requestAnimationFrame(() => {
          if (pending) zoom(...pending);
          pending = undefined;
        });
        pending = [to, clientX - left, clientY - top];
      },
      nextScale: () => (pending ? pending[0] : scale),
      reveal: (at) => {
        const [x, y] = graph.centers[at].map((center) => center * scale);
        const [left, top] = [frame.scrollLeft, frame.scrollTop];
        const { clientWidth, clientHeight } = frame;
        if (x > left && x < left + clientWidth && y > top && y < top + clientHeight) return;
        frame.scrollTo({ left: x - clientWidth / 2, top: y - clientHeight / 2, behavior: "instant" });
      },
      actions: { in: () => zoom(scale * 1.4), out: () => zoom(scale / 1.4), fit },
    };
  };

  /**
   * @param {HTMLElement} frame
   * @param {Graph} graph
   * @param {Panel} panel
   * @param {Selection} selection
   * @param {Focus} focus
   * @param {Viewport} viewport
   */
  const handleKeys = (frame, graph, panel, selection, focus, viewport) => {
    /** @type {Record<string, number[]>} */
    const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    /**
     * Moves the focus through the links of the panel, and back to the picture at their ends.
     * @param {number} by
     */
    const step = (by) => {
      const links = [...panel.list.querySelectorAll("a")];
      const at = links.findIndex((link) => link === document.activeElement);
      const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
      if (next) next.focus();
      else if (selection.current() >= 0) focus.move(selection.current());
    };
    /**
     * @param {string} key
     * @param {HTMLElement} target
     * @returns {(() => void) | undefined}
     */
    const actionOf = (key, target) => {
      if (frame.contains(target)) {
        if (directions[key]) return () => focus.move(nearestInDirection(graph, focus.current(), directions[key]));
        if (key === "Home") return () => focus.move(0);
        if (key === "End") return () => focus.move(graph.nodes.length - 1);
        if (key === "Escape") return selection.clear;
      }
      if (key === "n" || key === "p") return () => step(key === "n" ? 1 : -1);
      if (key === " " && target.dataset.at) return () => focus.move(Number(target.dataset.at));
      if (key === "Escape") return () => focus.move(focus.current());
      if (key === "+" || key === "=") return viewport.actions.in;
      if (key === "-") return viewport.actions.out;
      if (key === "0") return viewport.actions.fit;
    };
    /** @param {KeyboardEvent} event */
    const handle = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const action = actionOf(event.key, /** @type {HTMLElement} */ (event.target));
      if (!action) return;
      event.preventDefault();
      action();
    };
    frame.addEventListener("keydown", handle);
    panel.root.addEventListener("keydown", handle);
  };

  /**
   * @param {SVGElement} svg
   * @param {Graph} graph
   * @param {Selection} selection
   * @param {Focus} focus
   */
  const handlePointers = (svg, graph, selection, focus) => {
    const numbers = new Map(graph.nodes.map((node, at) => [/** @type {Element} */ (node), at]));
    /**
     * Returns the node that an event is about.
     * @param {Event} event
     */
    const nodeAt = ({ target }) => {
      const node = /** @type {Element} */ (target).closest("a");
      return node ? numbers.get(node) : undefined;
    };
    svg.addEventListener("focusin", (event) => {
      const at = nodeAt(event);
      if (at === undefined) return;
      focus.set(at);
      selection.select(at);
    });
    // A pointer that does not move selects nothing, whatever is scrolled below it.
    let lastPosition = "";
    /** @param {PointerEvent} event */
    const positionOf = ({ screenX, screenY }) => `${screenX} ${screenY}`;
    svg.addEventListener("pointerover", (event) => {
      if (positionOf(event) === lastPosition) return;
      lastPosition = positionOf(event);
      const at = nodeAt(event);
      if (event.pointerType !== "touch" && at !== undefined) selection.select(at);
    });
    svg.addEventListener("pointermove", (event) => {
      lastPosition = positionOf(event);
    });
    // A finger cannot hover: its first tap selects a node, its second follows the link.
    let selectedBefore = -1;
    let isTouch = false;
    svg.addEventListener("pointerdown", (event) => {
      isTouch = event.pointerType === "touch";
      selectedBefore = selection.current();
    });
    svg.addEventListener("click", (event) => {
      const at = nodeAt(event);
      if (at === undefined) selection.clear();
      else if (isTouch && at !== selectedBefore) {
        event.preventDefault();
        selection.select(at);
      }
    });
  };

  /**
   * Marks the neighbor whose link in the panel has the focus or the pointer.
   * @param {Panel} panel
   * @param {Selection} selection
   */
  const handlePanel = (panel, selection) => {
    for (const type of ["focusin", "focusout", "pointerover", "pointerout"]) {
      panel.list.addEventListener(type, ({ target }) => {
        const { at } = /** @type {HTMLElement} */ (target).dataset;
        if (at) selection.mark(Number(at), type === "focusin" || type === "pointerover");
      });
    }
  };

  /**
   * Selects the node whose link in the list has the focus or the pointer.
   * @param {List} list
   * @param {Selection} selection
   * @param {Viewport} viewport
   */
  const handleList = (list, selection, viewport) => {
    for (const type of ["focusin", "pointerover"]) {
      list.root.addEventListener(type, ({ target }) => {
        const at = list.nodeOf(/** @type {Element} */ (target).closest("a"));
        if (at < 0) return;
        selection.select(at);
        viewport.reveal(at);
      });
    }
  };

  /**
   * @param {HTMLElement} frame
   * @param {Viewport} viewport
   */
  const handleWheel = (frame, viewport) =>
    frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const pixels = event.deltaMode ? event.deltaY * 16 : event.deltaY;
      viewport.zoomSoon(viewport.nextScale() * Math.exp(-pixels / 300), event.clientX, event.clientY);
    }, { passive: false });

  /**
   * @param {HTMLElement} frame
   * @param {Viewport} viewport
   */
  const handlePinch = (frame, viewport) => {
    /** @param {TouchEvent} event */
    const measure = ({ touches: [one, two] }) => ({
      distance: Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY),
      x: (one.clientX + two.clientX) / 2,
      y: (one.clientY + two.clientY) / 2,
    });
    /** @type {{ distance: number, scale: number } | undefined} */
    let pinch;
    frame.addEventListener("touchstart", (event) => {
      pinch = event.touches.length === 2 ? { distance: measure(event).distance, scale: viewport.scale() } : undefined;
    }, { passive: true });
    frame.addEventListener("touchmove", (event) => {
      if (!pinch || event.touches.length !== 2) return;
      event.preventDefault();
      const { distance, x, y } = measure(event);
      viewport.zoomSoon(pinch.scale * distance / pinch.distance, x, y);
    }, { passive: false });
  };

  document.addEventListener("DOMContentLoaded", () => {
    const frame = /** @type {HTMLElement} */ (document.getElementById("_map"));
    const svg = /** @type {SVGElement} */ (frame.querySelector("svg"));
    const root = /** @type {HTMLElement} */ (document.getElementById("_map-details"));
    const panel = { root, status: root.children[0], list: root.children[1] };
    const size = { width: Number(svg.getAttribute("width")), height: Number(svg.getAttribute("height")) };
    const scaled = makeElement("div", { className: "scaled" }, svg);
    const room = makeElement("div", { className: "room" }, scaled);
    frame.append(room);

    const graph = readGraph(svg);
    drawEdges(svg, graph);
    const list = makeList(/** @type {HTMLElement} */ (document.getElementById("_map-list")), graph);
    const selection = makeSelection(graph, panel, list, scaled, size);
    const focus = makeFocus(graph, selection);
    const viewport = makeViewport(frame, scaled, room, svg, selection, graph, size);
    handleKeys(frame, graph, panel, selection, focus, viewport);
    handlePointers(svg, graph, selection, focus);
    handlePanel(panel, selection);
    handleList(list, selection, viewport);
    handleWheel(frame, viewport);
    handlePinch(frame, viewport);
    document.querySelector(".map-tools")?.addEventListener("click", ({ target }) => {
      viewport.actions[/** @type {HTMLElement} */ (target).dataset.zoom ?? ""]?.();
    });

    viewport.actions.fit();
    // If the whole picture is too small to read, begin with its top: as wide as the frame, or as on paper on a phone.
    if (viewport.scale() < MIN_NAMED_SCALE) {
      viewport.zoom(frame.clientWidth < NARROW ? READABLE_SCALE : frame.clientWidth / size.width, 0, 0);
    }
    document.documentElement.dataset.ready = "";
  });
})();
