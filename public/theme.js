// Sets a remembered theme before the first paint. The page's program does all the rest.
try {
  const theme = localStorage.getItem("notebook theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden: the system's theme it is.
}
