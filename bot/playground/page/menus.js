// Menus of words, with drawings and details.

import { h } from "./dom.js";
import { openDropMenu } from "./render/drop_menu.js";
import { icon } from "./render/icons.js";

/** A menu at `anchor`; each item {label, icon?, detail?, onSelect}. */
export function openMenu(anchor, label, items) {
  const rows = items.map((item) =>
    h(
      "button",
      {
        type: "button",
        class: "menu-item",
        role: "menuitem",
        tabindex: "-1",
        on: { click: () => (panel.close(true), item.onSelect()) },
      },
      item.icon && icon(item.icon),
      h("span", { class: "menu-words" }, item.label, item.detail && h("span", { class: "menu-detail" }, item.detail)),
    ),
  );
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label }, rows);
  const panel = openDropMenu(anchor, menu, { isAtEnd: true });
}
