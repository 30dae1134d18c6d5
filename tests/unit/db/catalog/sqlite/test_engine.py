"""What the catalogue's file says of itself."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from db.catalog.errors import CatalogUnavailable
from db.catalog.schema import ForeignKey
from db.catalog.sqlite.engine import SqliteEngine


@pytest.fixture
async def reflection(sample: Path) -> AsyncIterator[SqliteEngine]:
    opened = await SqliteEngine.open(sample)
    yield opened
    await opened.close()


async def test_distinct_values_come_without_null_and_up_to_the_limit(reflection: SqliteEngine) -> None:
    assert sorted(map(str, await reflection.distinct("pipelines", "gpu_type", 10))) == ["A100", "H100", "T4", "V100"]
    assert len(await reflection.distinct("pipelines", "gpu_type", 2)) == 2


async def test_a_look_up_behind_one_that_never_ends_has_its_own_time(reflection: SqliteEngine, sample: Path) -> None:
    with closing(sqlite3.connect(sample)) as owner, owner:
        owner.execute(
            "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i % 2 FROM n)"
            " SELECT i FROM n WHERE i > 5"
        )
        owner.execute(
            "CREATE TABLE many AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)"
            " SELECT i FROM n"
        )
    endless, many = await asyncio.gather(
        reflection.distinct("endless", "i", 10), reflection.distinct("many", "i", 100_000)
    )
    assert (list(endless), len(many)) == ([], 50_000)


async def test_a_column_that_cannot_be_read_has_no_values(reflection: SqliteEngine) -> None:
    assert await reflection.distinct("nowhere", "nothing", 10) == []


async def test_the_stamp_changes_when_somebody_writes_and_only_then(reflection: SqliteEngine, sample: Path) -> None:
    first, plan = await reflection.stamp(), await reflection.plan()
    assert await reflection.stamp() == first
    with closing(sqlite3.connect(sample)) as owner:
        owner.execute("UPDATE users SET role = 'x' WHERE id = 1")
        owner.commit()
    second = await reflection.stamp()
    assert second != first
    assert await reflection.plan() == plan


async def test_a_replaced_file_is_not_the_one_that_is_held(reflection: SqliteEngine, sample: Path) -> None:
    plan = await reflection.plan()
    other = sample.with_name("other.db")
    shutil.copy(sample, other)
    os.replace(other, sample)
    assert await reflection.plan() != plan


async def test_a_file_damaged_after_opening_is_unavailable(reflection: SqliteEngine, sample: Path) -> None:
    with open(sample, "r+b") as file:  # noqa: ASYNC230 - a test
        file.write(b"x" * 4096)
    with pytest.raises(CatalogUnavailable, match="cannot be read"):
        await reflection.schema()
    with pytest.raises(CatalogUnavailable, match="cannot be read"):
        await reflection.plan()
    with pytest.raises(CatalogUnavailable, match="cannot be read"):
        await reflection.distinct("users", "name", 10)


async def test_a_file_unwritten_for_long_is_told_by_its_trace_alone(sample: Path) -> None:
    os.utime(sample, ns=(0, 0))
    reflection = await SqliteEngine.open(sample)
    first = await reflection.stamp()
    assert await reflection.stamp() is first
    await reflection.close()


async def test_a_key_without_a_named_column_points_at_the_primary_key(tmp_path: Path) -> None:
    path = tmp_path / "keys.db"
    with closing(sqlite3.connect(path)) as owner:
        owner.executescript(
            """
            CREATE TABLE named (code TEXT PRIMARY KEY);
            CREATE TABLE nameless (a TEXT);
            CREATE TABLE child (one REFERENCES named, two REFERENCES nameless);
            """
        )
    reflection = await SqliteEngine.open(path)
    keys = (await reflection.schema()).foreign_keys
    await reflection.close()
    assert set(keys) == {ForeignKey("child", "one", "named", "code"), ForeignKey("child", "two", "nameless", "rowid")}
