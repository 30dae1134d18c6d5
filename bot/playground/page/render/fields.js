// Elements that are typed into, or pick a moment: text, numbers, addresses, dates, times, files.

import { h, isTyping } from "../dom.js";
import { act } from "./act.js";
import { marks } from "./buttons.js";
import { richTextOf, richTextTree, treeText } from "./rich_text.js";
import { registerInput } from "./state.js";
import { textOf } from "./text.js";
import { word } from "./words.js";

function field(tag, element, place, props) {
  const node = h(tag, {
    class: "r-field",
    placeholder: textOf(element.placeholder),
    "aria-labelledby": place.labelId,
    "aria-label": place.labelId ? null : textOf(element.placeholder) || place.actionId,
    "aria-describedby": place.describedBy,
    "aria-required": place.isRequired && "true",
    autofocus: element.focus_on_load === true,
    autocomplete: "off",
    ...marks(place, `input-${place.actionId}`),
    ...props,
  });
  return node;
}

/** Typed content: its state, and when it tells the shell (dispatch_action_config; Enter by default). */
function typed(node, element, place, read = () => ({ value: node.value || null })) {
  registerInput(node, place, read);
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  if (!place.dispatches) return node;
  if (triggers.includes("on_character_entered")) {
    node.addEventListener("input", (event) => isTyping(event) || act(place, element, read(), node));
    node.addEventListener("compositionend", () => act(place, element, read(), node));
  }
  if (triggers.includes("on_enter_pressed"))
    node.addEventListener("keydown", (event) => entered(event, () => act(place, element, read(), node)));
  return node;
}

/** Enter that ends a syllable of Korean is the input method's own. */
function entered(event, tell) {
  if (event.key !== "Enter" || event.shiftKey || isTyping(event)) return;
  event.preventDefault();
  tell();
}

export function plainTextInput(element, place) {
  const limits = { minlength: element.min_length, maxlength: element.max_length };
  const node = element.multiline
    ? field("textarea", element, place, { rows: 4, ...limits })
    : field("input", element, place, { type: "text", ...limits });
  node.value = element.initial_value ?? "";
  return typed(node, element, place);
}

export function numberInput(element, place) {
  const limits = { min: element.min_value, max: element.max_value, step: element.is_decimal_allowed ? "any" : "1" };
  return valued("number", element, place, limits);
}

export function emailInput(element, place) {
  return valued("email", element, place, {});
}

export function urlInput(element, place) {
  return valued("url", element, place, {});
}

function valued(type, element, place, props) {
  const node = field("input", element, place, { type, ...props });
  node.value = element.initial_value ?? "";
  return typed(node, element, place);
}

/** Text only: what is typed is handed over as one section without styles. */
export function richTextInput(element, place) {
  const node = field("textarea", element, place, { rows: 4 });
  node.value = element.initial_value ? treeText(richTextTree(element.initial_value)).replace(/\n$/, "") : "";
  return typed(node, element, place, () => ({ rich_text_value: node.value ? richTextOf(node.value) : null }));
}

export function datePicker(element, place) {
  return moment("date", element.initial_date ?? "", "selected_date", (value) => value || null, element, place);
}

export function timePicker(element, place) {
  return moment("time", element.initial_time ?? "", "selected_time", (value) => value || null, element, place);
}

export function dateTimePicker(element, place) {
  const initial = element.initial_date_time ? localMinute(element.initial_date_time) : "";
  const seconds = (value) => (value ? Math.floor(new Date(value).getTime() / 1000) : null);
  return moment("datetime-local", initial, "selected_date_time", seconds, element, place);
}

/** Unix seconds -> YYYY-MM-DDTHH:MM in the reader's time zone, as datetime-local wants it. */
function localMinute(seconds) {
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function moment(type, initial, key, convert, element, place) {
  const node = field("input", element, place, { type });
  node.value = initial;
  const read = () => ({ [key]: convert(node.value) });
  registerInput(node, place, read);
  let kept = node.value;
  node.addEventListener("change", async () => {
    if (place.dispatches && !(await act(place, element, read(), node))) node.value = kept;
    kept = node.value;
  });
  return node;
}

/** Files go to the server as they are chosen (context.onUpload); the state holds what the server says of them. */
export function fileInput(element, place) {
  const { context } = place;
  const accept = (element.filetypes ?? []).map((type) => `.${type}`).join(",");
  const input = field("input", element, place, {
    type: "file",
    accept: accept || null,
    multiple: (element.max_files ?? 10) > 1,
    class: "r-file-input",
  });
  const list = h("ul", { class: "r-uploads", role: "status" });
  const box = h("div", {}, input, list);
  let files = [];
  let choices = 0;
  input.disabled = !context.onUpload;
  registerInput(box, place, () => ({ files }));
  input.addEventListener("change", async () => {
    const number = (choices += 1);
    files = [];
    list.replaceChildren();
    const chosen = [...input.files].slice(0, element.max_files ?? 10);
    const uploads = await Promise.all(chosen.map((file) => upload(file, list, context)));
    if (number !== choices) return;
    files = uploads.filter(Boolean);
    if (files.length) act(place, element, { files }, box);
  });
  return box;
}

async function upload(file, list, context) {
  const row = h("li", {}, `${file.name} · ${word(context, "uploading")}`);
  list.append(row);
  try {
    const uploaded = await context.onUpload(file);
    row.textContent = file.name;
    return uploaded;
  } catch {
    row.textContent = `${file.name} · ${word(context, "uploadFailed")}`;
    return null;
  }
}
