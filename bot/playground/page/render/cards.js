// Blocks that frame others: alert, card, carousel, container; and what stands elsewhere: video, remote file.

import { h } from "../dom.js";
import { renderElement } from "./elements.js";
import { icon } from "./icons.js";
import { picture } from "./images.js";
import { inlineText, richTextBox, textBox, textOf } from "./text.js";
import { link } from "./tree.js";
import { safeUrl } from "./urls.js";
import { word } from "./words.js";

const LEVELS = { __proto__: null, info: "info", warning: "warning", error: "error", success: "complete" };
const WIDTHS = new Set(["narrow", "standard", "wide", "full"]);

export function alertBlock(block, context) {
  const level = block.level in LEVELS ? block.level : "default";
  const role = level === "error" || level === "warning" ? "alert" : "note";
  return h(
    "div",
    { class: `r-alert r-alert-${level}`, role },
    icon(LEVELS[level] ?? "info"),
    textBox(block.text, context),
  );
}

export function cardBlock(block, context, blockId) {
  const card = h("article", { class: "r-card" });
  if (block.hero_image) card.append(picture(block.hero_image, context, "r-hero"));
  card.append(heading(block, context), h("div", { class: "r-card-body" }, block.body && textBox(block.body, context)));
  const actions = (block.actions ?? []).map((element, index) => renderElement(element, index, blockId, context));
  if (actions.length) card.append(h("div", { class: "r-actions" }, actions));
  return card;
}

function heading(block, context) {
  const title = block.rich_text_title
    ? richTextBox(block.rich_text_title, context)
    : block.title && inlineText(block.title, context);
  const texts = h(
    "div",
    { class: "r-head-text" },
    h("div", { class: "r-head-title" }, title),
    block.subtitle && h("div", { class: "r-note" }, inlineText(block.subtitle, context)),
  );
  return h("div", { class: "r-head" }, block.icon && picture(block.icon, context, "r-head-icon"), texts);
}

export function carouselBlock(block, context, blockId) {
  const cards = (block.elements ?? []).map((card, index) =>
    cardBlock(card, context, card.block_id ?? `${blockId}-${index}`),
  );
  return h("div", { class: "r-carousel", tabindex: "0", role: "region" }, cards);
}

/** `drawBlocks` draws the blocks inside: given by who knows them all. */
export function containerBlock(block, context, blockId, drawBlocks) {
  const width = WIDTHS.has(block.width) ? block.width : "standard";
  const className = `r-container r-width-${width}${block.has_header_divider ? " r-head-ruled" : ""}`;
  const inside = h("div", { class: "r-container-body" }, drawBlocks(block.child_blocks ?? [], `${blockId}-`));
  if (!block.is_collapsible) return h("section", { class: className }, heading(block, context), inside);
  const summary = h("summary", { class: "r-container-fold" }, heading(block, context), icon("down", "r-fold"));
  return h("details", { class: className, open: !block.default_collapsed }, summary, inside);
}

export function videoBlock(block, context) {
  const url = safeUrl(block.title_url ?? block.video_url);
  const title = textOf(block.title) || textOf(block.alt_text) || word(context, "video");
  const head = url ? link(url, { class: "r-link" }) : h("span");
  head.append(title);
  const note = [textOf(block.author_name), textOf(block.provider_name)].filter(Boolean).join(" · ");
  const frame = url
    ? link(url, { class: "r-video-frame", "aria-label": `${word(context, "watch")}: ${title}` })
    : h("span", { class: "r-video-frame" });
  frame.append(icon("play"));
  return h(
    "div",
    { class: "r-video" },
    h("div", { class: "r-head-title" }, head),
    note && h("div", { class: "r-note" }, note),
    block.description && h("div", {}, textOf(block.description)),
    frame,
  );
}

export function remoteFile(block, context) {
  return h(
    "div",
    { class: "r-file-card", testid: "file" },
    icon("file"),
    h(
      "span",
      { class: "r-file-text" },
      h("span", { class: "r-file-name" }, String(block.external_id ?? "")),
      h("span", { class: "r-note" }, word(context, "remoteFile")),
    ),
  );
}
