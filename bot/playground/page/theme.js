// Runs before the page is drawn, so that a chosen theme doesn't flash. A classic script: modules wait for the document.
try {
  const theme = localStorage.getItem("playground.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be closed to us; the system's theme it is.
}
