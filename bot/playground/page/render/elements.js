// Which element of a block is built by what.

import { h } from "../dom.js";
import { button, feedbackButtons, iconButton, overflow } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import {
  dateTimePicker,
  datePicker,
  emailInput,
  fileInput,
  numberInput,
  plainTextInput,
  richTextInput,
  timePicker,
  urlInput,
} from "./fields.js";
import { picture } from "./images.js";
import { menu } from "./menu.js";
import { SELECTS } from "./options.js";
import { select } from "./select.js";
import { withKept } from "./state.js";
import { textBox } from "./text.js";
import { unsupported } from "./unsupported.js";

const ELEMENTS = {
  __proto__: null,
  button,
  workflow_button: button,
  icon_button: iconButton,
  feedback_buttons: feedbackButtons,
  overflow,
  checkboxes,
  radio_buttons: radioButtons,
  plain_text_input: plainTextInput,
  number_input: numberInput,
  email_text_input: emailInput,
  url_text_input: urlInput,
  rich_text_input: richTextInput,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  file_input: fileInput,
  image: (element, place) => picture(element, place.context, "r-thumb"),
  plain_text: (element, place) => textBox(element, place.context),
  mrkdwn: (element, place) => textBox(element, place.context),
};
for (const [type, { source, isMany }] of Object.entries(SELECTS))
  ELEMENTS[type] = isMany || source === "external" ? select : menu;

/**
 * One element of a block. `form`: {dispatches, labelId, describedBy, isRequired}; outside of an input block every
 * change is told to the shell. Where the block brings no action_id, its place stands for it.
 */
export function renderElement(element, index, blockId, context, form = { dispatches: true }) {
  const build = ELEMENTS[element?.type];
  if (!build) return h("span", {}, unsupported(element?.type, context));
  const actionId = element.action_id ?? `action-${index}`;
  return build(withKept(element, blockId, context), { ...form, type: element.type, actionId, blockId, context });
}
