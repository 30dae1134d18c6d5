"""What every picture of a chart stands on: fonts, colours, the frame, the title."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from agent.chart import Chart
from agent.chart_words import notes
from db.catalog.meaning import Language

INK: Final = "#1d1c1d"
QUIET: Final = "#616061"
LINE: Final = "#e3e3e6"
PAPER: Final = "#ffffff"
# Okabe and Ito's colours, which the colour-blind tell apart; its yellow is too light for white paper and stands last.
COLOURS: Final = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#7a7a7a", "#b8a400")
HATCHES: Final = ("", "////", "....")
MARKERS: Final = ("o", "s", "^", "D", "v", "P", "X", "p", "h", "<", ">", "*")
GOOD: Final = "#d55e00"
WIDTH: Final = 7.2
"""Inches; threads show pictures small, so that the letters have to be large beside it."""
SIZE: Final = 10.0
BOLD: Final = 600  # as the font names its own
TITLE_COLUMNS: Final = 52
LEGEND_COLUMNS: Final = 4
_LONGEST_NAME: Final = 30


@cache
def family() -> list[str]:
    """The fonts by name, the one with Hangul first; read from the package's folder without running the package."""
    spec = find_spec("koreanize_matplotlib")
    folder = Path(next(iter(spec.submodule_search_locations or ()), "")) / "fonts" if spec else Path()
    for name in ("NanumGothic.ttf", "NanumGothicBold.ttf"):
        font_manager.fontManager.addfont(folder / name)
    return ["NanumGothic", "DejaVu Sans"]


def sheet(
    chart: Chart, height: float, language: Language, *, margins: tuple[float, float] = (0.1, 0.96)
) -> tuple[Figure, Axes]:
    """A figure with its title and what was left out; the axes take the room between them."""
    mpl.rcParams.update(
        {"font.family": family(), "font.size": SIZE, "axes.unicode_minus": False, "text.parse_math": False,
         "hatch.linewidth": 0.8, "hatch.color": PAPER}
    )  # fmt: skip
    figure = Figure(figsize=(WIDTH, height), facecolor=PAPER)
    axes = figure.add_axes((margins[0], 0.14, margins[1] - margins[0], 0.7))
    axes.set_facecolor(PAPER)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(LINE)
    axes.tick_params(colors=QUIET, length=0, labelsize=SIZE - 0.5)
    title(figure, chart.title, height)
    if left_out := " ".join(notes(chart, language)):
        figure.text(0.02, 0.1 / height, left_out, fontsize=SIZE - 2, color=QUIET, va="bottom")
    return figure, axes


def title(figure: Figure, text: str, height: float) -> None:
    """In the upper left corner, in two lines where one is too short."""
    lines = _wrapped(text, TITLE_COLUMNS)
    figure.text(0.02, 1 - 0.16 / height, "\n".join(lines), fontsize=SIZE + 4, fontweight=BOLD, color=INK, va="top")


def fit(figure: Figure, axes: Axes, chart: Chart, below: float) -> None:
    """Moves the axes to the room that their labels leave, so many inches `below` the upper edge, over the notes."""
    bottom = 0.34 if chart.cut or chart.blank else 0.16
    height = float(figure.get_size_inches()[1])
    box = axes.get_tightbbox(renderer(figure))
    if box is None:
        return
    place, width_px, height_px = axes.get_position(), figure.bbox.width, figure.bbox.height
    left = 0.02 + (place.x0 - box.x0 / width_px)
    right = 0.98 - (box.x1 / width_px - place.x1)
    low = bottom / height + (place.y0 - box.y0 / height_px)
    high = 1 - below / height - (box.y1 / height_px - place.y1)
    axes.set_position((left, low, max(right - left, 0.2), max(high - low, 0.2)))


def renderer(figure: Figure) -> RendererBase:
    """What measures texts; matplotlib leaves the way to it untyped."""
    measuring: RendererBase = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]  # untyped there  # untyped there
    return measuring


def top(chart: Chart) -> float:
    """How many inches the title takes."""
    return 0.58 if columns(chart.title) <= TITLE_COLUMNS else 0.82


def legend(figure: Figure, handles: Sequence[Artist], labels: Sequence[str], below: float) -> None:
    """Under the title, so many inches down, from left to right."""
    height = float(figure.get_size_inches()[1])
    figure.legend(
        handles, labels, loc="upper left", bbox_to_anchor=(0.012, 1 - (below - 0.08) / height), borderaxespad=0,
        ncols=min(len(labels), LEGEND_COLUMNS), frameon=False, fontsize=SIZE - 1, labelcolor=INK, handlelength=1.2,
        columnspacing=1.4,
    )  # fmt: skip


def colour(at: int) -> str:
    return COLOURS[at % len(COLOURS)]


def hatch(at: int) -> str:
    """Colours that come again are told apart by their hatching."""
    return HATCHES[at // len(COLOURS)]


def short(name: str, most: int = _LONGEST_NAME) -> str:
    """A name within so many columns (Hangul takes two), cut in its middle: ends tell versions apart."""
    if columns(name) <= most:
        return name
    head = tail = ""
    for step in range(len(name)):
        is_head = step % 2 == 0
        longer = (name[: len(head) + 1], tail) if is_head else (head, name[-len(tail) - 1 :])
        if columns("…".join(longer)) > most:
            break
        head, tail = longer
    return f"{head.rstrip()}…{tail.lstrip()}"


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _wrapped(text: str, most: int) -> list[str]:
    if columns(text) <= most:
        return [text]
    cut = next((at for at in range(len(text) - 1, 0, -1) if columns(text[:at]) <= most and text[at] == " "), 0)
    cut = cut or next(at for at in range(len(text), 0, -1) if columns(text[:at]) <= most)
    return [text[:cut].rstrip(), short(text[cut:].strip(), most)]
