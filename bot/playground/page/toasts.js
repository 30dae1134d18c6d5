// Short words that come and go, and a voice for screen readers.

import { h } from "./dom.js";
import { iconButton } from "./parts.js";
import { t } from "./words.js";

const STAYS_MS = 6_000;
const MOST_TOLD = 20;

export class Toasts {
  constructor() {
    this.element = h("div", { class: "toasts", role: "status", popover: "manual", testid: "toasts" });
  }

  /** `kind`: "", "good" or "bad". Raised above a dialog that is open. */
  show(words, kind = "") {
    const box = h(
      "div",
      { class: `toast ${kind}`, testid: "toast" },
      h("span", {}, words),
      iconButton("close", t("close"), () => this.drop(box)),
    );
    if (this.element.matches(":popover-open")) this.element.hidePopover();
    this.element.showPopover();
    this.element.append(box);
    setTimeout(() => this.drop(box), STAYS_MS);
  }

  drop(box) {
    box.remove();
    if (this.element.childElementCount === 0 && this.element.matches(":popover-open")) this.element.hidePopover();
  }
}

/** Reads new messages out: a polite log that nobody sees. */
export class Voice {
  constructor() {
    this.element = h("div", { class: "hidden-text", role: "log", "aria-live": "polite", "aria-label": t("news") });
  }

  tell(words) {
    this.element.append(h("p", {}, words));
    while (this.element.childElementCount > MOST_TOLD) this.element.firstChild.remove();
  }
}
