// What stands in the place of a block that can't be drawn.

import { h } from "../dom.js";
import { word } from "./words.js";

export function unsupported(type, context) {
  return h(
    "span",
    { class: "r-note r-unsupported" },
    `(${word(context, "unsupported")}: ${String(type).slice(0, 60)})`,
  );
}
