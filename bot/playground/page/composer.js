// The message box of a channel or a thread: typing, suggestions, drafts, files, sending and what could not be sent.

import { Attachments } from "./attachments.js";
import { add, h, icon, iconButton } from "./dom.js";
import { openMenu } from "./popup.js";
import { recall, remember } from "./prefs.js";
import { Refusal } from "./server.js";
import { SuggestList, suggestionsAt } from "./suggest.js";
import { t } from "./words.js";

const TALLEST_PX = 240;
const SLOW_MS = 400;

export class Composer {
  /** `place`: {surface, channel(), thread()}; `onSent(ts)` after each message that went. */
  constructor(app, { place, testid, onSent }) {
    Object.assign(this, { app, place, onSent });
    this.queue = Promise.resolve();
    this.key = null;
    this.area = h("textarea", { class: "area", rows: "1", testid, id: testid, spellcheck: "true" });
    this.suggest = new SuggestList(this.area, (item, offer) => this.complete(item, offer));
    this.files = new Attachments(app, () => this.sized());
    this.outbox = h("div", { class: "outbox", role: "status" });
    this.picker = h("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", "aria-hidden": "true" });
    this.sendButton = h(
      "button",
      { type: "submit", class: "send", "aria-label": t("send"), title: t("send"), testid: `${testid}-send` },
      icon("send"),
    );
    this.also = h("input", { type: "checkbox", id: `${testid}-also`, testid: "also-send" });
    this.alsoWords = h("span");
    this.form = this.build();
    this.element = h("div", { class: "composer" }, this.outbox, this.suggest.element, this.form);
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
    this.area.addEventListener("input", () => (this.keepDraft(), this.sized(), this.offer()));
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

  /** Shows the box of another channel or thread, with its draft. */
  open(key, { placeholder, also, isClosed = false }) {
    this.area.placeholder = isClosed ? t("archived") : placeholder;
    this.area.setAttribute("aria-label", placeholder);
    this.area.disabled = isClosed;
    this.alsoWords.textContent = also ?? "";
    if (key === this.key) return;
    this.key = key;
    this.also.checked = false;
    this.outbox.replaceChildren();
    this.files.take();
    this.suggest.show(null);
    this.area.value = recall(`draft.${key}`) ?? "";
    this.sized();
  }

  focus() {
    if (!this.area.disabled) this.area.focus();
  }

  /** Puts words into the box for the person to send. */
  fill(text) {
    this.area.value = text;
    this.keepDraft();
    this.sized();
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
    this.keepDraft();
    this.sized();
    this.focus();
  }

  onKey(event) {
    if (event.isComposing || event.keyCode === 229) return;
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
    const text = prompt ?? this.area.value;
    if ((text.trim() === "" && this.files.entries.length === 0) || this.area.disabled) return;
    const letter = {
      text,
      prompt,
      key: this.key,
      channel: this.place.channel(),
      thread_ts: this.place.thread(),
      broadcast: false,
      files: [],
    };
    if (prompt === null) Object.assign(letter, { broadcast: this.also.checked, files: this.files.take() });
    if (prompt === null) this.clear();
    this.post(letter);
  }

  clear() {
    this.suggest.show(null);
    this.area.value = "";
    this.also.checked = false;
    this.sized();
  }

  /** Sends in the order of writing; the draft goes only once the server has the message. */
  post(letter) {
    const row = h(
      "div",
      { class: "outbox-row", hidden: true },
      h("span", { class: "outbox-text" }, letter.text),
      h("span", { class: "outbox-state" }, t("sending")),
    );
    this.outbox.append(row);
    const slow = setTimeout(() => (row.hidden = false), SLOW_MS);
    this.queue = this.queue
      .then(() => this.deliver(letter))
      .then((answer) => (row.remove(), this.keepDraft(letter.key), this.onSent?.(answer.ts, letter)))
      .catch((error) => {
        if (!(error instanceof Refusal)) throw error;
        this.failed(letter, row, error.message);
      })
      .finally(() => clearTimeout(slow));
  }

  async deliver(letter) {
    await Promise.all(letter.files.map((entry) => entry.done));
    const files = letter.files.map((entry) => entry.id).filter(Boolean);
    const say = { channel: letter.channel, text: letter.text, files };
    if (letter.thread_ts) Object.assign(say, { thread_ts: letter.thread_ts, broadcast: letter.broadcast });
    return this.app.tryAct("say", say);
  }

  failed(letter, row, why) {
    if (letter.prompt === null) remember(`draft.${letter.key}`, letter.text);
    if (letter.key !== this.key) return this.app.toast(why, "bad");
    const again = () => (row.remove(), this.post(letter));
    const back = () => {
      row.remove();
      this.files.restore(letter.files);
      this.fill([letter.text, this.area.value].filter(Boolean).join("\n"));
    };
    row.hidden = false;
    row.className = "outbox-row failed";
    row.replaceChildren();
    add(row, h("span", { class: "outbox-text" }, letter.text), h("span", { class: "outbox-state" }, why));
    add(
      row,
      h("button", { type: "button", class: "button small", testid: "retry", on: { click: again } }, t("retry")),
      h("button", { type: "button", class: "button small", on: { click: back } }, t("putBack")),
    );
  }

  keepDraft(key = this.key) {
    if (key === this.key) remember(`draft.${key}`, this.area.value);
    else remember(`draft.${key}`, null);
  }

  sized() {
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(this.area.scrollHeight, TALLEST_PX)}px`;
    this.sendButton.disabled = this.area.value.trim() === "" && this.files.entries.length === 0;
  }
}
