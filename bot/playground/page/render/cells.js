// Cells of table and data_table blocks.

import { h } from "../dom.js";
import { richTextTree, treeText } from "./rich_text.js";
import { richTextBox } from "./text.js";

const COLUMNS_AT_MOST = 20;
const LONG = 40;

/** A cell's content as an element's children. */
export function fillCell(parent, cell, context) {
  parent.append(cell?.type === "rich_text" ? richTextBox(cell, context) : cellText(cell));
  return parent;
}

/** What a cell says: raw_text, raw_number with its own writing, rich_text. */
export function cellText(cell) {
  if (cell?.type === "rich_text") return treeText(richTextTree(cell)).trim();
  return String(cell?.text ?? cell?.value ?? "");
}

/** Whether a cell's text wants several lines: dates and names never do. */
export function isLong(cell) {
  return cellText(cell).length > LONG;
}

/** What a column is sorted by: the number where the cell is one, else the text. */
export function cellValue(cell) {
  if (cell?.type === "raw_number") return Number(cell.value);
  const text = cellText(cell);
  const number = Number(text.replaceAll(",", "").replace(/%$/, ""));
  return text.trim() !== "" && Number.isFinite(number) ? number : text;
}

/** Numbers before texts, texts by the reader's alphabet. */
export function compare(a, b, lang) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return a.localeCompare(b, lang, { numeric: true });
}

/** The rows of a block as lists of cells, or none at all. */
export function rowsOf(block) {
  const rows = Array.isArray(block.rows) ? block.rows : [];
  return rows.map((row) => (Array.isArray(row) ? row.slice(0, COLUMNS_AT_MOST) : []));
}

export function row(cells, makeCell) {
  return h("tr", {}, cells.map(makeCell));
}
