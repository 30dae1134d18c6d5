// The reactions people use most, as Slack names them, and a small board to choose from.

import { h } from "./dom.js";
import { openDropMenu } from "./render/drop_menu.js";
import { EMOJI } from "./render/emoji.js";
import { t } from "./words.js";

const BOARD = [
  "+1",
  "-1",
  "heart",
  "tada",
  "eyes",
  "white_check_mark",
  "pray",
  "joy",
  "thinking_face",
  "fire",
  "rocket",
  "raised_hands",
  "clap",
  "bulb",
  "warning",
  "x",
];

/** The characters of a reaction's name, or its name between colons. */
export const emojiOf = (name) => EMOJI.get(name) ?? `:${name}:`;

/** Shows the board at `anchor`; `onPick(name)`. */
export function pickEmoji(anchor, onPick) {
  const button = (name) => {
    const props = {
      type: "button",
      class: "emoji",
      role: "menuitem",
      "aria-label": name.replaceAll("_", " "),
      title: `:${name}:`,
      dataset: { emoji: name },
      tabindex: "-1",
    };
    return h("button", { ...props, on: { click: () => (panel.close(true), onPick(name)) } }, emojiOf(name));
  };
  const board = h(
    "div",
    { class: "emoji-board", role: "menu", "aria-label": t("pickEmoji"), testid: "emoji-board" },
    BOARD.map(button),
  );
  const panel = openDropMenu(anchor, board, { columns: 8, isAtEnd: true });
}
