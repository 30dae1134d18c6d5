// The middle of the page: a channel, or the DM with the app and its tabs.

import { AppTabs } from "./app_tabs.js";
import { Composer } from "./composer.js";
import { add, h } from "./dom.js";
import { channelIntro, greeting } from "./intro.js";
import { MessageList } from "./list.js";
import { avatar, iconButton } from "./parts.js";
import { icon } from "./render/icons.js";
import { StatusLine } from "./status.js";
import { t } from "./words.js";

const TAB_PANEL = { role: "tabpanel", "aria-labelledby": "tab-messages" };

export class ChannelView {
  constructor(app) {
    this.app = app;
    const place = { surface: "channel", channel: () => app.nav.channel, thread: () => null };
    this.list = new MessageList(app, {
      place,
      testid: "messages",
      intro: () => this.intro(),
      onScroll: () => this.drawPill(),
    });
    this.composer = new Composer(app, { place, testid: "composer" });
    this.status = new StatusLine(app, place);
    this.pill = h("button", {
      type: "button",
      class: "pill",
      testid: "unseen",
      hidden: true,
      on: { click: () => (this.list.toBottom(), app.refresh(), this.composer.focus()) },
    });
    this.title = h("h1", { class: "title" });
    this.topic = h("p", { class: "topic" });
    this.tabs = new AppTabs(app);
    const menu = iconButton("menu", t("menu"), () => app.nav.openDrawer(true), {
      class: "icon-button drawer-button",
      testid: "open-menu",
    });
    const header = h(
      "header",
      { class: "bar" },
      menu,
      h("div", { class: "titles" }, this.title, this.topic),
      this.tabs.list,
    );
    this.conversation = h(
      "div",
      { class: "conversation", id: "tab-panel-messages" },
      this.list.element,
      h("div", { class: "foot" }, this.pill, this.status.element, this.composer.element),
    );
    this.element = h("main", { class: "channel", id: "main" }, header, this.conversation, this.tabs.panel);
    this.composer.dropsOn(this.conversation);
  }

  get channel() {
    return this.app.store.channels.get(this.app.nav.channel);
  }

  get isApp() {
    return this.channel === this.app.store.direct;
  }

  render() {
    const { app, channel } = this;
    if (channel === undefined) return;
    const name = channel.kind === "im" ? app.store.nameOf(app.store.app.user) : channel.name;
    const key = `${app.store.me} ${channel.id}`;
    if (this.key !== key) this.open(key, name);
    this.drawHeader(channel, name);
    this.tabs.render(this.isApp);
    const isConversation = !this.isApp || app.nav.tab === "messages";
    this.conversation.hidden = !isConversation;
    this.nameConversation();
    if (!isConversation) return;
    this.composer.open(`${app.store.me}.${channel.id}`, {
      placeholder: channel.kind === "im" ? t("writeDm", { name }) : t("writeChannel", { name }),
      isClosed: channel.is_archived,
    });
    this.list.render(app.store.roots(channel.id));
    this.status.render();
    this.drawPill();
    if (this.list.isFollowing && !document.hidden) app.markRead(channel.id);
  }

  /** In the app's DM the conversation is what its tab shows. */
  nameConversation() {
    const { conversation } = this;
    if (this.isApp) for (const [name, value] of Object.entries(TAB_PANEL)) conversation.setAttribute(name, value);
    else for (const name of Object.keys(TAB_PANEL)) conversation.removeAttribute(name);
  }

  open(key, name) {
    this.key = key;
    this.introNode = null;
    this.list.reset(t("messagesIn", { name }), this.app.unreadFrom(this.app.nav.channel));
  }

  drawHeader(channel, name) {
    const sign = JSON.stringify([
      channel.id,
      name,
      channel.topic,
      channel.members.length,
      this.app.store.app.connected,
    ]);
    if (this.sign === sign) return;
    this.sign = sign;
    this.title.replaceChildren();
    this.topic.replaceChildren();
    if (channel.kind === "im") {
      const isOn = this.app.store.app.connected > 0;
      add(
        this.title,
        avatar(this.app.store.users.get(this.app.store.app.user), "small"),
        name,
        h("span", { class: isOn ? "dot on" : "dot" }),
      );
      add(this.topic, isOn ? t("connected") : t("disconnected"));
    } else {
      add(this.title, icon("hash"), name);
      add(this.topic, channel.topic, channel.topic && " · ", t("members", { n: channel.members.length }));
    }
  }

  intro() {
    this.introNode ??= this.isApp ? greeting(this.app) : channelIntro(this.app, this.channel, this.composer);
    return this.introNode;
  }

  drawPill() {
    const count = this.list.unseen ?? 0;
    this.pill.hidden = !this.list.isAway;
    if (this.pill.hidden) return;
    const words = count > 0 ? t("newBelow", { n: count }) : t("toBottom");
    if (this.pill.dataset.words === words) return;
    this.pill.dataset.words = words;
    this.pill.classList.toggle("has-news", count > 0);
    this.pill.replaceChildren(icon("latest"), words);
  }

  close() {
    this.list.close();
    this.status.close();
    this.composer.close();
  }
}
