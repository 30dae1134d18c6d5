// Nodes of a parsed text -> elements. Every text in a message becomes page content here, and only as text.

import { h } from "../dom.js";
import { formatDate } from "./date.js";
import { channelName, userName } from "./names.js";

/** Appends the elements for `nodes` to `parent`; returns it. Parsers bound the depth. */
export function appendNodes(parent, nodes, context) {
  for (const node of nodes) parent.append(element(node, context));
  return parent;
}

/** A link that leaves the page. `url` has passed safeUrl. */
export function link(url, props = {}) {
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", ...props });
}

function element(node, context) {
  return (BUILDERS[node.type] ?? BUILDERS.text)(node, context);
}

function wrap(tag, className) {
  return (node, context) => appendNodes(h(tag, { class: className }), node.children, context);
}

const BUILDERS = {
  __proto__: null,
  text: (node) => document.createTextNode(node.text ?? ""),
  emoji: (node) =>
    h("span", { class: "r-emoji", role: "img", "aria-label": node.name, title: `:${node.name}:` }, node.text),
  bold: wrap("strong"),
  italic: wrap("em"),
  strike: wrap("s"),
  underline: wrap("u"),
  highlight: wrap("mark"),
  code: (node, context) => contentOf(h("code", { class: "r-code" }), node, context),
  link: (node, context) => appendNodes(link(node.url, { class: "r-link" }), node.children, context),
  user: (node, context) =>
    mention(`@${userName(node, context)}`, node.id === context.me ? "r-mention-me" : "", { user: node.id }),
  channel: channelElement,
  usergroup: (node) => mention(`@${node.label.replace(/^@/, "") || node.id}`, "", {}),
  broadcast: (node) => mention(`@${node.range}`, "r-mention-me", {}),
  date: dateElement,
  color: colorElement,
  paragraph: wrap("p", "r-p"),
  heading: (node, context) =>
    appendNodes(
      h(`h${Math.min(node.level + 2, 6)}`, { class: `r-heading r-heading-${node.level}` }),
      node.children,
      context,
    ),
  pre: (node, context) => h("pre", { class: "r-pre" }, contentOf(h("code"), node, context)),
  quote: (node, context) => contentOf(h("blockquote", { class: "r-quote" }), node, context),
  list: listElement,
  table: tableElement,
  rule: () => h("hr", { class: "r-divider" }),
};

function contentOf(parent, node, context) {
  if (node.text !== undefined) parent.append(node.text);
  return appendNodes(parent, node.children ?? node.blocks ?? [], context);
}

function mention(text, extra, dataset) {
  return h("span", { class: `r-mention ${extra}`.trim(), dataset }, text);
}

/** Leads to the channel where the shell opens channels and the reader is in it. */
function channelElement(node, context) {
  const name = `#${channelName(node, context)}`;
  if (!context.openChannel || !context.channels?.has(node.id)) return mention(name, "", { channel: node.id });
  const open = () => context.openChannel(node.id);
  return h(
    "button",
    { type: "button", class: "r-mention r-mention-link", dataset: { channel: node.id }, on: { click: open } },
    name,
  );
}

function dateElement(node, context) {
  const text = formatDate(node.timestamp, node.format, context.lang ?? "ko") || node.fallback;
  const moment = new Date(node.timestamp * 1000);
  const isMoment = Number.isFinite(moment.getTime());
  const time = h(
    "time",
    { datetime: isMoment && moment.toISOString(), title: isMoment && moment.toLocaleString(context.lang) },
    text,
  );
  return node.url ? h("span", {}, appendChild(link(node.url, { class: "r-link" }), time)) : time;
}

function appendChild(parent, child) {
  parent.append(child);
  return parent;
}

function colorElement(node) {
  const swatch = h("span", { class: "r-swatch", "aria-hidden": "true" });
  swatch.style.backgroundColor = node.value;
  return h("span", { class: "r-color" }, swatch, node.value);
}

function listElement(node, context) {
  const level = (node.indent ?? 0) % 3;
  const isTasks = node.items.some((item) => "isChecked" in item);
  const border = node.hasBorder ? " r-bordered" : "";
  const start = node.isOrdered && node.start !== 1 && node.start;
  const list = h(node.isOrdered ? "ol" : "ul", {
    class: `r-list r-level-${level}${isTasks ? " r-tasks" : ""}${border}`,
    start,
  });
  if (node.indent) list.style.marginInlineStart = `${node.indent * 1.6}em`;
  for (const item of node.items) list.append(listItem(item, context));
  return list;
}

function listItem(item, context) {
  const row = h("li");
  if ("isChecked" in item)
    row.append(h("input", { type: "checkbox", class: "r-task-box", disabled: true, checked: item.isChecked }));
  for (const block of item.blocks) {
    if (block.type === "paragraph" && block === item.blocks[0])
      row.append(appendNodes(h("span", { class: "r-item" }), block.children, context));
    else row.append(element(block, context));
  }
  return row;
}

function tableElement(node, context) {
  const cell = (tag, nodes, column) =>
    appendNodes(h(tag, { class: `r-${node.align[column]}`, scope: tag === "th" && "col" }), nodes, context);
  const [head, ...rows] = node.rows;
  const table = h(
    "table",
    { class: "r-table" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map((nodes, column) => cell("th", nodes, column)),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map((row) =>
        h(
          "tr",
          {},
          row.map((nodes, column) => cell("td", nodes, column)),
        ),
      ),
    ),
  );
  return h("div", { class: "r-scroll", tabindex: "0" }, table);
}
