// Lines, bars, areas and sectors as SVG elements.

import { fitted, niceTicks, textWidth, written } from "./scale.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 240;
const BARS_WITH_VALUES = 24;
const LABEL_ROOM = 64;
const SLANT = 35;
const SLANTED_ROOM = 118;

/** A new SVG element with attributes of our own making. */
export function draw(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

function tip(text) {
  return draw("title", {}, text);
}

/** Bars, lines or areas with axes, `width` px wide. */
export function cartesian(kind, { categories, series }, axis, width, lang) {
  const frame = frameOf(kind, series, axis, width, lang);
  const names = categoryLabels(frame, categories);
  const height = HEIGHT + names.more;
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, class: "r-chart-svg", width, height });
  svg.append(grid(frame, lang), names.group, axisTitles(frame, axis, height));
  const group = categories.length ? MARKS[kind](frame, categories, series, lang) : [];
  svg.append(...group);
  return svg;
}

function frameOf(kind, series, axis, width, lang) {
  const values = series.flatMap((one) => one.values).filter((value) => value !== null);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const fromZero = kind !== "line" || low < (high - low) * 2;
  const isWhole = values.every(Number.isInteger);
  const ticks = values.length
    ? niceTicks(fromZero ? Math.min(0, low) : low, fromZero ? Math.max(0, high) : high, { isWhole })
    : [0, 1];
  const labels = Math.max(...ticks.map((tick) => textWidth(written(tick, lang))));
  const left = Math.min(labels, LABEL_ROOM) + 12 + (axis.y_label ? 16 : 0);
  const box = { left, right: width - 12, top: 18, bottom: HEIGHT - 26 - (axis.x_label ? 16 : 0) };
  const [bottom, top] = [ticks[0], ticks.at(-1)];
  const y = (value) => box.bottom - ((value - bottom) / (top - bottom)) * (box.bottom - box.top);
  return { ...box, ticks, y, zero: y(Math.min(Math.max(0, bottom), top)), count: series[0]?.values.length ?? 0 };
}

function slot({ left, right, count }) {
  return (right - left) / Math.max(count, 1);
}

function grid({ left, right, ticks, y }, lang) {
  const lines = ticks.flatMap((tick) => [
    draw("line", { x1: left, x2: right, y1: y(tick), y2: y(tick), class: tick === 0 ? "r-axis" : "r-grid" }),
    draw("text", { x: left - 6, y: y(tick) + 4, class: "r-tick r-end" }, fitted(written(tick, lang), LABEL_ROOM)),
  ]);
  return draw("g", { "aria-hidden": "true" }, ...lines);
}

/** Every label: level where all have room, else slanted with `more` px below; each has its full text as a tip. */
function categoryLabels(frame, categories) {
  const room = slot(frame);
  const isLevel = categories.every((category) => textWidth(category) + 8 <= room);
  const turn = (SLANT * Math.PI) / 180;
  const labels = categories.map((category, index) => {
    const x = frame.left + room * (index + 0.5);
    const y = frame.bottom + (isLevel ? 16 : 12);
    const text = isLevel ? category : fitted(category, Math.min(SLANTED_ROOM, (x - 10) / Math.cos(turn)));
    const transform = `rotate(${isLevel ? 0 : -SLANT} ${x} ${y})`;
    const place = { x, y, transform, class: isLevel ? "r-tick r-middle" : "r-tick r-end" };
    return { node: draw("text", place, text, tip(category)), width: textWidth(text) };
  });
  const longest = Math.max(0, ...labels.map(({ width }) => width));
  const group = draw("g", { "aria-hidden": "true" }, ...labels.map(({ node }) => node));
  return { group, more: isLevel ? 0 : Math.max(0, Math.ceil(longest * Math.sin(turn)) - 8) };
}

function axisTitles({ left, right, top, bottom }, axis, height) {
  const group = draw("g", { "aria-hidden": "true" });
  if (axis.x_label)
    group.append(
      draw("text", { x: (left + right) / 2, y: height - 6, class: "r-axis-title r-middle" }, String(axis.x_label)),
    );
  const middle = (top + bottom) / 2;
  if (axis.y_label)
    group.append(
      draw(
        "text",
        { x: 12, y: middle, class: "r-axis-title r-middle", transform: `rotate(-90 12 ${middle})` },
        String(axis.y_label),
      ),
    );
  return group;
}

const MARKS = { __proto__: null, bar: bars, line: lines, area: areas };

function bars(frame, categories, series, lang) {
  const room = slot(frame);
  const wide = Math.min((room * 0.76) / series.length, 44);
  const all = series.flatMap((one) => one.values.map((value) => written(value, lang)));
  const widest = Math.max(...all.map((text) => textWidth(text)));
  const hasValues = all.length <= BARS_WITH_VALUES && widest <= Math.min(wide + 8, room / series.length);
  return series.flatMap(({ name, values }, order) =>
    values.flatMap((value, index) => {
      if (value === null) return [];
      const x = frame.left + room * (index + 0.5) + (order - series.length / 2) * wide;
      const y = Math.min(frame.y(value), frame.zero);
      const box = {
        x: x + 1,
        y,
        width: Math.max(wide - 2, 1),
        height: Math.max(Math.abs(frame.y(value) - frame.zero), 1),
        rx: 2,
      };
      const bar = draw(
        "rect",
        { ...box, class: `r-bar r-tone-${order}` },
        tip(said(name, categories[index], value, lang)),
      );
      const text = written(value, lang);
      return hasValues ? [bar, valueLabel(x + wide / 2, value < 0 ? y + box.height + 12 : y - 5, text)] : [bar];
    }),
  );
}

function valueLabel(x, y, text) {
  return draw("text", { x, y, class: "r-value r-middle", "aria-hidden": "true" }, text);
}

function said(name, category, value, lang) {
  return `${name ? `${name} · ` : ""}${category}: ${written(value, lang)}`;
}

function pointsOf(frame, values) {
  const room = slot(frame);
  return values
    .map((value, index) => value !== null && { x: frame.left + room * (index + 0.5), y: frame.y(value), value, index })
    .filter(Boolean);
}

function path(points) {
  return points.map(({ x, y }, index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

function lines(frame, categories, series, lang) {
  return series.flatMap(({ name, values }, order) => {
    const points = pointsOf(frame, values);
    const hasValues = series.length === 1 && points.length <= 10;
    const dots = points.map(({ x, y, value, index }) =>
      draw(
        "circle",
        { cx: x, cy: y, r: 3.5, class: `r-dot r-tone-${order}` },
        tip(said(name, categories[index], value, lang)),
      ),
    );
    const labels = hasValues ? points.map(({ x, y, value }) => valueLabel(x, y - 9, written(value, lang))) : [];
    return [draw("path", { d: path(points), class: `r-line r-tone-${order}` }), ...dots, ...labels];
  });
}

function areas(frame, categories, series, lang) {
  const fills = series.map(({ values }, order) => {
    const points = pointsOf(frame, values);
    if (!points.length) return "";
    const [right, left] = [points.at(-1), points[0]].map(({ x }) => x.toFixed(1));
    const closed = `${path(points)}L${right} ${frame.zero}L${left} ${frame.zero}Z`;
    return draw("path", { d: closed, class: `r-area r-tone-${order}` });
  });
  return [...fills.filter(Boolean), ...lines(frame, categories, series, lang)];
}

/** Sectors of a circle, with their share written on those that have room for it. */
export function pie(sectors, lang) {
  const size = 220;
  const center = size / 2;
  const radius = center - 6;
  const at = (turn, distance) =>
    [center + distance * Math.sin(turn * 2 * Math.PI), center - distance * Math.cos(turn * 2 * Math.PI)].map((one) =>
      one.toFixed(2),
    );
  const svg = draw("svg", { viewBox: `0 0 ${size} ${size}`, class: "r-chart-svg r-pie", width: size, height: size });
  sectors.forEach(({ label, value, share, from, to }, order) => {
    if (share === 0) return;
    const hint = tip(`${label}: ${written(value, lang)} (${percent(share, lang)})`);
    const [start, end] = [from, to].map((turn) => at(turn, radius).join(" "));
    const d = `M${center} ${center}L${start}A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${end}Z`;
    const isWhole = share > 0.9999;
    const shape = isWhole
      ? draw("circle", { cx: center, cy: center, r: radius, class: `r-sector r-tone-${order}` }, hint)
      : draw("path", { d, class: `r-sector r-tone-${order}` }, hint);
    const [x, y] = at((from + to) / 2, isWhole ? 0 : radius * 0.65);
    svg.append(shape);
    if (share >= 0.06)
      svg.append(
        draw("text", { x, y: Number(y) + 4, class: "r-share r-middle", "aria-hidden": "true" }, percent(share, lang)),
      );
  });
  return svg;
}

export function percent(share, lang) {
  return new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share);
}
