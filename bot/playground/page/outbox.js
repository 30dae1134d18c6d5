// What people have written that hasn't gone yet, by channel or thread. It outlives the message boxes that show it.

import { recall, remember } from "./prefs.js";
import { Refusal } from "./server.js";

const SLOW_MS = 400;

/** What lies in one box: the words in it, its files, and letters that are under way (`why` is null) or were refused. */
class Drawer {
  constructor(key) {
    this.key = key;
    this.text = recall(`draft.${key}`) ?? "";
    this.isAlso = false;
    this.files = [];
    this.letters = [];
    this.queue = Promise.resolve();
    this.onChange = null;
  }

  changed() {
    this.keep();
    this.onChange?.();
  }

  /** The browser keeps all words that haven't gone, for a page that is loaded anew. */
  keep() {
    const unsent = this.letters.filter((letter) => letter.prompt === null).map((letter) => letter.text);
    remember(`draft.${this.key}`, [...unsent, this.text].filter(Boolean).join("\n"));
  }

  drop(letter) {
    this.letters = this.letters.filter((other) => other !== letter);
    this.changed();
  }
}

export class Outbox {
  /** `deliver(letter)` raises Refusal; `onSent(ts, letter)`; `onRefused(why)` where nobody sees the letter's box. */
  constructor({ deliver, onSent, onRefused }) {
    Object.assign(this, { deliver, onSent, onRefused });
    this.drawers = new Map();
  }

  of(key) {
    if (!this.drawers.has(key)) this.drawers.set(key, new Drawer(key));
    return this.drawers.get(key);
  }

  /** Sends in the order of writing. A letter stays in its drawer until the server has it. */
  post(letter) {
    const drawer = this.of(letter.key);
    Object.assign(letter, { isSlow: false, why: null });
    if (!drawer.letters.includes(letter)) drawer.letters.push(letter);
    drawer.changed();
    const slow = setTimeout(() => ((letter.isSlow = true), drawer.changed()), SLOW_MS);
    drawer.queue = drawer.queue
      .then(() => this.deliver(letter))
      .then((answer) => this.sent(answer.ts, letter, drawer))
      .catch((error) => this.refused(error, letter, drawer))
      .finally(() => clearTimeout(slow));
  }

  sent(ts, letter, drawer) {
    for (const { url } of letter.files) if (url) URL.revokeObjectURL(url);
    drawer.drop(letter);
    this.onSent(ts, letter);
  }

  refused(error, letter, drawer) {
    if (!(error instanceof Refusal)) return reportError(error);
    letter.why = error.message;
    drawer.changed();
    if (drawer.onChange === null) this.onRefused(error.message);
  }
}
