"""Makes a chart of a query's result: which columns name, which are measured, and what they are drawn as."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeAlias

from agent.chart import (
    MAX_CATEGORIES,
    MAX_NAME,
    MAX_POINTS,
    MAX_RUNS,
    MAX_SERIES,
    MAX_STEPS,
    MAX_TITLE,
    Chart,
    ChartError,
    ChartKind,
    Point,
    Run,
    Series,
)
from agent.headings import Heading
from agent.llm.protocol import Step
from agent.messages import say
from agent.moments import parsed
from agent.sheet import Column, Sheet
from agent.steps import between
from db.catalog.meaning import Language, SemanticLayer
from db.catalog.table import Row, Table

FEWEST: Final = 2
"""A chart of one value says nothing."""
_MOST_BARS: Final = 160
_FEW: Final = 4
_LOOKED_AT: Final = 200
_Pivot: TypeAlias = tuple[list[str], dict[str, list[float | None]]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is known of the chart that is wanted; all of it may be left open.

    `ranked` is the column that the rows are ranked by; `compares`: the rows are
    held against each other. `x`, `y`, `series` and `label` are columns by name.
    """

    kind: ChartKind | None = None
    title: str = ""
    ranked: str = ""
    compares: bool = False
    x: str = ""
    y: tuple[str, ...] = ()
    series: str = ""
    label: str = ""


def chart_of(sheet: Sheet, wish: Wish = Wish()) -> Chart | None:
    """The chart that the rows are best shown by, of the wished kind where they can be; None where nothing is to draw.

    Raises ChartError where the wish names a column that isn't there.
    """
    for name in (wish.x, *wish.y, wish.series, wish.label):
        if name and sheet.named(name) is None:
            raise ChartError(f"there is no column {name!r}; there are {', '.join(sheet.table.columns)}")
    if len(sheet.table.rows) < FEWEST:
        return None
    maker = _Maker(sheet, wish)
    for make in maker.ways():
        try:
            chart = make()
        except ChartError:
            continue
        if chart is not None and chart.marks >= FEWEST:
            return replace(chart, title=_cut(wish.title, MAX_TITLE)) if wish.title.strip() else chart
    return None


def is_drawable(table: Table | None, headings: Sequence[Heading], layer: SemanticLayer, language: Language) -> bool:
    """Whether some chart can be made of the rows."""
    if table is None or len(table.rows) < FEWEST or not headings:
        return False
    first = replace(table, rows=table.rows[:_LOOKED_AT])
    return chart_of(Sheet(first, headings, layer, language, datetime.max)) is not None


def chart_in(steps: Sequence[Step]) -> Chart | None:
    """The chart that a turn's work leaves: that of its text, else the last one that a tool made."""
    said = [step.completion.chart for step in steps[-1:]]
    made = [seen.chart for step in reversed(steps) for seen in reversed(step.observations)]
    return next((chart for chart in (*said, *made) if chart is not None), None)


class _Maker:
    """The ways to draw one result."""

    def __init__(self, sheet: Sheet, wish: Wish) -> None:
        self.sheet = sheet
        self.wish = wish
        self.rows = sheet.table.rows

    def ways(self) -> Iterator[Callable[[], Chart | None]]:
        """The wished one first, then what suits the columns."""
        asked: Mapping[ChartKind, Callable[[], Chart | None]] = {
            "bar": self.bars,
            "grouped_bar": self.bars,
            "line": self.line,
            "scatter": self.scatter,
            "precision_recall": self.plane,
            "gantt": self.gantt,
        }
        if self.wish.kind is not None:
            yield asked[self.wish.kind]
        if self._is_plane():
            yield self.plane
        if any(column.role == "part" for column in self.sheet.columns):
            yield self.line
        yield self.bars
        yield self.gantt

    # --- bars and lines

    def bars(self) -> Chart | None:
        numbers, labels = self._numbers(), self._labels()
        if not numbers or not labels:
            return None
        if (by := self._second(labels)) is not None:
            return self._pivoted(labels[0], by, numbers[0], "grouped_bar")
        rows = [row for row in self.rows if any(column.number(row) is not None for column in numbers)]
        most = min(MAX_CATEGORIES, _MOST_BARS // len(numbers))
        kept = rows[:most]
        chart = Chart(
            "bar" if len(numbers) == 1 else "grouped_bar",
            self._title(numbers, self._by(labels)),
            tuple(self._name(row, labels) for row in kept),
            tuple(Series(column.label, tuple(column.number(row) for row in kept)) for column in numbers),
            x_label=self._by(labels),
            y_label=numbers[0].label if len(numbers) == 1 else "",
            unit=numbers[0].unit,
            cut=len(rows) - len(kept),
            blank=len(self.rows) - len(rows),
        )
        return _turned(chart) if len(kept) <= _FEW and len(numbers) > 2 else chart

    def line(self) -> Chart | None:
        """Over time where there is a column of it, in its order; else over the names."""
        numbers, at = self._numbers(), self._time()
        if at is None:
            chart = self.bars()
            return None if chart is None else replace(chart, kind="line")
        if not numbers:
            return None
        if (by := self._apart(at)) is not None:
            return self._pivoted(at, by, numbers[0], "line")
        steps = {at.text(row): row for row in self.rows if at.text(row)}
        if len(steps) < len([row for row in self.rows if at.text(row)]):
            return None
        counted = numbers[0].is_count
        names = between(sorted(steps)) if counted else sorted(steps)
        kept = names[-MAX_STEPS:]
        empty = 0.0 if counted else None
        series = tuple(
            Series(one.label, tuple(one.number(steps[name]) if name in steps else empty for name in kept))
            for one in numbers
        )
        return Chart(
            "line", self._title(numbers, at.label), tuple(kept), series, x_label=at.label,
            y_label=numbers[0].label if len(numbers) == 1 else "", unit=numbers[0].unit,
            cut=len(names) - len(kept), blank=len(self.rows) - len(steps),
        )  # fmt: skip

    def _pivoted(self, at: Column, by: Column, number: Column, kind: ChartKind) -> Chart | None:
        """One series for each value of `by`; what was counted and is not there is none."""
        empty = 0.0 if number.is_count else None
        cells = {(at.text(row), by.text(row)): number.number(row) for row in self.rows}
        names = list(dict.fromkeys(name for name, _ in cells))
        if kind == "line":
            names = between(sorted(names)) if number.is_count else sorted(names)
        groups = list(dict.fromkeys(group for _, group in cells))
        if len(cells) < len(self.rows) or len(groups) > MAX_SERIES:
            return None
        most = MAX_STEPS if kind == "line" else min(MAX_CATEGORIES, _MOST_BARS // len(groups))
        kept = names[-most:] if kind == "line" else names[:most]
        series = (Series(group, tuple(cells.get((name, group), empty) for name in kept)) for group in groups)
        title = say("chart-by-two", self.sheet.language, what=number.label, by=_small(at.label), then=_small(by.label))
        return Chart(
            kind, _cut(title, MAX_TITLE), tuple(kept), tuple(series), x_label=at.label, y_label=number.label,
            unit=number.unit, cut=len(names) - len(kept),
        )  # fmt: skip

    # --- planes

    def _is_plane(self) -> bool:
        """Whether precision and recall are what the rows are about: a third measure may only be their mean."""
        found = self.sheet.plane()
        measured = [column for column in self.sheet.numbers() if column.unit == "%"]
        return found is not None and len(measured) <= 2 + sum(column.is_mean for column in measured)

    def plane(self) -> Chart | None:
        found = self._axes() or self.sheet.plane()
        if found is None:
            return None
        precision, recall = found
        points, blank = self._points(recall, precision)
        by = self._by(self._labels())
        return Chart(
            "precision_recall", _cut(say("chart-plane", self.sheet.language, by=by or "-"), MAX_TITLE),
            points=tuple(_percent(points)), x_label=recall.label, y_label=precision.label, unit="%",
            cut=max(0, len(self.rows) - blank - MAX_POINTS), blank=blank,
        )  # fmt: skip

    def scatter(self) -> Chart | None:
        """The first two measures against each other, the first to the right."""
        axes = self._axes()
        if axes is None:
            numbers = self.sheet.numbers()
            if len(numbers) < 2:
                return None
            axes = (numbers[1], numbers[0])
        y, x = axes
        points, blank = self._points(x, y)
        title = say("chart-against", self.sheet.language, x=x.label, y=y.label)
        return Chart(
            "scatter", _cut(title, MAX_TITLE), points=tuple(points), x_label=x.heading, y_label=y.heading,
            cut=max(0, len(self.rows) - blank - MAX_POINTS), blank=blank,
        )  # fmt: skip

    def _axes(self) -> tuple[Column, Column] | None:
        """The columns that were named for the axes: upwards, then to the right."""
        x = self.sheet.named(self.wish.x) if self.wish.x else None
        y = self.sheet.named(self.wish.y[0]) if self.wish.y else None
        return (y, x) if x is not None and y is not None and {x.role, y.role} == {"number"} else None

    def _points(self, x: Column, y: Column) -> tuple[list[Point], int]:
        labels = self._labels()
        points: list[Point] = []
        blank = 0
        for row in self.rows:
            right, up = x.number(row), y.number(row)
            if right is None or up is None:
                blank += 1
            elif len(points) < MAX_POINTS:
                points.append(Point(self._name(row, labels), right, up))
        return points, blank

    # --- runs

    def gantt(self) -> Chart | None:
        sheet = self.sheet
        start, end = (sheet.named(self.wish.x), sheet.named(next(iter(self.wish.y), "")))
        if start is None or end is None:
            start, end = sheet.span() or (None, None)
        if start is None or end is None:
            return None
        labels, status = self._labels(), self.sheet.named(self.wish.series) or sheet.status()
        runs = [run for row in self.rows if (run := self._run(row, start, end, labels, status)) is not None]
        runs.sort(key=lambda run: run.start)
        kept = runs[-MAX_RUNS:]
        return Chart(
            "gantt", _cut(say("chart-runs", sheet.language, of=self._by(labels) or "-"), MAX_TITLE), runs=tuple(kept),
            until=max(sheet.now, *(run.start for run in kept)) if kept else None,
            cut=len(runs) - len(kept), blank=len(self.rows) - len(runs),
        )  # fmt: skip

    def _run(self, row: Row, start: Column, end: Column, labels: Sequence[Column], status: Column | None) -> Run | None:
        begun, ended = parsed(row[start.place]), parsed(row[end.place])
        if begun is None or (ended is not None and ended < begun):
            return None
        return Run(self._name(row, labels), begun, ended, _cut(status.text(row), MAX_NAME) if status else "")

    # --- which columns

    def _numbers(self) -> list[Column]:
        """The measures that share an axis: those that were named, else the ranked one, else the largest family."""
        sheet = self.sheet
        named = [column for name in self.wish.y if (column := sheet.named(name)) is not None]
        if named:
            return [column for column in named if column.role == "number"][:MAX_SERIES]
        ranked = sheet.named(self.wish.ranked) if self.wish.ranked else None
        if ranked is not None and ranked.role == "number":
            return [ranked]
        if not self.wish.compares and (ordered := sheet.ordered()) is not None:
            return [ordered]
        return sheet.family()[:MAX_SERIES]

    def _labels(self) -> list[Column]:
        for name in (self.wish.label, self.wish.x):
            column = self.sheet.named(name) if name else None
            if column is not None and column.role not in ("number", "date"):
                return [column]
        return self.sheet.labels()

    def _second(self, labels: Sequence[Column]) -> Column | None:
        """The column whose values are series of their own, beside the first one's categories."""
        named = self.sheet.named(self.wish.series) if self.wish.series else None
        if named is not None:
            return named
        if len(labels) != 2 or any(column.is_name for column in labels):
            return None
        repeats = len({labels[0].text(row) for row in self.rows}) < len(self.rows)
        return labels[1] if repeats else None

    def _time(self) -> Column | None:
        named = self.sheet.named(self.wish.x) if self.wish.x else None
        if named is not None and named.role in ("part", "date"):
            return named
        parts = [column for column in self.sheet.columns if column.role == "part"]
        dates = [column for column in self.sheet.columns if column.role == "date"]
        return next(iter(parts or dates), None)

    def _apart(self, at: Column) -> Column | None:
        """What a line is drawn for each value of."""
        named = self.sheet.named(self.wish.series) if self.wish.series else None
        others = [column for column in self.sheet.labels() if column.place != at.place]
        return named or (others[0] if len(others) == 1 and at.role == "part" else None)

    # --- words

    def _name(self, row: Row, labels: Sequence[Column]) -> str:
        parts = [text for column in labels if (text := column.text(row))]
        joint = " " if any(column.is_name for column in labels) else " · "
        return _cut(joint.join(parts) or say("chart-none", self.sheet.language), MAX_NAME)

    def _by(self, labels: Sequence[Column]) -> str:
        """What the names are names of."""
        if not labels:
            return ""
        return _cut(self.sheet.noun(labels[0]) or " · ".join(column.label for column in labels), MAX_NAME)

    def _title(self, numbers: Sequence[Column], by: str) -> str:
        what = " · ".join(column.label for column in numbers[:_FEW])
        title = say("chart-by", self.sheet.language, what=what, by=_small(by)) if by else what
        return _cut(title, MAX_TITLE)


def _turned(chart: Chart) -> Chart:
    """Categories and series in each other's place: few rows with many measures are compared measure by measure."""
    names = [one.name for one in chart.series]
    columns = zip(*(one.values for one in chart.series), strict=True)
    series = tuple(Series(name, values) for name, values in zip(_unlike(chart.categories), columns, strict=True))
    return replace(chart, categories=tuple(names), series=series, x_label="")


def _unlike(names: Sequence[str]) -> list[str]:
    return [name if names.count(name) == 1 else f"{_cut(name, MAX_NAME - 5)} #{at}" for at, name in enumerate(names, 1)]


def _percent(points: Sequence[Point]) -> list[Point]:
    """Shares of one as percent, as all others of ours are."""
    if any(point.x > 1 or point.y > 1 for point in points):
        return list(points)
    return [replace(point, x=round(point.x * 100, 6), y=round(point.y * 100, 6)) for point in points]


def _small(label: str) -> str:
    """As it stands within a sentence; GPU stays as it is written."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def at_catalogs_time(now: datetime) -> datetime:
    """The moment as the catalogue writes them: without its zone."""
    return now.replace(tzinfo=None, microsecond=0)
