// The left side: the workspace, its channels, the app, tricks, and who speaks.

import { add, h } from "./dom.js";
import { avatar, iconButton } from "./parts.js";
import { theme } from "./prefs.js";
import { icon } from "./render/icons.js";
import { lang, said, t } from "./words.js";

export class Sidebar {
  constructor(app) {
    this.app = app;
    this.element = h("nav", { class: "side", id: "side", "aria-label": t("sidebar") });
    this.scrim = h("div", { class: "scrim", on: { click: () => app.nav.openDrawer(false) } });
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && app.nav.openDrawer(false));
  }

  render() {
    const { store } = this.app;
    const sign = JSON.stringify([
      store.me,
      store.team,
      [...store.channels.values()].map((c) => [c.id, c.name, c.kind]),
      [...store.users.keys()],
      store.tricks,
      store.direct?.id,
    ]);
    if (this.sign !== sign) {
      this.sign = sign;
      this.build();
    }
    this.mark();
  }

  build() {
    const { store } = this.app;
    const close = iconButton("close", t("closeMenu"), () => this.app.nav.openDrawer(false), {
      class: "icon-button drawer-close",
    });
    const channels = [...store.channels.values()].filter((channel) => channel.kind !== "im");
    this.connection = h("span", { class: "dot", "aria-hidden": "true" });
    this.connectionWords = h("span", { class: "hidden-text" });
    this.links = new Map();
    const body = h(
      "div",
      { class: "side-body" },
      part(
        t("channels"),
        channels.map((channel) => this.channelLink(channel, icon("hash"), channel.name, `channel-${channel.name}`)),
      ),
      part(t("apps"), [this.directLink()]),
      store.tricks.length > 0 &&
        part(
          t("tricks"),
          store.tricks.map((trick) => this.trick(trick)),
        ),
    );
    this.element.replaceChildren(
      h("header", { class: "side-head" }, h("span", { class: "team" }, store.team.name), close),
      body,
      this.foot(),
    );
  }

  channelLink(channel, sign, name, testid) {
    const badge = h("span", { class: "badge", hidden: true });
    const link = h(
      "button",
      { type: "button", class: "side-link", testid, on: { click: () => this.app.nav.openChannel(channel.id) } },
      sign,
      h("span", { class: "side-name" }, name),
      badge,
    );
    this.links.set(channel.id, { link, badge });
    return link;
  }

  directLink() {
    const { store } = this.app;
    const bot = store.users.get(store.app.user);
    const channel = store.direct ?? { id: "" };
    const link = this.channelLink(channel, avatar(bot, "small"), store.nameOf(bot.id), "dm-bot");
    link.querySelector(".side-name").after(this.connection, this.connectionWords);
    if (!store.direct) link.addEventListener("click", () => this.app.nav.openDirect());
    return link;
  }

  trick(trick) {
    const label = said(trick.label) || trick.name;
    const button = h("button", { type: "button", class: "trick", testid: `trick-${trick.name}` }, icon("bolt"), label);
    button.addEventListener("click", async () => {
      button.disabled = true;
      const answer = await this.app.act("trick", { name: trick.name });
      button.disabled = false;
      if (document.activeElement === document.body) button.focus();
      if (answer?.text) this.app.toast(said(answer.text), "good");
    });
    return button;
  }

  foot() {
    const { store } = this.app;
    const people = [...store.users.values()].filter((user) => !user.is_bot);
    const themes = iconButton(
      theme() === "dark" ? "sun" : "moon",
      theme() === "dark" ? t("toLight") : t("toDark"),
      () => this.app.switchTheme(),
      { testid: "theme-switch" },
    );
    const languages = h(
      "button",
      {
        type: "button",
        class: "side-button",
        testid: "lang-switch",
        lang: lang() === "ko" ? "en" : "ko",
        on: { click: () => this.app.switchLanguage() },
      },
      t("toOther"),
    );
    const keys = iconButton("keys", t("keys"), () => this.app.showKeys(), { testid: "keys-button" });
    const id = "speaking-as";
    return h(
      "footer",
      { class: "side-foot" },
      h("h2", { class: "side-title", id }, t("speakingAs")),
      h(
        "div",
        { role: "group", "aria-labelledby": id, class: "people" },
        people.map((user) => this.person(user)),
      ),
      h("div", { class: "side-tools" }, themes, languages, keys),
    );
  }

  person(user) {
    const isMe = user.id === this.app.store.me;
    const props = {
      type: "button",
      class: "person",
      testid: `user-${user.id}`,
      "aria-pressed": String(isMe),
      on: { click: () => this.app.speakAs(user.id) },
    };
    return h(
      "button",
      props,
      avatar(user, "small"),
      h(
        "span",
        { class: "person-words" },
        h("span", { class: "person-name" }, user.real_name || user.name),
        h("span", { class: "person-title" }, user.title),
      ),
    );
  }

  mark() {
    const isOn = this.app.store.app.connected > 0;
    this.connection.className = isOn ? "dot on" : "dot";
    this.connectionWords.textContent = isOn ? t("connected") : t("disconnected");
    this.connection.title = this.connectionWords.textContent;
    for (const [id, { link, badge }] of this.links) {
      const isOpen = id === this.app.nav.channel;
      if (isOpen) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      const count = isOpen ? 0 : this.app.unreadIn(id);
      link.classList.toggle("unread", count > 0);
      badge.hidden = count === 0;
      if (badge.dataset.count === String(count)) continue;
      badge.dataset.count = count;
      badge.replaceChildren();
      add(
        badge,
        h("span", { "aria-hidden": "true" }, count > 99 ? "99+" : count),
        h("span", { class: "hidden-text" }, t("unread", { n: count })),
      );
    }
  }
}

function part(title, items) {
  return h(
    "section",
    { class: "side-part" },
    h("h2", { class: "side-title" }, title),
    h(
      "ul",
      {},
      items.map((item) => h("li", {}, item)),
    ),
  );
}
