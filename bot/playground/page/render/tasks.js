// The plan and task_card blocks: what the app is doing, how far it is.

import { h } from "../dom.js";
import { icon } from "./icons.js";
import { richTextBox, textOf } from "./text.js";
import { link } from "./tree.js";
import { safeUrl } from "./urls.js";
import { word } from "./words.js";

const STATUSES = new Set(["pending", "in_progress", "complete", "error"]);

export function taskCard(task, context) {
  const status = STATUSES.has(task.status) ? task.status : "pending";
  const state = h(
    "span",
    {
      class: `r-task-state r-task-${status}`,
      role: "img",
      "aria-label": word(context, status),
      title: word(context, status),
    },
    icon(status, status === "in_progress" ? "r-turning" : ""),
  );
  const title = h("span", { class: "r-task-title" }, textOf(task.title));
  const more = [
    task.details && noteOf(task.details, context),
    task.output && noteOf(task.output, context, "r-task-output"),
    sources(task.sources, context),
  ].filter(Boolean);
  const card = h("div", {
    class: "r-task",
    testid: "task-card",
    "data-status": status,
    "data-task-id": task.task_id ?? task.id,
  });
  if (!more.length) card.append(h("div", { class: "r-task-head" }, state, title));
  else
    card.append(
      h(
        "details",
        { open: true },
        h("summary", { class: "r-task-head" }, state, title, icon("down", "r-fold")),
        h("div", { class: "r-task-more" }, more),
      ),
    );
  return card;
}

function noteOf(note, context, className = "") {
  return note?.type === "rich_text"
    ? richTextBox(note, context, { class: className })
    : h("div", { class: `r-text r-p ${className}` }, textOf(note));
}

function sources(list, context) {
  const links = (Array.isArray(list) ? list : []).map(sourceLink);
  return (
    links.length > 0 &&
    h("div", { class: "r-sources" }, h("span", { class: "r-note" }, word(context, "sources")), links)
  );
}

function sourceLink(source) {
  const url = safeUrl(source?.url);
  const text = textOf(source?.text) || String(source?.url ?? "");
  return url ? appendText(link(url, { class: "r-source" }), text) : h("span", { class: "r-source" }, text);
}

export function planBlock(block, context) {
  const tasks = Array.isArray(block.tasks) ? block.tasks : [];
  const done = tasks.filter((task) => task?.status === "complete").length;
  const title = h(
    "div",
    { class: "r-plan-title" },
    textOf(block.title) || word(context, "plan"),
    h("span", { class: "r-note" }, tasks.length ? ` ${done}/${tasks.length}` : ""),
  );
  return h(
    "section",
    { class: "r-plan", testid: "plan" },
    title,
    tasks.map((task) => taskCard(task ?? {}, context)),
  );
}

function appendText(node, text) {
  node.append(text);
  return node;
}
