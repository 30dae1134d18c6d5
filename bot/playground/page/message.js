// One message in a list: who, when, what, reactions, replies. Its parts are redrawn only where they have changed.

import { add, arrange, h, isTyping } from "./dom.js";
import { editBox } from "./edit.js";
import { emojiOf, pickEmoji } from "./emoji.js";
import { avatar } from "./parts.js";
import { icon } from "./render/icons.js";
import { renderMessageBody } from "./render/message.js";
import { showToolbar } from "./toolbar.js";
import { fullTime, t, timeText } from "./words.js";

const BODY = ["text", "blocks", "attachments", "files", "edited", "streaming", "subtype"];

export class MessageView {
  constructor(app, place) {
    Object.assign(this, { app, place });
    this.signs = {};
    this.gutter = h("div", { class: "gutter" });
    this.head = h("div", { class: "head" });
    this.note = h("div", { class: "note" });
    this.body = h("div", { class: "body" });
    this.reactions = h("div", { class: "reactions" });
    this.replies = h("div", { class: "replies" });
    const main = h("div", { class: "main" }, this.note, this.head, this.body, this.reactions, this.replies);
    this.element = h("article", { class: "message", tabindex: "-1", testid: "message" }, this.gutter, main);
    const show = () => showToolbar(this);
    this.element.addEventListener("pointerenter", show);
    this.element.addEventListener("focusin", show);
    this.element.addEventListener("keydown", (event) => this.onKey(event));
  }

  get isMine() {
    return this.message.user === this.app.store.me && this.message.subtype !== "tombstone" && !this.isNote;
  }

  get isNote() {
    return this.app.isNote(this.place.channel(), this.message);
  }

  get isEditing() {
    const editing = this.app.editing;
    return (
      editing?.ts === this.message.ts &&
      editing.surface === this.place.surface &&
      editing.channel === this.place.channel()
    );
  }

  update(message, isGrouped) {
    const isEditing = this.app.editing?.ts === message.ts;
    if (this.message === message && this.isGrouped === isGrouped && !isEditing && !this.wasEditing) return;
    this.message = message;
    this.isGrouped = isGrouped;
    this.element.dataset.ts = message.ts;
    const kinds = { grouped: isGrouped, "only-you": this.isNote, streaming: Boolean(message.streaming) };
    for (const [name, isSo] of Object.entries(kinds)) this.element.classList.toggle(name, isSo);
    this.element.setAttribute("aria-busy", String(Boolean(message.streaming)));
    this.part("head", [isGrouped, message.user, message.username, message.streaming], () => this.drawHead());
    this.part("note", [this.isNote, message.subtype, message.thread_ts], () => this.drawNote());
    this.part("body", [this.isEditing, ...BODY.map((name) => message[name])], () => this.drawBody());
    this.part("reactions", message.reactions, () => this.drawReactions());
    this.part("replies", [message.reply_count, message.reply_users, message.latest_reply], () => this.drawReplies());
    this.wasEditing = this.isEditing;
  }

  part(name, signature, draw) {
    const sign = JSON.stringify(signature) ?? "";
    if (this.signs[name] === sign) return;
    this.signs[name] = sign;
    const focused = this[name].contains(document.activeElement) ? document.activeElement : null;
    draw();
    if (focused === null || focused.isConnected) return;
    const same =
      focused.dataset.key &&
      [...this[name].querySelectorAll("[data-key]")].find((node) => node.dataset.key === focused.dataset.key);
    (same ?? this.element).focus({ preventScroll: true });
  }

  drawHead() {
    const author = this.app.store.authorOf(this.message);
    const time = h(
      "time",
      {
        class: "time",
        datetime: new Date(Number(this.message.ts) * 1000).toISOString(),
        title: fullTime(this.message.ts),
      },
      timeText(this.message.ts),
    );
    const isApp = author.is_bot && author.id !== "USLACKBOT";
    this.element.setAttribute("aria-label", `${author.shown}, ${timeText(this.message.ts)}`);
    this.gutter.replaceChildren(this.isGrouped ? time : avatar(author));
    this.head.hidden = this.isGrouped;
    this.head.replaceChildren();
    if (this.isGrouped) return;
    add(
      this.head,
      h("span", { class: "author" }, author.shown),
      isApp && h("span", { class: "app-mark" }, t("app")),
      time,
    );
    if (this.message.streaming)
      add(
        this.head,
        h("span", { class: "writing" }, t("writing"), h("span", { class: "pulse", "aria-hidden": "true" })),
      );
  }

  drawNote() {
    const isBroadcast = this.message.subtype === "thread_broadcast";
    this.note.hidden = !this.isNote && !isBroadcast;
    this.note.replaceChildren();
    if (this.isNote) {
      add(
        this.note,
        icon("eye"),
        t("onlyYou"),
        h(
          "button",
          {
            type: "button",
            class: "link-button",
            on: { click: () => this.app.dismiss(this.place.channel(), this.message.ts) },
          },
          t("dismiss"),
        ),
      );
    } else if (isBroadcast) {
      const root = this.app.store.channels.get(this.place.channel())?.messages.get(this.message.thread_ts);
      const open = () => this.app.nav.openThread(this.place.channel(), this.message.thread_ts);
      const words = (root && this.app.wordsOf(root).slice(0, 60)) || t("thread");
      if (this.place.surface === "thread") add(this.note, t("alsoSent"));
      else
        add(
          this.note,
          icon("thread"),
          t("inThread"),
          h("button", { type: "button", class: "link-button", on: { click: open } }, words),
        );
    }
  }

  drawBody() {
    if (this.isEditing) this.toolbar?.remove();
    if (this.isEditing) return arrange(this.body, [editBox(this.app, this.message, this.app.editing)]);
    if (this.message.subtype === "tombstone")
      return this.body.replaceChildren(h("p", { class: "tombstone" }, t("tombstone")));
    const where = { channel: this.place.channel(), ts: this.message.ts };
    this.body.replaceChildren(
      renderMessageBody(
        this.message,
        this.app.context("message", where, () => this.body),
      ),
    );
  }

  drawReactions() {
    const reactions = (this.message.reactions ?? []).filter((reaction) => reaction.users.length > 0);
    this.reactions.hidden = reactions.length === 0;
    this.reactions.replaceChildren(...reactions.map((reaction) => this.reaction(reaction)));
    if (reactions.length === 0) return;
    const more = h(
      "button",
      { type: "button", class: "reaction add", "aria-label": t("react"), title: t("react"), dataset: { key: "+" } },
      icon("smile"),
    );
    more.addEventListener("click", () => this.pick(more));
    this.reactions.append(more);
  }

  reaction({ name, users }) {
    const isMine = users.includes(this.app.store.me);
    const who = users.map((user) => this.app.store.nameOf(user)).join(", ");
    const label = t("reactedBy", { who, name: `:${name}:` });
    const props = {
      type: "button",
      class: "reaction",
      "aria-pressed": String(isMine),
      "aria-label": `${emojiOf(name)} ${users.length}. ${label}`,
      title: label,
      dataset: { key: name },
    };
    return h(
      "button",
      { ...props, on: { click: () => this.react(name, !isMine) } },
      h("span", { class: "reaction-face" }, emojiOf(name)),
      h("span", { class: "reaction-count" }, users.length),
    );
  }

  react(name, isAdded) {
    this.app.act("react", { channel: this.place.channel(), ts: this.message.ts, name, add: isAdded });
  }

  pick(anchor) {
    const mine = (name) => this.message.reactions?.some((r) => r.name === name && r.users.includes(this.app.store.me));
    pickEmoji(anchor, (name) => mine(name) || this.react(name, true));
  }

  drawReplies() {
    const count = this.message.reply_count ?? 0;
    this.replies.hidden = count === 0 || this.place.surface === "thread";
    this.replies.replaceChildren();
    if (this.replies.hidden) return;
    const faces = (this.message.reply_users ?? [])
      .slice(0, 4)
      .map((user) => avatar(this.app.store.authorOf({ user }), "small"));
    const last =
      this.message.latest_reply &&
      h("span", { class: "last-reply" }, t("lastReply", { time: timeText(this.message.latest_reply) }));
    const link = {
      type: "button",
      class: "reply-link",
      testid: "reply-link",
      dataset: { key: "replies" },
      on: { click: () => this.openThread() },
    };
    add(
      this.replies,
      h(
        "button",
        link,
        h("span", { class: "faces" }, faces),
        h("span", { class: "reply-count" }, t("replies", { n: count })),
        last,
      ),
    );
  }

  openThread() {
    this.app.nav.openThread(this.place.channel(), this.message.thread_ts ?? this.message.ts, { focuses: true });
  }

  onKey(event) {
    if (event.target !== this.element || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const does = {
      r: () => this.openThread(),
      Enter: () => this.openThread(),
      e: () => this.isMine && this.app.edit(this.place, this.message),
      "+": () => this.pick(this.element),
    }[event.key];
    if (does === undefined || this.isNote) return;
    event.preventDefault();
    does();
  }
}
