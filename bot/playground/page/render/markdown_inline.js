// Emphasis, code, links and addresses in one paragraph of markdown: text -> inline nodes. Pure and linear.

import {
  addNode,
  addText,
  after,
  before,
  decodeMore,
  isPunctuation,
  isSpace,
  labelled,
  readAngle,
  readEmoji,
  readUrl,
  runAt,
} from "./scan.js";
import { safeUrl } from "./urls.js";

const LONGEST_MARK = 6;
const OPEN_AT_MOST = 64;
const PARENTHESES_AT_MOST = 8;
const LONGEST_URL = 2000;

/** One paragraph's text -> [{type: text | bold | italic | strike | code | link | emoji | user | …}] */
export function parseMarkdownInline(text) {
  const scan = { text, tokens: [], brackets: [], ticks: tickRuns(text) };
  let start = 0;
  let at = 0;
  while (at < text.length) {
    const reader = READERS[text[at]];
    const found = reader ? reader(scan, at) : null;
    if (!found) {
      at += 1;
      continue;
    }
    addText(scan.tokens, decodeMore(text.slice(start, at)));
    found.put(scan.tokens);
    start = found.end;
    at = found.end;
  }
  addText(scan.tokens, decodeMore(text.slice(start)));
  return emphasised(scan.tokens);
}

const READERS = {
  "\\": readEscape,
  "`": readCode,
  "<": (scan, at) => node(readAngle(scan.text, at)),
  ":": (scan, at) => node(readEmoji(scan.text, at)),
  h: (scan, at) => (scan.brackets.length ? null : node(readUrl(scan.text, at))),
  "*": readMark,
  _: readMark,
  "~": readMark,
  "[": (scan, at) => readBracket(scan, at, 1),
  "!": (scan, at) => (scan.text[at + 1] === "[" ? readBracket(scan, at, 2) : null),
  "]": readLinkEnd,
};

function node(found) {
  return found && { put: (tokens) => tokens.push(found.node), end: found.end };
}

function readEscape({ text }, at) {
  const next = text[at + 1] ?? "";
  if (next === "\n") return { put: (tokens) => addText(tokens, "\n"), end: at + 2 };
  if (!/[!-/:-@[-`{-~]/.test(next)) return null;
  return { put: (tokens) => addText(tokens, next), end: at + 2 };
}

/** length -> where runs of that many backticks start, in order. */
function tickRuns(text) {
  const runs = new Map();
  for (let at = text.indexOf("`"); at >= 0;) {
    const length = runAt(text, at);
    if (!runs.has(length)) runs.set(length, { starts: [], next: 0 });
    runs.get(length).starts.push(at);
    at = text.indexOf("`", at + length);
  }
  return runs;
}

function readCode({ text, ticks }, at) {
  const length = runAt(text, at);
  const runs = ticks.get(length);
  while (runs && runs.next < runs.starts.length && runs.starts[runs.next] <= at) runs.next += 1;
  const closed = runs?.starts[runs.next];
  if (closed === undefined) return { put: (tokens) => addText(tokens, text.slice(at, at + length)), end: at + length };
  const inside = text.slice(at + length, closed).replaceAll("\n", " ");
  const isPadded = inside.startsWith(" ") && inside.endsWith(" ") && inside.trim() !== "";
  const code = { type: "code", text: isPadded ? inside.slice(1, -1) : inside };
  return { put: (tokens) => tokens.push(code), end: closed + length };
}

/** A run of * _ ~, with CommonMark's flanking rules: what it may open or close. */
function readMark({ text }, at) {
  const char = text[at];
  const count = runAt(text, at);
  const end = at + count;
  if (count > (char === "~" ? 2 : LONGEST_MARK)) {
    return { put: (tokens) => addText(tokens, text.slice(at, end)), end };
  }
  const previous = before(text, at);
  const next = after(text, end);
  const left = !isSpace(next) && (!isPunctuation(next) || isSpace(previous) || isPunctuation(previous));
  const right = !isSpace(previous) && (!isPunctuation(previous) || isSpace(next) || isPunctuation(next));
  const inWord = char === "_";
  const mark = {
    mark: char,
    count,
    canOpen: left && (!inWord || !right || isPunctuation(previous)),
    canClose: right && (!inWord || !left || isPunctuation(next)),
  };
  return { put: (tokens) => tokens.push(mark), end };
}

function readBracket(scan, at, length) {
  const put = (tokens) => {
    scan.brackets.push({ index: tokens.length, isImage: length === 2 });
    tokens.push({ bracket: scan.text.slice(at, at + length) });
  };
  return { put, end: at + length };
}

function readLinkEnd(scan, at) {
  const opened = scan.brackets.pop();
  const target = opened && readTarget(scan.text, at + 1);
  if (!target) return null;
  const put = (tokens) => {
    const label = emphasised(tokens.splice(opened.index).slice(1));
    const children = label.length ? label : labelled(target.url);
    tokens.push({ type: "link", url: target.url, children });
    if (!opened.isImage) scan.brackets.length = 0;
  };
  return { put, end: target.end };
}

/** `(address "title")` at `at` -> {url, end}; null where it is none, or none that may be linked to. */
function readTarget(text, at) {
  if (text[at] !== "(") return null;
  let depth = 1;
  let opened = 1;
  let end = at + 1;
  let space = -1;
  for (; end < text.length && end - at < LONGEST_URL; end += 1) {
    const char = text[end];
    if (char === "\n") return null;
    if (char === " " && space < 0) space = end;
    if (char === "(" && (opened += 1) > PARENTHESES_AT_MOST) return null;
    depth += char === "(" ? 1 : char === ")" ? -1 : 0;
    if (depth === 0) break;
  }
  if (text[end] !== ")" || depth) return null;
  const url = safeUrl(text.slice(at + 1, space < 0 ? end : space).replace(/^<|>$/g, ""));
  return url && { url, end: end + 1 };
}

/** Pairs the marks among the tokens; what has no partner is text. */
function emphasised(tokens) {
  const out = [];
  const open = [];
  for (const token of tokens) {
    if (!token.mark) {
      out.push(token);
      continue;
    }
    const count = token.canClose ? closeWith(token, out, open) : token.count;
    if (!count) continue;
    out.push({ ...token, count });
    if (token.canOpen && open.push(out.length - 1) > OPEN_AT_MOST) open.shift();
  }
  return settled(out);
}

/** Closes as many open marks as the closing one has characters for; returns how many are left of it. */
function closeWith(token, out, open) {
  let count = token.count;
  for (let place = open.length - 1; place >= 0 && count > 0;) {
    const opener = out[open[place]];
    if (!pairs(opener, token, count)) {
      place -= 1;
      continue;
    }
    const used = token.mark === "~" ? count : Math.min(opener.count, count, 2);
    const children = settled(out.splice(open[place] + 1));
    open.length = place + 1;
    opener.count -= used;
    count -= used;
    if (opener.count === 0) {
      out.pop();
      open.pop();
      place -= 1;
    }
    out.push({ type: token.mark === "~" ? "strike" : used === 2 ? "bold" : "italic", children });
  }
  return count;
}

function pairs(opener, token, count) {
  if (opener.mark !== token.mark) return false;
  if (token.mark === "~") return opener.count === count;
  const isBoth = opener.canClose || token.canOpen;
  return !isBoth || (opener.count + count) % 3 !== 0 || (opener.count % 3 === 0 && count % 3 === 0);
}

/** Tokens as nodes: marks and brackets that are left are text. */
function settled(tokens) {
  const nodes = [];
  for (const token of tokens) {
    if (token.mark) addText(nodes, token.mark.repeat(token.count));
    else if (token.bracket) addText(nodes, token.bracket);
    else addNode(nodes, token);
  }
  return nodes;
}
