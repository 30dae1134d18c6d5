// Which addresses a message may lead to.

const SCHEMES = new Set(["http:", "https:", "mailto:"]);
const LONGEST = 4000;
const FILES = "/files/";

/** The address to link to, or null: anything but http, https and mailto is shown as text. */
export function safeUrl(text) {
  if (typeof text !== "string" || text.length > LONGEST) return null;
  const url = parsed(text);
  return url && SCHEMES.has(url.protocol) ? url.href : null;
}

/** The address of an image the page may load (a file in the workspace, data:, blob:), or null. */
export function localImage(text, base = globalThis.location?.href) {
  const url = typeof text === "string" ? parsed(text, base) : null;
  if (!url) return null;
  if (url.protocol === "data:") return text.startsWith("data:image/") ? text : null;
  const isFile = url.origin === parsed(base)?.origin && url.pathname.startsWith(FILES);
  return url.protocol === "blob:" || isFile ? url.href : null;
}

function parsed(text, base) {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
