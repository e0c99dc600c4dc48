// Stands in the page of the map: walks in its picture, by pointer, finger and keys. Without it every node is a link.
(() => {
  const root = document.documentElement;
  "THEME";

  // What neighbours are called, and the sentence where there are none.
  const words = "WORDS";
  // Neighbours of one kind that are listed.
  const MOST = 30;
  // What is drawn smaller than this has no names: nobody could read them.
  const FAR = 0.55;
  // What is drawn like this can be read on a phone.
  const READ = 0.85;

  const walk = (frame) => {
    const svg = frame.querySelector("svg");
    const told = document.getElementById("_told");
    const [status, list] = told.children;
    const nodes = [...svg.querySelectorAll("a")];
    const numbers = new Map(nodes.map((node, at) => [node, at]));
    const terms = Number(svg.dataset.terms);
    const names = JSON.parse(svg.dataset.links);
    const namedBy = nodes.map(() => []);
    names.forEach((all, by) => all.forEach((of) => namedBy[of].push(by)));
    const places = nodes.map((node) => {
      const mark = node.querySelector("circle, rect");
      const get = (name) => Number(mark.getAttribute(name));
      return mark.localName === "circle" ? [get("cx"), get("cy")] : [get("x") + get("width") / 2, get("y") + get("height") / 2];
    });
    const [width, height] = ["width", "height"].map((name) => Number(svg.getAttribute(name)));

    const make = (name, attributes, ...inside) => {
      const made = document.createElementNS(svg.namespaceURI, name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      made.append(...inside);
      return made;
    };
    // What is looked at stands in a picture of its own, above a veil: nothing below it is drawn anew, whatever its size.
    const lines = make("path", { class: "lines" });
    const lit = make("g", {});
    const veil = make("rect", { width, height });
    const front = make("svg", { class: "front", width, height, "aria-hidden": "true" }, veil, lines, lit);

    const describe = (at) => {
      const [name, what] = nodes[at].querySelector("title").textContent.split("\n");
      return { name, what };
    };

    // Neighbours by what they are to a node, in words.
    const groups = (at) => {
      const isTerm = at < terms;
      const all = new Map();
      const add = (word, to) => all.set(word, [...(all.get(word) || []), to]);
      for (const to of names[at]) add(isTerm && to < terms ? words.buildsOn : words.names, to);
      for (const by of namedBy[at]) add(isTerm && by < terms ? words.neededFor : words.namedIn, by);
      return [...all];
    };

    const tell = (at) => {
      const { name, what } = describe(at);
      const known = groups(at);
      const counts = known.map(([word, all]) => `${word} ${all.length}`).join(" · ");
      status.replaceChildren(Object.assign(document.createElement("strong"), { textContent: name }), ` (${what}). `, counts || words.alone);
      const parts = known.flatMap(([word, all]) => {
        const items = all.slice(0, MOST).map((to) => {
          const link = Object.assign(document.createElement("a"), { href: nodes[to].href.baseVal, textContent: describe(to).name });
          link.dataset.at = to;
          const item = document.createElement("li");
          item.append(link);
          return item;
        });
        if (all.length > MOST) items.push(Object.assign(document.createElement("li"), { textContent: `… ${all.length - MOST}` }));
        const entries = document.createElement("ul");
        entries.append(...items);
        return [Object.assign(document.createElement("h2"), { textContent: word }), entries];
      });
      list.replaceChildren(...parts);
      told.scrollTop = 0;
    };

    const copy = (at, name) => make("g", { class: name }, ...[...nodes[at].children].slice(1).map((child) => child.cloneNode(true)));

    let here = -1;
    const show = (at) => {
      if (at === here) return;
      here = at;
      const [x, y] = places[at];
      const near = [...new Set([...names[at], ...namedBy[at]])].filter((to) => to !== at);
      const line = (to) => {
        const [tx, ty] = places[to];
        // What stands below one another would have its line run through what is between.
        const bend = tx === x ? Math.min(90, Math.abs(ty - y) / 2) : 0;
        return `M${x} ${y}Q${(x + tx) / 2 - bend} ${(y + ty) / 2} ${tx} ${ty}`;
      };
      lines.setAttribute("d", near.map(line).join(""));
      lit.replaceChildren(...near.map((to) => copy(to, "near")), copy(at, "here"));
      if (!front.isConnected) scaled.append(front);
      tell(at);
    };
    const clear = () => {
      here = -1;
      front.remove();
      status.textContent = words.nothing;
      list.replaceChildren();
    };

    // One stop for the Tab key: where the focus was last.
    let stop = 0;
    nodes.forEach((node, at) => node.setAttribute("tabindex", at ? -1 : 0));
    const stopAt = (at) => {
      nodes[stop].setAttribute("tabindex", -1);
      nodes[at].setAttribute("tabindex", 0);
      stop = at;
    };
    const go = (at) => {
      stopAt(at);
      nodes[at].focus({ preventScroll: true });
      // A link in a picture has no place of its own in every browser; what it shows has.
      nodes[at].children[1].scrollIntoView({ block: "nearest", inline: "nearest" });
      show(at);
    };

    // The nearest node on one side: what is off to the side counts as further away.
    const beside = (from, dx, dy) => {
      const [x, y] = places[from];
      let best = from;
      let least = Infinity;
      places.forEach(([tx, ty], to) => {
        const along = (tx - x) * dx + (ty - y) * dy;
        const off = Math.abs((tx - x) * dy) + Math.abs((ty - y) * dx);
        const far = along + off * 3;
        if (along > 0 && far < least) {
          least = far;
          best = to;
        }
      });
      return best;
    };

    // The picture itself keeps its size, so that nothing in it is laid out anew; there is as much room as it seems to take.
    const room = Object.assign(document.createElement("div"), { className: "room" });
    const scaled = Object.assign(document.createElement("div"), { className: "scaled" });
    frame.append(room);
    room.append(scaled);
    scaled.append(svg);
    let scale = 1;
    // Keeps what stands at a point of the frame where it is.
    const zoom = (to, x = frame.clientWidth / 2, y = frame.clientHeight / 2) => {
      const before = scale;
      scale = Math.min(3, Math.max(0.1, to));
      const left = (frame.scrollLeft + x) * (scale / before) - x;
      const top = (frame.scrollTop + y) * (scale / before) - y;
      scaled.style.transform = `scale(${scale})`;
      room.style.inlineSize = `${width * scale}px`;
      room.style.blockSize = `${height * scale}px`;
      svg.classList.toggle("far", scale < FAR);
      // Names that are looked at are read at any size.
      front.style.fontSize = scale < 1 ? `${0.8125 / scale}rem` : "";
      frame.scrollTo({ left, top, behavior: "instant" });
    };
    // The frame is as high as the picture could want it, so that nothing below it moves.
    const fit = () => {
      frame.style.blockSize = "";
      zoom(1);
      frame.style.blockSize = `${frame.offsetHeight}px`;
      zoom(Math.min(1, frame.clientWidth / width, frame.clientHeight / height));
    };
    // All of it, or where that had no names the beginning of it, so that there is something to read.
    const begin = () => {
      fit();
      if (scale < FAR) zoom(READ, 0, 0);
    };
    const zooms = { in: () => zoom(scale * 1.4), out: () => zoom(scale / 1.4), fit };

    const links = () => [...list.querySelectorAll("a")];
    const step = (by) => {
      const all = links();
      const at = all.indexOf(document.activeElement);
      const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
      if (next) next.focus();
      else if (here >= 0) go(here);
    };

    const sides = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const keys = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { key, target } = event;
      const inPicture = frame.contains(target);
      const does = () => {
        if (inPicture && sides[key]) return () => go(beside(stop, ...sides[key]));
        if (inPicture && key === "Home") return () => go(0);
        if (inPicture && key === "End") return () => go(nodes.length - 1);
        if (key === "n" || key === "p") return () => step(key === "n" ? 1 : -1);
        if (key === " " && target.dataset.at) return () => go(Number(target.dataset.at));
        if (key === "Escape") return inPicture ? clear : () => go(stop);
        if (key === "+" || key === "=") return zooms.in;
        if (key === "-") return zooms.out;
        if (key === "0") return zooms.fit;
      };
      const act = does();
      if (!act) return;
      event.preventDefault();
      act();
    };
    frame.addEventListener("keydown", keys);
    told.addEventListener("keydown", keys);

    const at = (event) => numbers.get(event.target.closest("a"));
    svg.addEventListener("focusin", (event) => {
      stopAt(at(event));
      show(at(event));
    });
    // A pointer that rests points at nothing new, whatever is scrolled under it.
    let rested = "";
    svg.addEventListener("pointerover", (event) => {
      const spot = `${event.screenX} ${event.screenY}`;
      if (spot === rested) return;
      rested = spot;
      if (event.pointerType !== "touch" && at(event) !== undefined) show(at(event));
    });
    svg.addEventListener("pointermove", (event) => (rested = `${event.screenX} ${event.screenY}`));
    // A finger cannot point: its first tap shows, its second follows.
    let shown = -1;
    let byTouch = false;
    svg.addEventListener("pointerdown", (event) => {
      byTouch = event.pointerType === "touch";
      shown = here;
    });
    svg.addEventListener("click", (event) => {
      const on = at(event);
      if (on === undefined) clear();
      else if (byTouch && on !== shown) {
        event.preventDefault();
        show(on);
      }
    });
    // The neighbour that is looked at in words is the one in the picture.
    const mark = ({ target, type }) => {
      const order = [...new Set([...names[here] || [], ...namedBy[here] || []])].filter((to) => to !== here);
      const copied = target.dataset.at && lit.children[order.indexOf(Number(target.dataset.at))];
      if (copied) copied.classList.toggle("marked", type === "focusin" || type === "pointerover");
    };
    for (const type of ["focusin", "focusout", "pointerover", "pointerout"]) list.addEventListener(type, mark);

    // Sizes that come faster than frames are drawn once a frame.
    let wanted;
    const later = (to, x, y) => {
      const { left, top } = frame.getBoundingClientRect();
      if (!wanted) requestAnimationFrame(() => {
        zoom(...wanted);
        wanted = undefined;
      });
      wanted = [to, x - left, y - top];
    };
    frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const pixels = event.deltaMode ? event.deltaY * 16 : event.deltaY;
      later((wanted ? wanted[0] : scale) * Math.exp(-pixels / 300), event.clientX, event.clientY);
    }, { passive: false });

    let pinch;
    const fingers = ({ touches: [one, two] }) => ({
      apart: Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY),
      x: (one.clientX + two.clientX) / 2,
      y: (one.clientY + two.clientY) / 2,
    });
    frame.addEventListener("touchstart", (event) => {
      pinch = event.touches.length === 2 ? { ...fingers(event), scale } : undefined;
    }, { passive: true });
    frame.addEventListener("touchmove", (event) => {
      if (!pinch || event.touches.length !== 2) return;
      event.preventDefault();
      const { apart, x, y } = fingers(event);
      later(pinch.scale * apart / pinch.apart, x, y);
    }, { passive: false });

    document.querySelector(".map-tools").addEventListener("click", ({ target }) => {
      const act = zooms[target.dataset.zoom];
      if (act) act();
    });
    begin();
    root.dataset.ready = "";
  };

  document.addEventListener("DOMContentLoaded", () => walk(document.getElementById("_map")));
})();
