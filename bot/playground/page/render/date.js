// Slack's dates: a moment and a template with tokens -> what the reader sees, in their language and time zone.

const DAY_MS = 86_400_000;
const TOKEN = /\{([a-z_]+)\}/g;

const OPTIONS = {
  __proto__: null,
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { year: "numeric", month: "long", day: "numeric", weekday: "long" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};
const WORDS = {
  ko: { "-1": "어제", 0: "오늘", 1: "내일" },
  en: { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" },
};
const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** `timestamp` in seconds; "" where it is no moment. Unknown tokens stay. */
export function formatDate(timestamp, format, lang, now = new Date()) {
  const moment = new Date(timestamp * 1000);
  if (!Number.isFinite(moment.getTime())) return "";
  return (format || "{date}").replace(TOKEN, (token, name) => written(moment, name, lang, now) ?? token);
}

function written(moment, name, lang, now) {
  if (name === "date_num") return numeric(moment);
  if (name === "ago") return ago(moment, lang, now);
  if (name === "day_divider_pretty") return pretty(moment, "date_long", lang, now);
  if (name.endsWith("_pretty")) return pretty(moment, name.slice(0, -"_pretty".length), lang, now);
  return plain(moment, name, lang);
}

function plain(moment, name, lang) {
  return name in OPTIONS ? new Intl.DateTimeFormat(lang, OPTIONS[name]).format(moment) : null;
}

function numeric(moment) {
  const two = (number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** Today, yesterday and tomorrow by name. */
function pretty(moment, name, lang, now) {
  const midnight = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const days = (midnight(moment) - midnight(now)) / DAY_MS;
  return (WORDS[lang] ?? WORDS.en)[days] ?? plain(moment, name, lang);
}

function ago(moment, lang, now) {
  const seconds = Math.round((moment - now) / 1000);
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(Math.round(seconds / length), unit);
}
