// A panel beside the element that opened it: above whatever else is on the page, gone by Escape or a click elsewhere.

import { isTyping } from "../dom.js";

const GAP_PX = 4;
const EDGE_PX = 8;

/**
 * Shows `content`, put into `host`, at `anchor` -> {place, close(takesFocus), isOpen}. What is done in `zone` leaves it
 * open. `isAtEnd`: the right edges meet, and not the left ones. `onClose` runs once.
 */
export function openPanel({ anchor, content, host, zone = anchor, isAtEnd = false, onClose = () => {} }) {
  const away = new AbortController();
  content.classList.add("r-panel");
  content.setAttribute("popover", "manual");
  host.append(content);
  content.showPopover();
  setExpanded(anchor, true);

  const panel = { place, close, isOpen: () => !away.signal.aborted };
  function place() {
    if (anchor.isConnected) put(content, anchor, isAtEnd);
    else close();
  }
  function close(takesFocus = false) {
    if (away.signal.aborted) return;
    away.abort();
    setExpanded(anchor, false);
    content.remove();
    if (takesFocus) anchor.focus();
    onClose();
  }

  const options = { signal: away.signal, capture: true };
  const leave = (event) => zone.contains(event.target) || content.contains(event.target) || close();
  document.addEventListener("pointerdown", leave, options);
  document.addEventListener("focusin", leave, options);
  document.addEventListener("scroll", (event) => content.contains(event.target) || place(), options);
  globalThis.addEventListener("resize", place, options);
  for (const node of [zone, content])
    node.addEventListener("keydown", (event) => leaveByEscape(event, close), { signal: away.signal });
  place();
  return panel;
}

function setExpanded(anchor, isOpen) {
  if (anchor.matches("button, input")) anchor.setAttribute("aria-expanded", String(isOpen));
}

function leaveByEscape(event, close) {
  if (event.key !== "Escape" || isTyping(event)) return;
  event.preventDefault();
  event.stopPropagation();
  close(true);
}

function put(content, anchor, isAtEnd) {
  const from = anchor.getBoundingClientRect();
  content.style.minWidth = isAtEnd ? "" : `${Math.min(from.width, innerWidth - 2 * EDGE_PX)}px`;
  const { width, height } = content.getBoundingClientRect();
  const fitsBelow = from.bottom + GAP_PX + height <= innerHeight - EDGE_PX;
  const top = fitsBelow || from.top < height + GAP_PX ? from.bottom + GAP_PX : from.top - height - GAP_PX;
  const left = isAtEnd ? from.right - width : from.left;
  content.style.top = `${Math.max(EDGE_PX, Math.min(top, innerHeight - height - EDGE_PX))}px`;
  content.style.left = `${Math.max(EDGE_PX, Math.min(left, innerWidth - width - EDGE_PX))}px`;
}
