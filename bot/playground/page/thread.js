// The pane on the right: one thread with its own message box.

import { Composer } from "./composer.js";
import { add, h, isTyping } from "./dom.js";
import { promptList } from "./intro.js";
import { MessageList } from "./list.js";
import { iconButton } from "./parts.js";
import { StatusLine } from "./status.js";
import { threadKey } from "./store.js";
import { t } from "./words.js";

export class ThreadPane {
  constructor(app) {
    this.app = app;
    const place = { surface: "thread", channel: () => app.nav.channel, thread: () => app.nav.thread };
    this.list = new MessageList(app, { place, testid: "thread-messages" });
    this.composer = new Composer(app, { place, testid: "thread-composer" });
    this.status = new StatusLine(app, place);
    this.prompts = h("div", { class: "thread-prompts", hidden: true });
    this.topic = h("p", { class: "topic" });
    const header = h(
      "header",
      { class: "bar" },
      h("div", { class: "titles" }, h("h2", { class: "title", id: "thread-title" }, t("thread")), this.topic),
      iconButton("close", t("closeThread"), () => app.nav.closeThread(), { testid: "close-thread" }),
    );
    const foot = h("div", { class: "foot" }, this.prompts, this.status.element, this.composer.element);
    this.element = h(
      "aside",
      { class: "thread", testid: "thread-pane", "aria-labelledby": "thread-title", hidden: true },
      header,
      this.list.element,
      foot,
    );
    this.element.addEventListener(
      "keydown",
      (event) => event.key === "Escape" && !event.defaultPrevented && !isTyping(event) && app.nav.closeThread(),
    );
    this.composer.dropsOn(this.element);
  }

  render() {
    const { app } = this;
    const { channel: id, thread, tab } = app.nav;
    const channel = app.store.channels.get(id);
    const isDirect = channel === app.store.direct;
    this.element.hidden = !thread || channel === undefined || (isDirect && tab !== "messages");
    if (this.element.hidden) return this.empty();
    const key = `${app.store.me}.${id}.${thread}`;
    if (this.key !== key) {
      this.key = key;
      this.list.reset(t("thread"));
    }
    const session = app.store.sessions.get(threadKey(id, thread));
    this.topic.textContent =
      session?.title || (channel.kind === "im" ? app.store.nameOf(app.store.app.user) : `#${channel.name}`);
    this.composer.open(key, {
      placeholder: t("writeReply"),
      also: channel.kind === "im" ? t("alsoDm") : t("alsoChannel", { name: channel.name }),
      isClosed: channel.is_archived,
    });
    this.list.render(app.store.thread(id, thread));
    this.status.render();
    this.drawPrompts(app.store.prompts.get(threadKey(id, thread)));
  }

  empty() {
    if (this.key === null) return;
    this.key = null;
    this.list.reset(t("thread"));
  }

  close() {
    this.list.close();
    this.status.close();
    this.composer.close();
  }

  drawPrompts(given) {
    if (this.given === given && !this.prompts.hidden === Boolean(given?.prompts?.length)) return;
    this.given = given;
    this.prompts.hidden = !given?.prompts?.length;
    this.prompts.replaceChildren();
    if (this.prompts.hidden) return;
    const send = (prompt) => this.composer.send(prompt.message);
    add(
      this.prompts,
      h("p", { class: "prompts-title" }, given.title || t("prompts")),
      promptList(given.prompts, send, (prompt) => prompt.message, "thread-prompt"),
    );
  }
}
