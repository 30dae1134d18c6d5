"""The sample's tables with no catalog.yml: names and values as they are written are enough to ask by."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.catalog.sample import build_sample
from tests.unit.agent.offline.talk import Book, Talk, open_book

ROWS = [
    ("pipelines where status = failed", "SELECT name FROM pipelines WHERE status = 'failed'"),
    ("status failed pipelines 목록", "SELECT name FROM pipelines WHERE status = 'failed'"),
    ("pipelines status != completed", "SELECT name FROM pipelines WHERE status <> 'completed'"),
    ("status != completed pipelines 보여줘", "SELECT name FROM pipelines WHERE status <> 'completed'"),
    ("users in 비전팀", "SELECT name FROM users WHERE team = '비전팀'"),
    ("김민준 email", "SELECT email FROM users WHERE name = '김민준'"),
    ("pipeline yolov8-wafer-exp01 status?", "SELECT status FROM pipelines WHERE name = 'yolov8-wafer-exp01'"),
    ("datasets with size_gb > 50", "SELECT name FROM datasets WHERE size_gb > 50"),
    ("size_gb <= 5 인 datasets", "SELECT name FROM datasets WHERE size_gb <= 5"),
    ("size_gb 50 이상 datasets", "SELECT name FROM datasets WHERE size_gb >= 50"),
    ("datasets with no pipelines", "SELECT name FROM datasets WHERE id NOT IN (SELECT dataset_id FROM pipelines)"),
    ("pipelines 없는 datasets", "SELECT name FROM datasets WHERE id NOT IN (SELECT dataset_id FROM pipelines)"),
    ("이서연 projects", "SELECT name FROM projects WHERE user_id = (SELECT id FROM users WHERE name = '이서연')"),
    ("highest size_gb datasets", "SELECT name FROM datasets ORDER BY size_gb DESC LIMIT 1"),
    ("size_gb 제일 큰 datasets", "SELECT name FROM datasets ORDER BY size_gb DESC LIMIT 1"),
    ("latest models", "SELECT name FROM models ORDER BY registered_at DESC LIMIT 1"),
    ("which gpu_type has the most pipelines", "SELECT 'H100'"),
]
GROUPS = [
    ("models by stage", "SELECT stage, COUNT(*) FROM models GROUP BY stage"),
    ("stage별 models 수", "SELECT stage, COUNT(*) FROM models GROUP BY stage"),
    ("how many pipelines per framework?", "SELECT framework, COUNT(*) FROM pipelines GROUP BY framework"),
    ("average size_gb by format", "SELECT format, AVG(size_gb) FROM datasets GROUP BY format"),
    ("format별 size_gb 평균", "SELECT format, AVG(size_gb) FROM datasets GROUP BY format"),
]
COUNTS = [
    ("how many users", 8),
    ("users 몇 명", 8),
    ("users role Data Scientist 몇 명?", 2),
    ("how many models in production?", 4),
]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    path: Path = tmp_path_factory.mktemp("plain") / "catalog.db"
    build_sample(path)
    with closing(sqlite3.connect(path)) as database:
        yield open_book(database, None)


@pytest.mark.parametrize(("question", "gold"), ROWS)
def test_rows_are_asked_by_names_as_they_are_written(plain: Book, question: str, gold: str) -> None:
    told = Talk(plain).ask(question)
    wanted = [row[0] for row in plain.database.execute(gold)]
    assert len(told.rows) == len(wanted), told.text
    assert all(any(value in row for row in told.rows) for value in wanted), told.text


@pytest.mark.parametrize(("question", "gold"), GROUPS)
def test_groups_are_asked_by_names_as_they_are_written(plain: Book, question: str, gold: str) -> None:
    told = Talk(plain).ask(question)
    assert sorted(map(str, told.rows)) == sorted(map(str, plain.database.execute(gold).fetchall()))


@pytest.mark.parametrize(("question", "count"), COUNTS)
def test_rows_are_counted_by_names_as_they_are_written(plain: Book, question: str, count: int) -> None:
    assert f"**{count}" in Talk(plain).ask(question).text


def test_a_table_called_in_the_plural_is_no_plural_of_it(plain: Book) -> None:
    assert "failed pipeline:" in Talk(plain).ask("pipelines where status = failed").text
    assert "**8** users" in Talk(plain).ask("how many users").text


def test_a_sign_is_read_as_what_it_says_and_never_dropped(plain: Book) -> None:
    for sign, operator in ((">", ">"), (">=", ">="), ("<", "<"), ("≤", "<=")):
        for question in (f"datasets where size_gb {sign} 61", f"size_gb {sign} 61 인 datasets 보여줘"):
            assert f"size_gb {operator} 61 " in Talk(plain).ask(question).sql[-1]
