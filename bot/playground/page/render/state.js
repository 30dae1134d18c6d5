// What people have chosen and typed, in the shape Slack sends it.

const READERS = new WeakMap();
const INITIAL = {
  value: "initial_value",
  rich_text_value: "initial_value",
  selected_option: "initial_option",
  selected_options: "initial_options",
  selected_user: "initial_user",
  selected_users: "initial_users",
  selected_channel: "initial_channel",
  selected_channels: "initial_channels",
  selected_conversation: "initial_conversation",
  selected_conversations: "initial_conversations",
  selected_date: "initial_date",
  selected_time: "initial_time",
  selected_date_time: "initial_date_time",
};

/** Makes `node` an input of a form; `read` gives its state without the type: {value} | {selected_option} | … */
export function registerInput(node, place, read) {
  node.dataset.rInput = "";
  READERS.set(node, { place, read });
}

/** {values: {block_id: {action_id: {type, …}}}} of every input under `root`. */
export function readState(root) {
  const values = {};
  for (const node of root.querySelectorAll("[data-r-input]")) {
    const input = READERS.get(node);
    if (!input) continue;
    const { blockId, actionId, type } = input.place;
    values[blockId] = { ...values[blockId], [actionId]: { type, ...input.read() } };
  }
  return { values };
}

/** The element with what has been put in before (`context.state`, the values of readState) as its initial content. */
export function withKept(element, blockId, context) {
  const kept = context.state?.[blockId]?.[element.action_id];
  if (kept?.type !== element.type) return element;
  const initial = Object.entries(kept).filter(([name]) => name in INITIAL);
  return { ...element, ...Object.fromEntries(initial.map(([name, value]) => [INITIAL[name], value ?? undefined])) };
}
