"""What a chart shows in words: for who cannot see it, and beside it for who can."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from agent.chart import Chart, ChartKind, Point, Run
from agent.messages import say
from agent.moments import lasted
from db.catalog.meaning import Language

_MOST_NAMED: Final = 3
_DAY_CHARS: Final = 10
_SMALL: Final = 0.1
_MOMENT: Final = re.compile(r"\d{4}(?:-|$)")


def kind_word(kind: ChartKind, language: Language) -> str:
    """What a chart of that kind is called."""
    return say(f"chart-kind-{kind.replace('_', '-')}", language)


def alt_text(chart: Chart, language: Language) -> str:
    """What the picture shows, with its extremes, in a few sentences."""
    kind = kind_word(chart.kind, language)
    head = say("chart-alt", language, kind=f"{kind[:1].upper()}{kind[1:]}", title=chart.title)
    return " ".join((head, *facts(chart, language), *notes(chart, language)))


def facts(chart: Chart, language: Language) -> list[str]:
    """The sentences that a look at the chart would give: its extremes, its course."""
    if chart.kind == "gantt":
        return list(_lasting(chart, language))
    if chart.kind in ("scatter", "precision_recall"):
        return list(_placed(chart, language))
    return list(_measured(chart, language))


def notes(chart: Chart, language: Language) -> list[str]:
    """What was left out."""
    told = [say("chart-cut", language, count=chart.cut)] if chart.cut else []
    return told + ([say("chart-blank", language, count=chart.blank)] if chart.blank else [])


def amount(value: float, unit: str) -> str:
    """A value with its unit: 93.4%, 42.5시간, 38.5 GB."""
    joint = "" if unit in ("", "%") or not unit.isascii() else " "
    return f"{figure(value)}{joint}{unit}"


def figure(value: float) -> str:
    """At most two digits behind the point, and none needless; more where there would be nothing else."""
    small = 0 < abs(value) < _SMALL
    written = f"{value:.3g}" if small else f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def f1(point: Point) -> float:
    """The harmonic mean of precision and recall, in percent as they are."""
    return 2 * point.x * point.y / (point.x + point.y) if point.x + point.y else 0.0


def _measured(chart: Chart, language: Language) -> Iterator[str]:
    cells = [
        (category if len(chart.series) == 1 else f"{category} {one.name}", value)
        for one in chart.series
        for category, value in zip(chart.categories, one.values, strict=True)
        if value is not None
    ]
    is_course = chart.kind == "line" and len(chart.series) == 1 and len(cells) > 1
    if is_course and all(_MOMENT.match(category) for category in chart.categories):
        (first, begin), (last, end) = cells[0], cells[-1]
        yield say("chart-course", language, first=first, begin=amount(begin, chart.unit),
                  last=last, end=amount(end, chart.unit))  # fmt: skip
    values = [value for _, value in cells]
    if max(values) == min(values):
        yield say("chart-same", language, value=amount(values[0], chart.unit))
        return
    most, least = ([name for name, value in cells if value == end] for end in (max(values), min(values)))
    yield say(
        "chart-extremes", language, most=_named(most, language), high=amount(max(values), chart.unit),
        least=_named(least, language), low=amount(min(values), chart.unit),
    )  # fmt: skip


def _placed(chart: Chart, language: Language) -> Iterator[str]:
    points = chart.points
    if chart.kind == "precision_recall":
        best = max(points, key=f1)
        yield say("chart-best-f1", language, name=best.name, value=amount(f1(best), "%"))
    for label, value in ((chart.y_label, _up), (chart.x_label, _right)):
        high, low = max(points, key=value), min(points, key=value)
        yield say("chart-range", language, label=label, high=high.name, most=amount(value(high), chart.unit),
                  low=low.name, least=amount(value(low), chart.unit))  # fmt: skip


def _up(point: Point) -> float:
    return point.y


def _right(point: Point) -> float:
    return point.x


def _lasting(chart: Chart, language: Language) -> Iterator[str]:
    ended = [run for run in chart.runs if run.end is not None]
    going = [run for run in chart.runs if run.end is None]
    first, last = min(run.start for run in chart.runs), max(run.end or chart.until or run.start for run in chart.runs)
    days = [moment.isoformat()[:_DAY_CHARS] for moment in (first, last)]
    yield say("chart-period", language, count=len(chart.runs), first=days[0], last=days[1])
    if ended:
        longest = max(ended, key=lambda run: duration(run, chart.until))
        yield say(
            "chart-longest", language, name=longest.name, time=lasted(longest.start, longest.end or first, language)
        )
    if going:
        yield say("chart-going", language, names=_named([run.name for run in going], language))


def duration(run: Run, until: datetime | None) -> float:
    """Seconds that a run lasted, up to `until` where it goes on."""
    return ((run.end or until or run.start) - run.start).total_seconds()


def _named(names: Sequence[str], language: Language) -> str:
    """Up to three names; of more the first and how many others."""
    if len(names) <= _MOST_NAMED:
        return ", ".join(names)
    return say("chart-and-others", language, name=names[0], count=len(names) - 1)
