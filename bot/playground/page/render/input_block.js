// The input block: a label, its element, a hint, a place for what is wrong with it.

import { h } from "../dom.js";
import { renderElement } from "./elements.js";
import { inlineText } from "./text.js";
import { word } from "./words.js";

let labels = 0;

export function inputBlock(block, context, blockId) {
  const id = `r-input-${(labels += 1)}`;
  const label = inlineText(block.label, context, h("div", { class: "r-label", id }));
  if (block.optional) label.append(h("span", { class: "r-note" }, ` ${word(context, "optional")}`));
  const triggers = block.element?.dispatch_action_config?.trigger_actions_on ?? [];
  const entered =
    block.dispatch_action &&
    triggers.includes("on_enter_pressed") &&
    h("div", { class: "r-note" }, word(context, "pressEnter"));
  const hint = block.hint && inlineText(block.hint, context, h("div", { class: "r-note", id: `${id}-hint` }));
  const form = {
    dispatches: block.dispatch_action === true,
    labelId: id,
    describedBy: hint ? `${id}-hint ${id}-error` : `${id}-error`,
    isRequired: !block.optional,
  };
  const error = h("div", {
    class: "r-error",
    id: `${id}-error`,
    role: "alert",
    hidden: true,
    "data-error-for": blockId,
  });
  return h(
    "div",
    { class: "r-input" },
    label,
    renderElement(block.element, 0, blockId, context, form),
    entered,
    hint,
    error,
  );
}

/**
 * Says at each input what is wrong with it ({block_id: text}) and goes to the first if `goes`; blocks that aren't
 * named are fine again. Returns whether all are.
 */
export function showErrors(root, errors, goes = true) {
  const slots = [...root.querySelectorAll("[data-error-for]")];
  for (const slot of slots) showError(slot, errors[slot.dataset.errorFor] ?? "");
  const bad = slots.find((slot) => !slot.hidden);
  if (bad && goes) fieldsBeside(bad)[0]?.focus();
  return bad === undefined;
}

function showError(slot, text) {
  slot.textContent = text;
  slot.hidden = text === "";
  slot.parentElement.classList.toggle("r-invalid", !slot.hidden);
  for (const field of fieldsBeside(slot)) {
    if (slot.hidden) field.removeAttribute("aria-invalid");
    else field.setAttribute("aria-invalid", "true");
  }
}

function fieldsBeside(slot) {
  return [...slot.parentElement.querySelectorAll("input, textarea, select, button")];
}
