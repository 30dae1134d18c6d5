// Select menus that search, or hold several choices: a field, a list that opens below it, chips.

import { h, isTyping } from "../dom.js";
import { act } from "./act.js";
import { marks } from "./buttons.js";
import { icon } from "./icons.js";
import { SELECTS, groupsFor, initialChoices, stateOf } from "./options.js";
import { openPanel } from "./panel.js";
import { registerInput } from "./state.js";
import { textOf } from "./text.js";
import { word } from "./words.js";

const EXTERNAL_QUERY_LENGTH = 3;
let lists = 0;

export function select(element, place) {
  return new Select(element, place).box;
}

class Select {
  constructor(element, place) {
    this.element = element;
    this.place = place;
    this.kind = SELECTS[place.type];
    this.chosen = initialChoices(element, this.kind, place.context);
    this.panel = null;
    this.asked = 0;
    this.active = -1;
    this.input = this.field();
    this.chips = h("span", { class: "r-chips" });
    this.box = h(
      "span",
      { class: "r-select" },
      this.kind.isMany && this.chips,
      h("span", { class: "r-select-line" }, this.input, icon("down")),
    );
    registerInput(this.box, place, () => stateOf(this.kind, this.chosen));
    this.listen();
    this.show();
  }

  field() {
    const { labelId, describedBy, actionId, context } = this.place;
    const placeholder = textOf(this.element.placeholder) || word(context, "choose");
    return h("input", {
      type: "text",
      class: "r-field",
      role: "combobox",
      autocomplete: "off",
      placeholder,
      autofocus: this.element.focus_on_load === true,
      "aria-labelledby": labelId,
      "aria-label": labelId ? null : placeholder,
      "aria-describedby": describedBy,
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      ...marks(this.place, `input-${actionId}`),
    });
  }

  listen() {
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("input", (event) => isTyping(event) || this.search(this.input.value));
    this.input.addEventListener("compositionend", () => this.search(this.input.value));
    this.input.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** The field and the chips, as things are chosen now. */
  show() {
    this.input.value = this.kind.isMany ? "" : (this.chosen[0]?.label ?? "");
    this.chips.replaceChildren(...this.chosen.map((choice) => this.chip(choice)));
  }

  chip(choice) {
    const label = `${word(this.place.context, "remove")}: ${choice.label}`;
    const remove = h(
      "button",
      { type: "button", class: "r-chip-remove", "aria-label": label, on: { click: () => this.take(choice) } },
      icon("close"),
    );
    return h("span", { class: "r-chip" }, choice.label, remove);
  }

  open() {
    if (this.panel) return;
    const id = `r-list-${(lists += 1)}`;
    this.list = h("div", {
      class: "r-listbox",
      role: "listbox",
      id,
      "aria-multiselectable": this.kind.isMany && "true",
    });
    this.list.setAttribute("aria-label", this.input.placeholder);
    this.panel = openPanel({
      anchor: this.input,
      content: this.list,
      host: this.box,
      zone: this.box,
      onClose: () => this.closed(),
    });
    this.input.setAttribute("aria-controls", id);
    this.input.select();
    this.search("");
  }

  closed() {
    this.panel = null;
    this.asked += 1;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.show();
  }

  /** Lists what fits; an answer that has been overtaken by the next question is dropped. */
  async search(query) {
    if (!this.panel) this.open();
    const ticket = (this.asked += 1);
    const needed = this.element.min_query_length ?? EXTERNAL_QUERY_LENGTH;
    if (this.kind.source === "external" && query.length < needed) return this.note("typeMore");
    if (this.kind.source === "external") this.note("loading");
    try {
      const groups = await groupsFor(this.element, this.place, this.kind, query);
      if (ticket === this.asked) this.fill(groups);
    } catch {
      if (ticket === this.asked) this.note("optionsFailed");
    }
    return undefined;
  }

  note(name) {
    this.active = -1;
    this.list.replaceChildren(
      h("div", { class: "r-note r-list-note", role: "status" }, word(this.place.context, name)),
    );
    this.panel.place();
  }

  fill(groups) {
    if (!groups.some((group) => group.choices.length)) return this.note("nothingFound");
    this.list.replaceChildren();
    for (const { label, choices } of groups) {
      const items = choices.map((choice) => this.option(choice));
      this.list.append(
        label
          ? h("div", { role: "group", "aria-label": label }, h("div", { class: "r-group-label" }, label), items)
          : h("div", { role: "presentation" }, items),
      );
    }
    this.activate(0);
    return this.panel.place();
  }

  option(choice) {
    const isChosen = this.chosen.some((one) => one.value === choice.value);
    const item = h(
      "div",
      {
        class: "r-option",
        role: "option",
        id: `${this.list.id}-${choice.value}`,
        "aria-selected": String(isChosen),
        "data-value": choice.value,
      },
      h("span", {}, choice.label),
    );
    if (choice.description) item.append(h("span", { class: "r-note" }, choice.description));
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => this.take(choice));
    return item;
  }

  options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  activate(index) {
    const options = this.options();
    this.active = options.length ? (index + options.length) % options.length : -1;
    options.forEach((option, at) => option.classList.toggle("r-active", at === this.active));
    const option = options[this.active];
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
  }

  onKey(event) {
    if (isTyping(event)) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      if (this.panel) this.activate(this.active + by);
      else this.open();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.panel) this.options()[this.active]?.click();
      else this.open();
    } else if (event.key === "Backspace" && this.kind.isMany && !this.input.value && this.chosen.length) {
      this.take(this.chosen.at(-1));
    }
  }

  /** Chooses, or gives up what was chosen where several may be. Taken back where the confirm dialog says no. */
  async take(choice) {
    const before = this.chosen;
    this.chosen = this.kind.isMany ? this.toggled(choice) : [choice];
    this.panel?.close(true);
    this.show();
    if (!this.place.dispatches) return;
    const isDone = await act(this.place, this.element, stateOf(this.kind, this.chosen), this.input);
    if (!isDone) this.chosen = before;
    this.show();
  }

  toggled(choice) {
    if (this.chosen.some((one) => one.value === choice.value))
      return this.chosen.filter((one) => one.value !== choice.value);
    const most = this.element.max_selected_items ?? Infinity;
    return this.chosen.length < most ? [...this.chosen, choice] : this.chosen;
  }
}
