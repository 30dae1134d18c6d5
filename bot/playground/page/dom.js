// Builds nodes. Nothing in the page makes HTML out of strings.

const SVG = "http://www.w3.org/2000/svg";

/** A new element. Props: `class`, `dataset`, `on` {event: listener}, DOM properties where they exist, else attributes. */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) set(element, name, value);
  add(element, children);
  return element;
}

function set(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "class") element.className = value;
  else if (name === "dataset") Object.assign(element.dataset, value);
  else if (name === "on")
    for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
  else if (name === "testid") element.dataset.testid = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** Appends nodes, texts and (nested) lists of them; skips null, undefined and false. */
export function add(element, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

const PATHS = {
  send: "M4 12 20 4l-4 16-4-7z M12 13l8-9",
  clip: "M20 11.5 12 19.5a5 5 0 0 1-7-7l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7L9.8 17a1.6 1.6 0 0 1-2.3-2.3L15 7.2",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M8.5 14.5a4.5 4.5 0 0 0 7 0 M9 9.5h.01 M15 9.5h.01",
  thread: "M4 5h16v11h-9l-4 4v-4H4z M8 9h8 M8 12h5",
  pen: "M4 20l1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L8 19z M14 7l3 3",
  bin: "M4 7h16 M9 7V4h6v3 M6 7l1 13h10l1-13 M10 11v6 M14 11v6",
  more: "M4.4 12a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0z M11.2 12a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0z M18 12a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0z",
  close: "M6 6l12 12 M18 6 6 18",
  back: "M15 5l-7 7 7 7",
  menu: "M4 7h16 M4 12h16 M4 17h16",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7z M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  down: "M12 5v14 M6 13l6 6 6-6",
  hash: "M9 4 7 20 M17 4l-2 16 M4 9h17 M3 15h17",
  bot: "M5 9h14v10H5z M12 9V5 M12 4h.01 M9 13v2 M15 13v2 M2.5 13v3 M21.5 13v3",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M12 2v2 M12 20v2 M2 12h2 M20 12h2 M5 5l1.4 1.4 M17.6 17.6 19 19 M5 19l1.4-1.4 M17.6 6.4 19 5",
  keys: "M3 6h18v12H3z M7 10h.01 M11 10h.01 M15 10h.01 M8 14h8",
  at: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M16 8v5a2.5 2.5 0 0 0 5 0v-1a9 9 0 1 0-3.5 7.1",
  slash: "M15 5 9 19",
  bolt: "M13 3 5 14h6l-1 7 8-11h-6z",
  stop: "M7 7h10v10H7z",
  file: "M6 3h8l4 4v14H6z M14 3v4h4",
  copy: "M9 9h11v11H9z M5 15H4V4h11v1",
  list: "M8 6h12 M8 12h12 M8 18h12 M4 6h.01 M4 12h.01 M4 18h.01",
};

/** A line drawing, hidden from screen readers: whatever holds it has a name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows a drawing and is called `label`. */
export function iconButton(name, label, onClick, props = {}) {
  return h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, ...props, on: { click: onClick } },
    icon(name),
  );
}

/** Whom a message is from, drawn: initials on their colour, a robot for an app. */
export function avatar(user, size = "") {
  const box = h("span", { class: `avatar ${size}`, "aria-hidden": "true" });
  box.style.background = `#${/^[0-9a-f]{6}$/i.test(user.color ?? "") ? user.color : "4a6fa5"}`;
  return add(box, user.is_bot ? icon("bot") : initials(user.real_name || user.name || "?"));
}

function initials(name) {
  if (/[가-힣]/.test(name)) return name.replace(/\s/g, "").slice(-2);
  return name
    .split(/[\s._-]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => word[0].toUpperCase())
    .join("");
}

/** Whether a key or an input belongs to an input method that is composing (229: Safari's, behind the composition). */
export function isTyping(event) {
  return event.isComposing || event.keyCode === 229;
}

const FOCUSABLE =
  "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex='-1'])";

/** Whatever Tab would reach in `root`, in order. */
export function focusable(root) {
  return [...root.querySelectorAll(FOCUSABLE)].filter(
    (element) => element.offsetParent !== null || element === document.activeElement,
  );
}
