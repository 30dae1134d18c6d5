// Builds nodes. Nothing in the page makes HTML out of strings.

/** A new element. Props: `class`, `dataset`, `on` {event: listener}, `testid` (what browser tests find), attributes. */
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

/** Makes `nodes` the children, moving as few as there are to move: a node that is moved loses the focus. */
export function arrange(element, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...element.childNodes]) if (!wanted.has(child)) child.remove();
  let cursor = element.firstChild;
  for (const node of nodes) {
    if (node === cursor) cursor = cursor.nextSibling;
    else element.insertBefore(node, cursor);
  }
}

/** Whether a key or an input belongs to an input method that is composing (229: Safari's, behind the composition). */
export function isTyping(event) {
  return event.isComposing || event.keyCode === 229;
}

const FOCUSABLE = [
  "a[href]",
  ...["button", "input", "select", "textarea"].map((tag) => `${tag}:not(:disabled)`),
  "[tabindex]:not([tabindex='-1'])",
].join(", ");

/** Whatever Tab would reach in `root`, in order. */
export function focusable(root) {
  return [...root.querySelectorAll(FOCUSABLE)].filter(
    (element) => element.offsetParent !== null || element === document.activeElement,
  );
}
