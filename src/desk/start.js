// Stands in the page itself: sets a remembered theme before the first paint, and gets the program after it.
(() => {
  const root = document.documentElement;
  "THEME";

  // What programs have to be, by the names of their files: nothing else is run. Data is checked by those who read it.
  const files = "FILES";

  const link = (rel, href, more) =>
    document.head.append(Object.assign(document.createElement("link"), { rel, href }, more));

  const module = (script, again = "") => {
    link("modulepreload", script + again, { integrity: files[script] });
    return import(new URL(script + again, document.baseURI));
  };

  // Asks for a program; what it gives runs it.
  const get = (name) => {
    const binary = `${name}_bg.wasm`;
    const wasm = fetch(binary, { integrity: files[binary] });
    const script = `${name}.js`;
    // WebKit remembers that a module did not come, and reloads do not make it forget: another name does.
    const glue = module(script).catch(() => module(script, `?${Math.random()}`));
    // What is wrong with either is told when it is to run.
    for (const part of [wasm, glue]) part.catch(() => {});
    return async () => (await glue).default({ module_or_path: wasm });
  };

  // For the program: it can neither ask for a module nor know what one has to be.
  globalThis.notebookLoad = (name) => get(name)();

  // The page opens without a network from then on. A newer build waits until its reader wants it.
  const keep = async () => {
    const workers = "OFFLINE" && navigator.serviceWorker;
    if (!workers) return;
    link("manifest", "MANIFEST");
    const name = { createScriptURL: () => new URL("sw.js", document.baseURI).href };
    const address = globalThis.trustedTypes
      ? trustedTypes.createPolicy("notebook", name).createScriptURL("")
      : name.createScriptURL();
    try {
      const kept = await workers.register(address);
      const told = (worker) => {
        if (worker && worker.state === "installed" && workers.controller) tell("_updated", "UPDATED");
      };
      told(kept.waiting);
      kept.addEventListener("updatefound", () => {
        const worker = kept.installing;
        worker.addEventListener("statechange", () => told(worker));
      });
    } catch {
      // It is not kept: storage is forbidden or full, or the host does not serve it as it should.
    }
  };

  // Says something in its place, with a button that gets the page again.
  const tell = (place, text) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "RELOAD" });
    button.dataset.act = "reload";
    const line = document.createElement("p");
    line.append(text, " ", button);
    document.getElementById(place)?.replaceChildren(line);
  };

  document.addEventListener("click", async ({ target }) => {
    const way = target.closest("[data-act]")?.dataset.act;
    if (!/^(reload|retry|search|cite)$/.test(way)) return;
    const workers = navigator.serviceWorker;
    // What did not work may be what is kept.
    workers?.controller?.postMessage("mend");
    if (way !== "reload") return;
    const waiting = (await workers?.getRegistration().catch(() => {}))?.waiting;
    if (!waiting) return location.reload();
    workers.addEventListener("controllerchange", () => location.reload());
    waiting.postMessage("now");
  });

  // A program that never comes, or the rest of the page, fails with no error: the reader is told all the same.
  const late = () => tell("_updated", "LATE");
  const waiting = setTimeout(late, 8000);

  let run;
  const begin = () => {
    if (run) return;
    run = get("PROGRAM");
    // For the program, which takes it once. It asks by itself for what is not there, and says why it does not come.
    const outline = "OUTLINE";
    if (outline) {
      const first = fetch(outline).then((answer) => answer.ok ? answer.arrayBuffer() : undefined);
      globalThis.notebookOutline = first.catch(() => {});
    }
    // What the page says in another language; English, where it does not come.
    const words = "WORDS";
    if (words) {
      const list = fetch(words).then((answer) => answer.ok ? answer.json() : []);
      globalThis.notebookWords = list.catch(() => []);
    }
    // Styles of what only the program opens.
    const styles = "STYLES";
    if (styles) {
      // Firefox draws nothing while styles are on their way that count at once.
      const all = ({ target }) => (target.media = "all");
      link("stylesheet", styles, { integrity: files[styles], media: "not all", onload: all });
    }
  };

  let started = false;
  const start = () => {
    if (started) return;
    started = true;
    begin();
    run()
      .catch(() => tell("_status", "NO_PROGRAM"))
      .then(() => {
        clearTimeout(waiting);
        document.getElementById("_updated").replaceChildren();
      })
      .then(keep);
  };

  // A page that comes back as it stood: WebKit empties a box that does not remember what was typed.
  addEventListener("pageshow", ({ persisted }) => {
    const box = document.getElementById("SEARCH");
    const words = () => { box.value = new URLSearchParams(location.search).get("q") ?? "" };
    if (persisted && box) setTimeout(words);
  });

  // Text comes before the program that searches it, which comes while the rest of the page does. A browser may not tell
  // when it has painted.
  const painted = new Promise((done) => {
    try {
      new PerformanceObserver(done).observe({ type: "paint", buffered: true });
    } catch {
      requestAnimationFrame(() => setTimeout(done));
    }
  });
  painted.then(begin);
  document.addEventListener("DOMContentLoaded", () => {
    // Half a page is read, and nothing else: the program would look in vain for the rest.
    if (!document.getElementById("END")) return late();
    // A page in the background is not painted.
    if (document.hidden) return start();
    setTimeout(start, 1000);
    painted.then(start);
  });
})();
