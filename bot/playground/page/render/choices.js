// Checkboxes and radio buttons.

import { h } from "../dom.js";
import { act } from "./act.js";
import { marks } from "./buttons.js";
import { registerInput } from "./state.js";
import { inlineText } from "./text.js";

let groups = 0;

export function checkboxes(element, place) {
  const chosen = new Set((element.initial_options ?? []).map((option) => option.value));
  const read = () => ({ selected_options: picked(box, element) });
  const box = group(element, place, "checkbox", (option) => chosen.has(option.value), read);
  return box;
}

export function radioButtons(element, place) {
  const read = () => ({ selected_option: picked(box, element)[0] ?? null });
  const box = group(element, place, "radio", (option) => option.value === element.initial_option?.value, read);
  return box;
}

function picked(box, element) {
  const inputs = [...box.querySelectorAll("input")];
  return (element.options ?? []).filter((_, index) => inputs[index].checked);
}

function group(element, place, type, isChosen, read) {
  const role = type === "radio" ? "radiogroup" : "group";
  const box = h("div", {
    class: "r-choices",
    role,
    "aria-labelledby": place.labelId,
    "aria-describedby": place.describedBy,
    ...marks(place, `input-${place.actionId}`),
  });
  const name = `r-choice-${(groups += 1)}`;
  for (const option of element.options ?? []) box.append(choice(option, type, name, isChosen(option), place));
  registerInput(box, place, read);
  const inputs = [...box.querySelectorAll("input")];
  let kept = inputs.map((input) => input.checked);
  box.addEventListener("change", async () => {
    const isTakenBack = place.dispatches && !(await act(place, element, read(), box));
    if (isTakenBack) inputs.forEach((input, index) => (input.checked = kept[index]));
    kept = inputs.map((input) => input.checked);
  });
  return box;
}

function choice(option, type, name, isChecked, place) {
  const input = h("input", { type, name, value: option.value, checked: isChecked });
  const text = h("span", { class: "r-choice-text" }, inlineText(option.text, place.context));
  if (option.description) text.append(inlineText(option.description, place.context, h("span", { class: "r-note" })));
  return h("label", { class: "r-choice" }, input, text);
}
