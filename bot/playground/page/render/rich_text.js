// A rich_text block -> the same tree of nodes that the parsers make. Pure.

import { EMOJI } from "./emoji.js";
import { safeUrl } from "./urls.js";

const MARKS = ["italic", "bold", "strike", "underline", "highlight", "client_highlight"];
const COLOR = /^#(?:[0-9a-fA-F]{3}){1,2}$/;

/** {type: rich_text, elements} -> blocks: paragraph, list, pre, quote. */
export function richTextTree(block) {
  return listOf(block?.elements).flatMap((element) => READERS[element?.type]?.(element) ?? []);
}

const READERS = {
  __proto__: null,
  rich_text_section: (section) => [{ type: "paragraph", children: inline(section.elements) }],
  rich_text_preformatted: (pre) => [{ type: "pre", children: inline(pre.elements), hasBorder: Boolean(pre.border) }],
  rich_text_quote: (quote) => [{ type: "quote", children: inline(quote.elements), hasBorder: Boolean(quote.border) }],
  rich_text_list: (list) => [
    {
      type: "list",
      isOrdered: list.style === "ordered",
      start: 1 + whole(list.offset),
      indent: Math.min(whole(list.indent), 8),
      hasBorder: Boolean(list.border),
      items: listOf(list.elements).map((item) => ({ blocks: richTextTree({ elements: [item] }) })),
    },
  ],
};

function whole(number) {
  return Number.isInteger(number) && number > 0 ? number : 0;
}

function listOf(value) {
  return Array.isArray(value) ? value : [];
}

function inline(elements) {
  return listOf(elements).map((element) => styled(leaf(element ?? {}), element?.style ?? {}));
}

function styled(node, style) {
  const code = style.code ? { type: "code", children: [node] } : node;
  return MARKS.reduce((inner, mark) => (style[mark] ? { type: TYPES[mark] ?? mark, children: [inner] } : inner), code);
}

const TYPES = { client_highlight: "highlight" };

function leaf(element) {
  const read = LEAVES[element.type];
  return read ? read(element) : { type: "text", text: String(element.text ?? "") };
}

const LEAVES = {
  __proto__: null,
  text: ({ text }) => ({ type: "text", text: String(text ?? "") }),
  emoji: ({ name, unicode }) => ({ type: "emoji", name: String(name), text: emojiOf(String(name), unicode) }),
  link: ({ url, text }) => linkOf(String(url ?? ""), text),
  user: ({ user_id }) => ({ type: "user", id: String(user_id), label: "" }),
  usergroup: ({ usergroup_id }) => ({ type: "usergroup", id: String(usergroup_id), label: "" }),
  channel: ({ channel_id }) => ({ type: "channel", id: String(channel_id), label: "" }),
  team: ({ team_id }) => ({ type: "text", text: String(team_id) }),
  broadcast: ({ range }) => ({ type: "broadcast", range: String(range) }),
  color: ({ value }) => (COLOR.test(value) ? { type: "color", value } : { type: "text", text: String(value ?? "") }),
  date: ({ timestamp, format, url, fallback }) => ({
    type: "date",
    timestamp: Number(timestamp),
    format: String(format ?? ""),
    url: safeUrl(url),
    fallback: String(fallback ?? ""),
  }),
};

function linkOf(address, text) {
  const url = safeUrl(address);
  const label = { type: "text", text: String(text || address) };
  return url ? { type: "link", url, children: [label] } : label;
}

/** The element brings the code points itself (hex, with dashes between), or its name is one we know. */
function emojiOf(name, unicode) {
  const points = typeof unicode === "string" ? unicode.split("-").map((hex) => Number.parseInt(hex, 16)) : [];
  const isWhole = points.length > 0 && points.every((point) => point > 0 && point <= 0x10ffff);
  return isWhole ? String.fromCodePoint(...points.slice(0, 12)) : (EMOJI.get(name) ?? `:${name}:`);
}

/** Text that somebody typed -> a rich_text block's JSON: what a rich_text_input hands over. */
export function richTextOf(text) {
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] };
}

/** The text of a tree of nodes, or of one that is in `initial_value` of a rich_text_input. */
export function treeText(nodes, name = (node) => node.label || node.id) {
  return nodes.map((node) => nodeText(node, name)).join("");
}

function nodeText(node, name) {
  const mark = { user: "@", usergroup: "@", channel: "#" }[node.type];
  if (mark) return mark + name(node);
  if (node.type === "broadcast") return `@${node.range}`;
  if (node.type === "date") return node.fallback;
  if (node.type === "color") return node.value;
  if (node.type === "rule") return "\n";
  const inner = node.text ?? treeText(node.children ?? node.blocks ?? node.items ?? node.rows?.flat(2) ?? [], name);
  return BLOCKS.has(node.type) || node.blocks ? `${inner}\n`.replace(/\n+$/, "\n") : inner;
}

const BLOCKS = new Set(["paragraph", "heading", "pre", "quote"]);
