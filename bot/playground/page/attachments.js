// Files that wait in a message box: sent to the server at once, shown until the message goes.

import { h } from "./dom.js";
import { iconButton } from "./parts.js";
import { icon } from "./render/icons.js";
import { upload } from "./server.js";
import { t } from "./words.js";

const SHOWN_TYPES = /^image\/(png|jpeg|gif|webp)$/;

export class Attachments {
  constructor(app) {
    this.app = app;
    this.element = h("div", { class: "chips", hidden: true });
  }

  /** Shows the files of a drawer from now on. */
  open(drawer) {
    this.drawer = drawer;
    this.shown = null;
  }

  add(files) {
    for (const file of files) this.start(file, this.drawer);
  }

  start(file, drawer) {
    const entry = { file, id: null, url: SHOWN_TYPES.test(file.type) ? URL.createObjectURL(file) : null };
    drawer.files.push(entry);
    entry.done = upload(this.app.store.me, file)
      .then((id) => (entry.id = id))
      .catch((error) => {
        this.app.toast(`${t("notUploaded", { name: file.name })} ${error.message}`, "bad");
        this.remove(entry, drawer);
      })
      .finally(() => drawer.changed());
    drawer.changed();
  }

  remove(entry, drawer) {
    drawer.files = drawer.files.filter((other) => other !== entry);
    if (entry.url) URL.revokeObjectURL(entry.url);
    drawer.changed();
  }

  draw() {
    const { files } = this.drawer;
    const sign = files.map((entry) => `${entry.file.name} ${entry.id}`).join("\n");
    if (this.shown === sign) return;
    this.shown = sign;
    this.element.hidden = files.length === 0;
    this.element.replaceChildren(...files.map((entry) => this.chip(entry, this.drawer)));
  }

  chip(entry, drawer) {
    const label = t("detach", { name: entry.file.name });
    return h(
      "div",
      { class: entry.id === null ? "chip loading" : "chip", testid: "attachment" },
      entry.url ? h("img", { src: entry.url, alt: "", class: "chip-picture" }) : icon("file"),
      h("span", { class: "chip-name" }, entry.file.name),
      entry.id === null && h("span", { class: "hidden-text" }, t("uploading")),
      iconButton("close", label, () => this.remove(entry, drawer), { class: "icon-button chip-remove" }),
    );
  }
}
