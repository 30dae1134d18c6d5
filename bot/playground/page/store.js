// What is so in the workspace, as far as this person sees it: the state as loaded, and each change since.

import { userName } from "./render/names.js";
import { said } from "./words.js";

export const threadKey = (channel, ts) => `${channel} ${ts ?? ""}`;

/** Whether a message stands in its channel itself, not only in a thread. */
export const isRoot = (message) =>
  !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";

export class Store {
  constructor() {
    this.isLoaded = false;
    this.isOnline = false;
    this.channels = new Map();
    this.users = new Map();
  }

  /** Takes over what /ui/state says. */
  load(state) {
    this.team = state.team;
    this.app = state.app;
    this.me = state.me;
    this.greeting = state.greeting ?? { text: "", prompts: [] };
    this.features = { commands: [], shortcuts: [], ...state.features };
    this.tricks = state.tricks ?? [];
    this.users = new Map(state.users.map((user) => [user.id, user]));
    this.channels = new Map(state.channels.map((channel) => [channel.id, withMessages(channel)]));
    this.files = new Map((state.files ?? []).map((file) => [file.id, file]));
    this.ephemerals = new Map();
    for (const { channel, message } of state.ephemerals ?? []) this.addEphemeral(channel, message);
    this.statuses = byThread(state.statuses);
    this.prompts = byThread(state.prompts);
    this.sessions = byThread(state.sessions);
    this.modals = state.modals ?? [];
    this.home = state.home ?? null;
    this.isLoaded = true;
  }

  /** Takes one change of the feed. A kind that isn't known here is passed over. */
  apply(change) {
    TAKERS[change.kind]?.(this, change);
  }

  /**
   * Drops each status line whose time is over at `now` (epoch seconds), and what it said of its session.
   * Returns when the next one is over, or null.
   */
  dropOver(now) {
    for (const [key, { until }] of this.statuses) {
      if (!(until <= now)) continue;
      this.statuses.delete(key);
      const session = this.sessions.get(key);
      if (session?.status === "processing") this.sessions.set(key, { ...session, status: "active" });
    }
    const ends = [...this.statuses.values()].map((status) => status.until).filter(Number.isFinite);
    return ends.length > 0 ? Math.min(...ends) : null;
  }

  addEphemeral(channel, message) {
    const notes = this.ephemerals.get(channel) ?? new Map();
    this.ephemerals.set(channel, notes.set(message.ts, message));
  }

  dropEphemeral(channel, ts) {
    for (const [id, notes] of this.ephemerals) if (!channel || id === channel) notes.delete(ts);
  }

  /** The messages of a channel itself, oldest first, with what only this person sees. */
  roots(channelId) {
    return this.select(channelId, isRoot, (note) => !note.thread_ts);
  }

  /** A thread's root, where it still stands, and its replies. */
  thread(channelId, ts) {
    return this.select(
      channelId,
      (message) => message.ts === ts || message.thread_ts === ts,
      (note) => note.thread_ts === ts,
    );
  }

  select(channelId, ofMessages, ofNotes) {
    const messages = [...(this.channels.get(channelId)?.messages.values() ?? [])].filter(ofMessages);
    const notes = [...(this.ephemerals.get(channelId)?.values() ?? [])].filter(ofNotes);
    return notes.length === 0 ? messages : [...messages, ...notes].sort((a, b) => Number(a.ts) - Number(b.ts));
  }

  /** The DM of this person with the app. */
  get direct() {
    return [...this.channels.values()].find(
      (channel) => channel.kind === "im" && channel.members.includes(this.app.user),
    );
  }

  /** What people call somebody. */
  nameOf(id) {
    return userName({ id: id ?? "?", label: id === "USLACKBOT" ? "Slackbot" : "" }, this);
  }

  /** Who wrote a message: one of the users, or the app under another name. */
  authorOf(message) {
    const app = this.users.get(this.app.user);
    const known = this.users.get(message.user) ?? (message.bot_id ? app : undefined);
    const base = known ?? {
      id: message.user ?? "?",
      name: this.nameOf(message.user),
      real_name: "",
      color: "5a6170",
      is_bot: true,
    };
    const name = message.username || (known ? this.nameOf(known.id) : base.name);
    return { ...base, shown: name };
  }
}

function withMessages(channel) {
  return { ...channel, messages: new Map((channel.messages ?? []).map((message) => [message.ts, message])) };
}

function byThread(entries) {
  return new Map((entries ?? []).map((entry) => [threadKey(entry.channel, entry.thread_ts), entry]));
}

/** A reply was added or is gone: its root says so in a new object, since the page redraws what isn't the same one. */
function recount(channel, threadTs) {
  const root = channel.messages.get(threadTs);
  if (root === undefined) return;
  const replies = [...channel.messages.values()].filter((m) => m.thread_ts === threadTs && m.ts !== threadTs);
  const counted = { ...root, reply_count: replies.length, reply_users: [...new Set(replies.map((m) => m.user))] };
  if (replies.length > 0) Object.assign(counted, { thread_ts: threadTs, latest_reply: replies.at(-1).ts });
  channel.messages.set(threadTs, counted);
}

function isReply(message) {
  return message.thread_ts && message.thread_ts !== message.ts;
}

function put(store, { channel: id, message }) {
  const channel = store.channels.get(id);
  if (channel === undefined || !message?.ts) return;
  channel.messages.set(message.ts, message);
  for (const file of message.files ?? []) if (file?.id) store.files.set(file.id, file);
  if (isReply(message)) recount(channel, message.thread_ts);
}

const TAKERS = {
  __proto__: null,
  posted(store, change) {
    put(store, change);
    store.statuses.delete(threadKey(change.channel, change.message.thread_ts ?? change.message.ts));
  },
  changed(store, change) {
    const isKnown = store.channels.get(change.channel)?.messages.has(change.message.ts);
    if (isKnown) put(store, change);
  },
  reacted(store, change) {
    TAKERS.changed(store, change);
  },
  deleted(store, change) {
    const channel = store.channels.get(change.channel);
    if (!channel?.messages.delete(change.message.ts)) return;
    if (isReply(change.message)) recount(channel, change.message.thread_ts);
  },
  ephemeral(store, change) {
    store.addEphemeral(change.channel, change.message);
  },
  ephemeral_gone(store, change) {
    store.dropEphemeral(change.channel, change.ts);
  },
  status(store, change) {
    const key = threadKey(change.channel, change.thread_ts);
    if (change.status) store.statuses.set(key, change);
    else store.statuses.delete(key);
  },
  prompts(store, change) {
    store.prompts.set(threadKey(change.channel, change.thread_ts), change);
  },
  session(store, change) {
    const key = threadKey(change.channel, change.thread_ts);
    store.sessions.set(key, { ...store.sessions.get(key), ...change });
  },
  channel(store, change) {
    for (const user of change.users ?? []) store.users.set(user.id, user);
    const told = change.conversation;
    if (!told) return;
    if (told.members.includes(store.me)) store.channels.set(told.id, withMessages(told));
    else store.channels.delete(told.id);
  },
  view(store, change) {
    store.modals = change.views ?? [];
  },
  home(store, change) {
    store.home = change.view ?? null;
  },
  connection(store, change) {
    store.app = { ...store.app, connected: change.count };
  },
  notice(store, change) {
    const channel = change.channel ?? store.openChannel;
    const last = [...(store.channels.get(channel)?.messages.keys() ?? [])].at(-1) ?? (Date.now() / 1000).toFixed(6);
    store.notices = (store.notices ?? 0) + 1;
    // right behind the last message, whatever the clocks say, and unlike any other
    const ts = `${last}0${store.notices}`;
    store.addEphemeral(channel, { ts, user: "USLACKBOT", text: said(change.text), thread_ts: change.thread_ts });
  },
};
