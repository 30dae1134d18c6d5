"""A row that cannot be read costs itself alone, in whatever order rows are asked for."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

from db.catalog.alerts.sound import read_sound
from db.catalog.catalog import Catalog

LARGE = "x" * 150_000
SQL = "SELECT r.id, r.finished_at FROM (SELECT id, finished_at FROM runs) AS r WHERE 1 = 1"


@asynccontextmanager
async def catalog(folder: Path, id_of: Callable[[int], str], count: int = 30) -> AsyncIterator[Catalog]:
    """Runs that ended one each minute, in no order."""
    with closing(sqlite3.connect(folder / "runs.db")) as owner, owner:
        owner.execute("CREATE TABLE runs (id TEXT, finished_at TEXT)")
        owner.execute("CREATE INDEX runs_by_end ON runs (finished_at)")
        numbers = [number * 7 % count for number in range(count)]
        rows = [(id_of(number), f"2026-11-21 12:{number:02}") for number in numbers]
        owner.executemany("INSERT INTO runs VALUES (?, ?)", rows)
    async with await Catalog.open(f"sqlite:///{folder}/runs.db") as opened:
        yield opened


def third_is_large(number: int) -> str:
    return LARGE if number == 3 else f"r{number:02}"


async def ids(opened: Catalog, end: str) -> tuple[list[str], bool, int]:
    found = await read_sound(opened, SQL + end)
    assert found is not None
    return [str(row[0]) for row in found.table.rows], found.table.truncated, found.skipped


async def test_pages_come_in_the_order_of_their_ends(tmp_path: Path) -> None:
    async with catalog(tmp_path, third_is_large) as opened:
        first = [f"r{number:02}" for number in (0, 1, 2, 4, 5)]
        assert await ids(opened, " ORDER BY r.finished_at, r.id LIMIT 5") == (first, True, 1)
        assert await ids(opened, " ORDER BY r.finished_at, r.id LIMIT 5 OFFSET 25") == (
            [f"r{number}" for number in range(26, 30)],
            False,
            1,
        )
        assert (await ids(opened, " ORDER BY r.finished_at DESC, r.id DESC LIMIT 2"))[0] == ["r29", "r28"]
        by_index = [f"r{number:02}" for number in (6, 5, 4, 2, 1)]
        assert await ids(opened, " ORDER BY r.finished_at DESC LIMIT 6 OFFSET 23") == (by_index, True, 1)
        assert len((await ids(opened, " ORDER BY r.id LIMIT 200"))[0]) == 29


async def test_a_page_that_is_wider_than_what_is_read_at_once_is_read_to_its_end(tmp_path: Path) -> None:
    async with catalog(tmp_path, lambda number: f"{number:02}{LARGE[:90_000]}" if number != 3 else LARGE) as opened:
        found, _, skipped = await ids(opened, " ORDER BY r.finished_at, r.id LIMIT 200")
        assert (sorted(one[:2] for one in found), skipped) == ([f"{n:02}" for n in range(30) if n != 3], 1)


async def test_what_is_no_page_or_all_too_large_is_not_read(tmp_path: Path) -> None:
    async with catalog(tmp_path, lambda _: LARGE) as opened:
        assert await read_sound(opened, SQL) is None
        assert await read_sound(opened, f"{SQL} ORDER BY r.finished_at LIMIT 200") is None
