// The numbers behind a chart: ticks, places, sectors, labels that fit. Pure.

const STEPS = [1, 2, 2.5, 5, 10];
const COUNT = 5;

/** Round numbers from at most `low` to at least `high`, about five of them; without fractions where all is whole. */
export function niceTicks(low, high, { isWhole = false } = {}) {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  const span = high - low || Math.abs(high) || 1;
  const raw = isWhole ? Math.max(span / COUNT, 1) : span / COUNT;
  const size = 10 ** Math.floor(Math.log10(raw));
  const fits = (one) => one >= raw * 0.999 && (!isWhole || Number.isInteger(one));
  const step = STEPS.map((one) => one * size).find(fits) ?? size * 10;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil((high === low ? high + span : high) / step - 1e-9), first + 1);
  return Array.from({ length: Math.min(last - first, 20) + 1 }, (_, index) => tidy((first + index) * step));
}

function tidy(number) {
  return Number(number.toPrecision(12));
}

/** {series: [{name, values}], categories} of a chart, with every value a number. */
export function seriesOf(chart) {
  const series = (Array.isArray(chart.series) ? chart.series : []).slice(0, 12);
  const told = chart.axis_config?.categories;
  const categories = (Array.isArray(told) && told.length ? told : (series[0]?.data ?? []).map((point) => point?.label))
    .slice(0, 20)
    .map(String);
  const valueAt = (one, category) => number((one.data ?? []).find((point) => String(point?.label) === category)?.value);
  return {
    categories,
    series: series.map((one) => ({
      name: String(one?.name ?? ""),
      values: categories.map((category) => valueAt(one ?? {}, category)),
    })),
  };
}

/** [{label, value, from, to}] with angles in turns (0 at the top, clockwise). */
export function sectorsOf(chart) {
  const segments = (Array.isArray(chart.segments) ? chart.segments : []).slice(0, 12);
  const values = segments.map((segment) => Math.max(0, number(segment?.value) ?? 0));
  const total = values.reduce((sum, value) => sum + value, 0) || 1;
  let from = 0;
  return segments.map((segment, index) => {
    const to = from + values[index] / total;
    const sector = {
      label: String(segment?.label ?? ""),
      value: values[index],
      share: values[index] / total,
      from,
      to,
    };
    from = to;
    return sector;
  });
}

function number(value) {
  const read = typeof value === "string" ? Number(value) : value;
  return Number.isFinite(read) ? read : null;
}

/** A number as people read it on an axis or a label. */
export function written(value, lang) {
  if (value === null) return "–";
  const isLarge = Math.abs(value) >= 100_000;
  return new Intl.NumberFormat(
    lang,
    isLarge ? { notation: "compact", maximumFractionDigits: 1 } : { maximumSignificantDigits: 5 },
  ).format(value);
}

/** About how wide a text is drawn, in px: Hangul and the like take a whole square. */
export function textWidth(text, size = 11) {
  let width = 0;
  for (const char of text) width += char.codePointAt(0) > 0x2e80 ? size : size * 0.62;
  return width;
}

/** The text, cut to `room` px with an ellipsis. */
export function fitted(text, room, size = 11) {
  if (textWidth(text, size) <= room) return text;
  let kept = "";
  for (const char of text) {
    if (textWidth(`${kept}${char}…`, size) > room) break;
    kept += char;
  }
  return `${kept.replace(/[…\s.-]+$/, "")}…`;
}
