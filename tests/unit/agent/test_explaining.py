"""What a turn's work leaves for whoever asks why."""

from agent.answer import Usage
from agent.explaining import ARGUMENT_CHARS, PROBLEM_CHARS, explained, unanswered
from agent.llm.protocol import Completion, Observation, Step, Tokens, ToolCall
from agent.trail import Tried
from db.catalog.table import Table
from tests.parts import NOW

USAGE = Usage("solar-pro3", 2, Tokens(30, 10, 5))
TRIED = (Tried(NOW, "llm", "SELECT 1", "ran", None, 1, 2), Tried(NOW, "offline", "SELECT 2", "failed", None, 0, 1))


def seen(tool: str, arguments: str, text: str = "", **more: object) -> Observation:
    return Observation(ToolCall("1", tool, arguments), text, **more)  # type: ignore[arg-type]  # given by name


def test_calls_are_told_with_their_step_their_error_and_their_rows() -> None:
    steps = (
        Step(Completion(), (seen("execute_sql", '{"sql": "x"}', "ERROR: " + "e" * 900, ok=False, sql="x"),)),
        Step(Completion(), (seen("execute_sql", "", sql="SELECT 1", table=Table(("n",), ((1,), (2,)))),)),
        Step(Completion("done")),
    )
    told = explained("llm", steps, USAGE, TRIED)
    bad, good = told.calls
    assert (bad.step, bad.sql, len(bad.problem), bad.problem[-1]) == (1, "x", PROBLEM_CHARS, "…")
    assert (good.step, good.rows, good.problem) == (2, 2, "")
    assert (told.model, told.prompt_tokens, told.cached_tokens, told.completion_tokens) == ("solar-pro3", 30, 10, 5)
    assert [one.sql for one in told.given_up] == ["SELECT 2"], "the other engine's"


def test_arguments_are_told_as_they_were_asked() -> None:
    arguments = (
        '{"words": ["a", "b"], "table": ""}',
        "not json",
        "[1]",
        "[" * 100_000,
        '{"text": "' + "y" * 900 + '"}',
    )
    steps = (Step(Completion(), tuple(seen("find_values", one) for one in arguments)),)
    told = [call.argument for call in explained("llm", steps, USAGE, ()).calls]
    assert told[:3] == ["a, b", "not json", "[1]"]
    assert len(told[3]) == len(told[4]) == ARGUMENT_CHARS


def test_a_turn_without_an_answer_keeps_what_was_tried_and_spent() -> None:
    told = unanswered([USAGE, Usage("other", 1, Tokens(1, 0, 1))], TRIED)
    assert (told.engine, told.model, told.completions, told.prompt_tokens) == ("", "solar-pro3, other", 3, 31)
    assert [one.verdict for one in told.given_up] == ["ran", "failed"]
    assert unanswered([], ()).given_up == ()
    assert explained("llm", (), USAGE, ()).clauses == ()
