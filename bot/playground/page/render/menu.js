// Select menus with one choice from a known list: the browser's own, which every keyboard, phone and reader knows.

import { h } from "../dom.js";
import { act } from "./act.js";
import { marks } from "./buttons.js";
import { SELECTS, initialChoices, knownGroups, stateOf } from "./options.js";
import { registerInput } from "./state.js";
import { textOf } from "./text.js";
import { word } from "./words.js";

export function menu(element, place) {
  const kind = SELECTS[place.type];
  const groups = knownGroups(element, place, kind);
  const choices = groups.flatMap((group) => group.choices);
  const placeholder = textOf(element.placeholder) || word(place.context, "choose");
  const node = h(
    "select",
    {
      class: "r-field r-menu-field",
      autofocus: element.focus_on_load === true,
      "aria-labelledby": place.labelId,
      "aria-label": place.labelId ? null : placeholder,
      "aria-describedby": place.describedBy,
      "aria-required": place.isRequired && "true",
      ...marks(place, `input-${place.actionId}`),
    },
    h("option", { value: "", disabled: place.isRequired, hidden: place.isRequired }, placeholder),
    groups.map(groupNode),
  );
  const initial = initialChoices(element, kind, place.context)[0];
  node.selectedIndex = 1 + choices.findIndex((choice) => choice.value === initial?.value);
  listen(node, element, place, () =>
    stateOf(kind, choices.slice(Math.max(node.selectedIndex - 1, 0), Math.max(node.selectedIndex, 0))),
  );
  return node;
}

function groupNode({ label, choices }) {
  const options = choices.map((choice) =>
    h("option", { value: choice.value, title: choice.description || null }, choice.label),
  );
  return label ? h("optgroup", { label }, options) : options;
}

function listen(node, element, place, read) {
  registerInput(node, place, read);
  let kept = node.selectedIndex;
  node.addEventListener("change", async () => {
    if (place.dispatches && !(await act(place, element, read(), node))) node.selectedIndex = kept;
    kept = node.selectedIndex;
  });
}
