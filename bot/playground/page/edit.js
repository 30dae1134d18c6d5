// Changing one's own message where it stands.

import { h, isTyping } from "./dom.js";
import { Refusal } from "./server.js";
import { t } from "./words.js";

const UNESCAPED = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** A message's text as its author would have typed it. */
function typedText(text, store) {
  const plain = (whole, inner) => {
    const [target, label] = inner.split("|");
    if (target.startsWith("@")) return `@${store.nameOf(target.slice(1))}`;
    if (target.startsWith("#")) return `#${label || store.channels.get(target.slice(1))?.name || target.slice(1)}`;
    if (target.startsWith("!")) return `@${label || target.slice(1)}`;
    return target.replace(/^mailto:/, "") || whole;
  };
  return text.replace(/<([^<>]+)>/g, plain).replace(/&(?:lt|gt|amp);/g, (entity) => UNESCAPED[entity]);
}

/** The box in the message's place. The same one as long as `editing` lasts, whatever becomes of the message. */
export function editBox(app, message, editing) {
  return (editing.box ??= newBox(app, message, editing));
}

/** Goes into a box that has just been put on the page, behind its last character. */
export function enterBox(box) {
  const area = box.querySelector("textarea");
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
}

function newBox(app, message, editing) {
  editing.text ??= typedText(message.text ?? "", app.store);
  const area = h("textarea", { class: "edit-area", rows: "1", "aria-label": t("edit"), testid: "edit-box" });
  area.value = editing.text;
  const grow = () => {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 2, 260)}px`;
  };
  const problem = h("p", { class: "field-error", role: "alert", hidden: true });
  const save = h("button", { type: "submit", class: "button primary small" }, t("save"));
  const cancel = h(
    "button",
    { type: "button", class: "button small", on: { click: () => app.endEdit(editing) } },
    t("cancel"),
  );
  const form = h("form", { class: "edit-box" }, area, problem, h("div", { class: "edit-buttons" }, cancel, save));
  area.addEventListener("input", () => ((editing.text = area.value), grow()));
  area.addEventListener("keydown", (event) => {
    if (isTyping(event)) return;
    if (event.key === "Escape") return (event.stopPropagation(), app.endEdit(editing));
    if (event.key === "Enter" && !event.shiftKey) (event.preventDefault(), form.requestSubmit());
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (area.readOnly) return;
    area.readOnly = true;
    save.setAttribute("aria-busy", "true");
    try {
      if (area.value !== typedText(message.text ?? "", app.store))
        await app.tryAct("edit", { channel: editing.channel, ts: message.ts, text: area.value });
      app.endEdit(editing);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problem.textContent = error.message;
      problem.hidden = false;
      area.readOnly = false;
      save.removeAttribute("aria-busy");
    }
  });
  requestAnimationFrame(grow); // its height can't be told before it is on the page
  return form;
}
