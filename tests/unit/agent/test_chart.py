"""A chart as data: what is valid, what is kept."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.chart import MAX_CATEGORIES, MAX_RUNS, Chart, ChartError, Point, Run, Series, dump, load

AT = datetime(2026, 11, 20, 9)
LATER = datetime(2026, 11, 21, 9)
TITLES = st.text(min_size=1, max_size=150).filter(str.strip)
NUMBERS = st.floats(-1e14, 1e14)
NAMES = st.text(max_size=120)


def bars(*values: float | None, **more: Any) -> Chart:
    names = tuple(f"n{at}" for at in range(len(values)))
    return Chart("bar", more.pop("title", "t"), names, (Series("s", values),), **more)


CHARTS = st.one_of(
    st.builds(
        lambda title, values, unit: bars(*values, title=title, unit=unit),
        TITLES,
        st.lists(NUMBERS | st.none(), min_size=1, max_size=MAX_CATEGORIES).filter(lambda v: set(v) != {None}),
        NAMES,
    ),
    st.builds(
        lambda title, points: Chart("scatter", title, points=tuple(points)),
        TITLES,
        st.lists(st.builds(Point, NAMES, NUMBERS, NUMBERS), min_size=1, max_size=9),
    ),
    st.builds(
        lambda title, runs: Chart("gantt", title, runs=tuple(runs), until=LATER),
        TITLES,
        st.lists(st.builds(Run, NAMES, st.just(AT), st.none() | st.just(LATER), NAMES), min_size=1, max_size=9),
    ),
)


@given(CHARTS)
def test_what_is_kept_is_what_was_drawn(chart: Chart) -> None:
    assert load(json.loads(json.dumps(dump(chart)))) == chart


@pytest.mark.parametrize("data", [None, "x", {}, {"kind": "bar"}, {**dump(bars(1.0)), "kind": "pie"},
                                  {**dump(bars(1.0)), "series": [{"name": "s", "values": ["x"]}]}])  # fmt: skip
def test_data_of_another_make_is_no_chart(data: object) -> None:
    assert load(data) is None


PAIR = (Series("s", (1.0, 2.0)), Series("u", (1.0, 2.0)))
WRONG: list[tuple[str, dict[str, Any]]] = [
    ("no chart of the kind", {"kind": "pie"}),
    ("title", {"title": " "}),
    ("title", {"title": "x" * 151}),
    ("0 categories", {"categories": (), "series": ()}),
    ("41 categories", {"categories": ("a",) * 41, "series": (Series("s", (1.0,) * 41),)}),
    ("0 series", {"series": ()}),
    ("one value for each category", {"series": (Series("s", (1.0,)),)}),
    ("a bar chart has one series", {"series": PAIR}),
    ("the same name", {"kind": "line", "series": (PAIR[0], PAIR[0])}),
    ("finite", {"series": (Series("s", (1.0, float("nan"))),)}),
    ("finite", {"series": (Series("s", (1.0, float("inf"))),)}),
    ("finite", {"series": (Series("s", (1.0, 1e15)),)}),
    ("no name may be longer", {"categories": ("a", "b" * 121)}),
    ("no value", {"series": (Series("s", (None, None)),)}),
    ("0 points", {"kind": "scatter"}),
    ("between 0 and 100", {"kind": "precision_recall", "points": (Point("a", 101, 1),)}),
    ("0 runs", {"kind": "gantt"}),
    ("41 runs", {"kind": "gantt", "runs": (Run("a", AT, LATER),) * (MAX_RUNS + 1)}),
    ("a moment up to which", {"kind": "gantt", "runs": (Run("a", AT),)}),
    ("end before it begins", {"kind": "gantt", "runs": (Run("a", LATER, AT),)}),
    ("no zone", {"kind": "gantt", "runs": (Run("a", AT.replace(tzinfo=UTC), LATER.replace(tzinfo=UTC)),)}),
]


@pytest.mark.parametrize(("problem", "changes"), WRONG)
def test_what_cannot_be_drawn_is_no_chart(problem: str, changes: dict[str, Any]) -> None:
    given_ = {"kind": "bar", "title": "t", "categories": ("a", "b"), "series": (Series("s", (1.0, 2.0)),), **changes}
    with pytest.raises(ChartError, match=problem):
        Chart(**given_)


def test_a_chart_knows_its_marks_and_gaps() -> None:
    assert (bars(1, None, 3).marks, bars(1, None, 3).has_gaps) == (2, True)
    assert (bars(1, 2).marks, bars(1, 2).has_gaps) == (2, False)
    assert Chart("scatter", "t", points=(Point("a", 1, 2),)).marks == 1
