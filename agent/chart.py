"""A chart as data: what is to be drawn, whoever draws it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias, get_args

ChartKind: TypeAlias = Literal["bar", "grouped_bar", "line", "scatter", "precision_recall", "gantt"]
KINDS: Final[tuple[ChartKind, ...]] = get_args(ChartKind)

MAX_CATEGORIES: Final = 40
"""More bars than these are a list, and better read as one."""
MAX_STEPS: Final = 200
"""So many moments a line may go through."""
MAX_SERIES: Final = 12
"""As many as Slack's own charts take; more colours nobody tells apart."""
MAX_POINTS: Final = 200
MAX_RUNS: Final = 40
MAX_NAME: Final = 120
MAX_TITLE: Final = 150
LARGEST: Final = 1e15


class ChartError(ValueError):
    """For whoever makes a chart: what of it cannot be drawn."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one kind, one a category; None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A named place in the plane."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Run:
    """Something that lasted from `start` to `end`; None: it goes on. Both without a zone, as the catalogue has them."""

    name: str
    start: datetime
    end: datetime | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn. Raises ChartError where it cannot be.

    Bars and lines have `categories` and `series`, planes have `points`, a Gantt
    chart has `runs`, which are drawn up to `until` where they go on. `unit` is
    that of all values: "%" for percent. `cut` rows were too many for a chart,
    `blank` ones had no value.
    """

    kind: ChartKind
    title: str
    categories: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    points: tuple[Point, ...] = ()
    runs: tuple[Run, ...] = ()
    x_label: str = ""
    y_label: str = ""
    unit: str = ""
    until: datetime | None = None
    cut: int = 0
    blank: int = 0

    def __post_init__(self) -> None:
        if problem := next(_problems(self), None):
            raise ChartError(problem)

    @property
    def marks(self) -> int:
        """How many values are drawn."""
        filled = sum(value is not None for one in self.series for value in one.values)
        return filled + len(self.points) + len(self.runs)

    @property
    def has_gaps(self) -> bool:
        """Whether some series lacks a value for some category."""
        return any(value is None for one in self.series for value in one.values)


def _problems(chart: Chart) -> Iterator[str]:
    if chart.kind not in KINDS:
        yield f"there is no chart of the kind {chart.kind!r}; there are {', '.join(KINDS)}"
        return
    if not chart.title.strip() or len(chart.title) > MAX_TITLE:
        yield f"a chart has a title of at most {MAX_TITLE} characters"
    if chart.kind in ("scatter", "precision_recall"):
        yield from _counted("points", chart.points, MAX_POINTS)
    elif chart.kind == "gantt":
        yield from _counted("runs", chart.runs, MAX_RUNS)
        yield from _wrong_runs(chart)
    else:
        yield from _counted("categories", chart.categories, MAX_STEPS if chart.kind == "line" else MAX_CATEGORIES)
        yield from _counted("series", chart.series, MAX_SERIES)
        yield from _wrong_series(chart)
    if not all(_is_number(value) for value in _values(chart)):
        yield "every value must be a finite number"
    if chart.kind == "precision_recall" and not all(0 <= value <= 100 for value in _values(chart)):
        yield "precision and recall are between 0 and 100 %"
    if any(len(name) > MAX_NAME for name in _names(chart)):
        yield f"no name may be longer than {MAX_NAME} characters"
    if not chart.marks:
        yield "there is no value to draw"


def _counted(what: str, given: Sequence[object], most: int) -> Iterator[str]:
    if not 0 < len(given) <= most:
        yield f"{len(given)} {what} cannot be drawn, only 1 to {most}"


def _wrong_series(chart: Chart) -> Iterator[str]:
    if any(len(one.values) != len(chart.categories) for one in chart.series):
        yield "every series has one value for each category"
    if chart.kind == "bar" and len(chart.series) != 1:
        yield "a bar chart has one series; several are a grouped_bar chart"
    if len({one.name for one in chart.series}) < len(chart.series):
        yield "no two series may have the same name"


def _wrong_runs(chart: Chart) -> Iterator[str]:
    if chart.until is None and any(run.end is None for run in chart.runs):
        yield "a run that goes on needs a moment up to which it is drawn"
    if any(run.end is not None and run.end < run.start for run in chart.runs):
        yield "no run may end before it begins"
    moments = [moment for run in chart.runs for moment in (run.start, run.end)]
    if any(moment is not None and moment.tzinfo is not None for moment in (*moments, chart.until)):
        yield "moments have no zone"


def _values(chart: Chart) -> Iterator[float]:
    for one in chart.series:
        yield from (value for value in one.values if value is not None)
    for point in chart.points:
        yield from (point.x, point.y)


def _is_number(value: float) -> bool:
    return abs(value) < LARGEST


def _names(chart: Chart) -> Iterator[str]:
    yield from (*chart.categories, chart.x_label, chart.y_label, chart.unit)
    named: tuple[Series | Point | Run, ...] = (*chart.series, *chart.points, *chart.runs)
    yield from (one.name for one in named)


def dump(chart: Chart) -> dict[str, Any]:
    """The chart as JSON-able data."""
    data = asdict(chart)
    data["until"] = chart.until.isoformat() if chart.until else None
    data["runs"] = [
        {**asdict(run), "start": run.start.isoformat(), "end": run.end.isoformat() if run.end else None}
        for run in chart.runs
    ]
    return data


def load(data: object) -> Chart | None:
    """The chart that `dump` wrote; None when the data is of another make."""
    if not isinstance(data, Mapping):
        return None
    try:
        return Chart(
            kind=data["kind"],
            title=str(data["title"]),
            categories=tuple(map(str, data["categories"])),
            series=tuple(Series(str(one["name"]), tuple(map(_number, one["values"]))) for one in data["series"]),
            points=tuple(Point(str(one["name"]), float(one["x"]), float(one["y"])) for one in data["points"]),
            runs=tuple(map(_run, data["runs"])),
            x_label=str(data["x_label"]),
            y_label=str(data["y_label"]),
            unit=str(data["unit"]),
            until=_moment(data["until"]),
            cut=int(data["cut"]),
            blank=int(data["blank"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _moment(value: Any) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def _run(data: Mapping[str, Any]) -> Run:
    return Run(str(data["name"]), datetime.fromisoformat(data["start"]), _moment(data["end"]), str(data["status"]))
