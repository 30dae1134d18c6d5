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
    describedBy: `${id}-hint ${id}-error`,
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

/** Shows what a submission was refused for: {block_id: text}; blocks that aren't named are fine again. */
export function showErrors(root, errors) {
  for (const slot of root.querySelectorAll("[data-error-for]")) {
    const text = errors?.[slot.dataset.errorFor];
    slot.textContent = text ?? "";
    slot.hidden = !text;
    slot.parentElement.classList.toggle("r-invalid", Boolean(text));
  }
}
