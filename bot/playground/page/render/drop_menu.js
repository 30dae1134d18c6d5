// A menu that opens at a button: arrows move in it, Tab and Escape lead back, and so does the button.

import { openPanel } from "./panel.js";

const OPEN = new WeakMap();

/** Shows `menu` (its items have role=menuitem, `columns` of them side by side) at `anchor` -> its panel, or null. */
export function openDropMenu(anchor, menu, { host = document.body, columns = 1, isAtEnd = false } = {}) {
  if (OPEN.has(anchor)) return void OPEN.get(anchor).close(true);
  const panel = openPanel({ anchor, content: menu, host, isAtEnd, onClose: () => OPEN.delete(anchor) });
  OPEN.set(anchor, panel);
  const items = [...menu.querySelectorAll("[role=menuitem]")];
  menu.addEventListener("keydown", (event) => onKey(event, panel, items, columns));
  items[0]?.focus();
  return panel;
}

function onKey(event, panel, items, columns) {
  const by = { ArrowDown: columns, ArrowUp: -columns, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by === undefined && event.key !== "Tab") return;
  event.preventDefault();
  if (event.key === "Tab") return panel.close(true);
  const at = items.indexOf(document.activeElement) + by;
  items[(at + items.length) % items.length].focus();
}
