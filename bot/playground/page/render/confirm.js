// A yes-or-no question in a dialog above everything.

import { h } from "../dom.js";

/** Asks; `text`, `yes` and `no` are texts or nodes. Resolves to the answer; Escape means no. */
export function ask({ title, text, yes, no, isDanger = false }) {
  const button = (value, words, style) =>
    h("button", { type: "submit", value, class: `r-button ${style}`.trim(), testid: `confirm-${value}` }, words);
  const dialog = h(
    "dialog",
    { class: "r-confirm", "aria-label": title, testid: "confirm" },
    h(
      "form",
      { method: "dialog" },
      h("h2", { class: "r-confirm-title" }, title),
      text,
      h(
        "div",
        { class: "r-confirm-buttons" },
        button("no", no, ""),
        button("yes", yes, isDanger ? "r-danger" : "r-primary"),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
