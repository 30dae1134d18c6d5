// Small things that open at a button: menus and boards. One at a time; Escape or a click elsewhere closes it.

import { h, icon } from "./dom.js";

const GAP_PX = 4;
let open = null;

/** Shows `content` at `anchor`; arrows move among its buttons, by `columns` up and down. Returns {close}. */
export function openPopup(anchor, content, { columns = 1 } = {}) {
  const isSame = open?.anchor === anchor;
  open?.close();
  if (isSame) return { close() {} };
  const box = h("div", { class: "popup" }, content);
  const popup = { anchor, close: (returnsFocus = true) => close(popup, box, returnsFocus) };
  open = popup;
  anchor.setAttribute("aria-expanded", "true");
  document.body.append(box);
  place(box, anchor);
  const buttons = [...box.querySelectorAll("button")];
  box.addEventListener("keydown", (event) => onKey(event, popup, buttons, columns));
  popup.outside = (event) => !box.contains(event.target) && !anchor.contains(event.target) && popup.close(false);
  popup.moved = () => (anchor.isConnected ? place(box, anchor) : popup.close(false));
  document.addEventListener("pointerdown", popup.outside, true);
  document.addEventListener("scroll", popup.moved, true);
  addEventListener("resize", popup.moved);
  buttons[0]?.focus();
  return popup;
}

function close(popup, box, returnsFocus) {
  if (open !== popup) return;
  open = null;
  box.remove();
  popup.anchor.removeAttribute("aria-expanded");
  document.removeEventListener("pointerdown", popup.outside, true);
  document.removeEventListener("scroll", popup.moved, true);
  removeEventListener("resize", popup.moved);
  if (returnsFocus && popup.anchor.isConnected) popup.anchor.focus();
}

function place(box, anchor) {
  const at = anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const below = at.bottom + GAP_PX + height < innerHeight;
  box.style.top = `${Math.max(8, below ? at.bottom + GAP_PX : at.top - height - GAP_PX)}px`;
  box.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`;
}

function onKey(event, popup, buttons, columns) {
  const steps = { ArrowDown: columns, ArrowUp: -columns, ArrowRight: 1, ArrowLeft: -1 };
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    popup.close();
  } else if (event.key in steps) {
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement) + steps[event.key];
    buttons[(at + buttons.length) % buttons.length].focus();
  }
}

/** A menu of words at `anchor`; each item {label, icon?, detail?, isDanger?, onSelect}. */
export function openMenu(anchor, label, items) {
  const rows = items.map((item) =>
    h(
      "button",
      {
        type: "button",
        class: item.isDanger ? "menu-item danger" : "menu-item",
        role: "menuitem",
        tabindex: "-1",
        on: { click: () => (popup.close(), item.onSelect()) },
      },
      item.icon && icon(item.icon),
      h("span", { class: "menu-words" }, item.label, item.detail && h("span", { class: "menu-detail" }, item.detail)),
    ),
  );
  const popup = openPopup(anchor, h("div", { class: "menu", role: "menu", "aria-label": label }, rows));
}
