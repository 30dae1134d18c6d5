// The line above a message box that says what the app is doing, with a Stop button where it can be stopped.

import { add, h } from "./dom.js";
import { icon } from "./render/icons.js";
import { threadKey } from "./store.js";
import { t } from "./words.js";

const TURN_MS = 2_500;

export class StatusLine {
  constructor(app, place) {
    Object.assign(this, { app, place });
    this.words = h("span", { class: "status-words", "aria-hidden": "true" });
    this.told = h("p", { class: "hidden-text", role: "status" });
    this.stop = h(
      "button",
      { type: "button", class: "button small", testid: "stop", on: { click: () => this.halt() } },
      icon("stop"),
      t("stop"),
    );
    this.line = h(
      "div",
      { class: "status-line", testid: "status", hidden: true },
      h("span", { class: "status-dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
      this.words,
      this.stop,
    );
    this.element = h("div", {}, this.told, this.line);
    this.turn = 0;
    this.turning = setInterval(() => !this.line.hidden && ((this.turn += 1), this.write()), TURN_MS);
  }

  close() {
    clearInterval(this.turning);
  }

  /** The newest of what goes on here; in a channel also what goes on in its threads. */
  current() {
    const { store } = this.app;
    const isHere = (entry) =>
      entry.channel === this.place.channel() &&
      (this.place.surface === "channel"
        ? threadKey(entry.channel, entry.thread_ts) !== this.app.nav.threadKey
        : entry.thread_ts === this.place.thread());
    const status = [...store.statuses.values()].findLast((entry) => entry.status && isHere(entry));
    if (status) return status;
    return [...store.sessions.values()].findLast((entry) => entry.status === "processing" && isHere(entry));
  }

  render() {
    const entry = this.current();
    this.line.hidden = entry === undefined;
    if (this.entry !== entry) this.turn = 0;
    this.entry = entry;
    this.tell(entry === undefined ? "" : `${this.name} ${this.statusOf(entry)}`);
    if (entry === undefined) return;
    const session = this.app.store.sessions.get(threadKey(entry.channel, entry.thread_ts));
    this.stop.hidden = session?.status !== "processing" || this.app.store.features.stop === false;
    this.write();
  }

  get name() {
    return this.app.store.nameOf(this.app.store.app.user);
  }

  statusOf(entry) {
    return entry.status === "processing" ? t("working") : entry.status;
  }

  /** Says it aloud, once for each status; the loading messages that take turns are only seen. */
  tell(words) {
    if (this.told.textContent !== words) this.told.textContent = words;
  }

  write() {
    const loading = this.entry.loading_messages ?? [];
    const isStatus = this.turn === 0 || loading.length === 0;
    this.put(isStatus ? this.statusOf(this.entry) : loading[(this.turn - 1) % loading.length]);
  }

  put(words) {
    if (this.words.textContent === `${this.name} ${words}`) return;
    this.words.replaceChildren();
    add(this.words, h("b", {}, this.name), " ", words);
  }

  halt() {
    this.app.act("stop", { channel: this.entry.channel, thread_ts: this.entry.thread_ts });
    this.app.toast(t("stopped"));
  }
}
