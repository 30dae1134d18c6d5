// Small parts of the shell: buttons with a drawing, people's pictures.

import { add, h } from "./dom.js";
import { icon } from "./render/icons.js";

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
