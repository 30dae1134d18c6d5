"""Who writes waits in line: long where the line moves, not for ever where it doesn't."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from db.store.database import Database
from db.store.engines import database_at
from db.store.errors import StoreUnavailable

WAIT_S = 0.3


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = database_at(f"sqlite:///{tmp_path}/store.db", wait_s=WAIT_S)
    async with opened.writing() as connection:
        await connection.execute(text("CREATE TABLE notes (words TEXT)"))
    yield opened
    await opened.close()


async def write(database: Database, words: str, *, slowly_s: float = 0.0) -> None:
    async with database.writing() as connection:
        await connection.execute(text("INSERT INTO notes VALUES (:words)"), {"words": words})
        slow_disk = asyncio.Event()
        asyncio.get_running_loop().call_later(slowly_s, slow_disk.set)
        await slow_disk.wait()


async def notes(database: Database) -> list[str]:
    async with database.reading() as connection:
        return list((await connection.scalars(text("SELECT words FROM notes"))).all())


async def test_a_line_that_moves_turns_nobody_away_however_long_it_is(database: Database) -> None:
    crowd = [str(number) for number in range(12)]
    await asyncio.gather(*(write(database, words, slowly_s=WAIT_S / 4) for words in crowd))
    assert await notes(database) == crowd, "first come, first served"


async def test_behind_somebody_who_never_ends_nobody_waits_for_ever(database: Database) -> None:
    stuck = asyncio.create_task(write(database, "stuck", slowly_s=60))
    waiting = await asyncio.gather(*(write(database, "behind") for _ in range(3)), return_exceptions=True)
    assert [type(outcome) for outcome in waiting] == [StoreUnavailable] * 3
    stuck.cancel()
    await asyncio.gather(stuck, return_exceptions=True)
    await write(database, "after")
    assert await notes(database) == ["after"]


async def test_who_leaves_the_line_keeps_nobody_from_writing(database: Database) -> None:
    first = asyncio.create_task(write(database, "first", slowly_s=WAIT_S / 4))
    leaving = [asyncio.create_task(write(database, "gone")) for _ in range(3)]
    last = asyncio.create_task(write(database, "last"))
    await asyncio.sleep(0)
    for task in leaving:
        task.cancel()
    await asyncio.gather(first, last)
    assert await notes(database) == ["first", "last"]


async def test_a_turn_that_comes_as_somebody_leaves_is_given_back(database: Database) -> None:
    first = asyncio.create_task(write(database, "first"))
    leaving = asyncio.create_task(write(database, "gone"))
    await asyncio.wait({first})
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    await write(database, "last")
    assert "last" in await notes(database)
