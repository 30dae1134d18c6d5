// Attachments, Slack's older way to frame a text: a bar in a colour, texts, fields, a foot.

import { h } from "../dom.js";
import { renderBlocks } from "./blocks.js";
import { formatDate } from "./date.js";
import { picture } from "./images.js";
import { mrkdwnBox, textOf } from "./text.js";
import { link } from "./tree.js";
import { safeUrl } from "./urls.js";

const NAMED = { __proto__: null, good: "#2eb67d", warning: "#ecb22e", danger: "#e01e5a" };
const COLOR = /^#?([0-9a-fA-F]{6})$/;

export function attachmentsBox(attachments, context) {
  return h(
    "div",
    { class: "r-attachments" },
    attachments.map((attachment) => attachmentBox(attachment ?? {}, context)),
  );
}

function attachmentBox(attachment, context) {
  const body = h("div", { class: "r-attachment" });
  body.style.borderInlineStartColor = colorOf(attachment.color);
  if (Array.isArray(attachment.blocks) && attachment.blocks.length)
    body.append(renderBlocks(attachment.blocks, context));
  else fill(body, attachment, context);
  const pretext = attachment.pretext && mrkdwnBox(attachment.pretext, context);
  return h("div", {}, pretext, body);
}

function colorOf(color) {
  const hex = COLOR.exec(String(color ?? ""))?.[1];
  return NAMED[color] ?? (hex ? `#${hex}` : "");
}

function fill(body, attachment, context) {
  const line = (text, address, className) => text && h("div", { class: className }, linked(text, address));
  const fields = Array.isArray(attachment.fields) ? attachment.fields : [];
  const parts = [
    line(attachment.author_name, attachment.author_link, "r-note"),
    line(attachment.title, attachment.title_link, "r-head-title"),
    attachment.text && mrkdwnBox(attachment.text, context),
    fields.length > 0 &&
      h(
        "div",
        { class: "r-fields" },
        fields.map((field) => fieldBox(field ?? {}, context)),
      ),
    attachment.image_url &&
      picture({ image_url: attachment.image_url, alt_text: attachment.fallback }, context, "r-picture"),
    foot(attachment, context),
  ];
  body.append(...parts.filter(Boolean));
}

function linked(text, address) {
  const url = safeUrl(address);
  const node = url ? link(url, { class: "r-link" }) : h("span");
  node.append(textOf(text));
  return node;
}

function fieldBox(field, context) {
  return h(
    "div",
    { class: field.short ? "r-field-short" : "r-field-long" },
    h("strong", {}, textOf(field.title)),
    mrkdwnBox(field.value, context),
  );
}

function foot({ footer, ts }, context) {
  const moment = ts ? formatDate(Number(ts), "{date_short_pretty} {time}", context.lang) : "";
  const text = [footer && textOf(footer), moment].filter(Boolean).join(" · ");
  return text && h("div", { class: "r-note" }, text);
}
