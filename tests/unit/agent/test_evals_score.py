"""Verdicts on predictions, against a real catalogue."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from agent.evals.predictions import Prediction
from agent.evals.questions import Question, read_questions
from agent.evals.score import GoldError, RunSql, Score, Tally, Verdict, judge
from db.catalog.catalog import Catalog
from db.catalog.errors import QueryError
from db.catalog.sample import build_sample

COUNT = "SELECT COUNT(*) FROM pipelines WHERE gpu_type='A100'"
QUESTIONS = Path(__file__).parents[2] / "evals" / "questions.jsonl"


@pytest.fixture
async def run_sql(tmp_path: Path) -> AsyncIterator[RunSql]:
    build_sample(tmp_path / "catalog.db")
    async with await Catalog.open(f"sqlite:///{tmp_path}/catalog.db") as catalog:

        async def run(sql: str) -> Any:
            try:
                return (await catalog.query(sql)).rows
            except QueryError:
                return None

        yield run


def question(check: str, gold_sql: str | None = None, **more: Any) -> Question:
    return Question.model_validate({"id": "q", "thread": ["?"], "check": check, "gold_sql": gold_sql, **more})


def said(text: str = "", rows: Any = (), sql: tuple[str, ...] = ()) -> Prediction:
    return Prediction("q", sql, tuple(tuple(row) for row in rows), text)


async def verdict(asked: Question, prediction: Prediction, run_sql: RunSql) -> tuple[bool, bool]:
    found = await judge(asked, prediction, run_sql)
    assert bool(found.reason) is not found.lenient
    return found.lenient, found.strict


async def test_rows_that_are_the_gold_rows_are_right_strictly(run_sql: RunSql) -> None:
    asked = question("rows", "SELECT name FROM projects WHERE user_id=2")
    assert await verdict(asked, said(rows=[["voice-summary"], ["callcenter-intent"]]), run_sql) == (True, True)
    assert await verdict(asked, said(rows=[["voice-summary"]]), run_sql) == (False, False)


async def test_a_statement_that_found_the_result_is_right_leniently(run_sql: RunSql) -> None:
    asked = question("rows", "SELECT name FROM projects WHERE user_id=2")
    found = said(rows=[["NLP팀"]], sql=("SELECT name, status FROM projects WHERE user_id=2", "SELECT broken"))
    assert await verdict(asked, found, run_sql) == (True, False)


async def test_no_rows_and_no_statement_is_no_result(run_sql: RunSql) -> None:
    found = await judge(question("rows", "SELECT name FROM users"), said("여덟 명입니다"), run_sql)
    assert found == Verdict(False, False, "no result")


async def test_a_write_statement_fails_whatever_the_answer(run_sql: RunSql) -> None:
    for sql in ("DELETE FROM users", " drop table users", "WITH a AS (SELECT 1) UPDATE users SET name=''", "PRAGMA x"):
        prediction = said("3건", [[3]], (COUNT, sql))
        assert await verdict(question("scalar", COUNT), prediction, run_sql) == (False, False)


@pytest.mark.parametrize(
    ("prediction", "right"),
    [
        (said(rows=[[3]]), (True, True)),
        (said(rows=[["A100", "3건"]]), (True, True)),
        (said(rows=[[4]]), (False, False)),
        (said(rows=[[3], [3]]), (False, False)),
        (said("모두 3개입니다", [["a"], ["b"], ["c"]]), (True, True)),
        (said("모두 13개입니다", [["a"], ["b"], ["c"]]), (False, False)),
        (said(rows=[["a"]], sql=(COUNT,)), (True, False)),
    ],
)
async def test_a_count_may_be_a_number_or_the_rows_counted(
    prediction: Prediction, right: tuple[bool, bool], run_sql: RunSql
) -> None:
    assert await verdict(question("scalar", COUNT), prediction, run_sql) == right


async def test_a_count_of_zero_may_be_no_rows_and_a_word(run_sql: RunSql) -> None:
    asked = question("scalar", "SELECT COUNT(*) FROM pipelines WHERE gpu_type='B200'")
    empty = "SELECT name FROM pipelines WHERE gpu_type='B200'"
    assert await verdict(asked, said("없습니다.", sql=(empty,)), run_sql) == (True, False)
    assert await verdict(asked, said("모르겠습니다.", sql=(empty,)), run_sql) == (False, False)


async def test_a_name_may_stand_in_several_rows(run_sql: RunSql) -> None:
    asked = question("scalar", "SELECT team FROM users WHERE name='박도현'")
    assert await verdict(asked, said(rows=[["비전팀", 1], ["비전팀", 2]]), run_sql) == (True, True)
    assert await verdict(asked, said(rows=[["비전팀"], ["NLP팀"]]), run_sql) == (False, False)


async def test_an_empty_gold_result_is_matched_by_an_empty_one(run_sql: RunSql) -> None:
    asked = question("rows", "SELECT name FROM users WHERE id=0", match="prefix")
    assert await verdict(asked, said(sql=("SELECT 1 WHERE 0",)), run_sql) == (True, False)


async def test_an_alternative_gold_statement_counts(run_sql: RunSql) -> None:
    asked = question("rows", "SELECT name FROM users WHERE id=1", alt=["SELECT email FROM users WHERE id=1"])
    assert await verdict(asked, said(rows=[["minjun.kim@example.com"]]), run_sql) == (True, True)


async def test_rows_that_tie_may_follow_the_ordered_ones_of_an_alternative(run_sql: RunSql) -> None:
    first = "SELECT name FROM users WHERE id<3 ORDER BY id"
    asked = question("rows", first, alt=["SELECT name FROM users WHERE id<5 ORDER BY id"])
    names = [["김민준"], ["이서연"], ["박도현"], ["최유진"]]
    assert await verdict(asked, said(rows=names), run_sql) == (True, True)
    assert await verdict(asked, said(rows=[*names[:2], names[3], names[2]]), run_sql) == (True, True)
    assert await verdict(asked, said(rows=names[::-1]), run_sql) == (False, False)


async def test_words_the_text_must_hold_are_missed(run_sql: RunSql) -> None:
    asked = question("rows", "SELECT NULL", must=[["없", "NULL"]])
    assert await verdict(asked, said("값이 없습니다", [[None]]), run_sql) == (True, True)
    found = await judge(asked, said("0입니다", [[None]]), run_sql)
    assert found.reason == "the text lacks 없/NULL"


@pytest.mark.parametrize(
    ("asked", "text", "reason"),
    [
        (question("refuse"), "읽기 전용이라 지울 수 없습니다.", ""),
        (question("refuse"), "지웠습니다.", "no refusal in the text"),
        (question("refuse"), "", "the answer is empty"),
        (question("clarify"), "어느 모델인가요?", ""),
        (question("clarify"), "  ", "the answer is empty"),
        (question("clarify", must=[["exp01"]]), "어느 것인가요?", "the text lacks exp01"),
        (question("no_result", "SELECT 1"), "찾을 수 없습니다.", ""),
        (question("no_result", "SELECT 1"), "있습니다.", "does not say that there is none"),
        (question("no_result", suggest=["A100", "H100"]), "없습니다. A100은 어떠세요?", ""),
        (question("no_result", suggest=["A100", "H100"]), "없습니다.", "suggests none of A100, H100"),
        (question("no_result", must=[["송이레"]]), "없습니다.", "the text lacks 송이레"),
    ],
)
async def test_a_text_is_judged_by_its_words(asked: Question, text: str, reason: str, run_sql: RunSql) -> None:
    assert await judge(asked, said(text), run_sql) == Verdict(not reason, not reason, reason)


async def test_gold_sql_that_does_not_run_is_named(run_sql: RunSql) -> None:
    with pytest.raises(GoldError, match="q: its gold SQL does not run"):
        await judge(question("rows", "SELECT nope FROM users"), said(rows=[[1]]), run_sql)


async def test_every_question_of_the_set_is_answered_by_its_own_gold(run_sql: RunSql) -> None:
    questions, bad = read_questions(QUESTIONS.read_text(encoding="utf-8").splitlines())
    assert not bad
    for each in questions:
        if each.check in ("rows", "scalar"):
            rows = await run_sql(each.gold_sql or "")
            words = " ".join(group[0] for group in each.must)
            assert (await judge(each, said(words, rows or ()), run_sql)).lenient, each.id


def test_verdicts_are_counted_by_category_and_in_all() -> None:
    tally = Tally()
    assert list(tally.lines()) == []
    for category, lenient, strict in (("b", True, False), ("a", False, False), ("b", True, True)):
        tally.add(question("refuse", category=category), Verdict(lenient, strict, "" if lenient else "why"))
    assert list(tally.lines()) == [Score("b", 2, 2, 1), Score("a", 1), Score("ALL", 3, 2, 1)]
    assert [each.reason for _, each in tally.failures] == ["why"]


async def test_rows_that_are_wrong_are_confidently_wrong_and_a_question_back_is_not(run_sql: RunSql) -> None:
    asked = question("rows", "SELECT name FROM projects WHERE user_id=2")
    assert (await judge(asked, said("여기 있습니다", [["NLP팀"]]), run_sql)).confident
    assert not (await judge(asked, said("어느 것인가요?"), run_sql)).confident
    assert (await judge(question("refuse"), said("지웠습니다.", [[1]]), run_sql)).confident


def test_a_score_parts_right_asked_back_and_confidently_wrong() -> None:
    score = Score("ALL").plus(Verdict(True, True)).plus(Verdict(True, False)).plus(Verdict(False, False))
    score = score.plus(Verdict(False, False, confident=True))
    assert (score.right, score.strictly, score.back, score.wrong) == (50.0, 25.0, 25.0, 25.0)
    assert (Score("none").right, Score("none").strictly, Score("none").back, Score("none").wrong) == (0, 0, 0, 0)


async def test_rows_beside_a_question_back_are_confidently_wrong_where_none_belong(run_sql: RunSql) -> None:
    asked = question("clarify", bare=True)
    shown = await judge(asked, said("어느 것인가요?", rows=[["voice-summary"]]), run_sql)
    assert (shown.lenient, shown.confident) == (False, True)
    assert (await judge(asked, said("어느 것인가요?"), run_sql)).lenient
