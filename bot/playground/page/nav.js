// Where one is: the address names the channel, the app's tab, the thread.

import { threadKey } from "./store.js";

export class Navigation {
  constructor(app) {
    this.app = app;
    this.put(null);
    addEventListener("hashchange", () => this.follow());
  }

  put(channel, tab = "messages", thread = null) {
    Object.assign(this, { channel, tab, thread });
    this.app.store.openChannel = channel;
    if (!this.shows(this.app.editing)) this.app.editing = null;
  }

  /** Whether a message that is being edited is still where one is; the same place loaded anew takes nothing away. */
  shows(editing) {
    if (!editing || editing.channel !== this.channel || this.tab !== "messages") return false;
    return editing.surface !== "thread" || editing.thread === this.thread;
  }

  /** Goes where the address says, or to the app where it says nothing. */
  follow() {
    const { store } = this.app;
    const [, channel, tab, thread] = location.hash.split("/");
    const known = store.channels.has(channel) ? channel : (store.direct?.id ?? [...store.channels.keys()][0]);
    const isSame = known === channel;
    this.put(known, isSame && ["home", "about"].includes(tab) ? tab : "messages", (isSame && thread) || null);
    this.app.refresh();
  }

  go(channel, tab = "messages", thread = null) {
    const hash = `#/${channel}/${tab}${thread ? `/${thread}` : ""}`;
    if (location.hash === hash) this.follow();
    else location.hash = hash;
    this.put(channel, tab, thread);
    this.app.renderNow();
  }

  openChannel(id) {
    const { app } = this;
    const isDirect = app.store.channels.get(id) === app.store.direct;
    this.openDrawer(false);
    this.go(id);
    if (isDirect) app.act("home", { tab: "messages" });
    if (matchMedia("(hover: hover)").matches) app.view.composer.focus();
  }

  async openDirect() {
    const from = location.hash;
    const answer = await this.app.act("dm");
    if (answer) await this.app.load();
    if (answer && location.hash === from) this.openChannel(answer.channel);
  }

  openTab(tab) {
    this.go(this.channel, tab);
    this.app.act("home", { tab });
  }

  get threadKey() {
    return this.thread ? threadKey(this.channel, this.thread) : null;
  }

  openThread(channel, ts, { focuses = false } = {}) {
    this.go(channel, "messages", ts);
    if (focuses) this.app.pane.composer.focus();
  }

  closeThread() {
    const { list, composer } = this.app.view;
    const root = list.nodes.get(this.thread)?.view;
    this.go(this.channel, this.tab);
    if (root) (root.replies.querySelector("button") ?? root.element).focus();
    else composer.focus();
  }

  /** The sidebar on a narrow screen. */
  openDrawer(isOpen) {
    const { frame, sidebar } = this.app;
    frame.classList.toggle("drawer-open", isOpen);
    if (isOpen) sidebar.element.querySelector("button")?.focus();
    else if (sidebar.element.contains(document.activeElement))
      document.querySelector("[data-testid=open-menu]")?.focus();
  }
}
