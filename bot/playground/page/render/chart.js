// The data_visualization block: a chart, its legend, and its numbers as a table for those who don't see it.

import { h } from "../dom.js";
import { cartesian, percent, pie } from "./chart_draw.js";
import { sectorsOf, seriesOf, written } from "./scale.js";
import { textOf } from "./text.js";
import { unsupported } from "./unsupported.js";
import { word } from "./words.js";

const WIDTH = 560;
const NARROWEST = 240;
const WIDEST = 720;
const CARTESIAN = new Set(["bar", "line", "area"]);

export function chartBlock(block, context) {
  const chart = block.chart ?? {};
  const title = textOf(block.title) || word(context, "chart");
  const drawn =
    chart.type === "pie" ? pieParts(chart, context) : CARTESIAN.has(chart.type) ? cartesianParts(chart, context) : null;
  if (!drawn) return unsupported(`data_visualization ${chart.type}`, context);
  const box = h("div", { class: "r-chart-box" });
  const figure = h(
    "figure",
    { class: `r-chart r-chart-${chart.type}`, testid: "chart" },
    h("figcaption", { class: "r-chart-title" }, title),
    box,
    drawn.legend,
    drawn.table,
  );
  drawInto(box, (width) => named(drawn.draw(width), `${title}. ${drawn.summary}`));
  return figure;
}

function named(svg, label) {
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  return svg;
}

/** Draws now, and again when the room there is changes. */
function drawInto(box, make) {
  let drawnAt = WIDTH;
  box.append(make(WIDTH));
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.round(Math.min(Math.max(entry.contentRect.width, NARROWEST), WIDEST));
    if (!entry.contentRect.width || width === drawnAt) return;
    drawnAt = width;
    box.replaceChildren(make(width));
  });
  observer.observe(box);
}

function cartesianParts(chart, context) {
  const data = seriesOf(chart);
  const { categories, series } = data;
  const axis = chart.axis_config ?? {};
  const rows = categories.map((category, index) => [
    category,
    ...series.map((one) => written(one.values[index], context.lang)),
  ]);
  return {
    draw: (width) => cartesian(chart.type, data, axis, width, context.lang),
    legend: series.length > 1 && legend(series.map((one) => one.name)),
    table: hiddenTable([axis.x_label || word(context, "category"), ...series.map((one) => one.name)], rows),
    summary: series
      .map((one, at) => `${one.name}: ${rows.map((row) => `${row[0]} ${row[at + 1]}`).join(", ")}`)
      .join("; "),
  };
}

function pieParts(chart, context) {
  const sectors = sectorsOf(chart);
  const rows = sectors.map(({ label, value, share }) => [
    label,
    written(value, context.lang),
    percent(share, context.lang),
  ]);
  return {
    draw: () => pie(sectors, context.lang),
    legend: legend(rows.map(([label, value]) => `${label} · ${value}`)),
    table: hiddenTable([word(context, "category"), "", "%"], rows),
    summary: rows.map((cells) => cells.join(" ")).join(", "),
  };
}

function legend(names) {
  const entry = (name, order) => h("li", {}, h("span", { class: `r-key r-tone-${order}` }), name);
  return h("ul", { class: "r-legend", "aria-hidden": "true" }, names.map(entry));
}

function hiddenTable(head, rows) {
  const body = rows.map(([first, ...rest]) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, first),
      rest.map((text) => h("td", {}, text)),
    ),
  );
  return h(
    "div",
    { class: "r-hidden" },
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((text) => h("th", { scope: "col" }, text)),
        ),
      ),
      h("tbody", {}, body),
    ),
  );
}
