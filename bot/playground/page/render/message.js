// A message's body, and all that the page's shell needs of the drawn blocks.

import { h } from "../dom.js";
import { attachmentsBox } from "./attachments.js";
import { renderBlocks } from "./blocks.js";
import { filesBox } from "./files.js";
import { showErrors } from "./input_block.js";
import { parseMarkdown } from "./markdown.js";
import { parseMrkdwn } from "./mrkdwn.js";
import { channelName, userName } from "./names.js";
import { richTextTree, treeText } from "./rich_text.js";
import { readState } from "./state.js";
import { mrkdwnBox, textOf } from "./text.js";
import { word } from "./words.js";

export { readState, renderBlocks, showErrors };

const LAST_LINES = ".r-p, .r-item, .r-heading, .r-pre > code, .r-header";

/** Blocks where there are any, else the text; then attachments and files, the edited mark, the caret of a stream. */
export function renderMessageBody(message, context) {
  const whole = { lang: "ko", users: new Map(), channels: new Map(), files: new Map(), ...context, ts: message.ts };
  const body = h("div", { class: "r-body" });
  const has = (name) => Array.isArray(message[name]) && message[name].length > 0;
  if (has("blocks")) body.append(renderBlocks(message.blocks, whole));
  else if (message.text) body.append(mrkdwnBox(message.text, whole));
  if (message.edited) atEnd(body, h("span", { class: "r-note r-edited" }, ` ${word(whole, "edited")}`));
  if (message.streaming)
    atEnd(body, h("span", { class: "r-caret", role: "img", "aria-label": word(whole, "writing") }));
  if (has("attachments")) body.append(attachmentsBox(message.attachments, whole));
  if (has("files")) body.append(filesBox(message.files, whole));
  return body;
}

/** Behind the last line of the text, where it is the last thing in the body; else below everything. */
function atEnd(body, mark) {
  const last = [...body.querySelectorAll(LAST_LINES)].at(-1);
  const isLast =
    last &&
    !body.lastElementChild.querySelector(".r-scroll, .r-task, .r-chart") &&
    body.lastElementChild.contains(last);
  (isLast ? last : body).append(mark);
}

/** A message in characters only: said aloud, copied, or shown in one line. `context` gives people their names. */
export function plainText(message, context = {}) {
  const name = (node) =>
    node.type === "user"
      ? userName(node, context)
      : node.type === "channel"
        ? channelName(node, context)
        : node.label || node.id;
  if (message.text) return treeText(parseMrkdwn(message.text), name).trim();
  return (Array.isArray(message.blocks) ? message.blocks : [])
    .map((block) => blockText(block ?? {}, name))
    .filter(Boolean)
    .join("\n")
    .trim();
}

function blockText(block, name) {
  if (block.type === "markdown") return treeText(parseMarkdown(textOf(block)), name);
  if (block.type === "rich_text") return treeText(richTextTree(block), name);
  const texts = [
    block.text,
    block.title,
    block.label,
    ...(block.fields ?? []),
    ...(block.type === "context" ? (block.elements ?? []) : []),
  ];
  return texts
    .filter((text) => typeof text === "string" || typeof text?.text === "string")
    .map((text) => plainOf(text, name))
    .join(" ");
}

function plainOf(text, name) {
  return text.type === "mrkdwn" ? treeText(parseMrkdwn(text.text), name).trim() : textOf(text);
}
