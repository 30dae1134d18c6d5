"""Reading question sets, and asking them thread by thread."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.answer import Answer, Ask, Query, Usage
from agent.evals.predictions import Cost, Prediction, total_usd
from agent.evals.questions import Question, read_questions
from agent.evals.run import NoAnswer, run_questions
from agent.llm.protocol import Tokens
from db.catalog.table import Table

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)


def line(**fields: object) -> str:
    return json.dumps({"id": "q1", "thread": ["hi"], **fields}, ensure_ascii=False)


def test_lines_are_read_in_order_and_empty_ones_skipped() -> None:
    questions, bad = read_questions(["\ufeff" + line(id=7), "", "  ", line(id="b", thread=["1", "2"])])
    assert not bad
    assert [(q.id, q.thread, q.is_scored) for q in questions] == [("7", ("hi",), False), ("b", ("1", "2"), False)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"id": "x"}', "thread"),
        (line(thread=[]), "thread"),
        (line(thread=[""]), "thread.0"),
        (line(check="rows"), "needs gold_sql"),
        (line(check="guess"), "check"),
        (line(as_of="yesterday"), "as_of"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_the_others_stay(text: str, reason: str) -> None:
    questions, bad = read_questions([line(id="good"), text])
    assert [q.id for q in questions] == ["good"]
    assert str(bad[0]).startswith("line 2: ")
    assert reason in str(bad[0])


def test_an_id_that_comes_twice_is_a_bad_line() -> None:
    questions, bad = read_questions([line(), line()])
    assert len(questions) == 1
    assert str(bad[0]) == "line 2: id 'q1' stands on line 1 already"


@given(st.lists(st.text()))
def test_every_line_is_a_question_or_a_bad_line_or_empty(lines: list[str]) -> None:
    questions, bad = read_questions(lines)
    assert len(questions) + len(bad) == sum(bool(each.strip()) for each in lines)


def test_a_mere_date_means_noon_of_the_askers_day() -> None:
    def asked_at(as_of: str | None) -> datetime | None:
        return Question.model_validate({"id": "q", "thread": ["?"], "as_of": as_of}).asked_at(SEOUL)

    assert asked_at(None) is None
    assert asked_at("2026-11-21") == NOW
    assert asked_at("2026-11-21T12:00:00") == NOW
    assert asked_at("2026-11-21T03:00:00Z") == NOW


def answer(ask: Ask, *queries: Query, cost: str | None = "0.5") -> Answer:
    usage = Usage("m", 2, Tokens(100, 10, 20), None if cost is None else Decimal(cost))
    return Answer(ask.turn_id, f"re: {ask.text}", "en", "llm", usage, queries, elapsed_s=0.25)


async def predict(question: Question, **outcomes: Answer | NoAnswer) -> tuple[Prediction, list[Ask]]:
    asked: list[Ask] = []

    async def one(ask: Ask) -> Answer | NoAnswer:
        asked.append(ask)
        return outcomes.get(ask.text) or answer(ask, Query(f"SELECT '{ask.text}'", Table(("c",), ((ask.text, None),))))

    found = [prediction async for _, prediction in run_questions([question], one, lambda _: NOW)]
    assert len(found) == 1
    return found[0], asked


async def test_a_thread_is_asked_in_order_in_one_thread() -> None:
    prediction, asked = await predict(Question(id="q", thread=("first", "then")))
    assert [ask.text for ask in asked] == ["first", "then"]
    assert len({ask.thread for ask in asked}) == 1
    assert len({ask.turn_id for ask in asked}) == 2
    assert {ask.asked_at for ask in asked} == {NOW}
    assert prediction == Prediction(
        "q", ("SELECT 'first'", "SELECT 'then'"), (("then", None),), "re: then", Cost(4, 200, 40, 1.0), 0.5
    )


async def test_a_turn_without_an_answer_is_told_and_the_thread_goes_on() -> None:
    prediction, asked = await predict(Question(id="q", thread=("bad", "then")), bad=NoAnswer("turn_deadline", "sorry"))
    assert (prediction.error, prediction.text, len(asked)) == ("turn_deadline", "re: then", 2)
    prediction, _ = await predict(Question(id="q", thread=("then", "bad")), bad=NoAnswer("turn_deadline", "sorry"))
    assert (prediction.error, prediction.text, prediction.rows) == ("turn_deadline", "sorry", ())


async def test_an_answer_without_a_query_has_no_rows_of_an_earlier_turn() -> None:
    ask = Ask("t", (await predict(Question(id="q", thread=("x",))))[1][0].thread, "u", "x", NOW)
    prediction, _ = await predict(Question(id="q", thread=("first", "x")), x=answer(ask))
    assert prediction.rows == ()
    assert prediction.sql == ("SELECT 'first'",)


def test_a_prediction_is_one_line_of_json_with_an_error_only_where_there_is_one() -> None:
    data = json.loads(Prediction("q", ("SELECT 1",), ((1, None, "가"),), "한\n줄").to_json())
    assert list(data) == ["id", "sql", "rows", "text", "usage", "elapsed_s"]
    assert data["rows"] == [[1, None, "가"]]
    assert list(data["usage"]) == ["completions", "prompt_tokens", "completion_tokens", "cost_usd"]
    assert "\n" not in Prediction("q", text="한\n줄").to_json()
    assert json.loads(Prediction("q", error="empty").to_json())["error"] == "empty"


def test_one_unknown_price_makes_the_sum_unknown() -> None:
    assert total_usd([Decimal("0.1"), Decimal("0.2")]) == 0.3
    assert total_usd([Decimal("0.1"), None]) is None
    assert total_usd([]) == 0.0


def test_other_time_zones_are_kept() -> None:
    plus_two = timezone(timedelta(hours=2))
    moment = datetime(2026, 1, 1, 8, tzinfo=plus_two)
    assert Question(id="q", thread=("?",), as_of=moment).asked_at(SEOUL) == moment


async def test_a_thread_below_an_alert_is_asked_with_its_details() -> None:
    questions, bad = read_questions([line(alert={"id": 9, "name": "lstm-log-exp01"}, thread=["왜?", "로그는?"])])
    assert not bad
    asked: list[Ask] = []

    async def answer(ask: Ask) -> NoAnswer:
        asked.append(ask)
        return NoAnswer("empty", "")

    async for _ in run_questions(questions, answer, lambda _: NOW):
        pass
    assert [ask.alerts for ask in asked] == [({"id": 9, "name": "lstm-log-exp01"},)] * 2
