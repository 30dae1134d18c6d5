"""The tuning set more.jsonl: its lines are questions and its gold statements run on the sample."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent.evals.questions import Question, read_questions

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "db" / "catalog" / "sample"


def read(name: str) -> list[Question]:
    questions, bad = read_questions((HERE / name).read_text(encoding="utf-8").splitlines())
    assert not bad, bad
    return questions


@pytest.fixture(scope="module")
def sample() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        for script in ("schema.sql", "rows.sql"):
            connection.executescript((SAMPLE / script).read_text(encoding="utf-8"))
        yield connection


def test_ids_count_up_from_one() -> None:
    ids = [question.id for question in read("more.jsonl")]
    assert ids == [f"m-{number:03d}" for number in range(1, len(ids) + 1)]


def test_every_question_is_scored_in_a_known_category() -> None:
    known = {question.category for question in read("questions.jsonl")}
    odd = [q.id for q in read("more.jsonl") if q.category not in known or not q.is_scored or q.lang not in ("ko", "en")]
    assert not odd


def test_no_thread_stands_twice_or_in_the_other_set() -> None:
    threads = [question.thread for question in read("more.jsonl")]
    assert len(threads) == len(set(threads))
    assert not set(threads) & {question.thread for question in read("questions.jsonl")}


def test_every_gold_statement_runs_on_the_sample(sample: sqlite3.Connection) -> None:
    for question in read("more.jsonl"):
        for sql in filter(None, (question.gold_sql, *question.alt)):
            rows = sample.execute(sql).fetchall()
            if question.check == "no_result":
                assert not rows, question.id


def test_a_scalar_has_one_value(sample: sqlite3.Connection) -> None:
    for question in read("more.jsonl"):
        if question.check == "scalar":
            rows = sample.execute(question.gold_sql or "").fetchall()
            assert [len(row) for row in rows] == [1], question.id
