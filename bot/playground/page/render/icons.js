// The drawings, as inline SVG.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  __proto__: null,
  good: "M7 10v10H4V10zM7 19h9.4a2 2 0 0 0 2-1.6l1.2-6A2 2 0 0 0 17.6 9H14l.6-3.5A1.9 1.9 0 0 0 11 4.3L7 11",
  bad: "M7 14V4H4v10zM7 5h9.4a2 2 0 0 1 2 1.6l1.2 6A2 2 0 0 1 17.6 15H14l.6 3.5A1.9 1.9 0 0 1 11 19.7L7 13",
  more:
    "M4.4 12a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0z" +
    " M11.2 12a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0z M18 12a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0z",
  down: "M6 9l6 6 6-6",
  left: "M15 6l-6 6 6 6",
  right: "M9 6l6 6-6 6",
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
  send: "M4 12 20 4l-4 16-4-7z M12 13l8-9",
  clip: "M20 11.5 12 19.5a5 5 0 0 1-7-7l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7L9.8 17a1.6 1.6 0 0 1-2.3-2.3L15 7.2",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M8.5 14.5a4.5 4.5 0 0 0 7 0 M9 9.5h.01 M15 9.5h.01",
  thread: "M4 5h16v11h-9l-4 4v-4H4z M8 9h8 M8 12h5",
  pen: "M4 20l1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L8 19z M14 7l3 3",
  bin: "M4 7h16 M9 7V4h6v3 M6 7l1 13h10l1-13 M10 11v6 M14 11v6",
  back: "M15 5l-7 7 7 7",
  menu: "M4 7h16 M4 12h16 M4 17h16",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7z M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  hash: "M9 4 7 20 M17 4l-2 16 M4 9h17 M3 15h17",
  bot: "M5 9h14v10H5z M12 9V5 M12 4h.01 M9 13v2 M15 13v2 M2.5 13v3 M21.5 13v3",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  sun:
    "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M12 2v2 M12 20v2 M2 12h2" +
    " M20 12h2 M5 5l1.4 1.4 M17.6 17.6 19 19 M5 19l1.4-1.4 M17.6 6.4 19 5",
  keys: "M3 6h18v12H3z M7 10h.01 M11 10h.01 M15 10h.01 M8 14h8",
  at: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M16 8v5a2.5 2.5 0 0 0 5 0v-1a9 9 0 1 0-3.5 7.1",
  slash: "M15 5 9 19",
  bolt: "M13 3 5 14h6l-1 7 8-11h-6z",
  stop: "M7 7h10v10H7z",
  copy: "M9 9h11v11H9z M5 15H4V4h11v1",
  latest: "M12 5v14 M6 13l6 6 6-6",
};

/** A drawing that screen readers pass over: whatever holds it has a name. An unknown name is drawn as a dot. */
export function icon(name, extra = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon ${extra}`.trim());
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name] ?? "M12 12h.01");
  svg.append(path);
  return svg;
}
