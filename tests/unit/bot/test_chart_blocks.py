"""Charts as Slack's own block: whatever is drawn, Slack takes it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.answer import Answer, Usage
from agent.chart import MAX_CATEGORIES, Chart, ChartKind, Point, Series
from bot.messages.chart import MAX_LABEL, chart_block, chart_blocks, chart_button, is_chartable, unlike
from bot.messages.evidence import read_asked
from bot.messages.gate import gated
from bot.playground.rules.blocks import refuse_blocks

NAMES = st.text(max_size=60) | st.sampled_from(
    ["wafer-defect-yolov8m v2.0", "wafer-defect-yolov8m v2.1", "", "가" * 120]
)
VALUES = st.floats(-1e14, 1e14) | st.integers(-1000, 1000).map(float)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    kind: ChartKind = draw(st.sampled_from(["bar", "grouped_bar", "line"]))
    categories = tuple(draw(st.lists(NAMES, min_size=1, max_size=MAX_CATEGORIES)))
    names = draw(st.lists(NAMES, min_size=1, max_size=1 if kind == "bar" else 12, unique=True))
    values = st.lists(VALUES, min_size=len(categories), max_size=len(categories)).map(tuple)
    series = tuple(Series(name, draw(values)) for name in names)
    title = draw(st.text(min_size=1, max_size=150).filter(str.strip))
    return Chart(
        kind, title, categories, series, x_label=draw(NAMES), y_label=draw(NAMES), unit=draw(st.text(max_size=9))
    )


def bars(count: int, series: int = 1) -> Chart:
    values = tuple(float(at) for at in range(count))
    kind: ChartKind = "bar" if series == 1 else "grouped_bar"
    return Chart(kind, "팀별 모델 수", tuple(map(str, values)), tuple(Series(f"s{at}", values) for at in range(series)))


def answer(**more: Any) -> Answer:
    return Answer("t1", "답", "ko", "offline", Usage("offline"), **more)


@given(charts())
def test_slack_takes_every_block_and_the_gate_leaves_it_as_it_is(chart: Chart) -> None:
    block = chart_block(chart)
    assert (block is None) == (len(chart.categories) > 20 or len(chart.categories) * len(chart.series) > 100)
    if block is not None:
        assert refuse_blocks([block], "message", limit=50) is None
        assert gated(block) == block


@given(st.lists(NAMES, max_size=20))
def test_names_are_short_and_no_two_alike(names: list[str]) -> None:
    short = unlike(names)
    assert len(set(short)) == len(names)
    assert all(0 < len(name) <= MAX_LABEL for name in short)


def test_names_are_cut_in_the_middle_because_versions_stand_at_the_end() -> None:
    assert unlike(["wafer-defect-yolov8m v2.0", "wafer-defect-yolov8m v2.1"]) == [
        "wafer-def…lov8m v2.0",
        "wafer-def…lov8m v2.1",
    ]


def test_a_chart_of_the_wafers_reads_as_it_was_made() -> None:
    made = Chart(
        "bar", "모델별 F1", ("v2.0", "v2.1"), (Series("F1", (86.3, 89.1)),), x_label="모델", y_label="F1", unit="%"
    )
    assert chart_block(made) == {
        "type": "data_visualization",
        "title": "모델별 F1",
        "chart": {
            "type": "bar",
            "series": [{"name": "F1", "data": [{"label": "v2.0", "value": 86.3}, {"label": "v2.1", "value": 89.1}]}],
            "axis_config": {"categories": ["v2.0", "v2.1"], "x_label": "모델", "y_label": "F1 (%)"},
        },
    }


@pytest.mark.parametrize(
    "chart",
    [
        bars(21),
        bars(20, 6),
        Chart("grouped_bar", "t", ("a", "b"), (Series("s", (1.0, None)), Series("u", (1.0, 2.0)))),
        Chart("scatter", "t", points=(Point("a", 1, 2), Point("b", 2, 3))),
    ],
    ids=["too many points", "too many marks", "a value is missing", "another kind"],
)
def test_what_slack_cannot_draw_is_left_to_a_picture(chart: Chart) -> None:
    assert chart_block(chart) is None
    assert chart_blocks(answer(chart=chart)) == []


def test_an_answer_has_its_chart_as_one_block() -> None:
    assert [block["type"] for block in chart_blocks(answer(chart=bars(8, 12)))] == ["data_visualization"]
    assert chart_blocks(answer()) == []


@pytest.mark.parametrize(
    ("more", "is_offered"),
    [({"is_drawable": True}, True), ({}, False), ({"is_drawable": True, "chart": bars(3)}, False)],
)
def test_the_button_is_for_rows_that_can_be_drawn_and_are_not(more: dict[str, Any], is_offered: bool) -> None:
    assert is_chartable(answer(**more)) is is_offered


def test_the_button_says_which_turn_it_is_of() -> None:
    button = chart_button("0123abc", "ko")
    assert button["text"]["text"] == "그래프"
    assert read_asked(button["value"]).turn_id == "0123abc"
    assert refuse_blocks([{"type": "actions", "elements": [button]}], "message", limit=50) is None
