"""Runs that fail in the sample catalogue, one after the other."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from db.catalog.alert_rules import load_rules
from db.catalog.catalog import Catalog
from db.catalog.sample import SAMPLE_RULES, build_sample
from db.catalog.sample.play import fail_a_pipeline

NOW = datetime(2026, 11, 21, 10)


def rows(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


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
    paths = [tmp_path / "a.db", tmp_path / "b.db"]
    for path in paths:
        build_sample(path)
    assert fail_a_pipeline(paths[0], NOW) == fail_a_pipeline(paths[1], NOW)


async def test_the_catalogue_notices_by_itself(catalog: Catalog, sample: Path) -> None:
    (rule,) = load_rules(SAMPLE_RULES)
    name = fail_a_pipeline(sample, NOW)
    table = await catalog.query(rule.sql)
    assert (table.columns[1], table.rows[0][1]) == ("name", name)
    assert await catalog.refresh() is True
    await catalog.settled()
    assert name in catalog.values.values_of("pipelines", "name"), "questions know it"
    log = await catalog.query(f"SELECT path FROM artifacts WHERE path LIKE '%{name}%'")
    assert log.rows == ((f"/mnt/artifacts/{name}/error.log",),)
