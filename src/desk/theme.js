// Stands in the scripts of pages: sets the remembered theme, before anything is drawn.
try {
  const theme = localStorage.getItem("notebook theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
} catch {
  // Storage is forbidden: the system's theme it is.
}
