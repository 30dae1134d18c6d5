"""What happens in the sample catalogue: runs that fail, recover, get stuck, fail many at once."""

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.catalog.catalog import Catalog
from db.catalog.sample import build_sample
from db.catalog.sample.logs import FAILURES
from db.catalog.sample.play import fail_a_pipeline, logs_of, recover_pipeline, stick_a_pipeline, storm
from db.logfiles import LogFiles

NOW = datetime(2026, 11, 21, 10)


def rows(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def log_of(path: Path, name: str) -> str:
    """The path of the log of the last run of that name."""
    sql = (
        "SELECT a.path FROM artifacts a JOIN pipelines p ON p.id = a.pipeline_id "
        f"WHERE p.name = '{name}' AND a.type = 'log' ORDER BY p.id DESC"
    )
    return str(rows(path, sql)[0][0])


def test_each_failure_is_a_run_of_its_own(sample: Path) -> None:
    names = [fail_a_pipeline(sample, NOW + timedelta(minutes=n)) for n in range(30)]
    assert len(set(names)) == 30
    failed = rows(sample, "SELECT name, started_at, finished_at FROM pipelines WHERE status = 'failed' AND id > 14")
    assert [name for name, _, _ in failed] == names
    assert all(started < finished for _, started, finished in failed)
    assert failed[0][2] == "2026-11-21 10:00:00"
    assert rows(sample, "PRAGMA foreign_key_check") == []


def test_the_run_is_the_next_of_its_kind(sample: Path) -> None:
    before = {name for (name,) in rows(sample, "SELECT name FROM pipelines")}
    name = fail_a_pipeline(sample, NOW)
    assert name[:-2] in {known[:-2] for known in before}
    assert name not in before


def test_the_same_rows_fail_in_the_same_way(tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "catalog.db", tmp_path / "b" / "catalog.db"]
    for path in paths:
        build_sample(path)
    (one, other) = (fail_a_pipeline(path, NOW) for path in paths)
    assert one == other
    (first, second) = (Path(log_of(path, one)) for path in paths)
    assert first != second
    assert first.read_text() == second.read_text()


async def test_a_failed_run_leaves_a_log_that_can_be_read(sample: Path) -> None:
    logs = LogFiles([str(logs_of(sample))])
    last_lines: Counter[str] = Counter()
    for n in range(len(FAILURES) * 2):
        name = fail_a_pipeline(sample, NOW + timedelta(minutes=n))
        path = log_of(sample, name)
        tail = await logs.tail(path)
        assert tail.problem is None
        assert f"run {name}" in tail.lines[0]
        assert not [line for line in tail.lines if "@" in line]
        assert tail.lines[-1].startswith(f"{NOW + timedelta(minutes=n):%Y-%m-%d %H:%M:%S} ERROR")
        last_lines[tail.lines[-2]] += 1
    assert len(last_lines) >= len(FAILURES) - 1, "they fail of different things"


def test_a_run_that_failed_is_run_again_and_completed(sample: Path) -> None:
    name = fail_a_pipeline(sample, NOW)
    assert recover_pipeline(sample, (NOW + timedelta(minutes=5)).replace(tzinfo=UTC)) == name
    runs = rows(sample, f"SELECT id, status, dataset_id, started_at, finished_at FROM pipelines WHERE name = '{name}'")
    (failed, again) = runs
    assert (failed[1], again[1]) == ("failed", "completed")
    assert failed[2] == again[2]
    assert failed[4] <= again[3] <= again[4] == "2026-11-21 10:05:00"
    left = rows(sample, f"SELECT type FROM artifacts WHERE pipeline_id = {again[0]} ORDER BY id")
    assert left == [("checkpoint",), ("log",)]
    assert "training completed" in Path(log_of(sample, name)).read_text()


def test_each_failed_run_recovers_once(sample: Path) -> None:
    names = [fail_a_pipeline(sample, NOW + timedelta(minutes=n)) for n in range(3)]
    recovered = [recover_pipeline(sample, NOW + timedelta(hours=1, minutes=n)) for n in range(5)]
    assert recovered == [*reversed(names), "lstm-log-exp01", None]


def test_a_stuck_run_began_days_ago(sample: Path) -> None:
    name = stick_a_pipeline(sample, NOW)
    ((status, started, finished),) = rows(
        sample, f"SELECT status, started_at, finished_at FROM pipelines WHERE name = '{name}'"
    )
    assert (status, finished) == ("running", None)
    assert datetime.fromisoformat(started) < NOW - timedelta(days=3)
    assert Path(log_of(sample, name)).read_text().endswith("validating\n")


def test_a_storm_is_many_failures_of_one_project_for_one_reason(sample: Path) -> None:
    names = storm(sample, NOW, 12)
    assert len(set(names)) == 12
    struck = rows(
        sample,
        "SELECT DISTINCT d.project_id, p.status, p.finished_at FROM pipelines p "
        f"JOIN datasets d ON d.id = p.dataset_id WHERE p.name IN {names}",
    )
    assert [tuple(one[1:]) for one in struck] == [("failed", "2026-11-21 10:00:00")]
    assert all("No space left on device" in Path(log_of(sample, name)).read_text() for name in names)


def test_a_log_that_cannot_be_written_leaves_no_rows(sample: Path) -> None:
    logs_of(sample).write_text("a file where the folder should be")
    for act in (fail_a_pipeline, stick_a_pipeline):
        with pytest.raises(OSError):
            act(sample, NOW)
    assert rows(sample, "SELECT max(id) FROM pipelines") == [(14,)]


async def test_the_catalogue_notices_by_itself(catalog: Catalog, sample: Path) -> None:
    name = fail_a_pipeline(sample, NOW)
    table = await catalog.query("SELECT name FROM pipelines WHERE status = 'failed' ORDER BY finished_at DESC")
    assert table.rows[0] == (name,)
    assert await catalog.refresh() is True
    await catalog.settled()
    assert name in catalog.values.values_of("pipelines", "name"), "questions know it"
    log = await catalog.query(f"SELECT path FROM artifacts WHERE path LIKE '%{name}%'")
    assert log.rows == ((f"{logs_of(sample)}/{name}-15/error.log",),)
