"""What is told of a tool call: what it is about, and what came of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.llm.protocol import Observation, ToolCall
from agent.progress import SUBJECT_CHARS, Calling, Outcome, Progress, begun, ended, subject
from db.catalog.table import Table


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ('{"sql": " SELECT 1 "}', "SELECT 1"),
        ('{"text": "churn", "table": ""}', "churn"),
        ('{"words": ["pipelines", 3, "models"], "more": {"a": 1}}', "pipelines, models"),
        ("", ""),
        ("[1]", ""),
        ("{broken", ""),
        ('{"sql": 5}', ""),
    ],
)
def test_a_call_is_about_its_sql_or_the_texts_it_was_given(arguments: str, told: str) -> None:
    assert subject(ToolCall("c", "tool", arguments)) == told


@given(st.text())
def test_whatever_a_model_writes_for_arguments_is_told_of_in_short(arguments: str) -> None:
    assert len(subject(ToolCall("c", "tool", arguments))) <= SUBJECT_CHARS


CALL = ToolCall("c", "execute_sql", '{"sql": "SELECT 1"}')
TABLE = Table(("a",), ((1,), (2,)), truncated=True)


@pytest.mark.parametrize(
    ("observation", "outcome"),
    [
        (Observation(CALL, "2 rows", sql="SELECT 1", table=TABLE), Outcome(True, 2, truncated=True)),
        (Observation(CALL, "exact: x"), Outcome(True)),
        (Observation(CALL, "ERROR: no such column: x", ok=False), Outcome(False, problem="no such column: x")),
    ],
    ids=["rows", "words", "error"],
)
def test_a_call_that_ended_tells_what_came_of_it(observation: Observation, outcome: Outcome) -> None:
    told = begun(CALL, step=2, place=1)
    assert told == Progress("tool", 2, "execute_sql", calling=Calling(1, "SELECT 1"))
    assert ended(told, observation) == Progress("tool", 2, "execute_sql", calling=Calling(1, "SELECT 1", outcome))
