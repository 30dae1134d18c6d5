"""Draws a chart as PNG. Importing it loads matplotlib, which is why it is done in a process of its own."""

import io
import warnings
from typing import Final

from matplotlib.backends.backend_agg import FigureCanvasAgg

from agent.chart import Chart
from bot.charts.bars import draw_bars, draw_lines
from bot.charts.gantt import draw_runs
from bot.charts.planes import draw_plane
from db.catalog.meaning import Language

MAX_BYTES: Final = 200_000
"""A picture in a thread is looked at on phones, too."""
_DOTS: Final = (150, 120, 96, 72)


def draw(chart: Chart, language: Language) -> bytes:
    """The PNG, as sharp as MAX_BYTES lets it be."""
    with warnings.catch_warnings():
        # Names come from strangers: where no font has a letter, a box stands for it.
        warnings.filterwarnings("ignore", "Glyph", UserWarning)
        return _drawn(chart, language)


def _drawn(chart: Chart, language: Language) -> bytes:
    ways = {"gantt": draw_runs, "scatter": draw_plane, "precision_recall": draw_plane, "line": draw_lines}
    figure = ways.get(chart.kind, draw_bars)(chart, language)
    data = b""
    for dpi in _DOTS:
        out = io.BytesIO()
        FigureCanvasAgg(figure).print_figure(out, format="png", dpi=dpi)
        data = out.getvalue()
        if len(data) <= MAX_BYTES:
            break
    return data
