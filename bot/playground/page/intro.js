// What stands above the first message: how to begin.

import { h } from "./dom.js";
import { avatar } from "./parts.js";
import { icon } from "./render/icons.js";
import { threadKey } from "./store.js";
import { t } from "./words.js";

/** The start of a channel; a prompt goes into the message box, with a mention of the bot before it. */
export function channelIntro(app, channel, composer) {
  const bot = app.store.nameOf(app.store.app.user);
  const put = (prompt) => composer.fill(`@${bot} ${prompt.message}`);
  return h(
    "section",
    { class: "intro", testid: "empty-state" },
    h("span", { class: "intro-sign", "aria-hidden": "true" }, icon("hash")),
    h("h2", {}, t("emptyChannel", { name: channel.name })),
    h("p", {}, t("emptyChannelHint", { bot })),
    promptList(app.store.greeting.prompts, put, (prompt) => `@${bot} ${prompt.message}`, "channel-prompt"),
  );
}

/** The start of the DM with the app: what it is, and prompts that are sent as they are. */
export function greeting(app) {
  const { store } = app;
  const bot = store.users.get(store.app.user);
  const given = store.prompts.get(threadKey(store.direct.id, null));
  const prompts = given?.prompts ?? store.greeting.prompts;
  const send = (prompt) => app.say(prompt.message);
  return h(
    "section",
    { class: "intro greeting", testid: "greeting" },
    avatar(bot, "big"),
    h("h2", {}, t("emptyDm", { bot: store.app.name })),
    h("p", {}, store.greeting.text || store.app.description),
    h("p", { class: "intro-hint" }, t("emptyDmHint")),
    prompts.length > 0 && h("h3", {}, given?.title || t("prompts")),
    promptList(prompts, send, (prompt) => prompt.message, "suggested-prompt"),
  );
}

export function promptList(prompts, onPick, wordsOf, testid) {
  if (prompts.length === 0) return null;
  const button = (prompt) =>
    h(
      "button",
      { type: "button", class: "prompt", testid, on: { click: () => onPick(prompt) } },
      h("b", {}, prompt.title),
      h("span", {}, wordsOf(prompt)),
    );
  return h("div", { class: "prompts" }, prompts.map(button));
}
