// A markdown table: lines -> {type: table, align, rows}. Pure and linear.

import { parseMarkdownInline } from "./markdown_inline.js";

const COLUMNS_AT_MOST = 50;

/** The table that starts at line `at` -> {block, next}; null where none does. The first row is the heading. */
export function readTable(lines, at) {
  if (!lines[at].includes("|") || !isDelimiter(lines[at + 1])) return null;
  const head = cellsOf(lines[at]);
  const align = cellsOf(lines[at + 1]).map(alignOf);
  if (head.length !== align.length) return null;
  const rows = [head];
  let next = at + 2;
  for (; next < lines.length && lines[next].includes("|"); next += 1) rows.push(cellsOf(lines[next]));
  const fitted = rows.map((row) => align.map((_, column) => parseMarkdownInline(row[column] ?? "")));
  return { block: { type: "table", align, rows: fitted }, next };
}

function isDelimiter(line) {
  if (!line?.includes("-") || !/^[ \t|:-]+$/.test(line)) return false;
  const cells = cellsOf(line);
  return cells.length <= COLUMNS_AT_MOST && cells.every((cell) => /^:?-+:?$/.test(cell));
}

function alignOf(cell) {
  if (cell.endsWith(":")) return cell.startsWith(":") ? "center" : "right";
  return "left";
}

/** Cells between bars; `\|` and bars in code are no bars. */
function cellsOf(line) {
  const bare = line.trim();
  const cells = [""];
  let isCode = false;
  for (let at = bare[0] === "|" ? 1 : 0; at < bare.length; at += 1) {
    const char = bare[at];
    if (char === "`") isCode = !isCode;
    if (char === "\\" && bare[at + 1] === "|") cells[cells.length - 1] += bare[(at += 1)];
    else if (char === "|" && !isCode) cells.push("");
    else cells[cells.length - 1] += char;
  }
  if (cells.length > 1 && !cells.at(-1).trim()) cells.pop();
  return cells.map((cell) => cell.trim());
}
