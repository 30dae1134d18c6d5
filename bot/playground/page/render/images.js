// Images: those the page may load, and a placeholder with their words for the others.

import { h } from "../dom.js";
import { icon } from "./icons.js";
import { textOf } from "./text.js";
import { link } from "./tree.js";
import { localImage, safeUrl } from "./urls.js";
import { word } from "./words.js";

/** An image element or block as <img>, or as a placeholder that links to what isn't loaded. */
export function picture(image, context, className) {
  const address = image.image_url ?? fileAddress(image.slack_file, context);
  const alt = textOf(image.alt_text);
  const source = localImage(address);
  if (source)
    return h("img", { class: className, src: source, alt, loading: "lazy", title: textOf(image.title) || null });
  const url = safeUrl(address);
  const title = `${alt} — ${word(context, "foreignImage")}`;
  const holder = url
    ? link(url, { class: `${className} r-no-image`, title })
    : h("span", { class: `${className} r-no-image`, title });
  holder.append(icon("image"), h("span", { class: "r-no-image-text" }, alt || word(context, "image")));
  return holder;
}

function fileAddress(reference, context) {
  const file = context.files?.get(reference?.id);
  return file ? context.fileUrl?.(file) : reference?.url;
}
