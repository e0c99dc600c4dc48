// Stands in the page itself: sets a remembered theme before the first paint, and gets the program after it.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("notebook theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage is forbidden: the system's theme it is.
  }

  // What programs have to be, by the names of their files: nothing else is run. Data is checked by those who read it.
  const files = "FILES";

  const link = (rel, href, more) =>
    document.head.append(Object.assign(document.createElement("link"), { rel, href }, more));

  // A module that did not come is remembered under its name by some browsers: another try asks by another one.
  const load = async (name, again = "") => {
    const binary = `${name}_bg.wasm`;
    const wasm = fetch(binary, { integrity: files[binary] });
    // What is wrong with it is told below.
    wasm.catch(() => {});
    const script = `${name}.js`;
    link("modulepreload", script + again, { integrity: files[script] });
    const { default: init } = await import(new URL(script + again, document.baseURI));
    return init({ module_or_path: wasm });
  };

  // For the program: it can neither ask for a module nor know what one has to be.
  globalThis.notebookLoad = load;

  const start = () => {
    const outline = "OUTLINE";
    if (outline) link("preload", outline, { as: "fetch", crossOrigin: "anonymous" });
    load("PROGRAM").catch(() => {
      document.getElementById("_status").textContent = "NO_PROGRAM";
    });
  };

  // Text comes before the program that searches it. A page in the background is not painted.
  document.addEventListener("DOMContentLoaded", () =>
    document.hidden ? start() : requestAnimationFrame(() => setTimeout(start)),
  );
})();
