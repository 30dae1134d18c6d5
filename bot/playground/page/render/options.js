// What the selects offer: options from the block, from the app, people, channels.

import { textOf } from "./text.js";
import { channelName, userName } from "./names.js";

/** type of element -> {source, key, isMany}; `key` is the name in the state, its initial_ twin the one in the block. */
export const SELECTS = { __proto__: null };
for (const [source, key] of [
  ["static", "option"],
  ["external", "option"],
  ["users", "user"],
  ["channels", "channel"],
  ["conversations", "conversation"],
]) {
  SELECTS[`${source}_select`] = { source, key, isMany: false };
  SELECTS[`multi_${source}_select`] = { source, key: `${key}s`, isMany: true };
}

/** What is chosen at first: a list of {value, label, option?}. */
export function initialChoices(element, kind, context) {
  const initial = element[`initial_${kind.key}`];
  const list = kind.isMany ? (initial ?? []) : initial ? [initial] : [];
  if (kind.source === "static" || kind.source === "external") return list.map(ofOption);
  return list.map((id) => ({ value: id, label: nameOf(id, kind, context) }));
}

function nameOf(id, kind, context) {
  if (kind.source === "users" || context.users?.has(id)) return userName({ id }, context);
  return `#${channelName({ id }, context)}`;
}

/** The state's value of what is chosen: whole options, or ids. */
export function stateOf(kind, choices) {
  const values = choices.map((choice) => choice.option ?? choice.value);
  return { [`selected_${kind.key}`]: kind.isMany ? values : (values[0] ?? null) };
}

/** Groups of choices for what has been typed: [{label, choices}]. Asks the app for external ones. */
export async function groupsFor(element, place, kind, query) {
  const { context } = place;
  if (kind.source === "external") {
    const request = { type: "block_suggestion", action_id: place.actionId, block_id: place.blockId, value: query };
    return grouped(await context.onOptions(request));
  }
  return filtered(knownGroups(element, place, kind), query);
}

/** All that can be chosen, where the page knows it by itself. */
export function knownGroups(element, { context }, kind) {
  return GROUPS[kind.source](element, context);
}

const GROUPS = {
  static: (element) => grouped(element.option_groups ? { option_groups: element.option_groups } : element.options),
  users: (_, context) => [
    {
      label: "",
      choices: [...context.users.values()].map((user) => ({ value: user.id, label: userName(user, context) })),
    },
  ],
  channels: (_, context) => [{ label: "", choices: channelsOf(context, ["channel"]) }],
  conversations: (element, context) => [{ label: "", choices: channelsOf(context, kindsOf(element.filter)) }],
};

const KINDS = { __proto__: null, public: "channel", private: "group", im: "im", mpim: "mpim" };

function kindsOf(filter) {
  return filter?.include?.map((name) => KINDS[name]) ?? Object.values(KINDS);
}

function channelsOf(context, kinds) {
  const channels = [...context.channels.values()].filter((channel) => kinds.includes(channel.kind ?? "channel"));
  return channels.map((channel) => ({
    value: channel.id,
    label: `${channel.kind === "im" ? "" : "#"}${channel.name}`,
  }));
}

/** Options as Slack writes them, plain or in groups. */
function grouped(answer) {
  const groups = answer?.option_groups;
  if (groups)
    return groups.map((group) => ({ label: textOf(group.label), choices: (group.options ?? []).map(ofOption) }));
  return [{ label: "", choices: (Array.isArray(answer) ? answer : (answer?.options ?? [])).map(ofOption) }];
}

function ofOption(option) {
  return { value: String(option.value), label: textOf(option.text), description: textOf(option.description), option };
}

function filtered(groups, query) {
  const wanted = query.trim().toLowerCase().normalize("NFC");
  if (!wanted) return groups;
  const fits = (choice) => choice.label.toLowerCase().normalize("NFC").includes(wanted);
  return groups
    .map((group) => ({ ...group, choices: group.choices.filter(fits) }))
    .filter((group) => group.choices.length);
}
