"""Named points in a plane; that of precision and recall has lines along which F1 is the same."""

from collections.abc import Sequence
from typing import Any, Final, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox

from agent.chart import Chart, Point
from agent.chart_words import f1, figure
from bot.charts import paper
from db.catalog.meaning import Language

_MOST_NAMED: Final = 25
_LEVELS: Final = (10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92, 94, 96, 98, 99)
_LEAST_SPAN: Final = 8.0
_SIDES: Final[tuple[tuple[int, int, Literal["left", "center", "right"], Literal["bottom", "center", "top"]], ...]] = (
    (8, 0, "left", "center"),
    (-8, 0, "right", "center"),
    (0, 8, "center", "bottom"),
    (0, -8, "center", "top"),
    (7, 7, "left", "bottom"),
    (-7, -7, "right", "top"),
    (7, -7, "left", "top"),
    (-7, 7, "right", "bottom"),
)


def draw_plane(chart: Chart, language: Language) -> Figure:
    """Scatter plot or precision–recall plane."""
    is_f1 = chart.kind == "precision_recall"
    sheet, axes = paper.sheet(chart, 5.6, language)
    right, up = [point.x for point in chart.points], [point.y for point in chart.points]
    axes.set_xlim(_bounds(right, is_percent=is_f1))
    axes.set_ylim(_bounds(up, is_percent=is_f1))
    axes.grid(color=paper.LINE, linewidth=0.8)
    axes.set_axisbelow(True)
    mark = "%" if is_f1 else ""
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=7))
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{figure(value)}{mark}"))
    axes.set_xlabel(paper.short(chart.x_label, 60), color=paper.QUIET)
    axes.set_ylabel(paper.short(chart.y_label, 40), color=paper.QUIET)
    paper.fit(sheet, axes, chart, paper.top(chart))
    if is_f1:
        _contours(axes)
    best = max(chart.points, key=f1) if is_f1 and len(chart.points) > 1 else None
    for point in chart.points:
        axes.plot(
            point.x, point.y, "o", markersize=8, color=paper.GOOD if point is best else paper.COLOURS[0],
            markeredgecolor=paper.PAPER, markeredgewidth=1, clip_on=False, zorder=4,
        )  # fmt: skip
    _name(sheet, axes, chart.points, best)
    return sheet


def _bounds(values: Sequence[float], *, is_percent: bool) -> tuple[float, float]:
    """Room around the points; percent within 0 and 100."""
    low, high = min(values), max(values)
    least = _LEAST_SPAN if is_percent else abs(high) * 0.1 or 1.0
    spread = max(high - low, least)
    middle = (low + high) / 2
    low, high = middle - spread * 0.68, middle + spread * 0.68
    return (max(low, 0.0), min(high, 101.0)) if is_percent else (low, high)


def _contours(axes: Axes) -> None:
    """F1 is harmonic: along a line precision makes up for recall."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    across, up = np.meshgrid(np.linspace(max(left, 0.1), right, 200), np.linspace(max(low, 0.1), high, 200))
    mean = 2 * across * up / (across + up)
    levels = [level for level in _LEVELS if mean.min() < level < mean.max()]
    if not levels:
        return
    drawn = axes.contour(
        across, up, mean, levels=levels, colors=[paper.QUIET], linewidths=0.8, linestyles="dashed", alpha=0.55
    )
    axes.clabel(drawn, fmt=lambda level: f"F1 {level:g}%", fontsize=paper.SIZE - 2, inline_spacing=3)


def _name(sheet: Figure, axes: Axes, points: Sequence[Point], best: Point | None) -> None:
    """Names beside their points, on the first side where they cover nothing; of very many the outermost alone."""
    renderer = paper.renderer(sheet)
    taken: list[Any] = [_dot(axes, point) for point in points]
    for point in _outer(points):
        label = axes.annotate(
            paper.short(point.name), (point.x, point.y), xytext=(8, 0), textcoords="offset points", zorder=5,
            fontsize=paper.SIZE - 1, color=paper.INK, fontweight=paper.BOLD if point is best else 400,
        )  # fmt: skip
        for dx, dy, ha, va in _SIDES:
            label.set_position((dx, dy))
            label.set_horizontalalignment(ha)
            label.set_verticalalignment(va)
            box = label.get_window_extent(renderer)
            if sheet.bbox.x0 <= box.x0 and box.x1 <= sheet.bbox.x1 and not any(box.overlaps(other) for other in taken):
                break
        else:
            label.set_visible(len(points) <= 8)
        taken.append(label.get_window_extent(renderer))


def _dot(axes: Axes, point: Point) -> Any:
    x, y = axes.transData.transform((point.x, point.y))
    return Bbox.from_extents(x - 5, y - 5, x + 5, y + 5)


def _outer(points: Sequence[Point]) -> list[Point]:
    if len(points) <= _MOST_NAMED:
        return list(points)
    ends = [sorted(points, key=key) for key in (lambda p: p.x, lambda p: p.y, lambda p: p.x + p.y)]
    return list(dict.fromkeys(point for order in ends for point in (*order[:3], *order[-3:])))
