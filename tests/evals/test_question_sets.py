"""The question sets for tuning: their lines are questions and their gold statements run on what they ask of."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent.evals.questions import Question, read_questions
from db.catalog.semantics import load_layer
from tests.databases import HOSPITAL, HOSPITAL_WORDS, LATELY, SAMPLE, fill
from tests.unit.agent.offline.talk import reflect

HERE = Path(__file__).parent
LETTERS = {
    "a": HERE / "alerts.jsonl",
    "e": HERE / "english.jsonl",
    "f": HERE / "fresh.jsonl",
    "m": HERE / "more.jsonl",
    "h": HERE / "hospital" / "questions.jsonl",
    "s": HERE / "second.jsonl",
    "t": HERE / "traps.jsonl",
    "w": HERE / "threads.jsonl",
}
SCRIPTS = {
    "a": LATELY,
    "e": SAMPLE,
    "f": SAMPLE,
    "m": SAMPLE,
    "h": HOSPITAL,
    "s": SAMPLE,
    "t": SAMPLE,
    "w": SAMPLE,
}


def read(file: Path) -> list[Question]:
    questions, bad = read_questions(file.read_text(encoding="utf-8").splitlines())
    assert not bad, bad
    return questions


@pytest.fixture(params=sorted(LETTERS))
def letter(request: pytest.FixtureRequest) -> str:
    """What the ids of a set begin with."""
    return str(request.param)


@pytest.fixture
def questions(letter: str) -> list[Question]:
    return read(LETTERS[letter])


@pytest.fixture
def database(letter: str) -> Iterator[sqlite3.Connection]:
    with closing(_filled(*SCRIPTS[letter])) as connection:
        yield connection


def _filled(*scripts: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    fill(connection, *scripts)
    return connection


def test_ids_count_up_from_one(letter: str, questions: list[Question]) -> None:
    ids = [question.id for question in questions]
    assert ids == [f"{letter}-{number:03d}" for number in range(1, len(ids) + 1)]


def test_every_question_is_scored_in_a_known_category(questions: list[Question]) -> None:
    known = {question.category for question in read(HERE / "questions.jsonl")}
    odd = [q.id for q in questions if q.category not in known or not q.is_scored or q.lang not in ("ko", "en")]
    assert not odd


def test_no_thread_stands_twice_or_in_the_first_set(questions: list[Question]) -> None:
    begun = [((question.alert or {}).get("name"), question.thread) for question in questions]
    assert len(begun) == len(set(begun))
    assert not set(begun) & {(None, question.thread) for question in read(HERE / "questions.jsonl")}


def test_every_gold_statement_runs_and_finds_what_its_check_expects(
    questions: list[Question], database: sqlite3.Connection
) -> None:
    for question in questions:
        found = [database.execute(sql).fetchall() for sql in filter(None, (question.gold_sql, *question.alt))]
        if question.check == "no_result":
            assert not any(found), question.id
        elif question.check == "scalar":
            assert [len(row) for row in found[0]] == [1], question.id
        elif question.check == "rows":
            assert found[0], question.id


def test_the_hospitals_catalog_file_joins_what_its_schema_leaves_apart() -> None:
    with closing(_filled(*SCRIPTS["h"])) as connection:
        schema = reflect(connection)
    layer = load_layer(HOSPITAL_WORDS, schema)
    declared = {(key.table, key.column) for key in schema.foreign_keys}
    added = {(key.table, key.column) for key in layer.foreign_keys} - declared
    assert added == {("lab_results", "visit_id")}
