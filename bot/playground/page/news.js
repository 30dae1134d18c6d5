// What the page makes of the feed besides showing it: what is unread, what is read out, which thread opens by itself.

import { recall, remember } from "./prefs.js";
import { isRoot } from "./store.js";
import { said } from "./words.js";

const WIDE_PX = 1000;
const MOST_WORDS = 300;

export class News {
  constructor(app) {
    this.app = app;
  }

  key(channel) {
    return `read.${this.app.store.me}.${channel}`;
  }

  /**
   * At first sight of a workspace everything in it counts as read. A mark later than all there is stems from an earlier
   * run.
   */
  begin() {
    for (const channel of this.app.store.channels.values()) {
      const last = Number([...channel.messages.keys()].at(-1) ?? 0);
      const mark = recall(this.key(channel.id));
      if (mark === null || Number(mark) > last) remember(this.key(channel.id), String(last || "0"));
    }
  }

  markRead(id) {
    const last = [...(this.app.store.channels.get(id)?.messages.keys() ?? [])].at(-1);
    if (last !== undefined && recall(this.key(id)) !== last) remember(this.key(id), last);
  }

  /** The ts after which a channel is unread, or null where nothing is. */
  unreadFrom(id) {
    return this.unreadIn(id) > 0 ? Number(recall(this.key(id))) : null;
  }

  unreadIn(id) {
    const { store } = this.app;
    const mark = Number(recall(this.key(id)) ?? 0);
    const counts = (m) => Number(m.ts) > mark && m.user !== store.me && (isRoot(m) || this.concernsMe(id, m));
    return [...(store.channels.get(id)?.messages.values() ?? [])].filter(counts).length;
  }

  concernsMe(id, message) {
    const { store } = this.app;
    const channel = store.channels.get(id);
    return (
      channel === store.direct ||
      channel.messages.get(message.thread_ts)?.user === store.me ||
      message.text?.includes(`<@${store.me}>`)
    );
  }

  /** Called for each change of the feed, once the store has it. */
  take(change) {
    const { app } = this;
    const { message } = change;
    const isOver = change.kind === "changed" && change.previous?.streaming && !message.streaming;
    if (change.kind === "posted") this.follow(change.channel, message);
    if (change.kind === "notice") return app.voice.tell(said(change.text));
    const isNews = (change.kind === "posted" && !message.streaming) || change.kind === "ephemeral" || isOver;
    if (!isNews || change.channel !== app.nav.channel || message.user === app.store.me) return;
    app.voice.tell(`${app.store.authorOf(message).shown}: ${app.wordsOf(message).slice(0, MOST_WORDS)}`);
  }

  /** The app answers what was asked on this page: its thread opens beside, where there is room and nobody writes. */
  follow(channel, message) {
    const { app } = this;
    const wasAsked = app.asked.has(`${channel} ${message.thread_ts}`);
    if (!wasAsked || message.user === app.store.me || channel !== app.nav.channel) return;
    const isWriting =
      app.pane.element.contains(document.activeElement) ||
      recall(`draft.${app.store.me}.${channel}.${app.nav.thread}`);
    if (innerWidth >= WIDE_PX && !isWriting) app.nav.openThread(channel, message.thread_ts);
    app.asked.delete(`${channel} ${message.thread_ts}`);
  }
}
