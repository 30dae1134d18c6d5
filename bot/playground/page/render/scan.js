// What mrkdwn and markdown have in common: reading one construct at one place. Each reader looks ahead a bounded way,
// or walks over what it has read, so that a parse stays linear.

import { EMOJI } from "./emoji.js";
import { safeUrl } from "./urls.js";

const LETTER = /[\p{L}\p{N}]/u;
const PUNCTUATION = /[\p{P}\p{S}]/u;
const SPACE = /\s/;
const NAME = /[a-z0-9_+'-]/;
const LONGEST_NAME = 64;
const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": "\u00a0" };
const SPECIAL_MENTIONS = new Set(["channel", "here", "everyone"]);

export const isLetter = (char) => LETTER.test(char);
export const isSpace = (char) => char === "" || SPACE.test(char);
export const isPunctuation = (char) => PUNCTUATION.test(char);

/** The character that ends before `at`, or "". */
export function before(text, at) {
  if (at <= 0) return "";
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(Math.max(0, at - 2), at) : text[at - 1];
}

/** The character that starts at `at`, or "". */
export function after(text, at) {
  return at < text.length ? String.fromCodePoint(text.codePointAt(at)) : "";
}

/** How many times the character at `at` stands there in a row. */
export function runAt(text, at) {
  let end = at;
  while (end < text.length && text[end] === text[at]) end += 1;
  return end - at;
}

/** Slack's three entities, as the characters they stand for. */
export function decode(text) {
  return text.includes("&") ? text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]) : text;
}

/** The entities of markdown that people and models write. */
export function decodeMore(text) {
  return text.includes("&") ? text.replace(/&(?:amp|lt|gt|quot|nbsp|#39);/g, (entity) => ENTITIES[entity]) : text;
}

/** `:name:` at `at` -> {node, end}, or null where no such emoji is known. */
export function readEmoji(text, at) {
  let end = at + 1;
  while (end < text.length && end - at <= LONGEST_NAME && NAME.test(text[end])) end += 1;
  if (end === at + 1 || text[end] !== ":") return null;
  const name = text.slice(at + 1, end);
  const unicode = EMOJI.get(name);
  return unicode ? { node: { type: "emoji", name, text: unicode }, end: end + 1 } : null;
}

/** `<…>` at `at`: a link, a mention, a date -> {node, end}; null where it is just text. */
export function readAngle(text, at) {
  let end = at + 1;
  while (end < text.length && text[end] !== ">" && text[end] !== "<" && text[end] !== "\n") end += 1;
  if (text[end] !== ">") return null;
  const node = angleNode(text.slice(at + 1, end));
  return node && { node, end: end + 1 };
}

function angleNode(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : decode(inside.slice(bar + 1));
  if (target[0] === "@") return target.length > 1 ? { type: "user", id: target.slice(1), label } : null;
  if (target[0] === "#") return target.length > 1 ? { type: "channel", id: target.slice(1), label } : null;
  if (target[0] === "!") return special(target.slice(1), label);
  const url = safeUrl(decode(target));
  return url && { type: "link", url, children: labelled(label || decode(target).replace(/^mailto:/, "")) };
}

function special(target, label) {
  if (SPECIAL_MENTIONS.has(target)) return { type: "broadcast", range: target };
  if (target.startsWith("subteam^")) return { type: "usergroup", id: target.slice(8), label };
  if (!target.startsWith("date^")) return null;
  const [, timestamp, format = "", url = ""] = target.split("^");
  return { type: "date", timestamp: Number(timestamp), format, url: safeUrl(url), fallback: label };
}

/** A link's label: text with emoji and nothing else. */
export function labelled(text) {
  const nodes = [];
  let start = 0;
  for (let at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at)) {
    const found = readEmoji(text, at);
    if (found) {
      if (at > start) nodes.push({ type: "text", text: text.slice(start, at) });
      nodes.push(found.node);
      start = found.end;
    }
    at = found ? found.end : at + 1;
  }
  if (start < text.length) nodes.push({ type: "text", text: text.slice(start) });
  return nodes;
}

/**
 * A bare http(s) address at `at` -> {node, end}, or null. It ends before what is not ASCII: a Korean particle is no
 * part of it. What turns out to be no address is text as a whole, so that it isn't read again.
 */
export function readUrl(text, at) {
  if (!text.startsWith("http://", at) && !text.startsWith("https://", at)) return null;
  if (isLetter(before(text, at))) return null;
  let end = at;
  while (end < text.length && isUrlCode(text.charCodeAt(end))) end += 1;
  while (end > at && ".,;:!?'\"*_~)]".includes(text[end - 1]) && !closes(text, at, end)) end -= 1;
  const label = { type: "text", text: decode(text.slice(at, end)) };
  const url = safeUrl(label.text);
  return { node: url ? { type: "link", url, children: [label] } : label, end };
}

function isUrlCode(code) {
  return code > 32 && code < 127 && code !== 60 && code !== 62 && code !== 96 && code !== 124 && code !== 92;
}

/** A `)` at the end belongs to the address where its `(` is in it. Looked at once: such addresses are short. */
function closes(text, at, end) {
  return text[end - 1] === ")" && end - at < 500 && text.slice(at, end).includes("(");
}

/** Adds text to a list of nodes, to the text before it where there is one. */
export function addText(nodes, text) {
  if (!text) return;
  const last = nodes.at(-1);
  if (last?.type === "text") last.text += text;
  else nodes.push({ type: "text", text });
}

/** Adds a node to a list of nodes; texts grow together. */
export function addNode(nodes, node) {
  if (node.type === "text") addText(nodes, node.text);
  else nodes.push(node);
}
