// Elements that are pressed: buttons, icon buttons, feedback, the overflow menu.

import { h } from "../dom.js";
import { act } from "./act.js";
import { openDropMenu } from "./drop_menu.js";
import { icon } from "./icons.js";
import { inlineText, textOf } from "./text.js";
import { link } from "./tree.js";
import { safeUrl } from "./urls.js";
import { word } from "./words.js";

const PRESSED = new Map();
const STYLES = { __proto__: null, primary: "r-primary", danger: "r-danger" };
const ICONS = { __proto__: null, trash: "bin" };

/** What the shell finds an actionable element by. */
export function marks(place, testid) {
  return { "data-action-id": place.actionId, "data-block-id": place.blockId, testid };
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
  node.append(icon(ICONS[element.icon] ?? "more"));
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
    for (const one of group.children) one.setAttribute("aria-pressed", String(one.dataset.side === side));
  };
  for (const side of ["positive", "negative"]) group.append(thumb(element, place, side, press));
  if (PRESSED.has(key)) press(PRESSED.get(key));
  return group;
}

function thumb(element, place, side, press) {
  const option = element[`${side}_button`] ?? {};
  const name = side === "positive" ? "good" : "bad";
  const label = option.accessibility_label ?? (textOf(option.text) || word(place.context, name));
  const node = h("button", {
    type: "button",
    class: "r-icon-button",
    "aria-label": label,
    title: label,
    "aria-pressed": "false",
    dataset: { side },
    ...marks(place, `feedback-${side}`),
  });
  node.append(icon(name));
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
  node.append(icon("more"));
  const box = h("span", { class: "r-anchor" }, node);
  node.addEventListener("click", () => openMenu(element, place, node, box));
  return box;
}

function openMenu(element, place, node, box) {
  const items = (element.options ?? []).map((option) =>
    menuItem(option, element, place, node, () => panel.close(true)),
  );
  const menu = h("div", { class: "r-menu", role: "menu", "aria-label": word(place.context, "more") }, items);
  const panel = openDropMenu(node, menu, { host: box });
}

function menuItem(option, element, place, node, close) {
  const url = option.url ? safeUrl(option.url) : null;
  const item = url
    ? link(url, { class: "r-option", role: "menuitem" })
    : h("button", { type: "button", class: "r-option", role: "menuitem" });
  inlineText(option.text, place.context, item);
  item.addEventListener("click", () => {
    close();
    act(place, element, { selected_option: option }, node);
  });
  return item;
}
