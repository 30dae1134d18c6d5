// The blocks of a view (Home or a modal). A block that stays the same keeps its node, so what was typed in it stays.

import { arrange, h } from "./dom.js";
import { readState, renderBlocks } from "./render/message.js";

export class ViewBlocks {
  constructor(app, surface) {
    Object.assign(this, { app, surface });
    this.element = h("div", { class: `view-blocks ${surface}` });
    this.boxes = new Map();
  }

  update(view) {
    if (this.view === view) return;
    this.view = view;
    const context = {
      ...this.app.context(this.surface, { view_id: view.id }, () => this.element),
      state: readState(this.element).values,
    };
    const seen = new Map();
    const boxes = (view.blocks ?? []).map((block) => {
      const sign = JSON.stringify(block);
      seen.set(sign, (seen.get(sign) ?? 0) + 1);
      return this.box(`${sign} ${seen.get(sign)}`, block, context);
    });
    this.boxes = new Map(boxes.map((entry) => [entry.key, entry]));
    arrange(
      this.element,
      boxes.map((entry) => entry.node),
    );
  }

  box(key, block, context) {
    return this.boxes.get(key) ?? { key, node: h("div", { class: "view-block" }, renderBlocks([block], context)) };
  }
}

/** What a person has left out: {block_id: words} for each input that isn't optional and has no value. */
export function missing(view, state, words) {
  const isEmpty = (entry) =>
    Object.entries(entry ?? {}).every(
      ([name, value]) => name === "type" || value === null || value === undefined || value === "" || value.length === 0,
    );
  const entries = (view.blocks ?? [])
    .filter((block) => block.type === "input" && !block.optional)
    .filter((block) => isEmpty(state.values?.[block.block_id]?.[block.element?.action_id]));
  return Object.fromEntries(entries.map((block) => [block.block_id, words]));
}
