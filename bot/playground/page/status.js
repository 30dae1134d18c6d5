// The line above a message box that says what the app is doing, with a Stop button where it can be stopped.

import { add, h, icon } from "./dom.js";
import { threadKey } from "./store.js";
import { t } from "./words.js";

const TURN_MS = 2_500;

export class StatusLine {
  constructor(app, place) {
    Object.assign(this, { app, place });
    this.words = h("span", { class: "status-words" });
    this.stop = h(
      "button",
      { type: "button", class: "button small", testid: "stop", on: { click: () => this.halt() } },
      icon("stop"),
      t("stop"),
    );
    this.element = h(
      "div",
      { class: "status-line", testid: "status", hidden: true },
      h("span", { class: "status-dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
      this.words,
      this.stop,
    );
    this.turn = 0;
    this.turning = setInterval(() => !this.element.hidden && ((this.turn += 1), this.write()), TURN_MS);
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
    this.element.hidden = entry === undefined;
    if (entry === undefined) return void (this.entry = undefined);
    if (this.entry !== entry) this.turn = 0;
    this.entry = entry;
    const session = this.app.store.sessions.get(threadKey(entry.channel, entry.thread_ts));
    this.stop.hidden = session?.status !== "processing" || this.app.store.features.stop === false;
    this.write();
  }

  write() {
    const { entry } = this;
    if (entry === undefined) return;
    const status = entry.status === "processing" ? t("working") : entry.status;
    const loading = entry.loading_messages ?? [];
    this.put(this.turn === 0 || loading.length === 0 ? status : loading[(this.turn - 1) % loading.length]);
  }

  put(words) {
    const name = this.app.store.nameOf(this.app.store.app.user);
    if (this.words.textContent === `${name} ${words}`) return;
    this.words.replaceChildren();
    add(this.words, h("b", {}, name), " ", words);
  }

  halt() {
    this.app.act("stop", { channel: this.entry.channel, thread_ts: this.entry.thread_ts });
    this.app.toast(t("stopped"));
  }
}
