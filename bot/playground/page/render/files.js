// Files that are shared in a message: images as images, tables as their first rows, all with a way to download.

import { h } from "../dom.js";
import { csvRows } from "./csv.js";
import { icon } from "./icons.js";
import { localImage } from "./urls.js";
import { word } from "./words.js";

const IMAGES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const PREVIEW_ROWS = 6;
const PREVIEW_BYTES = 512 * 1024;

/** The files of a message, each in its box. */
export function filesBox(files, context) {
  const known = files.map((file) => ({ ...context.files?.get(file?.id), ...file }));
  return h(
    "div",
    { class: "r-files" },
    known.map((file) => fileBox(file, context)),
  );
}

function fileBox(file, context) {
  const address = localImage(context.fileUrl?.(file));
  const box = h("div", { class: "r-file", testid: "file", "data-file-id": file.id }, fileCard(file, address, context));
  if (address && IMAGES.has(file.mimetype)) box.append(imageOf(file, address));
  if (address && isTable(file) && (file.size ?? 0) <= PREVIEW_BYTES) preview(box, address, context);
  return box;
}

function fileCard(file, address, context) {
  const name = String(file.title || file.name || file.id);
  const label = `${word(context, "download")}: ${file.name ?? name}`;
  const download =
    address &&
    h(
      "a",
      { class: "r-icon-button", href: address, download: file.name ?? "", "aria-label": label, title: label },
      icon("download"),
    );
  const text = h(
    "span",
    { class: "r-file-text" },
    h("span", { class: "r-file-name" }, name),
    h("span", { class: "r-note" }, kindOf(file)),
  );
  return h("div", { class: "r-file-card" }, icon(IMAGES.has(file.mimetype) ? "image" : "file"), text, download);
}

function kindOf(file) {
  const dot = String(file.name ?? "").lastIndexOf(".");
  const ending = dot > 0 ? file.name.slice(dot + 1, dot + 9).toUpperCase() : "";
  return [ending, sizeOf(file.size)].filter(Boolean).join(" · ");
}

function sizeOf(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function imageOf(file, address) {
  return h(
    "a",
    { href: address, target: "_blank", rel: "noopener noreferrer" },
    h("img", {
      class: "r-file-image",
      src: address,
      alt: file.alt_txt || file.title || file.name || "",
      loading: "lazy",
    }),
  );
}

function isTable(file) {
  return file.mimetype === "text/csv" || /\.[ct]sv$/i.test(file.name ?? "");
}

/** Puts the first rows below the card once they are there; without them the card stands alone. */
async function preview(box, address, context) {
  try {
    const answer = await fetch(address);
    if (!answer.ok) return;
    const text = await answer.text();
    const [head = [], ...rows] = csvRows(text.slice(0, PREVIEW_BYTES), PREVIEW_ROWS);
    const cells = (tag, row) =>
      h(
        "tr",
        {},
        head.map((_, column) => h(tag, { class: "r-nowrap", scope: tag === "th" && "col" }, row[column] ?? "")),
      );
    const table = h(
      "table",
      { class: "r-table" },
      h("thead", {}, cells("th", head)),
      h(
        "tbody",
        {},
        rows.map((row) => cells("td", row)),
      ),
    );
    box.append(
      h("div", { class: "r-scroll", tabindex: "0", role: "region", "aria-label": word(context, "preview") }, table),
    );
  } catch {
    box.dataset.preview = "none";
  }
}
