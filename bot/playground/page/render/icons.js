// The few drawings that blocks need, as inline SVG.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  __proto__: null,
  good: "M7 10v10H4V10zM7 19h9.4a2 2 0 0 0 2-1.6l1.2-6A2 2 0 0 0 17.6 9H14l.6-3.5A1.9 1.9 0 0 0 11 4.3L7 11",
  bad: "M7 14V4H4v10zM7 5h9.4a2 2 0 0 1 2 1.6l1.2 6A2 2 0 0 1 17.6 15H14l.6 3.5A1.9 1.9 0 0 1 11 19.7L7 13",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  down: "M6 9l6 6 6-6",
  left: "M15 6l-6 6 6 6",
  right: "M9 6l6 6-6 6",
  up: "M6 15l6-6 6 6",
  sort: "M8 10l4-4 4 4M8 14l4 4 4-4",
  close: "M7 7l10 10M17 7 7 17",
  complete: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12.2l2.8 2.8L16 9.5",
  error: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5v5.5M12 16.5h.01",
  pending: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  in_progress: "M12 3a9 9 0 0 1 9 9",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.5h.01",
  warning: "M12 4 2.8 20h18.4zM12 10v5M12 17.5h.01",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01",
  play: "M8 5l11 7-11 7z",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
};

/** A drawing that screen readers pass over: whatever holds it has a name. An unknown name is drawn as a dot. */
export function glyph(name, extra = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `r-icon ${extra}`.trim());
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name] ?? "M12 12h.01");
  svg.append(path);
  return svg;
}
