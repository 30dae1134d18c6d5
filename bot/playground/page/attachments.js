// Files that wait in a message box: sent to the server at once, shown until the message goes.

import { h, icon, iconButton } from "./dom.js";
import { upload } from "./server.js";
import { t } from "./words.js";

const SHOWN_TYPES = /^image\/(png|jpeg|gif|webp)$/;

export class Attachments {
  constructor(app, onChange) {
    Object.assign(this, { app, onChange });
    this.entries = [];
    this.element = h("div", { class: "chips", hidden: true });
  }

  add(files) {
    for (const file of files) this.start(file);
  }

  start(file) {
    const entry = { file, id: null, error: null, url: SHOWN_TYPES.test(file.type) ? URL.createObjectURL(file) : null };
    this.entries.push(entry);
    entry.done = upload(this.app.store.me, file)
      .then((id) => (entry.id = id))
      .catch((error) => {
        entry.error = error.message;
        this.app.toast(`${t("tooBig", { name: file.name })} ${error.message}`, "bad");
        this.remove(entry);
      })
      .finally(() => this.draw());
    this.draw();
  }

  remove(entry) {
    this.entries = this.entries.filter((other) => other !== entry);
    if (entry.url) URL.revokeObjectURL(entry.url);
    this.draw();
  }

  /** Hands over what waits: entries whose `done` may still run. */
  take() {
    const taken = this.entries;
    this.entries = [];
    this.draw();
    return taken;
  }

  /** Takes entries back that could not be sent. */
  restore(entries) {
    this.entries = [...entries, ...this.entries];
    this.draw();
  }

  draw() {
    this.element.hidden = this.entries.length === 0;
    this.element.replaceChildren(...this.entries.map((entry) => this.chip(entry)));
    this.onChange();
  }

  chip(entry) {
    const label = t("detach", { name: entry.file.name });
    return h(
      "div",
      { class: entry.id === null ? "chip loading" : "chip", testid: "attachment" },
      entry.url ? h("img", { src: entry.url, alt: "", class: "chip-picture" }) : icon("file"),
      h("span", { class: "chip-name" }, entry.file.name),
      entry.id === null && h("span", { class: "hidden-text" }, t("uploading")),
      iconButton("close", label, () => this.remove(entry), { class: "icon-button chip-remove" }),
    );
  }
}
