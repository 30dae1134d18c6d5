// What to offer while somebody types: people after @, channels after #, commands after / at the start.

import { add, h } from "./dom.js";
import { avatar } from "./parts.js";
import { icon } from "./render/icons.js";
import { t } from "./words.js";

const MOST = 8;
const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";

const folded = (text) => text.normalize("NFKD").toLowerCase();
const initialsOf = (name) =>
  [...name].map((c) => (/[가-힣]/.test(c) ? INITIALS[Math.floor((c.codePointAt(0) - 0xac00) / 588)] : c)).join("");

/** Whether a name answers to what has been typed so far; 미, 김ㅁ and ㄱㅁㅈ all find 김민준. */
export function matches(name, typed) {
  return folded(name).includes(folded(typed)) || (/^[ㄱ-ㅎ]+$/.test(typed) && initialsOf(name).includes(typed));
}

/** What to offer at the caret: {from, to, items: [{insert, label, detail?, user?, icon?}], isExact} or null. */
export function suggestionsAt(text, caret, store, isThread) {
  const before = text.slice(0, caret);
  const command = isThread ? null : /^\/(\S*)$/.exec(before);
  if (command) return offer(0, caret, command[0], commandsFor(command[1], store));
  const sign = /(?:^|[^\w@#/])([@#])([^\s@#]{0,40})$/.exec(before);
  if (!sign) return null;
  const from = caret - sign[2].length - 1;
  const items = sign[1] === "@" ? peopleFor(sign[2], store) : channelsFor(sign[2], store);
  return offer(from, caret, sign[1] + sign[2], items);
}

function offer(from, to, typed, items) {
  if (items.length === 0) return null;
  const isExact = items.some((item) => item.names.some((name) => name.toLowerCase() === typed.toLowerCase()));
  return { from, to, items: items.slice(0, MOST), isExact };
}

function commandsFor(typed, store) {
  return store.features.commands
    .filter(({ command }) => command.slice(1).toLowerCase().startsWith(typed.toLowerCase()))
    .map(({ command, description, usage_hint: usage }) => ({
      insert: `${command} `,
      names: [command],
      label: `${command} ${usage ? usage : ""}`.trim(),
      detail: description,
      icon: "slash",
    }));
}

function peopleFor(typed, store) {
  const found = [...store.users.values()].filter((user) =>
    [user.name, user.real_name].some((name) => matches(name ?? "", typed)),
  );
  const order = (user) => (user.id === store.app.user ? 0 : user.id === store.me ? 2 : 1);
  return found
    .sort((a, b) => order(a) - order(b))
    .map((user) => ({
      insert: `@${store.nameOf(user.id)} `,
      names: [`@${user.name}`, `@${user.real_name}`],
      label: store.nameOf(user.id),
      detail: user.is_bot ? t("app") : user.title,
      user,
    }));
}

function channelsFor(typed, store) {
  return [...store.channels.values()]
    .filter((channel) => channel.kind !== "im" && matches(channel.name, typed))
    .map((channel) => ({
      insert: `#${channel.name} `,
      names: [`#${channel.name}`],
      label: channel.name,
      detail: channel.topic,
      icon: "hash",
    }));
}

let numbers = 0;

/** The list above a message box: a combobox's listbox. */
export class SuggestList {
  /** `onChoose(item, offer)` when somebody has chosen. */
  constructor(area, onChoose) {
    this.area = area;
    this.onChoose = onChoose;
    this.id = `suggest-${(numbers += 1)}`;
    this.element = h("div", {
      class: "suggest",
      role: "listbox",
      id: this.id,
      "aria-label": t("suggestions"),
      testid: "suggestions",
      hidden: true,
    });
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.id,
    }))
      area.setAttribute(name, value);
    this.offer = null;
  }

  get isOpen() {
    return this.offer !== null;
  }

  show(offer) {
    this.offer = offer;
    this.at = 0;
    this.element.hidden = offer === null;
    this.area.setAttribute("aria-expanded", String(offer !== null));
    if (offer === null) return this.area.removeAttribute("aria-activedescendant");
    this.element.replaceChildren(...offer.items.map((item, at) => this.row(item, at)));
    this.mark();
  }

  row(item, at) {
    const row = h("div", { class: "suggest-row", role: "option", id: `${this.id}-${at}` });
    row.addEventListener("pointerdown", (event) => (event.preventDefault(), this.choose(at)));
    return add(
      row,
      item.user ? avatar(item.user, "small") : icon(item.icon),
      h("span", { class: "suggest-label" }, item.label),
      item.detail && h("span", { class: "suggest-detail" }, item.detail),
    );
  }

  mark() {
    [...this.element.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === this.at)));
    this.element.children[this.at].scrollIntoView({ block: "nearest" });
    this.area.setAttribute("aria-activedescendant", `${this.id}-${this.at}`);
  }

  choose(at) {
    const { offer } = this;
    this.show(null);
    this.onChoose(offer.items[at], offer);
  }

  /** Takes a key if it is one for the list. An Enter after a whole name is none: there is nothing to complete. */
  takes(event) {
    if (!this.isOpen) return false;
    const count = this.offer.items.length;
    if (event.key === "ArrowDown") this.at = (this.at + 1) % count;
    else if (event.key === "ArrowUp") this.at = (this.at + count - 1) % count;
    else if (event.key === "Escape") return (this.show(null), true);
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !this.offer.isExact))
      return (this.choose(this.at), true);
    else return false;
    this.mark();
    return true;
  }
}
