// The rows above a message box: letters that are slow to go, and letters that were refused, to be sent again or not.

import { h } from "./dom.js";
import { iconButton } from "./parts.js";
import { t } from "./words.js";

export class Letters {
  /** `onRetry`, `onBack` (into the box) and `onDiscard` take the letter. */
  constructor({ onRetry, onBack, onDiscard }) {
    Object.assign(this, { onRetry, onBack, onDiscard });
    this.element = h("div", { class: "outbox", role: "status" });
  }

  draw(letters) {
    const shown = letters.filter((letter) => letter.why !== null || letter.isSlow);
    const sign = JSON.stringify(shown.map((letter) => [letter.text, letter.why, letter.files.length]));
    if (this.sign === sign) return;
    this.sign = sign;
    this.element.replaceChildren(...shown.map((letter) => this.row(letter)));
  }

  row(letter) {
    const isRefused = letter.why !== null;
    const small = { type: "button", class: "button small" };
    return h(
      "div",
      { class: isRefused ? "outbox-row failed" : "outbox-row" },
      h(
        "span",
        { class: "outbox-text" },
        letter.text,
        letter.files.map((entry) => ` [${entry.file.name}]`),
      ),
      h("span", { class: "outbox-state" }, isRefused ? letter.why : t("sending")),
      isRefused && [
        h("button", { ...small, testid: "retry", on: { click: () => this.onRetry(letter) } }, t("retry")),
        h("button", { ...small, testid: "put-back", on: { click: () => this.onBack(letter) } }, t("putBack")),
        iconButton("close", t("discard"), () => this.onDiscard(letter), { testid: "discard" }),
      ],
    );
  }
}
