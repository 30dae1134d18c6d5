// What the tests call in the browser: draws into the page, and notes what the shell would have been told.

import { plainText, readState, renderBlocks, renderMessageBody, showErrors } from "/page/render/message.js";
import { parseMarkdown } from "/page/render/markdown.js";
import { parseMrkdwn } from "/page/render/mrkdwn.js";

const users = [
  { id: "U1", name: "minjun", real_name: "김민준" },
  { id: "U2", name: "seoyeon", real_name: "이서연" },
  { id: "UBOT", name: "mlops", real_name: "MLOps Bot", is_bot: true },
];
const channels = [
  { id: "C1", name: "ml-alerts", kind: "channel" },
  { id: "G1", name: "secret", kind: "group" },
];

const context = {
  users: new Map(users.map((user) => [user.id, user])),
  channels: new Map(channels.map((channel) => [channel.id, channel])),
  files: new Map(),
  me: "U1",
  lang: "ko",
  surface: "message",
  fileUrl: (file) => `/files/${file.id}/${file.name}`,
  onAction: (action) => globalThis.actions.push(action),
  onOptions: async ({ value }) => [{ text: { type: "plain_text", text: `결과 ${value}` }, value }],
  onUpload: async (file) => ({ id: "F9", name: file.name }),
  openChannel: (id) => globalThis.actions.push({ opened: id }),
};

globalThis.actions = [];
Object.assign(globalThis, { parseMarkdown, parseMrkdwn, readState, showErrors });
globalThis.plain = (message) => plainText(message, context);

function into(node, title = "") {
  const box = document.createElement("section");
  box.className = "sample";
  if (title) box.append(Object.assign(document.createElement("h2"), { textContent: title }));
  box.append(node);
  document.querySelector("main").append(box);
  return box;
}

globalThis.draw = (message, more = {}, title = "") =>
  into(renderMessageBody({ ts: "1.0", ...message }, { ...context, ...more }), title);
globalThis.drawBlocks = (blocks, more = {}) => into(renderBlocks(blocks, { ...context, ...more }));
globalThis.clear = () => document.querySelector("main").replaceChildren();
globalThis.state = () => readState(document.body).values;
document.body.dataset.ready = "yes";
