// A panel beside the element that opened it: above whatever else is on the page, gone by Escape or a click elsewhere.

import { isTyping } from "../dom.js";

const GAP_PX = 4;
const EDGE_PX = 8;

/** Shows `content` at `anchor`, inside of `box` -> {place, close(takesFocus), isOpen}. `onClose` runs once. */
export function openPanel(box, anchor, content, onClose = () => {}) {
  const away = new AbortController();
  content.classList.add("r-panel");
  content.setAttribute("popover", "manual");
  box.append(content);
  content.showPopover();
  anchor.setAttribute("aria-expanded", "true");

  const panel = { place: () => place(anchor, content), close, isOpen: () => !away.signal.aborted };
  function close(takesFocus = false) {
    if (away.signal.aborted) return;
    away.abort();
    anchor.setAttribute("aria-expanded", "false");
    content.remove();
    if (takesFocus) anchor.focus();
    onClose();
  }

  const options = { signal: away.signal, capture: true };
  document.addEventListener("pointerdown", (event) => box.contains(event.target) || close(), options);
  document.addEventListener("focusin", (event) => box.contains(event.target) || close(), options);
  document.addEventListener("scroll", (event) => content.contains(event.target) || panel.place(), options);
  globalThis.addEventListener("resize", panel.place, options);
  box.addEventListener("keydown", (event) => leaveByEscape(event, close), { signal: away.signal });
  panel.place();
  return panel;
}

function leaveByEscape(event, close) {
  if (event.key !== "Escape" || isTyping(event)) return;
  event.preventDefault();
  event.stopPropagation();
  close(true);
}

function place(anchor, content) {
  const from = anchor.getBoundingClientRect();
  const { width, height } = content.getBoundingClientRect();
  const fitsBelow = from.bottom + GAP_PX + height <= innerHeight - EDGE_PX;
  const top = fitsBelow || from.top < height + GAP_PX ? from.bottom + GAP_PX : from.top - height - GAP_PX;
  content.style.top = `${Math.max(EDGE_PX, Math.min(top, innerHeight - height - EDGE_PX))}px`;
  content.style.left = `${Math.max(EDGE_PX, Math.min(from.left, innerWidth - width - EDGE_PX))}px`;
  content.style.minWidth = `${Math.min(from.width, innerWidth - 2 * EDGE_PX)}px`;
}
