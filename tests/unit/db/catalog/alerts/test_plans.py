"""With an index on (status, finished_at), a look at the catalogue reads what is new and nothing else."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.catalog.alerts.queries import RunQueries
from db.catalog.alerts.rules import AlertRules, Rule

SINCE = "2026-11-21 06:00:00"
RULES = AlertRules(
    runs=(
        "SELECT p.id, p.name, p.status, p.started_at, p.finished_at, d.name AS dataset "
        "FROM pipelines p JOIN datasets d ON d.id = p.dataset_id"
    ),
    rules=(Rule(name="failed", find="failed"),),
)
ASKED = RunQueries(RULES, "sqlite")


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Ten thousand runs, one a minute, each tenth failed."""
    with closing(sqlite3.connect(tmp_path / "runs.db")) as connection:
        connection.executescript("""
            CREATE TABLE datasets (id INTEGER PRIMARY KEY, name TEXT);
            CREATE TABLE pipelines (id INTEGER PRIMARY KEY, name TEXT, status TEXT, started_at TEXT, finished_at TEXT,
                                    dataset_id INTEGER);
            INSERT INTO datasets VALUES (1, 'lots');
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
            INSERT INTO pipelines
            SELECT i, 'run ' || i % 97, CASE WHEN i % 10 = 0 THEN 'failed' ELSE 'completed' END, NULL,
                   datetime('2026-11-21 12:00:00', (i - 9999) || ' minutes'), 1
            FROM n;
            CREATE INDEX pipelines_by_end ON pipelines (status, finished_at);
            ANALYZE;
        """)
        yield connection


@pytest.mark.parametrize(
    "sql", [ASKED.failed(SINCE), ASKED.failed(SINCE, offset=200), ASKED.done_since(SINCE, ["run 1", "run 2"])]
)
def test_what_ended_before_is_not_read(owner: sqlite3.Connection, sql: str) -> None:
    plan = [row[3] for row in owner.execute(f"EXPLAIN QUERY PLAN {sql}")]
    runs = [step for step in plan if " p " in step]
    assert runs
    assert all("finished_at" in step and step.startswith("SEARCH p USING INDEX") for step in runs), plan


def test_failures_come_in_the_order_of_their_ends_those_without_one_among_them(owner: sqlite3.Connection) -> None:
    owner.execute("INSERT INTO pipelines VALUES (10001, 'no end', 'failed', NULL, NULL, 1)")
    rows = owner.execute(ASKED.failed("2026-11-21 11:00:00")).fetchall()
    assert [row[4] for row in rows] == sorted((row[4] for row in rows), key=lambda end: end or "")
    assert [row[1] for row in rows if row[4] is None] == ["no end"]
    assert len(rows) == 1 + 6


def test_the_newest_failure_is_found_without_a_look_at_the_others(owner: sqlite3.Connection) -> None:
    plan = [row[3] for row in owner.execute(f"EXPLAIN QUERY PLAN {ASKED.newest_failed()}")]
    assert not [step for step in plan if "TEMP B-TREE" in step or "SCAN p" in step], plan
