// The frame of everything that covers the page: modals, questions, the list of keys.

import { focusable, h, isTyping } from "./dom.js";
import { iconButton } from "./parts.js";
import { t } from "./words.js";

let numbers = 0;

/** A dialog on the browser's own <dialog>; `onCancel` for Escape and the cross. Call open() and close(). */
export class Dialog {
  constructor({ title, testid, onCancel, onBack, closeLabel = t("close") }) {
    const id = `dialog-title-${(numbers += 1)}`;
    this.title = h("h2", { class: "dialog-title", id }, title);
    this.back = iconButton("back", t("back"), () => onBack?.(), { hidden: true });
    this.body = h("div", { class: "dialog-body" });
    this.foot = h("div", { class: "dialog-foot" });
    const cross = iconButton("close", closeLabel, () => onCancel(true), { testid: testid && `${testid}-close` });
    this.element = h(
      "dialog",
      { class: "dialog", role: "dialog", "aria-modal": "true", "aria-labelledby": id, testid },
      h("header", { class: "dialog-head" }, this.back, this.title, cross),
      this.body,
      this.foot,
    );
    this.element.addEventListener("cancel", (event) => (event.preventDefault(), onCancel(false)));
    this.element.addEventListener("keydown", (event) => this.onKey(event, onCancel));
  }

  onKey(event, onCancel) {
    if (isTyping(event)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      onCancel(false);
    } else if (event.key === "Tab") {
      const all = focusable(this.element);
      const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
      if (document.activeElement === from && to) (event.preventDefault(), to.focus());
    }
  }

  open() {
    this.before = document.activeElement;
    document.body.append(this.element);
    this.element.showModal();
    this.focusFirst();
  }

  focusFirst() {
    const fields = focusable(this.body);
    (fields[0] ?? focusable(this.foot).at(-1) ?? this.element).focus();
  }

  close() {
    this.element.close();
    this.element.remove();
    if (this.before?.isConnected) this.before.focus();
  }
}

/** Shows which keys do what. */
export function showKeys() {
  const dialog = new Dialog({ title: t("keys"), testid: "keys", onCancel: () => dialog.close() });
  const rows = [
    ["Enter", "send"],
    ["F6", "keyFocus"],
    ["↑ ↓", "keyMove"],
    ["R", "keyReply"],
    ["+", "keyReact"],
    ["E", "keyEdit"],
    ["↑", "keyLast"],
    ["Esc", "keyClose"],
  ];
  dialog.body.append(
    h(
      "dl",
      { class: "key-list" },
      rows.map(([key, words]) => [h("dt", {}, h("kbd", { class: "key" }, key)), h("dd", {}, t(words))]),
    ),
  );
  dialog.element.classList.add("small");
  dialog.open();
}
