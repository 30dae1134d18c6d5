// Slack's own markup: text -> blocks of inline nodes. Pure, and linear in the text's length.

import {
  addNode,
  addText,
  after,
  before,
  decode,
  isLetter,
  isSpace,
  readAngle,
  readEmoji,
  readUrl,
  runAt,
} from "./scan.js";

const STYLES = { "*": "bold", _: "italic", "~": "strike" };
const FENCE = "```";
const QUOTES = ["&gt;", ">"];

/** [{type: paragraph | quote, children} | {type: pre, text}]; `verbatim`: bare addresses stay text. */
export function parseMrkdwn(source, { verbatim = false } = {}) {
  const blocks = [];
  let start = 0;
  let at = source.indexOf(FENCE);
  while (at >= 0) {
    const opened = at + runAt(source, at);
    const closed = source.indexOf(FENCE, opened);
    if (closed < 0) break;
    addLines(blocks, source.slice(start, at), verbatim);
    blocks.push({ type: "pre", text: decode(withoutEdges(source.slice(at + FENCE.length, closed))) });
    start = closed + FENCE.length;
    at = source.indexOf(FENCE, start);
  }
  addLines(blocks, source.slice(start), verbatim);
  return blocks;
}

/** One line (or a text without blocks) -> inline nodes. */
export function parseInline(line, { verbatim = false } = {}) {
  const scan = { text: line, verbatim, frames: [{ marker: "", children: [] }] };
  let at = 0;
  let start = 0;
  while (at < line.length) {
    const end = construct(scan, at, start);
    if (end) start = end;
    at = end || at + 1;
  }
  flush(scan, start, line.length);
  while (scan.frames.length > 1) unwrap(scan);
  return scan.frames[0].children;
}

function withoutEdges(text) {
  return text.replace(/^\n/, "").replace(/\n$/, "");
}

function addLines(blocks, text, verbatim) {
  const afterPre = blocks.at(-1)?.type === "pre";
  const lines = (afterPre ? text.replace(/^ *\n/, "") : text).split("\n");
  if (lines.length === 1 && !lines[0].trim()) return;
  let quotesRest = false;
  for (const line of lines) {
    const mark = QUOTES.find((one) => line.startsWith(one));
    const all = mark && line.startsWith(mark.repeat(3));
    const content = all && !quotesRest ? line.slice(mark.length * 3) : mark ? line.slice(mark.length) : line;
    quotesRest ||= Boolean(all);
    addLine(blocks, quotesRest || mark ? "quote" : "paragraph", mark ? content.replace(/^ /, "") : content, verbatim);
  }
  trimEnd(blocks.at(-1).children);
}

function addLine(blocks, type, line, verbatim) {
  const last = blocks.at(-1);
  const inline = parseInline(line, { verbatim });
  if (last?.type !== type) {
    blocks.push({ type, children: inline });
    return;
  }
  addText(last.children, "\n");
  for (const node of inline) addNode(last.children, node);
}

function trimEnd(nodes) {
  const last = nodes.at(-1);
  if (last?.type !== "text") return;
  last.text = last.text.replace(/\n$/, "");
  if (!last.text) nodes.pop();
}

function flush(scan, start, end) {
  addText(scan.frames.at(-1).children, decode(scan.text.slice(start, end)));
}

/** Reads what starts at `at`, if it is more than text; returns where it ends, else 0. */
function construct(scan, at, start) {
  const char = scan.text[at];
  if (char in STYLES) return style(scan, at, start);
  const found = read(scan, at, char);
  if (!found) return 0;
  flush(scan, start, at);
  addNode(scan.frames.at(-1).children, found.node);
  return found.end;
}

function read(scan, at, char) {
  if (char === "`") return readCode(scan.text, at);
  if (char === "<") return readAngle(scan.text, at);
  if (char === ":") return readEmoji(scan.text, at);
  return char === "h" && !scan.verbatim ? readUrl(scan.text, at) : null;
}

function readCode(text, at) {
  const run = runAt(text, at);
  const end = run > 1 ? -1 : text.indexOf("`", at + 1);
  if (end < 0) return { node: { type: "text", text: text.slice(at, at + run) }, end: at + run };
  return { node: { type: "code", text: decode(text.slice(at + 1, end)) }, end: end + 1 };
}

/**
 * Slack's rule: no letter outside of the marks, no space and no such mark inside of them, all in one line.
 * `*굵게*입니다` therefore stays as it is. Two marks in a row mark nothing.
 */
function style(scan, at, start) {
  const { text, frames } = scan;
  const marker = text[at];
  const run = runAt(text, at);
  if (run > 1) return leaveRun(scan, start, at + run);
  const previous = before(text, at);
  const next = after(text, at + 1);
  const isOpen = frames.some((frame) => frame.marker === marker);
  const closes = isOpen && !isSpace(previous) && !isLetter(next);
  const opens = !closes && !isLetter(previous) && !isSpace(next);
  if (!isOpen && !opens) return 0;
  flush(scan, start, at);
  if (closes) close(scan, marker);
  else if (isOpen) while (frames.some((frame) => frame.marker === marker)) unwrap(scan);
  if (opens) frames.push({ marker, children: [] });
  else if (!closes) addText(frames.at(-1).children, marker);
  return at + 1;
}

function leaveRun(scan, start, end) {
  flush(scan, start, end);
  return end;
}

function close(scan, marker) {
  while (scan.frames.at(-1).marker !== marker) unwrap(scan);
  const { children } = scan.frames.pop();
  scan.frames.at(-1).children.push({ type: STYLES[marker], children });
}

/** A mark that was never closed is text. */
function unwrap(scan) {
  const { marker, children } = scan.frames.pop();
  const outer = scan.frames.at(-1).children;
  addText(outer, marker);
  for (const node of children) addNode(outer, node);
}
