// The playground's page: puts the parts together and says what each act of a person does.
//
// Hooks for browser tests (data-testid), kept stable:
//   channel-<name>, dm-bot             links of the sidebar            user-<id>, trick-<name>    who speaks; tricks
//   theme-switch, lang-switch          the page's own switches         tab-home, tab-messages, tab-about
//   messages, thread-messages          the scrolling lists             message (with data-ts)     one message
//   composer, thread-composer          the textareas; *-send: their buttons; attach, attachment, retry, also-send
//   reply-link, thread-pane, close-thread                              suggestions                the list at @ # /
//   suggested-prompt, channel-prompt, thread-prompt                    greeting, empty-state, home-empty
//   action-reply, action-react, action-edit, action-delete, action-more; edit-box; emoji-board (buttons: data-emoji)
//   modal, modal-submit, modal-cancel, modal-close; confirm, confirm-yes, confirm-no
//   status, stop, unseen, toast, offline, open-menu

import { ChannelView } from "./channel.js";
import { showKeys } from "./dialog.js";
import { h } from "./dom.js";
import { enterBox } from "./edit.js";
import { Feed } from "./feed.js";
import { Modals } from "./modal.js";
import { Navigation } from "./nav.js";
import { News } from "./news.js";
import { Outbox } from "./outbox.js";
import { recall, remember, switchTheme } from "./prefs.js";
import { ask } from "./render/confirm.js";
import { plainText, readState } from "./render/message.js";
import { Refusal, act, fileUrl, loadState, upload } from "./server.js";
import { Sidebar } from "./sidebar.js";
import { Store } from "./store.js";
import { ThreadPane } from "./thread.js";
import { Toasts, Voice } from "./toasts.js";
import { lang, switchLanguage, t } from "./words.js";

const LONGEST_TIMER_MS = 2 ** 31 - 1; // html.spec.whatwg.org: a timeout is a signed 32-bit number
const REGIONS = [".side", ".messages", "[data-testid=composer]", "[data-testid=thread-composer]"];

class App {
  constructor() {
    this.store = new Store();
    this.news = new News(this);
    this.nav = new Navigation(this);
    this.asked = new Set();
    this.outbox = new Outbox({
      deliver: (letter) => this.deliver(letter),
      onSent: (ts, letter) => this.sent(ts, letter),
      onRefused: (why) => this.toast(why, "bad"),
    });
    this.editing = null;
    this.waiting = [];
    this.isLoading = false;
    this.loads = 0;
    this.feed = new Feed({
      onReady: () => this.load(),
      onChange: (change) => this.take(change),
      onLost: () => this.lost(),
    });
    document.addEventListener("visibilitychange", () => this.refresh());
    document.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** Builds the page; again when its language changes. */
  mount() {
    this.view?.close();
    this.pane?.close();
    this.toasts = new Toasts();
    this.voice = new Voice();
    this.sidebar = new Sidebar(this);
    this.view = new ChannelView(this);
    this.pane = new ThreadPane(this);
    this.modals ??= new Modals(this);
    if (this.editing) this.editing.box = null; // its words are of the other language
    this.banner = h(
      "div",
      { class: "banner", role: "alert", testid: "offline", hidden: true },
      t("offline"),
      h("button", { type: "button", class: "button small", on: { click: () => this.feed.again() } }, t("offlineNow")),
    );
    const skip = h(
      "a",
      {
        class: "skip-link",
        href: "#composer",
        on: { click: (event) => (event.preventDefault(), this.view.composer.focus()) },
      },
      t("skip"),
    );
    this.frame = h(
      "div",
      { class: "frame", hidden: !this.store.isLoaded },
      this.sidebar.element,
      this.sidebar.scrim,
      h("div", { class: "sheet" }, this.view.element, this.pane.element),
    );
    document.body.replaceChildren(skip, this.banner, this.frame, this.voice.element, this.toasts.element);
    this.refresh();
  }

  async begin() {
    this.user = new URLSearchParams(location.search).get("user") ?? recall("user");
    try {
      this.user = (await loadState(this.user).catch(() => loadState(null))).me;
    } catch (error) {
      document.body.replaceChildren(h("p", { class: "opening", role: "alert" }, error.message));
      return void setTimeout(() => this.begin(), 2_000);
    }
    this.mount();
    this.feed.open(this.user);
  }

  /** Loads the state anew; what the feed says meanwhile is taken after it. Of several at once the newest counts. */
  async load() {
    const number = (this.loads += 1);
    this.isLoading = true;
    try {
      const state = await loadState(this.user);
      if (number === this.loads && state.me === this.user) this.begun(state);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setTimeout(() => number === this.loads && this.load(), 1_000);
    }
  }

  begun(state) {
    this.store.load(state);
    this.news.begin();
    this.store.isOnline = true;
    this.isLoading = false;
    for (const change of this.waiting.splice(0)) this.take(change);
    this.endStatuses();
    this.nav.follow();
  }

  take(change) {
    if (this.isLoading || !this.store.isLoaded) return void this.waiting.push(change);
    this.store.apply(change);
    this.news.take(change);
    if (change.kind === "status") this.endStatuses();
    this.refresh();
  }

  /** Takes status lines away when their time is over: one timer, set for the next of them. */
  endStatuses() {
    clearTimeout(this.ending);
    const now = Date.now() / 1000;
    const next = this.store.dropOver(now);
    if (next === null) return;
    const end = () => (this.endStatuses(), this.refresh());
    this.ending = setTimeout(end, Math.min((next - now) * 1000, LONGEST_TIMER_MS));
  }

  lost() {
    this.store.isOnline = false;
    this.refresh();
  }

  /** Draws at the next frame, once for whatever happens until then; a hidden page has no frames. */
  refresh() {
    if (this.isDue) return;
    this.isDue = true;
    const draw = () => this.isDue && this.renderNow();
    if (document.hidden) setTimeout(draw, 200);
    else requestAnimationFrame(draw);
  }

  renderNow() {
    this.isDue = false;
    this.banner.hidden = this.store.isOnline || !this.store.isLoaded;
    if (!this.store.isLoaded) return;
    this.frame.hidden = false;
    this.view.render();
    this.pane.render();
    this.sidebar.render();
    this.modals.render();
    this.frame.classList.toggle("with-thread", !this.pane.element.hidden);
    const unread = [...this.store.channels.keys()].filter(
      (id) => id !== this.nav.channel && this.unreadIn(id) > 0,
    ).length;
    document.title = `${unread > 0 ? `(${unread}) ` : ""}${this.store.app.name} · ${this.store.team.name}`;
  }

  async speakAs(user) {
    const wasDirect = this.nav.channel === this.store.direct?.id;
    this.user = user;
    remember("user", user);
    const url = new URL(location.href);
    url.searchParams.set("user", user);
    history.replaceState(null, "", wasDirect ? `${url.pathname}${url.search}` : url);
    this.asked.clear();
    this.waiting = []; // of the one who spoke before
    this.editing = null;
    this.nav.openDrawer(false);
    this.renderNow();
    this.feed.open(user);
  }

  // What people do.

  /** Does one thing at the server. Raises Refusal. */
  tryAct(verb, body) {
    return act(verb, this.store.me, body);
  }

  /** Does one thing at the server, and says so where it cannot be done. Resolves to the answer or null. */
  async act(verb, body) {
    try {
      return await this.tryAct(verb, body);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.toast(error.message, "bad");
      return null;
    }
  }

  /** Sends a letter as whoever wrote it, with its files; sent again it is still the same one. Raises Refusal. */
  async deliver({ id, user, channel, text, thread_ts, broadcast, files }) {
    await Promise.all(files.map((entry) => entry.done));
    if (files.some((entry) => !entry.id)) throw new Refusal(t("fileMissing"));
    const say = { user, channel, text, files: files.map((entry) => entry.id), client_msg_id: id };
    return this.tryAct("say", thread_ts ? { ...say, thread_ts, broadcast } : say);
  }

  /** A message of this page has been taken; the app may have answered it before we hear so. */
  sent(ts, { channel, thread_ts }) {
    if (thread_ts) return void (thread_ts === this.nav.thread && this.pane.list.toBottom());
    if (ts) this.asked.add(`${channel} ${ts}`);
    const reply = ts && this.store.thread(channel, ts).find((message) => message.ts !== ts);
    if (reply) this.news.follow(channel, reply);
    if (channel === this.nav.channel) this.view.list.toBottom();
  }

  say(text) {
    this.view.composer.send(text);
  }

  edit(place, message) {
    this.editing = { channel: place.channel(), thread: place.thread(), ts: message.ts, surface: place.surface };
    this.renderNow();
    if (this.editing.box) enterBox(this.editing.box);
  }

  /** Takes an edit's box away, unless another edit has begun; the message has the focus where the box had it. */
  endEdit(editing) {
    if (this.editing !== editing) return;
    this.editing = null;
    this.renderNow();
  }

  editLast(place) {
    const { store } = this;
    const messages =
      place.surface === "thread" ? store.thread(place.channel(), place.thread()) : store.roots(place.channel());
    const last = messages.findLast(
      (m) => m.user === store.me && m.subtype !== "tombstone" && !this.isNote(place.channel(), m),
    );
    if (last) this.edit(place, last);
    return last !== undefined;
  }

  async remove(channel, message) {
    const isSure = await ask({
      title: t("removeAsk"),
      text: t("removeText"),
      yes: t("remove"),
      no: t("cancel"),
      isDanger: true,
    });
    if (isSure) await this.act("delete", { channel, ts: message.ts });
  }

  async copy(text) {
    await navigator.clipboard.writeText(text).then(
      () => this.toast(t("copied"), "good"),
      () => this.toast(t("failed"), "bad"),
    );
  }

  dismiss(channel, ts) {
    this.store.dropEphemeral(channel, ts);
    this.refresh();
  }

  /** A message in characters only, with people's names. */
  wordsOf(message) {
    return plainText(message, {
      users: this.store.users,
      channels: this.store.channels,
      me: this.store.me,
      lang: lang(),
    });
  }

  isNote(channel, message) {
    return this.store.ephemerals.get(channel)?.get(message.ts) === message;
  }

  /** What the renderer of blocks needs: who is who, and what a click does. `where`: {channel, ts} or {view_id}. */
  context(surface, where, rootOf) {
    const { store } = this;
    return {
      users: store.users,
      channels: store.channels,
      files: store.files,
      me: store.me,
      app: store.app,
      lang: lang(),
      surface,
      fileUrl,
      onAction: (action, element) => this.click(action, element, where, rootOf()),
      onOptions: async (request) =>
        (
          await this.act("options", {
            ...where,
            action_id: request.action_id,
            block_id: request.block_id,
            value: request.value ?? "",
          })
        )?.options ?? [],
      openChannel: (id) => this.nav.openChannel(id),
      onUpload: async (file) => ({
        id: await upload(store.me, file),
        name: file.name,
        mimetype: file.type,
        size: file.size,
      }),
      ...where,
    };
  }

  async click(action, element, where, root) {
    const node = element instanceof Element ? element : null;
    node?.setAttribute("aria-busy", "true");
    const answer = await this.act("click", { ...where, action, state: readState(root) });
    node?.removeAttribute("aria-busy");
    return answer;
  }

  markRead(id) {
    this.news.markRead(id);
  }

  unreadFrom(id) {
    return this.news.unreadFrom(id);
  }

  unreadIn(id) {
    return this.news.unreadIn(id);
  }

  toast(words, kind) {
    this.toasts.show(words, kind);
  }

  showKeys() {
    showKeys();
  }

  switchTheme() {
    switchTheme();
    this.remake("theme-switch");
  }

  switchLanguage() {
    switchLanguage();
    this.mount();
    this.renderNow();
    document.querySelector("[data-testid=lang-switch]")?.focus();
  }

  remake(testid) {
    this.sidebar.sign = null;
    this.renderNow();
    document.querySelector(`[data-testid=${testid}]`)?.focus();
  }

  onKey(event) {
    if (event.key !== "F6") return;
    event.preventDefault();
    const regions = REGIONS.map((selector) => document.querySelector(selector)).filter((node) => node?.offsetParent);
    const at = regions.findIndex((node) => node.contains(document.activeElement));
    const next = regions[(at + (event.shiftKey ? regions.length - 1 : 1)) % regions.length];
    (next.matches(".side") ? next.querySelector("[aria-current], button") : next).focus();
  }
}

new App().begin();
