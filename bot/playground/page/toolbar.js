// What one can do with a message: a bar at the message that the pointer or the focus is on.

import { h } from "./dom.js";
import { iconButton } from "./parts.js";
import { openMenu } from "./menus.js";
import { t } from "./words.js";

let shownAt = null;

/** Puts the bar on a message, and takes it from the last one that had it. */
export function showToolbar(view) {
  if (shownAt === view && view.toolbar?.isConnected) return;
  if (shownAt !== null && shownAt !== view) shownAt.toolbar?.remove();
  shownAt = view;
  if (view.isNote || view.isEditing) return;
  view.toolbar = h("div", { class: "toolbar", role: "toolbar", "aria-label": t("actions") }, buttons(view));
  view.element.append(view.toolbar);
}

function buttons(view) {
  const { app, place } = view;
  if (view.message.subtype === "tombstone") return [replyButton(view)];
  const react = iconButton("smile", t("react"), () => view.pick(react), {
    "aria-haspopup": "menu",
    testid: "action-react",
  });
  const more = iconButton("more", t("more"), () => openMenu(more, t("more"), moreItems(view)), {
    "aria-haspopup": "menu",
    testid: "action-more",
  });
  return [
    react,
    place.surface === "channel" && replyButton(view),
    view.isMine && iconButton("pen", t("edit"), () => app.edit(place, view.message), { testid: "action-edit" }),
    view.isMine &&
      iconButton("bin", t("remove"), () => app.remove(place.channel(), view.message), { testid: "action-delete" }),
    more,
  ];
}

function replyButton(view) {
  return iconButton("thread", t("reply"), () => view.openThread(), { testid: "action-reply" });
}

function moreItems(view) {
  const { app, place, message } = view;
  const where = { channel: place.channel(), ts: message.ts };
  const shortcuts = app.store.features.shortcuts.filter((shortcut) => shortcut.type === "message");
  return [
    { label: t("copy"), icon: "copy", onSelect: () => app.copy(app.wordsOf(message)) },
    ...shortcuts.map((shortcut) => ({
      label: shortcut.name,
      detail: shortcut.description,
      icon: "bolt",
      onSelect: () => app.act("shortcut", { callback_id: shortcut.callback_id, ...where }),
    })),
  ];
}
