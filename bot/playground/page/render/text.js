// Text objects of blocks -> elements.

import { h } from "../dom.js";
import { parseMarkdown } from "./markdown.js";
import { parseInline, parseMrkdwn } from "./mrkdwn.js";
import { richTextTree } from "./rich_text.js";
import { decode, labelled } from "./scan.js";
import { appendNodes } from "./tree.js";

/** A text object ({type: plain_text | mrkdwn, text}), or a bare string taken as plain text, as blocks in a box. */
export function textBox(text, context, props = {}) {
  if (text?.type !== "mrkdwn")
    return appendNodes(h("div", { ...props, class: `r-text r-p ${props.class ?? ""}` }), plainNodes(text), context);
  return mrkdwnBox(text.text, context, { verbatim: text.verbatim === true, ...props });
}

/** Slack's markup as blocks in a box. */
export function mrkdwnBox(source, context, { verbatim = false, ...props } = {}) {
  const box = h("div", { ...props, class: `r-text ${props.class ?? ""}` });
  return appendNodes(box, parseMrkdwn(String(source ?? ""), { verbatim }), context);
}

/** A text object in one line: for labels, buttons, options. */
export function inlineText(text, context, parent = h("span")) {
  if (text?.type !== "mrkdwn") return appendNodes(parent, plainNodes(text), context);
  return appendNodes(parent, parseInline(String(text.text ?? ""), { verbatim: text.verbatim === true }), context);
}

/** The characters of a text object, for names that assistive technology reads. */
export function textOf(text) {
  return typeof text === "string" ? text : decode(String(text?.text ?? ""));
}

function plainNodes(text) {
  const source = textOf(text);
  return text?.emoji === false ? [{ type: "text", text: source }] : labelled(source);
}

/** Markdown as blocks in a box. */
export function markdownBox(source, context) {
  return appendNodes(h("div", { class: "r-text r-markdown" }), parseMarkdown(String(source ?? "")), context);
}

/** A rich_text block in a box. */
export function richTextBox(block, context, props = {}) {
  return appendNodes(h("div", { ...props, class: `r-text r-rich ${props.class ?? ""}` }), richTextTree(block), context);
}
