// Blocks -> elements. A block that is odd or unknown leaves a quiet note and never takes the others with it.

import { h } from "../dom.js";
import { alertBlock, cardBlock, carouselBlock, containerBlock, remoteFile, videoBlock } from "./cards.js";
import { chartBlock } from "./chart.js";
import { dataTable } from "./data_table.js";
import { renderElement } from "./elements.js";
import { picture } from "./images.js";
import { inputBlock } from "./input_block.js";
import { tableBlock } from "./table.js";
import { planBlock, taskCard } from "./tasks.js";
import { inlineText, markdownBox, richTextBox, textBox, textOf } from "./text.js";
import { unsupported } from "./unsupported.js";

const DEEPEST = 4;

/** The blocks in a fragment. Where a block brings no block_id, its place stands for it. */
export function renderBlocks(blocks, context) {
  return drawAll(
    blocks,
    { lang: "ko", users: new Map(), channels: new Map(), files: new Map(), ...context },
    "block-",
    0,
  );
}

function drawAll(blocks, context, prefix, depth) {
  const fragment = document.createDocumentFragment();
  (Array.isArray(blocks) ? blocks : []).forEach((block, index) => {
    const blockId = block?.block_id ?? `${prefix}${index}`;
    fragment.append(
      h(
        "div",
        { class: "r-block", "data-block": blockId, "data-block-type": String(block?.type) },
        drawn(block, context, blockId, depth),
      ),
    );
  });
  return fragment;
}

function drawn(block, context, blockId, depth) {
  const build = BLOCKS[block?.type];
  if (!build || depth > DEEPEST) return unsupported(block?.type, context);
  try {
    return build(block, context, blockId, (blocks, prefix) => drawAll(blocks, context, prefix, depth + 1));
  } catch {
    return unsupported(block.type, context);
  }
}

const BLOCKS = {
  __proto__: null,
  section,
  header: (block, context) => h("h3", { class: "r-header" }, inlineText(block.text, context)),
  divider: () => h("hr", { class: "r-divider" }),
  context: contextBlock,
  image: imageBlock,
  actions: elementsOf("r-actions"),
  context_actions: elementsOf("r-context-actions"),
  input: inputBlock,
  markdown: (block, context) => markdownBox(block.text, context),
  rich_text: (block, context) => richTextBox(block, context),
  table: tableBlock,
  data_table: dataTable,
  data_visualization: chartBlock,
  plan: planBlock,
  task_card: taskCard,
  alert: alertBlock,
  card: cardBlock,
  carousel: carouselBlock,
  container: containerBlock,
  file: remoteFile,
  video: videoBlock,
};

function section(block, context, blockId) {
  const body = h("div", { class: "r-section-body" }, block.text && textBox(block.text, context));
  if (Array.isArray(block.fields))
    body.append(
      h(
        "div",
        { class: "r-fields" },
        block.fields.map((field) => textBox(field, context)),
      ),
    );
  const accessory =
    block.accessory && h("div", { class: "r-accessory" }, renderElement(block.accessory, 0, blockId, context));
  return h("div", { class: "r-section" }, body, accessory);
}

function contextBlock(block, context, blockId) {
  return h(
    "div",
    { class: "r-context" },
    (block.elements ?? []).map((element, index) => renderElement(element, index, blockId, context)),
  );
}

function imageBlock(block, context) {
  const title = block.title && h("figcaption", { class: "r-note" }, textOf(block.title));
  return h("figure", { class: "r-image" }, title, picture(block, context, "r-picture"));
}

function elementsOf(className) {
  return (block, context, blockId) =>
    h(
      "div",
      { class: className },
      (block.elements ?? []).map((element, index) => renderElement(element, index, blockId, context)),
    );
}
