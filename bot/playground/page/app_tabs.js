// The tabs of the app's DM: Home (the view that the app has published), Messages, About.

import { add, h } from "./dom.js";
import { avatar } from "./parts.js";
import { ViewBlocks } from "./view_blocks.js";
import { t } from "./words.js";

const TABS = ["home", "messages", "about"];

export class AppTabs {
  constructor(app) {
    this.app = app;
    this.buttons = TABS.map((name) => this.button(name));
    this.list = h(
      "div",
      { class: "tabs", role: "tablist", "aria-label": t("tabs"), on: { keydown: (event) => this.onKey(event) } },
      this.buttons,
    );
    this.panel = h("div", {
      class: "tab-panel",
      id: "tab-panel-app",
      role: "tabpanel",
      tabindex: "0",
      testid: "tab-panel",
    });
    this.blocks = new ViewBlocks(app, "home");
  }

  button(name) {
    const props = {
      type: "button",
      class: "tab",
      role: "tab",
      id: `tab-${name}`,
      testid: `tab-${name}`,
      dataset: { tab: name },
    };
    return h("button", { ...props, on: { click: () => this.app.nav.openTab(name) } }, t(name));
  }

  onKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = (TABS.indexOf(this.app.nav.tab) + step + TABS.length) % TABS.length;
    this.app.nav.openTab(TABS[at]);
    this.buttons[at].focus();
  }

  render(isApp) {
    const { tab } = this.app.nav;
    this.list.hidden = !isApp;
    this.panel.hidden = !isApp || tab === "messages";
    if (!isApp) return;
    for (const button of this.buttons) {
      const isOpen = button.dataset.tab === tab;
      button.setAttribute("aria-selected", String(isOpen));
      button.setAttribute("aria-controls", button.dataset.tab === "messages" ? "tab-panel-messages" : "tab-panel-app");
      button.tabIndex = isOpen ? 0 : -1;
    }
    if (this.panel.hidden) return;
    this.panel.setAttribute("aria-labelledby", `tab-${tab}`);
    if (tab === "home") this.drawHome();
    else this.drawAbout();
  }

  drawHome() {
    const { store } = this.app;
    if (store.home && (store.features.home_tab || store.home.blocks?.length)) {
      this.blocks.update(store.home);
      if (this.blocks.element.parentNode !== this.panel) this.panel.replaceChildren(this.blocks.element);
      return void (this.shown = null);
    }
    this.once(`home ${store.features.home_tab}`, () => [
      h(
        "section",
        { class: "intro", testid: "home-empty" },
        avatar(store.users.get(store.app.user), "big"),
        h("h2", {}, t("noHome")),
        h("p", {}, store.features.home_tab ? t("homeWaits") : t("noHomeHint")),
        h(
          "button",
          { type: "button", class: "button primary", on: { click: () => this.app.nav.openTab("messages") } },
          t("toMessages"),
        ),
      ),
    ]);
  }

  drawAbout() {
    const { app, features, users } = this.app.store;
    this.once(`about ${app.connected}`, () => [
      h(
        "section",
        { class: "intro about" },
        avatar(users.get(app.user), "big"),
        h("h2", {}, app.name),
        h("p", {}, app.description),
        h("p", { class: "intro-hint" }, app.connected > 0 ? t("connected") : t("disconnected")),
      ),
      features.commands.length > 0 &&
        listOf(
          t("slash"),
          features.commands.map((c) => [`${c.command} ${c.usage_hint ?? ""}`, c.description]),
        ),
      features.shortcuts.length > 0 &&
        listOf(
          t("shortcuts"),
          features.shortcuts.map((s) => [s.name, s.description]),
        ),
    ]);
  }

  once(key, build) {
    if (this.shown === key) return;
    this.shown = key;
    this.panel.replaceChildren();
    add(this.panel, build());
  }
}

function listOf(title, rows) {
  return h(
    "section",
    { class: "facts" },
    h("h3", {}, title),
    h(
      "dl",
      {},
      rows.map(([name, words]) => [h("dt", {}, name), h("dd", {}, words)]),
    ),
  );
}
