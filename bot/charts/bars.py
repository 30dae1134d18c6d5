"""Bars, side by side for each category, and lines through them."""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from agent.chart import Chart
from agent.chart_words import amount, figure
from bot.charts import paper
from db.catalog.meaning import Language

_MOST_UPRIGHT: Final = 8
_COLUMNS: Final = 80
"""So many letters stand side by side below the axes."""
_MOST_TOLD: Final = 48
"""Beyond so many bars their values are no longer written beside them."""
_TOLD_POINTS: Final = 16
_FEWEST: Final = 3
"""So wide are the axes at least, so that one bar is no wall."""
_ROOM: Final = 0.14
_HALO: Final = withStroke(linewidth=3, foreground=paper.PAPER)


def draw_bars(chart: Chart, language: Language) -> Figure:
    """Upright where there are few with short names, else lying, so that names can be read."""
    names = [paper.short(name) for name in chart.categories]
    is_upright = len(names) <= _MOST_UPRIGHT and len(names) * len(chart.series) <= 16
    if is_upright and len(names) * (max(map(paper.columns, names)) + 2) <= _COLUMNS:
        return _upright(chart, names, language)
    return _lying(chart, names, language)


def draw_lines(chart: Chart, language: Language) -> Figure:
    """Each series from moment to moment; where a value is missing the line is broken."""
    sheet, axes = paper.sheet(chart, 4.4, language)
    places = range(len(chart.categories))
    for at, one in enumerate(chart.series):
        values = [float("nan") if value is None else value for value in one.values]
        has_marks = len(values) <= 40
        axes.plot(
            places, values, color=paper.colour(at), linewidth=2, label=paper.short(one.name),
            marker=paper.MARKERS[at] if has_marks else "", markersize=5, zorder=3, clip_on=False,
            linestyle="-" if at < len(paper.COLOURS) else "--",
        )  # fmt: skip
        if len(chart.series) == 1 and len(values) <= _TOLD_POINTS:
            for place, value in zip(places, one.values, strict=True):
                if value is not None:
                    axes.annotate(
                        amount(value, chart.unit), (place, value), xytext=(0, 7), textcoords="offset points",
                        ha="center", fontsize=paper.SIZE - 1, color=paper.INK, path_effects=[_HALO],
                    )  # fmt: skip
    axes.set_xticks(*_sparse(chart.categories))
    _scale(axes, chart, is_upright=True, from_zero=chart.unit != "%")
    axes.grid(axis="y", color=paper.LINE, linewidth=0.8)
    axes.set_axisbelow(True)
    _named(axes, chart, is_upright=True)
    _legend(sheet, axes, chart)
    return sheet


def _upright(chart: Chart, names: Sequence[str], language: Language) -> Figure:
    sheet, axes = paper.sheet(chart, 4.4, language)
    width = min(0.8 / len(chart.series), 0.5)
    for at, one in enumerate(chart.series):
        offset = (at - (len(chart.series) - 1) / 2) * width
        for place, value in enumerate(one.values):
            axes.bar(
                place + offset, value or 0, width * 0.92, color=paper.colour(at), hatch=paper.hatch(at),
                label=paper.short(one.name) if place == 0 else None,
            )  # fmt: skip
            _value(axes, place + offset, value, chart, is_upright=True)
    axes.set_xticks(range(len(names)), names)
    beside = max(_FEWEST - len(names), 0) / 2
    axes.set_xlim(-0.6 - beside, len(names) - 0.4 + beside)
    _scale(axes, chart, is_upright=True)
    axes.grid(axis="y", color=paper.LINE, linewidth=0.8)
    axes.set_axisbelow(True)
    _named(axes, chart, is_upright=True)
    _legend(sheet, axes, chart)
    return sheet


def _lying(chart: Chart, names: Sequence[str], language: Language) -> Figure:
    series, rows = len(chart.series), len(names)
    sheet, axes = paper.sheet(
        chart, min(1.5 + rows * max(0.3, 0.17 * series + 0.12), 16), language, margins=(0.3, 0.94)
    )
    thick = 0.8 / series if series > 1 else 0.62
    tells = rows * series <= _MOST_TOLD
    for at, one in enumerate(chart.series):
        offset = (at - (series - 1) / 2) * thick
        for place, value in enumerate(one.values):
            axes.barh(
                place + offset, value or 0, thick * 0.92, color=paper.colour(at), hatch=paper.hatch(at),
                label=paper.short(one.name) if place == 0 else None,
            )  # fmt: skip
            if tells:
                _value(axes, place + offset, value, chart, is_upright=False)
    axes.set_yticks(range(rows), names)
    axes.set_ylim(rows - 0.4, -0.6)
    axes.tick_params(axis="y", labelcolor=paper.INK)
    _scale(axes, chart, is_upright=False)
    axes.grid(axis="x", color=paper.LINE, linewidth=0.8)
    axes.set_axisbelow(True)
    _named(axes, chart, is_upright=False)
    _legend(sheet, axes, chart)
    return sheet


def _value(axes: Axes, place: float, value: float | None, chart: Chart, *, is_upright: bool) -> None:
    """The figure at the end of its bar; a dash where there is none."""
    text = "–" if value is None else amount(value, chart.unit) if len(chart.series) == 1 else figure(value)
    end, away = value or 0.0, -3 if (value or 0) < 0 else 3
    at = (place, end) if is_upright else (end, place)
    beside = ("center", "top" if away < 0 else "bottom") if is_upright else ("right" if away < 0 else "left", "center")
    axes.annotate(
        text, at, xytext=(0, away) if is_upright else (away, 0), textcoords="offset points", ha=beside[0],
        va=beside[1], fontsize=paper.SIZE - (1 if len(chart.series) <= 2 else 2), color=paper.INK,
    )  # fmt: skip


def _scale(axes: Axes, chart: Chart, *, is_upright: bool, from_zero: bool = True) -> None:
    """From zero, with room for the figures at the ends; lines of percent begin near the lowest."""
    values = [value for one in chart.series for value in one.values if value is not None]
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    spread = (high - low) or abs(high) or 1.0
    high = high if high or low else 1.0
    bounds = (
        low - spread * _ROOM if low < 0 or not from_zero else low,
        high + spread * _ROOM if high or low == 0 else high,
    )
    axis = axes.yaxis if is_upright else axes.xaxis
    (axes.set_ylim if is_upright else axes.set_xlim)(*bounds)
    whole = all(value == int(value) for value in values)
    axis.set_major_locator(MaxNLocator(nbins=6, integer=whole))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{figure(value)}{'%' if chart.unit == '%' else ''}"))
    if low < 0 and from_zero:
        (axes.axhline if is_upright else axes.axvline)(0, color=paper.QUIET, linewidth=0.9)


def _named(axes: Axes, chart: Chart, *, is_upright: bool) -> None:
    """Names the axes, where the title has not named them already."""
    measured = "" if chart.y_label.casefold() in chart.title.casefold() else chart.y_label
    measured = f"{chart.y_label} ({chart.unit})" if chart.unit not in ("", "%") and chart.y_label else measured
    named = chart.x_label if chart.x_label.casefold() not in chart.title.casefold() else ""
    across, up = (named, measured) if is_upright else (measured, named)
    axes.set_xlabel(paper.short(across, 60), color=paper.QUIET)
    axes.set_ylabel(paper.short(up, 40), color=paper.QUIET)


def _legend(sheet: Figure, axes: Axes, chart: Chart) -> None:
    rows = -(-len(chart.series) // paper.LEGEND_COLUMNS) if len(chart.series) > 1 else 0
    paper.fit(sheet, axes, chart, paper.top(chart) + 0.28 * rows)
    if rows:
        paper.legend(sheet, *axes.get_legend_handles_labels(), paper.top(chart))


def _sparse(names: Sequence[str]) -> tuple[list[int], list[str]]:
    """Places with their names, as many as can be read side by side."""
    widest = max(map(paper.columns, names))
    step = max(1, -(-len(names) * (min(widest, 20) + 2) // _COLUMNS))
    return list(range(0, len(names), step)), [paper.short(name, 20) for name in names[::step]]
