// From a person's click to the shell: the confirm dialog, then one action.

import { ask } from "./confirm.js";
import { inlineText, textBox, textOf } from "./text.js";
import { word } from "./words.js";

/** Tells the shell about an action, once it is confirmed. False where it was taken back, or nobody is to be told. */
export async function act(place, element, details, node) {
  if (!place.dispatches) return false;
  if (element.confirm && !(await confirmed(element.confirm, place.context))) return false;
  place.context.onAction?.({ type: place.type, action_id: place.actionId, block_id: place.blockId, ...details }, node);
  return true;
}

function confirmed(confirm, context) {
  return ask({
    title: textOf(confirm.title) || word(context, "confirmTitle"),
    text: textBox(confirm.text, context),
    yes: inlineText(confirm.confirm ?? word(context, "confirmYes"), context),
    no: inlineText(confirm.deny ?? word(context, "confirmNo"), context),
    isDanger: confirm.style === "danger",
  });
}
