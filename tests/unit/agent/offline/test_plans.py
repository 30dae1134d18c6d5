"""What the engine asks of a large catalogue finds its rows by the indices that docs/offline-speed.md names."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.big_catalog import build_big
from db.catalog.sample import SAMPLE_SEMANTICS
from tests.unit.agent.offline.talk import Book, Talk, open_book

DOCS = Path(__file__).parents[4] / "docs" / "offline-speed.md"


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The large catalogue in small: the same tables and indices."""
    path = tmp_path_factory.mktemp("big") / "catalog.db"
    build_big(path, names=500, pipelines=5_000)
    with closing(sqlite3.connect(path)) as database:
        yield open_book(database, SAMPLE_SEMANTICS)


def a_name(book: Book, table: str) -> str:
    return str(book.values.values_of(table, "name")[7])


@pytest.mark.parametrize(
    ("table", "question"),
    [
        ("users", "{}의 프로젝트 보여줘"),
        ("users", "{} 이메일 뭐야"),
        ("projects", "{} 프로젝트 담당자 누구야?"),
        ("datasets", "{} 데이터셋 크기는?"),
        ("pipelines", "{} 상태 알려줘"),
        ("models", "{} 모델 F1 얼마야?"),
    ],
)
def test_a_name_is_looked_up_without_reading_a_table_through(big: Book, table: str, question: str) -> None:
    told = Talk(big).ask(question.format(a_name(big, table)))
    assert told.rows
    for sql in told.sql:
        plan = [row[3] for row in big.database.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert not [step for step in plan if step.startswith("SCAN")], (sql, plan)


def test_rows_that_stand_once_are_counted_without_distinct(big: Book) -> None:
    told = Talk(big).ask("실패한 파이프라인 몇 개야?")
    assert told.sql
    assert not any("COUNT(DISTINCT" in sql for sql in told.sql)


def test_rows_that_a_join_repeats_are_counted_once(big: Book) -> None:
    owners = big.database.execute("SELECT count(DISTINCT user_id) FROM projects").fetchone()[0]
    told = Talk(big).ask("프로젝트가 있는 사용자는 몇 명이야?")
    assert (owners,) in [row for table in told.tables for row in table.rows]


def test_the_docs_name_the_indices(big: Book) -> None:
    text = DOCS.read_text(encoding="utf-8")
    named = big.database.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    assert [sql for table, sql in named if f"{table} {sql[sql.index('(') :]}" not in text] == []
