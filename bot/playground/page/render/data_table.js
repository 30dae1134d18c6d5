// The data_table block: sorted by a column, a page at a time.

import { h } from "../dom.js";
import { cellValue, compare, fillCell, isLong, row, rowsOf } from "./cells.js";
import { icon } from "./icons.js";
import { textOf } from "./text.js";
import { word } from "./words.js";

const PAGE_SIZE = 5;
const NEXT_ORDER = { none: "ascending", ascending: "descending", descending: "none" };

export function dataTable(block, context) {
  return new DataTable(block, context).box;
}

class DataTable {
  constructor(block, context) {
    this.context = context;
    [this.head = [], ...this.rows] = rowsOf(block);
    this.size = Math.max(1, Math.min(Number(block.page_size) || PAGE_SIZE, 100));
    this.headerColumn = Number(block.row_header_column_index ?? 0);
    this.numeric = this.head.map((_, column) =>
      this.rows.every((cells) => typeof cellValue(cells[column]) === "number"),
    );
    this.page = 0;
    this.column = -1;
    this.order = "none";
    this.body = h("tbody");
    this.headings = this.head.map((cell, column) => this.heading(cell, column));
    const table = h(
      "table",
      { class: "r-table", testid: "data-table" },
      h("caption", { class: "r-caption" }, textOf(block.caption)),
      h("thead", {}, h("tr", {}, this.headings)),
      this.body,
    );
    this.pager = this.makePager();
    this.box = h(
      "div",
      { class: "r-data-table" },
      h("div", { class: "r-scroll", tabindex: "0", role: "region", "aria-label": textOf(block.caption) }, table),
      this.pager,
    );
    this.draw();
  }

  heading(cell, column) {
    const button = h("button", { type: "button", class: "r-sort", on: { click: () => this.sortBy(column) } });
    fillCell(button, cell, this.context).append(icon("sort"));
    button.title = `${word(this.context, "sortBy")}: ${button.textContent}`;
    return h("th", { scope: "col", class: this.numeric[column] ? "r-right" : "r-left", "aria-sort": "none" }, button);
  }

  makePager() {
    const step = (name, by) =>
      h(
        "button",
        {
          type: "button",
          class: "r-icon-button",
          "aria-label": word(this.context, name),
          on: { click: () => this.turn(by) },
        },
        icon(by < 0 ? "left" : "right"),
      );
    this.previous = step("previous", -1);
    this.next = step("next", 1);
    this.place = h("span", { class: "r-note", role: "status" });
    return h("div", { class: "r-pager", hidden: this.rows.length <= this.size }, this.place, this.previous, this.next);
  }

  turn(by) {
    this.page += by;
    this.draw();
  }

  sortBy(column) {
    this.order = this.column === column ? NEXT_ORDER[this.order] : "ascending";
    this.column = column;
    this.page = 0;
    this.draw();
  }

  sorted() {
    if (this.order === "none") return this.rows;
    const sign = this.order === "ascending" ? 1 : -1;
    const value = (cells) => cellValue(cells[this.column]);
    return [...this.rows].sort((a, b) => sign * compare(value(a), value(b), this.context.lang));
  }

  draw() {
    const first = this.page * this.size;
    const shown = this.sorted().slice(first, first + this.size);
    this.body.replaceChildren(...shown.map((cells) => row(cells, (cell, column) => this.cell(cell, column))));
    this.headings.forEach((heading, column) =>
      heading.setAttribute("aria-sort", column === this.column ? this.order : "none"),
    );
    this.previous.disabled = this.page === 0;
    this.next.disabled = first + this.size >= this.rows.length;
    this.place.textContent = `${first + 1}–${first + shown.length} / ${this.rows.length} ${word(this.context, "rows")}`;
  }

  cell(cell, column) {
    const isHeader = column === this.headerColumn;
    const side = `${this.numeric[column] ? "r-right" : "r-left"} ${isLong(cell) ? "r-long" : "r-nowrap"}`;
    return fillCell(
      h(isHeader ? "th" : "td", { class: isHeader ? `${side} r-row-header` : side, scope: isHeader && "row" }),
      cell,
      this.context,
    );
  }
}
