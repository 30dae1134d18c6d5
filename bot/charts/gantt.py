"""Runs as bars along time, each with how long it took."""

from datetime import datetime, timedelta
from typing import Final

from matplotlib import dates
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from agent.chart import Chart, Run
from agent.messages import say
from agent.moments import lasted
from bot.charts import paper
from db.catalog.meaning import Language

_THINNEST: Final = 0.004
"""A bar is never thinner than this part of the time shown, so that minutes within years can be seen."""
_STATES: Final = tuple(paper.COLOURS[at] for at in (0, 1, 3, 4, 6, 7))
_LATE: Final = 0.72
_FORMATS: Final = ((3_650, "%Y"), (240, "%Y-%m"), (4, "%m-%d"), (0, "%m-%d\n%H:%M"))


def draw_runs(chart: Chart, language: Language) -> Figure:
    """One row a run, the first at the top; what goes on ends in an open edge at the moment of drawing."""
    rows = len(chart.runs)
    sheet, axes = paper.sheet(chart, min(1.7 + rows * 0.34, 14), language, margins=(0.26, 0.96))
    until = chart.until or max(run.end or run.start for run in chart.runs)
    first, last = _bounds(chart, until)
    bounds = (_number(first), _number(last))
    states = list(dict.fromkeys(run.status for run in chart.runs))
    for place, run in enumerate(chart.runs):
        at, left = states.index(run.status), _number(run.start)
        width = max(_number(run.end or until) - left, (bounds[1] - bounds[0]) * _THINNEST)
        axes.barh(
            place, width, left=left, height=0.58, color=_colour(at), hatch=paper.HATCHES[min(at // len(_STATES), 1)],
            alpha=0.55 if run.end is None else 1.0,
        )  # fmt: skip
        _tell(axes, place, run, _how_long(run, until, language), (left, left + width), bounds)
    axes.set_yticks(range(rows), [paper.short(run.name) for run in chart.runs])
    axes.tick_params(axis="y", labelcolor=paper.INK)
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_xlim(bounds[0] - (bounds[1] - bounds[0]) * 0.01, bounds[1] + (bounds[1] - bounds[0]) * 0.03)
    _dated(axes, (last - first) / timedelta(days=1))
    named = [state for state in states if state]
    paper.fit(sheet, axes, chart, paper.top(chart) + (0.3 if named else 0))
    if named:
        patches = [Patch(color=_colour(states.index(state))) for state in named]
        paper.legend(sheet, patches, [paper.short(state, 20) for state in named], paper.top(chart))
    return sheet


def _dated(axes: Axes, days: float) -> None:
    """As exact as the time shown is long; matplotlib leaves its dates untyped."""
    form = next(form for least, form in _FORMATS if days >= least)
    axes.xaxis.set_major_locator(dates.AutoDateLocator())  # type: ignore[no-untyped-call]  # untyped there  # untyped there
    axes.xaxis.set_major_formatter(dates.DateFormatter(form))  # type: ignore[no-untyped-call]  # untyped there  # untyped there
    axes.grid(axis="x", color=paper.LINE, linewidth=0.8)
    axes.set_axisbelow(True)


def _tell(axes: Axes, place: int, run: Run, text: str, edges: tuple[float, float], bounds: tuple[float, float]) -> None:
    """How long it took, behind its bar; before it where there is no room behind."""
    is_late = (edges[1] - bounds[0]) > (bounds[1] - bounds[0]) * _LATE
    fits_before = (edges[0] - bounds[0]) > (bounds[1] - bounds[0]) * (1 - _LATE)
    side = "before" if is_late and fits_before else "inside" if is_late else "behind"
    x, away, ha = {
        "before": (edges[0], -4, "right"),
        "inside": (edges[1], -4, "right"),
        "behind": (edges[1], 4, "left"),
    }[side]
    axes.annotate(
        text, (x, place), xytext=(away, 0), textcoords="offset points", ha=ha, va="center", fontsize=paper.SIZE - 1.5,
        color=paper.INK, fontweight=paper.BOLD if run.end is None else 400,
    )  # fmt: skip


def _colour(at: int) -> str:
    """Without green, which would be read as a praise: nobody knows here what a status means."""
    return _STATES[at % len(_STATES)]


def _how_long(run: Run, until: datetime, language: Language) -> str:
    time = lasted(run.start, run.end or until, language)
    return time if run.end is not None else say("chart-so-far", language, time=time)


def _bounds(chart: Chart, until: datetime) -> tuple[datetime, datetime]:
    first = min(run.start for run in chart.runs)
    last = max(run.end or until for run in chart.runs)
    return first, max(last, first + timedelta(minutes=1))


def _number(moment: datetime) -> float:
    return float(dates.date2num(moment))  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped
