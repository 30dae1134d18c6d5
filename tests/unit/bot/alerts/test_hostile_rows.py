"""Rows that nobody would write: what they tell is not known, what others tell is told all the same."""

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.alerts.telling.daybook import Daybook
from db.catalog.alerts.rules import Digest
from db.catalog.alerts.sound import MOST_SKIPPED
from db.store.alerts.storms import MOST_PAGES
from tests.unit.bot.alerts.runs_world import FAILED, START, runs_world, written

LARGE = "x" * 200_000
UNTYPED = """
timezone: UTC
runs: SELECT id + 0 AS id, name, status, started_at, finished_at, dataset, project FROM runs
rules:
  - name: failed
    find: failed
"""
TEXT_IDS = """
CREATE TABLE runs (
    id TEXT PRIMARY KEY, name TEXT, status TEXT, started_at TEXT, finished_at TEXT, dataset TEXT, project TEXT
);
CREATE INDEX runs_by_status ON runs (status, finished_at);
"""


@pytest.mark.parametrize("ended", ["9999-12-31 23:59:59", "yesterday", "👩‍👩‍👧", "2027-01-01 00:00:00"])
async def test_an_end_that_is_no_time_or_far_off_has_nothing_old_told(tmp_path: Path, ended: str) -> None:
    async with runs_world(tmp_path) as world:
        for minute in range(-90_000, 0, 30_000):
            world.run(f"old{minute}", ended=minute)
        world.run("odd", finished_at=ended)
        assert [await world.tick(minute) for minute in (0, 1, 2)] == [[], [], []]
        world.run("new", ended=2)
        assert await world.tick(3) == ["new"]
        assert await world.store.alerts.watermark("failed") == written(2)


async def test_an_end_that_is_no_time_moves_no_watermark(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        world.run("first", ended=-1)
        await world.tick(0)
        world.run("odd", finished_at="yesterday")
        world.run("new", ended=1)
        assert set(await world.tick(2)) == {"odd", "new"}
        assert await world.store.alerts.watermark("failed") == written(1)


@pytest.mark.parametrize("column", ["name", "dataset", "project", "started_at"])
async def test_a_cell_that_is_too_large_hides_no_other_run(tmp_path: Path, column: str) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick(0)
        for number in range(9):
            more: dict[str, Any] = {column: LARGE} if number == 4 else {}
            world.run(**{"name": f"run{number}", "ended": 1, **more})
        told = await world.tick(2)
        assert sorted(told) == sorted("" if column == "name" and n == 4 else f"run{n}" for n in range(9))
        assert await world.tick(3) == []


@pytest.mark.parametrize("column", ["id", "finished_at"])
async def test_a_row_whose_id_or_end_is_too_large_is_skipped_and_hides_no_other(tmp_path: Path, column: str) -> None:
    with closing(sqlite3.connect(tmp_path / "runs.db")) as owner:
        owner.executescript(TEXT_IDS)
    async with runs_world(tmp_path) as world:
        await world.tick(0)
        for number in range(250):
            more: dict[str, Any] = {"id": f"r{number:03}"}
            if number == 100:
                more[column] = f"2026-11-21 {LARGE}"
            world.run(f"run{number}", ended=1, **more)
        assert sorted(await world.tick(2)) == sorted(f"run{number}" for number in range(250) if number != 100)
        assert world.alerting.skipped == {"failed": 1}
        world.run("last", "completed", ended=3, id="z")
        assert await world.tick(4) == []
        assert list(world.alerting.skipped.values()) == [1]
        assert len(await world.store.heartbeats.all()) == 1


async def test_where_too_many_rows_are_too_large_the_rule_finds_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(tmp_path / "runs.db")) as owner:
        owner.executescript(TEXT_IDS)
    async with runs_world(tmp_path) as world:
        await world.tick(0)
        for number in range(MOST_SKIPPED + 1):
            world.run("large", ended=1, id=f"{number}{LARGE}")
        assert await world.tick(2) == []
        assert "rule failed finds nothing" in caplog.text


async def test_a_query_that_fails_for_another_reason_fails(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    rules = FAILED.replace("dataset, project FROM runs", "nothing FROM runs")
    async with runs_world(tmp_path, rules) as world:
        await world.tick(0)
    assert "rule failed finds nothing" in caplog.text


async def test_a_run_whose_id_has_no_type_is_found_again(tmp_path: Path) -> None:
    async with runs_world(tmp_path, UNTYPED) as world:
        await world.tick(0)
        run = world.run("yolo", ended=1)
        assert await world.tick(2) == ["yolo"]
        world.change(run, status="completed")
        await world.tick(3)
        assert await world.states() == {"yolo": "resolved"}


async def test_an_alert_recovers_by_the_group_that_its_rule_has_now(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick(0)
        world.run("yolo", ended=1)
        assert await world.tick(2) == ["yolo"]
    async with runs_world(tmp_path, FAILED + "    group: [name, project]\n") as world:
        world.run("yolo", "completed", ended=3, dataset="others")
        await world.tick(4)
        assert await world.states() == {"yolo": "resolved"}


async def test_a_mass_of_failures_is_one_summary_and_a_list_that_ends(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick(0)
        with closing(sqlite3.connect(world.path)) as owner, owner:
            owner.executemany(
                "INSERT INTO runs (name, status, finished_at) VALUES (?, 'failed', ?)",
                [(f"run{number}", written(1)) for number in range(600)],
            )
        assert len(await world.tick(2)) == 600
        kinds = Counter(letter.kind for letter in await world.store.outbox.deliveries(limit=1_000))
        assert (kinds["storm"], kinds["storm_list"]) == (1, MOST_PAGES)


async def test_runs_without_an_id_are_told_apart_by_their_names(tmp_path: Path) -> None:
    rules = FAILED.replace("SELECT id,", "SELECT NULL AS id,")
    async with runs_world(tmp_path, rules) as world:
        await world.tick(0)
        for name in ("one", "other"):
            world.run(name, ended=1)
        assert sorted(await world.tick(2)) == ["one", "other"]
        assert await world.tick(3) == []


async def test_a_summary_counts_past_a_cell_that_is_too_large(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        world.run("large", ended=-20, dataset=LARGE)
        world.run("other", "completed", ended=-10)
        book = Daybook(world.store, world.alerting.catalog, world.alerting.rules, world.alerting.zone)
        report = await book.report(Digest(name="day"), START - timedelta(days=1), START)
        assert (report.unknown, report.done) == ((), 1)


async def test_a_summary_that_cannot_read_the_runs_says_nothing_of_a_quiet_day(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        with closing(sqlite3.connect(world.path)) as owner, owner:
            owner.execute("DROP TABLE runs")
        book = Daybook(world.store, world.alerting.catalog, world.alerting.rules, world.alerting.zone)
        report = await book.report(Digest(name="day"), START - timedelta(days=1), START)
        assert report.unknown
        assert not report.is_quiet
