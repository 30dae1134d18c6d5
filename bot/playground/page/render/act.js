// From a person's click to the shell: the confirm dialog, then one action.

import { h } from "../dom.js";
import { inlineText, textBox, textOf } from "./text.js";
import { word } from "./words.js";

/** Tells the shell about an action, once it is confirmed. False where the person took it back, or nobody is to be told. */
export async function act(place, element, details, node) {
  if (!place.dispatches) return false;
  if (element.confirm && !(await confirmed(element.confirm, place.context))) return false;
  place.context.onAction?.({ type: place.type, action_id: place.actionId, block_id: place.blockId, ...details }, node);
  return true;
}

/** Asks by a modal dialog; Escape means no. */
function confirmed(confirm, context) {
  const yes = h("button", {
    type: "submit",
    value: "yes",
    class: `r-button ${confirm.style === "danger" ? "r-danger" : "r-primary"}`,
  });
  const no = h("button", { type: "submit", value: "no", class: "r-button" });
  yes.dataset.testid = "confirm-yes";
  no.dataset.testid = "confirm-no";
  inlineText(confirm.confirm ?? word(context, "confirmYes"), context, yes);
  inlineText(confirm.deny ?? word(context, "confirmNo"), context, no);
  const title = textOf(confirm.title) || word(context, "confirmTitle");
  const dialog = h(
    "dialog",
    { class: "r-confirm", "aria-label": title, "data-testid": "confirm" },
    h(
      "form",
      { method: "dialog" },
      h("h2", { class: "r-confirm-title" }, title),
      textBox(confirm.text, context),
      h("div", { class: "r-confirm-buttons" }, no, yes),
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
