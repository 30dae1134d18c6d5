// The table block: a heading row, columns with their alignment, a scroll box of its own.

import { h } from "../dom.js";
import { fillCell, isLong, row, rowsOf } from "./cells.js";
import { word } from "./words.js";

const SIDES = { __proto__: null, left: "r-left", center: "r-center", right: "r-right" };

export function tableBlock(block, context) {
  const [head = [], ...rows] = rowsOf(block);
  const settings = Array.isArray(block.column_settings) ? block.column_settings : [];
  const isWide = (column) => rows.some((cells) => isLong(cells[column]));
  const lines = (column) => (settings[column]?.is_wrapped ? (isWide(column) ? "r-long" : "") : "r-nowrap");
  const classes = (column) => `${SIDES[settings[column]?.align] ?? "r-left"} ${lines(column)}`.trim();
  const header = row(head, (cell, column) =>
    fillCell(h("th", { class: classes(column), scope: "col" }), cell, context),
  );
  const body = rows.map((cells) =>
    row(cells, (cell, column) => fillCell(h("td", { class: classes(column) }), cell, context)),
  );
  const table = h("table", { class: "r-table", testid: "table" }, h("thead", {}, header), h("tbody", {}, body));
  return h("div", { class: "r-scroll", tabindex: "0", role: "region", "aria-label": word(context, "table") }, table);
}
