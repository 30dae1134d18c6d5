// Elements that are pressed: buttons, icon buttons, feedback, the overflow menu.

import { h } from "../dom.js";
import { act } from "./act.js";
import { glyph } from "./icons.js";
import { openPanel } from "./panel.js";
import { inlineText, textOf } from "./text.js";
import { link } from "./tree.js";
import { safeUrl } from "./urls.js";
import { word } from "./words.js";

const PRESSED = new Map();
const STYLES = { __proto__: null, primary: "r-primary", danger: "r-danger" };
const ICONS = { __proto__: null, trash: "trash" };

/** What the shell finds an actionable element by. */
export function marks(place, testid) {
  return { "data-action-id": place.actionId, "data-block-id": place.blockId, "data-testid": testid };
}

export function button(element, place) {
  const { context } = place;
  const url = element.url ? safeUrl(element.url) : null;
  const props = {
    class: `r-button ${STYLES[element.style] ?? ""}`.trim(),
    "aria-label": element.accessibility_label,
    ...marks(place, `button-${place.actionId}`),
  };
  const node = url ? link(url, props) : h("button", { type: "button", ...props });
  inlineText(element.text, context, node);
  node.addEventListener("click", async (event) => {
    const isAsked = url && element.confirm;
    if (isAsked) event.preventDefault();
    const isDone = await act(place, element, { text: element.text, ...valueOf(element) }, node);
    if (isAsked && isDone) globalThis.open(url, "_blank", "noopener,noreferrer");
  });
  return node;
}

function valueOf(element) {
  return element.value === undefined ? {} : { value: element.value };
}

export function iconButton(element, place) {
  const label = element.accessibility_label ?? (textOf(element.text) || word(place.context, "action"));
  const node = h("button", {
    type: "button",
    class: "r-icon-button",
    "aria-label": label,
    title: label,
    ...marks(place, `button-${place.actionId}`),
  });
  node.append(glyph(ICONS[element.icon] ?? "more"));
  node.addEventListener("click", () => act(place, element, { text: element.text, ...valueOf(element) }, node));
  return node;
}

/** Thumbs up and down. Which one was pressed last is remembered until the page goes. */
export function feedbackButtons(element, place) {
  const key = JSON.stringify([place.context.me, place.context.ts, place.blockId, place.actionId]);
  const group = h("span", {
    class: "r-feedback",
    role: "group",
    "aria-label": `${word(place.context, "good")} / ${word(place.context, "bad")}`,
  });
  const press = (side) => {
    PRESSED.set(key, side);
    for (const one of group.children)
      one.setAttribute("aria-pressed", String(one.dataset.testid === `feedback-${side}`));
  };
  for (const side of ["positive", "negative"]) group.append(thumb(element, place, side, press));
  if (PRESSED.has(key)) press(PRESSED.get(key));
  return group;
}

function thumb(element, place, side, press) {
  const option = element[`${side}_button`] ?? {};
  const icon = side === "positive" ? "good" : "bad";
  const label = option.accessibility_label ?? (textOf(option.text) || word(place.context, icon));
  const node = h("button", {
    type: "button",
    class: "r-icon-button",
    "aria-label": label,
    title: label,
    "aria-pressed": "false",
    ...marks(place, `feedback-${side}`),
  });
  node.append(glyph(icon));
  node.addEventListener("click", async () => {
    if (await act(place, element, { text: option.text, value: option.value }, node)) press(side);
  });
  return node;
}

/** The ⋯ menu. */
export function overflow(element, place) {
  const label = element.accessibility_label ?? word(place.context, "more");
  const node = h("button", {
    type: "button",
    class: "r-icon-button r-overflow",
    "aria-label": label,
    title: label,
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    ...marks(place, `button-${place.actionId}`),
  });
  node.append(glyph("more"));
  const box = h("span", { class: "r-anchor" }, node);
  node.addEventListener("click", () => openMenu(element, place, node, box));
  return box;
}

function openMenu(element, place, node, box) {
  const menu = h("div", { class: "r-menu", role: "menu", "aria-label": word(place.context, "more") });
  const panel = openPanel(box, node, menu);
  for (const option of element.options ?? []) menu.append(menuItem(option, element, place, node, panel));
  menu.addEventListener("keydown", (event) => moveInMenu(event, menu));
  panel.place();
  menu.firstElementChild?.focus();
}

function menuItem(option, element, place, node, panel) {
  const url = option.url ? safeUrl(option.url) : null;
  const item = url
    ? link(url, { class: "r-option", role: "menuitem" })
    : h("button", { type: "button", class: "r-option", role: "menuitem" });
  inlineText(option.text, place.context, item);
  item.addEventListener("click", () => {
    panel.close(true);
    act(place, element, { selected_option: option }, node);
  });
  return item;
}

function moveInMenu(event, menu) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const items = [...menu.children];
  items[(items.indexOf(document.activeElement) + by + items.length) % items.length]?.focus();
}
