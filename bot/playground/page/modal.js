// The app's modals: a stack of views, the top one shown; what is typed in the lower ones is kept.

import { Dialog } from "./dialog.js";
import { h, isTyping } from "./dom.js";
import { readState, showErrors } from "./render/message.js";
import { Refusal } from "./server.js";
import { ViewBlocks, missing } from "./view_blocks.js";
import { t } from "./words.js";

export class Modals {
  constructor(app) {
    this.app = app;
    this.dialog = null;
    this.blocks = new Map();
    this.shown = null;
  }

  render() {
    const views = this.app.store.modals;
    const top = views.at(-1);
    for (const id of this.blocks.keys()) if (!views.some((view) => view.id === id)) this.blocks.delete(id);
    if (top === undefined) return this.hide();
    if (this.shown === top) return;
    if (this.dialog === null) this.show();
    const isOther = this.shown?.id !== top.id;
    this.shown = top;
    this.draw(top, views.length > 1);
    if (isOther) this.dialog.focusFirst();
  }

  show() {
    this.dialog = new Dialog({
      title: "",
      testid: "modal",
      onCancel: (isCross) => this.cancel(isCross),
      onBack: () => this.cancel(false),
    });
    this.dialog.element.addEventListener("close", () => this.dialog !== null && this.cancel(true));
    this.dialog.open();
  }

  hide() {
    const { dialog } = this;
    this.dialog = null;
    this.shown = null;
    dialog?.close();
  }

  draw(view, isStacked) {
    const blocks = this.blocks.get(view.id) ?? new ViewBlocks(this.app, "modal");
    this.blocks.set(view.id, blocks);
    blocks.update(view);
    this.dialog.title.textContent = view.title?.text ?? "";
    this.dialog.back.hidden = !isStacked;
    this.problem = h("p", { class: "dialog-problem", role: "alert", hidden: true });
    const isKept = this.dialog.body.firstChild === blocks.element;
    if (isKept) blocks.element.nextSibling.replaceWith(this.problem);
    else this.dialog.body.replaceChildren(blocks.element, this.problem);
    const close = h(
      "button",
      { type: "button", class: "button", testid: "modal-cancel", on: { click: () => this.cancel(false) } },
      view.close?.text ?? t("close"),
    );
    this.submit =
      view.submit &&
      h(
        "button",
        {
          type: "button",
          class: "button primary",
          testid: "modal-submit",
          on: { click: () => this.send(view, blocks) },
        },
        view.submit.text,
      );
    this.dialog.foot.replaceChildren(close, ...(this.submit ? [this.submit] : []));
    this.dialog.element.onkeydown = (event) => this.onEnter(event);
  }

  onEnter(event) {
    const isField =
      event.target instanceof HTMLInputElement &&
      !["checkbox", "radio", "file"].includes(event.target.type) &&
      event.target.role !== "combobox";
    if (event.key !== "Enter" || event.defaultPrevented || isTyping(event)) return;
    if (isField || event.ctrlKey || event.metaKey) (event.preventDefault(), this.submit?.click());
  }

  async send(view, blocks) {
    const { submit, problem } = this;
    const state = readState(blocks.element);
    if (submit.disabled || !showErrors(blocks.element, missing(view, state, t("required")))) return;
    const from = document.activeElement;
    this.setBusy(submit, true);
    problem.hidden = true;
    try {
      const answer = await this.app.tryAct("submit", { view_id: view.id, state });
      showErrors(blocks.element, answer.errors ?? {}, [from, document.body].includes(document.activeElement));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problem.textContent = error.message;
      problem.hidden = false;
    } finally {
      this.setBusy(submit, false);
    }
  }

  setBusy(button, isBusy) {
    button.disabled = isBusy;
    button.setAttribute("aria-busy", String(isBusy));
  }

  /** Escape, Back and Close take the top view away, the cross all of them; the app hears of it from the server. */
  cancel(isCross) {
    const views = this.app.store.modals;
    const view = views.at(-1);
    if (view === undefined) return this.hide();
    this.app.act("close", { view_id: view.id, all: isCross && views.length > 1 });
    this.app.store.modals = isCross ? [] : views.slice(0, -1);
    this.app.refresh();
  }
}
