"""The tool that draws: what the model gets, what it is told to mend."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from agent.answer import Answer
from agent.chart import load
from tests.parts import Parts, open_parts
from tests.scripted import ScriptedModel, calls, runs, says

COUNTS = "SELECT stage, COUNT(*) AS models FROM models GROUP BY stage ORDER BY models DESC"


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[tuple[Parts, ScriptedModel]]:
    model = ScriptedModel()
    async with open_parts(tmp_path, [model]) as parts:
        yield parts, model


async def drawn(opened: tuple[Parts, ScriptedModel], arguments: dict[str, Any], *before: str) -> tuple[Answer, str]:
    """The answer of a turn that ran these statements and then made one chart, and what the tool said."""
    parts, model = opened
    model._script[:] = [*map(runs, before), calls(("make_chart", arguments)), says("답")]
    answer = await parts.ask("스테이지별 모델 수를 그래프로 보여줘")
    return answer, model.observed[-1]


async def test_it_draws_the_rows_of_its_own_sql(opened: tuple[Parts, ScriptedModel]) -> None:
    answer, said = await drawn(opened, {"kind": "bar", "title": "스테이지별 모델", "sql": COUNTS})
    assert answer.chart is not None
    assert answer.chart.title == "스테이지별 모델"
    assert answer.chart.categories[0] == "프로덕션"
    assert answer.chart.series[0].values[0] == 4.0
    assert said == (
        "A bar chart of 4 values is shown with your answer.\n"
        "<data>\n가장 큰 값은 프로덕션(4), 가장 작은 값은 보관(1)입니다.\n</data>"
    )
    assert [query.sql for query in answer.queries] == [COUNTS], "its rows stand under the answer"
    assert not answer.is_drawable


async def test_it_draws_the_last_rows_without_running_them_again(opened: tuple[Parts, ScriptedModel]) -> None:
    answer, _ = await drawn(opened, {"kind": "bar", "title": "t"}, COUNTS, "SELECT name FROM models WHERE id < 0")
    assert answer.chart is not None
    assert len(answer.queries) == 2


async def test_the_chart_is_kept_with_its_turn(opened: tuple[Parts, ScriptedModel]) -> None:
    answer, _ = await drawn(opened, {"kind": "bar", "title": "t", "sql": COUNTS})
    turn = await opened[0].store.turns.by_id(answer.turn_id)
    assert turn is not None
    assert turn.frame is not None
    assert load(json.loads(json.dumps(turn.frame))["chart"]) == answer.chart


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"kind": "bar", "title": "t"}, "No query of this turn has found rows yet; give make_chart its sql."),
        ({"kind": "bar", "title": "t", "sql": "SELECT nam FROM models"}, "no such column: nam"),
        ({"kind": "bar", "title": "t", "sql": "DELETE FROM models"}, "ERROR: "),
        ({"kind": "bar", "title": "t", "sql": "SELECT stage, 1 AS n FROM models LIMIT 1"}, "1 row(s) say nothing"),
        ({"kind": "bar", "title": "t", "sql": "SELECT name, stage FROM models"}, "not enough names with numbers"),
        ({"kind": "bar", "title": "t", "sql": COUNTS, "x": "nope"}, "there is no column 'nope'; there are stage"),
        ({"kind": "pie", "title": "t", "sql": COUNTS}, "Wrong arguments for make_chart (kind: "),
    ],
)  # fmt: skip
async def test_what_it_cannot_draw_is_told_so_that_the_model_can_mend_it(
    opened: tuple[Parts, ScriptedModel], arguments: dict[str, Any], told: str
) -> None:
    answer, said = await drawn(opened, arguments)
    assert told in said
    assert said.startswith("ERROR: ")
    assert answer.chart is None


async def test_the_last_chart_of_a_turn_is_shown(opened: tuple[Parts, ScriptedModel]) -> None:
    parts, model = opened
    model._script[:] = [
        calls(("make_chart", {"kind": "bar", "title": "first", "sql": COUNTS})),
        calls(("make_chart", {"kind": "line", "title": "second", "sql": COUNTS})),
        says("답"),
    ]
    answer = await parts.ask("그래프")
    assert answer.chart is not None
    assert answer.chart.title == "second"


async def test_rows_that_could_be_drawn_are_known(opened: tuple[Parts, ScriptedModel]) -> None:
    parts, model = opened
    model._script[:] = [runs(COUNTS), says("답"), runs("SELECT COUNT(*) AS n FROM models"), says("답")]
    assert (await parts.ask("스테이지별 모델 수")).is_drawable
    assert not (await parts.ask("모델 수", "t2")).is_drawable
