// What the browser remembers: who speaks, language, theme, drafts, what was read. Without storage, until the page goes.

const PREFIX = "playground.";
const fallback = new Map();

export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name) ?? fallback.get(name) ?? null;
  } catch {
    return fallback.get(name) ?? null;
  }
}

export function remember(name, value) {
  if (value === null || value === "") fallback.delete(name);
  else fallback.set(name, value);
  try {
    if (value === null || value === "") localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // Full or closed storage: the copy above serves this page.
  }
}

/** Which theme is seen now. */
export function theme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen) return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function switchTheme() {
  const next = theme() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  remember("theme", next);
}
