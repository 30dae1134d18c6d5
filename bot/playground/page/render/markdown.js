// Markdown's blocks: text -> headings, paragraphs, lists, quotes, code, tables, rules. Pure and linear; HTML is text.

import { parseMarkdownInline } from "./markdown_inline.js";
import { readTable } from "./markdown_table.js";
import { isSpace } from "./scan.js";

const DEEPEST = 8;
const FENCE = /^ {0,3}(`{3,20}|~{3,20})([^`]*)$/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/;
const MARKER = /^( *)(?:([-*+•])|(\d{1,9})[.)])(?: (.*))?$/;
const TASK = /^\[([ xX])\] (.*)$/s;

/** [{type: heading | paragraph | list | quote | pre | table | rule, …}]; an open fence runs to the end: a stream. */
export function parseMarkdown(source) {
  return parseLines(source.replaceAll("\r\n", "\n").split("\n").map(untabbed), 0);
}

function untabbed(line) {
  return line.includes("\t") ? line.replace(/^[ \t]+/, (lead) => lead.replaceAll("\t", "    ")) : line;
}

function parseLines(lines, depth) {
  const blocks = [];
  let at = 0;
  while (at < lines.length) {
    if (!lines[at].trim()) {
      at += 1;
      continue;
    }
    const { block, next } = readBlock(lines, at, depth);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

function readBlock(lines, at, depth) {
  const line = lines[at];
  const heading = HEADING.exec(line);
  if (heading) return { block: headingOf(heading), next: at + 1 };
  if (isRule(line)) return { block: { type: "rule" }, next: at + 1 };
  const fence = FENCE.exec(line);
  if (fence) return readFence(lines, at, fence);
  if (isQuote(line) && depth < DEEPEST) return readQuote(lines, at, depth);
  if (markerOf(line) && depth < DEEPEST) return readList(lines, at, depth);
  return readTable(lines, at) ?? readParagraph(lines, at);
}

function headingOf([, marks, text = ""]) {
  const bare = withoutEnd(text.trim(), "#");
  const isClosed = bare === "" || bare.endsWith(" ");
  return { type: "heading", level: marks.length, children: parseMarkdownInline(isClosed ? bare.trim() : text.trim()) };
}

function withoutEnd(text, char) {
  let end = text.length;
  while (end > 0 && text[end - 1] === char) end -= 1;
  return text.slice(0, end);
}

function isRule(line) {
  const bare = line.trim().replaceAll(" ", "");
  return bare.length >= 3 && "-*_".includes(bare[0]) && withoutEnd(bare, bare[0]) === "";
}

function isQuote(line) {
  return line.trimStart()[0] === ">";
}

function markerOf(line) {
  const found = MARKER.exec(line);
  if (!found) return null;
  const [, indent, , number, rest = ""] = found;
  const content = line.length - rest.length;
  return { indent: indent.length, content, isOrdered: number !== undefined, start: Number(number ?? 1), rest };
}

function startsBlock(line) {
  return HEADING.test(line) || FENCE.test(line) || isRule(line) || isQuote(line) || markerOf(line) !== null;
}

function readFence(lines, at, [, fence, info]) {
  const indent = lines[at].length - lines[at].trimStart().length;
  const body = [];
  let next = at + 1;
  for (; next < lines.length && !closesFence(lines[next], fence); next += 1) body.push(unindented(lines[next], indent));
  if (next === lines.length && body.at(-1) === "") body.pop();
  return { block: { type: "pre", text: body.join("\n"), language: info.trim() }, next: next + 1 };
}

function closesFence(line, fence) {
  const bare = line.trim();
  return bare.length >= fence.length && withoutEnd(bare, fence[0]) === "";
}

function unindented(line, by) {
  let at = 0;
  while (at < by && line[at] === " ") at += 1;
  return line.slice(at);
}

function readQuote(lines, at, depth) {
  const body = [];
  let next = at;
  for (; next < lines.length && lines[next].trim(); next += 1) {
    if (isQuote(lines[next])) body.push(lines[next].trimStart().slice(1).replace(/^ /, ""));
    else if (startsBlock(lines[next])) break;
    else body.push(lines[next]);
  }
  return { block: { type: "quote", blocks: parseLines(body, depth + 1) }, next };
}

function readList(lines, at, depth) {
  const first = markerOf(lines[at]);
  const items = [];
  let next = at;
  while (next < lines.length) {
    const mark = markerOf(lines[next]);
    if (!mark || mark.isOrdered !== first.isOrdered || mark.indent > first.indent + 1 || isRule(lines[next])) break;
    if (mark.indent < first.indent) break;
    const item = readItem(lines, next, mark);
    items.push(itemOf(item.body, depth));
    next = item.next;
  }
  return { block: { type: "list", isOrdered: first.isOrdered, start: first.start, items }, next };
}

function itemOf(body, depth) {
  const task = TASK.exec(body[0]);
  const lines = task ? [task[2], ...body.slice(1)] : body;
  const blocks = parseLines(lines, depth + 1);
  return task ? { blocks, isChecked: task[1] !== " " } : { blocks };
}

/** An item's lines without their indent. Two spaces are enough to belong to it, as models write lists. */
function readItem(lines, at, mark) {
  const body = [mark.rest];
  let next = at + 1;
  while (next < lines.length) {
    const line = lines[next];
    const indent = line.length - line.trimStart().length;
    if (!line.trim()) {
      const filled = nextFilled(lines, next);
      if (filled === lines.length || !isInside(lines[filled], mark)) return { body, next: filled };
      for (; next < filled; next += 1) body.push("");
    } else if (isInside(line, mark)) {
      body.push(line.slice(Math.min(indent, mark.content)));
      next += 1;
    } else if (startsBlock(line)) {
      break;
    } else {
      body.push(line.trimStart());
      next += 1;
    }
  }
  return { body, next };
}

function nextFilled(lines, at) {
  let next = at;
  while (next < lines.length && !lines[next].trim()) next += 1;
  return next;
}

function isInside(line, mark) {
  return line.length - line.trimStart().length >= mark.indent + 2;
}

function readParagraph(lines, at) {
  const body = [lines[at]];
  let next = at + 1;
  while (next < lines.length && lines[next].trim() && !startsBlock(lines[next]) && !readTable(lines, next)) {
    body.push(lines[next]);
    next += 1;
  }
  const text = body.map((line) => (isSpace(line[0]) || isSpace(line.at(-1)) ? line.trim() : line)).join("\n");
  return { block: { type: "paragraph", children: parseMarkdownInline(text) }, next };
}
