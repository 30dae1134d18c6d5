// A scrolling list of messages: keyed nodes, day lines, the last PAGE of them; stays at the bottom where one was there.

import { arrange, h } from "./dom.js";
import { MessageView } from "./message.js";
import { dayKey, dayText, t } from "./words.js";

const PAGE = 200;
const NEAR_PX = 48;
const GROUP_S = 300;
const READING_GAP_PX = 12;

export class MessageList {
  /** `place`: {surface, channel(), thread()}; `intro()`: the node above the first message; `onScroll` after moves. */
  constructor(app, { place, testid, intro, onScroll }) {
    Object.assign(this, { app, place, intro, onScroll });
    this.inner = h("div", { class: "messages-inner" });
    this.element = h(
      "div",
      { class: "messages", tabindex: "0", role: "region", testid, on: { scroll: () => this.scrolled() } },
      this.inner,
    );
    this.nodes = new Map();
    this.isFollowing = true;
    this.sizes = new ResizeObserver(() => (this.follow(), this.onScroll?.()));
    this.sizes.observe(this.inner);
    this.sizes.observe(this.element);
    this.element.addEventListener("keydown", (event) => this.move(event));
  }

  close() {
    this.sizes.disconnect();
  }

  /** Starts over, for another channel or thread; `newFrom`: the ts after which everything is new to the person. */
  reset(label, newFrom = null) {
    this.element.setAttribute("aria-label", label);
    this.inner.replaceChildren();
    this.nodes.clear();
    this.limit = PAGE;
    this.firstTs = null;
    this.newFrom = newFrom;
    this.seenTs = Infinity;
    this.lastTop = 0;
    this.lastTs = null;
    this.isFollowing = true;
    this.isPinned = false;
  }

  render(messages) {
    const isReading = this.isAway && !this.isPinned;
    const shown = this.windowOf(messages);
    const isWhole = shown.length === messages.length;
    const items = this.itemsOf(shown, messages, isWhole);
    const kept = new Set(items.map((item) => item.key));
    for (const key of this.nodes.keys()) if (!kept.has(key)) this.nodes.delete(key);
    arrange(
      this.inner,
      items.map((item) => this.nodeOf(item)),
    );
    const last = messages.at(-1)?.ts ?? null;
    if (this.lastTs !== null && last !== this.lastTs && isReading) this.isFollowing = false;
    this.lastTs = last;
    this.follow();
    this.seenTs = this.isFollowing ? Number(last ?? 0) : this.seenTs;
    this.unseen = messages.filter((m) => Number(m.ts) > this.seenTs && m.user !== this.app.store.me).length;
    this.rove();
  }

  windowOf(messages) {
    let start = this.firstTs === null ? -1 : messages.findIndex((m) => Number(m.ts) >= Number(this.firstTs));
    const isTooLong = this.isFollowing && messages.length - start > this.limit + PAGE / 2;
    if (start < 0 || isTooLong) start = Math.max(0, messages.length - this.limit);
    this.firstTs = messages[start]?.ts ?? null;
    return messages.slice(start);
  }

  itemsOf(shown, messages, isWhole) {
    const isThread = this.place.surface === "thread";
    const top = isWhole ? this.intro?.() : this.earlier(messages);
    const items = top ? [{ key: "top", node: top }] : [];
    let day = isThread && shown[0] ? dayKey(shown[0].ts) : null;
    const firstNew = messages.find((message) => this.isNew(message));
    let before = null;
    for (const message of shown) {
      const lines = [];
      if (dayKey(message.ts) !== day) lines.push({ key: `day ${dayKey(message.ts)}`, line: dayText(message.ts) });
      if (message === firstNew) lines.push({ key: "new", line: t("newLine"), kind: "new" });
      day = dayKey(message.ts);
      items.push(...lines, {
        key: message.ts,
        message,
        isGrouped: before !== null && lines.length === 0 && this.isGrouped(before, message),
      });
      before = message;
      if (!isThread || message.ts !== this.place.thread() || messages.length < 2) continue;
      items.push({ key: "count", line: t("replies", { n: messages.length - 1 }), kind: "count" });
      before = null;
    }
    return items;
  }

  isNew(message) {
    return this.newFrom !== null && Number(message.ts) > this.newFrom && message.user !== this.app.store.me;
  }

  isGrouped(before, message) {
    const author = (m) => `${m.user} ${m.username ?? ""}`;
    const isPlain = (m) =>
      m.subtype !== "thread_broadcast" && m.subtype !== "tombstone" && !this.app.isNote(this.place.channel(), m);
    return (
      author(before) === author(message) &&
      Number(message.ts) - Number(before.ts) < GROUP_S &&
      isPlain(before) &&
      isPlain(message)
    );
  }

  nodeOf(item) {
    let entry = this.nodes.get(item.key);
    if (item.message) {
      if (entry === undefined) this.nodes.set(item.key, (entry = { view: new MessageView(this.app, this.place) }));
      entry.view.update(item.message, item.isGrouped);
      return entry.view.element;
    }
    if (entry !== undefined && entry.says === (item.line ?? item.node)) return entry.node;
    const node = item.node ?? lineNode(item);
    this.nodes.set(item.key, { node, says: item.line ?? item.node });
    return node;
  }

  earlier(messages) {
    this.earlierNode ??= h(
      "div",
      { class: "earlier" },
      h("button", { type: "button", class: "button small", on: { click: () => this.loadEarlier() } }),
    );
    this.earlierNode.firstChild.textContent = t("earlier");
    this.messages = messages;
    return this.earlierNode;
  }

  loadEarlier() {
    const height = this.element.scrollHeight;
    const top = this.element.scrollTop;
    const at = this.messages.findIndex((m) => m.ts === this.firstTs);
    this.limit += PAGE;
    this.firstTs = this.messages[Math.max(0, at - PAGE)].ts;
    this.isFollowing = false;
    this.app.renderNow();
    this.element.scrollTop = top + this.element.scrollHeight - height;
  }

  /** Whether there is more below than what is in sight. */
  get isAway() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight > NEAR_PX;
  }

  /** Only a move up ends the following: content that grows below doesn't, whichever event comes first. */
  scrolled() {
    const top = this.element.scrollTop;
    const was = this.isFollowing;
    if (top < this.lastTop - 1) this.isFollowing = !this.isAway;
    else if (!this.isAway) this.isFollowing = true;
    this.isPinned = !this.isAway && top > this.readingTop();
    this.lastTop = top;
    if (was !== this.isFollowing) this.app.refresh();
    this.onScroll?.();
  }

  /** Keeps the newest in sight, but not beyond the start of a long last message: that is read from its top. */
  follow() {
    if (!this.isFollowing) return;
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    const top = this.isPinned ? scrollHeight : Math.min(scrollHeight - clientHeight, this.readingTop());
    if (top > scrollTop) this.element.scrollTop = top;
  }

  readingTop() {
    const last = this.inner.lastElementChild;
    const isOthers =
      last?.classList.contains("message") && this.nodes.get(last.dataset.ts)?.view.message.user !== this.app.store.me;
    return isOthers ? last.offsetTop - READING_GAP_PX : Infinity;
  }

  toBottom() {
    this.isFollowing = true;
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** One message is a tab stop at a time; the arrows move between them. */
  rove() {
    const views = [...this.inner.querySelectorAll(".message")];
    const isHere = this.inner.contains(document.activeElement) && views.some((view) => view.tabIndex === 0);
    if (views.length === 0 || isHere) return;
    for (const view of views) view.tabIndex = -1;
    views.at(-1).tabIndex = 0;
  }

  move(event) {
    const here = event.target;
    if (!here.classList.contains("message") || !["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
    const views = [...this.inner.querySelectorAll(".message")];
    const at = views.indexOf(here);
    const next = { ArrowUp: views[at - 1], ArrowDown: views[at + 1], Home: views[0], End: views.at(-1) }[event.key];
    event.preventDefault();
    if (next === undefined) return;
    here.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

function lineNode({ line, kind = "day" }) {
  return h(
    "div",
    { class: `line ${kind}`, role: "separator", "aria-label": line },
    h("span", { class: "line-words" }, line),
  );
}
