// Part of the loader and of the map's script: applies the remembered color scheme before the first paint.
try {
  const theme = localStorage.getItem("notebook theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden: the page follows the color scheme of the system.
}
