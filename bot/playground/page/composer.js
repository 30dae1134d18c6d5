// The message box of a channel or a thread: typing, suggestions, files, sending.

import { Attachments } from "./attachments.js";
import { h, isTyping } from "./dom.js";
import { Letters } from "./letters.js";
import { iconButton } from "./parts.js";
import { openMenu } from "./menus.js";
import { icon } from "./render/icons.js";
import { SuggestList, suggestionsAt } from "./suggest.js";
import { t } from "./words.js";

const TALLEST_PX = 240;

export class Composer {
  /** `place`: {surface, channel(), thread()}. */
  constructor(app, { place, testid }) {
    Object.assign(this, { app, place });
    this.drawer = null;
    this.area = h("textarea", { class: "area", rows: "1", testid, id: testid, spellcheck: "true" });
    this.suggest = new SuggestList(this.area, (item, offer) => this.complete(item, offer));
    this.files = new Attachments(app);
    this.letters = new Letters({
      onRetry: (letter) => app.outbox.post(letter),
      onBack: (letter) => this.putBack(letter),
      onDiscard: (letter) => (this.drawer.drop(letter), this.focus()),
    });
    this.picker = h("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", "aria-hidden": "true" });
    this.sendButton = h(
      "button",
      { type: "submit", class: "send", "aria-label": t("send"), title: t("send"), testid: `${testid}-send` },
      icon("send"),
    );
    this.also = h("input", { type: "checkbox", id: `${testid}-also`, testid: "also-send" });
    this.alsoWords = h("span");
    this.form = this.build();
    this.element = h("div", { class: "composer" }, this.letters.element, this.suggest.element, this.form);
    this.listen();
  }

  build() {
    const commands = iconButton("slash", t("commands"), () => this.openCommands(commands), { "aria-haspopup": "menu" });
    const bar = h(
      "div",
      { class: "composer-bar" },
      iconButton("clip", t("attach"), () => this.picker.click(), { testid: "attach" }),
      iconButton("at", t("mention"), () => this.type("@")),
      commands,
      this.place.surface === "thread" && h("label", { class: "also" }, this.also, this.alsoWords),
      h("span", { class: "composer-hint", "aria-hidden": "true" }, t("sendHint")),
      this.sendButton,
    );
    const drop = h("div", { class: "drop-hint", "aria-hidden": "true" }, t("dropHere"));
    return h("form", { class: "box" }, this.files.element, this.area, bar, this.picker, drop);
  }

  listen() {
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.send()));
    this.area.addEventListener("input", () => (this.written(), this.offer()));
    this.also.addEventListener("change", () => (this.drawer.isAlso = this.also.checked));
    this.area.addEventListener("click", () => this.offer());
    this.area.addEventListener("blur", () => this.suggest.show(null));
    this.area.addEventListener("keydown", (event) => this.onKey(event));
    this.area.addEventListener("paste", (event) => this.takeFiles(event, event.clipboardData));
    this.picker.addEventListener(
      "change",
      () => (this.files.add(this.picker.files), (this.picker.value = ""), this.area.focus()),
    );
  }

  /** Lets files be dropped anywhere on `zone`. */
  dropsOn(zone) {
    const isFiles = (event) => event.dataTransfer?.types.includes("Files");
    zone.addEventListener(
      "dragover",
      (event) => isFiles(event) && (event.preventDefault(), this.form.classList.add("dropping")),
    );
    zone.addEventListener(
      "dragleave",
      (event) => !zone.contains(event.relatedTarget) && this.form.classList.remove("dropping"),
    );
    zone.addEventListener("drop", (event) => {
      this.form.classList.remove("dropping");
      if (!this.area.disabled) this.takeFiles(event, event.dataTransfer);
    });
  }

  takeFiles(event, transfer) {
    if (!transfer?.files.length) return;
    event.preventDefault();
    this.files.add(transfer.files);
    this.area.focus();
  }

  /** Shows the box of another channel or thread, with its draft. Until whoever speaks now is loaded nobody writes. */
  open(key, { placeholder, also, isClosed = false }) {
    this.area.placeholder = isClosed ? t("archived") : placeholder;
    this.area.setAttribute("aria-label", placeholder);
    this.area.disabled = isClosed || this.app.user !== this.app.store.me;
    this.alsoWords.textContent = also ?? "";
    if (key === this.drawer?.key) return;
    this.close();
    this.drawer = this.app.outbox.of(key);
    this.drawer.onChange = () => this.draw();
    this.area.value = this.drawer.text;
    this.also.checked = this.drawer.isAlso;
    this.files.open(this.drawer);
    this.suggest.show(null);
    this.draw();
  }

  /** Leaves the drawer to whoever opens it next. */
  close() {
    if (this.drawer !== null) this.drawer.onChange = null;
    this.drawer = null;
  }

  draw() {
    this.letters.draw(this.drawer.letters);
    this.files.draw();
    this.sized();
  }

  focus() {
    if (!this.area.disabled) this.area.focus();
  }

  /** Puts words into the box for the person to send. */
  fill(text) {
    this.area.value = text;
    this.written();
    this.focus();
    this.area.setSelectionRange(text.length, text.length);
  }

  type(sign) {
    const { selectionStart: at, value } = this.area;
    const space = at > 0 && !/\s/.test(value[at - 1]) ? " " : "";
    this.area.setRangeText(space + sign, at, this.area.selectionEnd, "end");
    this.focus();
    this.area.dispatchEvent(new Event("input"));
  }

  offer() {
    const { value, selectionStart, selectionEnd } = this.area;
    this.suggest.show(
      selectionStart === selectionEnd
        ? suggestionsAt(value, selectionStart, this.app.store, this.place.surface === "thread")
        : null,
    );
  }

  complete(item, offer) {
    this.area.setRangeText(item.insert, offer.from, offer.to, "end");
    this.written();
    this.focus();
  }

  onKey(event) {
    if (isTyping(event)) return;
    if (this.suggest.takes(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "ArrowUp" && this.area.value === "" && this.app.editLast(this.place)) {
      event.preventDefault();
    }
  }

  openCommands(anchor) {
    const { commands, shortcuts } = this.app.store.features;
    const isThread = this.place.surface === "thread";
    const items = [
      ...(isThread
        ? []
        : commands.map((c) => ({
            label: `${c.command} ${c.usage_hint ?? ""}`,
            detail: c.description,
            icon: "slash",
            onSelect: () => this.fill(`${c.command} `),
          }))),
      ...shortcuts
        .filter((s) => s.type === "global")
        .map((s) => ({
          label: s.name,
          detail: s.description,
          icon: "bolt",
          onSelect: () => this.app.act("shortcut", { callback_id: s.callback_id }),
        })),
      { label: t("keys"), icon: "keys", onSelect: () => this.app.showKeys() },
    ];
    openMenu(anchor, t("commands"), items);
  }

  /** Sends what stands in the box, or `prompt` and leaves the box as it is. */
  send(prompt = null) {
    const { drawer, place } = this;
    const text = prompt ?? this.area.value;
    if ((text.trim() === "" && drawer.files.length === 0) || this.area.disabled) return;
    const { me } = this.app.store;
    const where = { key: drawer.key, user: me, channel: place.channel(), thread_ts: place.thread() };
    const letter = { ...where, id: crypto.randomUUID(), text, prompt, broadcast: false, files: [] };
    if (prompt === null) Object.assign(letter, { broadcast: this.also.checked, files: drawer.files });
    if (prompt === null) this.clear();
    this.app.outbox.post(letter);
  }

  clear() {
    this.suggest.show(null);
    this.also.checked = false;
    this.area.value = "";
    Object.assign(this.drawer, { files: [], isAlso: false, text: "" });
  }

  /** Puts a refused letter into the box again, before what stands in it, with the files that the server has. */
  putBack(letter) {
    this.drawer.files = [...letter.files.filter((entry) => entry.id !== null), ...this.drawer.files];
    this.drawer.drop(letter);
    this.fill([letter.text, this.area.value].filter(Boolean).join("\n"));
  }

  written() {
    this.drawer.text = this.area.value;
    this.drawer.keep();
    this.sized();
  }

  sized() {
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(this.area.scrollHeight, TALLEST_PX)}px`;
    this.sendButton.disabled = this.area.value.trim() === "" && this.drawer.files.length === 0;
  }
}
