"""A store that fails while letters are delivered: none is lost, none is sent twice."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from db.store.errors import StoreUnavailable
from tests.unit.bot.alerts.simulated import Reaper, World


async def test_a_commit_that_fails_is_made_up_for_by_a_look(world: World) -> None:
    outbox_id = await world.put()
    reaper = Reaper(None)
    world.slack.on_post = reaper.break_store
    with pytest.raises(StoreUnavailable):
        await world.process(reaper).run()
    assert (await world.letter(outbox_id)).state == "sending"
    await world.run_until_quiet()
    assert (len(world.slack.messages), (await world.letter(outbox_id)).state) == (1, "sent")


async def test_a_store_that_is_gone_is_left_alone_for_a_while(world: World) -> None:
    outbox_id = await world.put()
    reaper = Reaper(None)
    delivery = world.process(reaper)
    reaper.has_store = False
    with pytest.raises(StoreUnavailable):
        await delivery.run()
    await delivery.run()
    reaper.has_store = True
    await delivery.run()
    assert (await world.letter(outbox_id)).state == "pending"
    world.clock.advance(6)
    await delivery.run()
    assert (await world.letter(outbox_id)).state == "sent"


async def test_a_store_that_another_program_locks_for_a_while_is_waited_for(world: World, tmp_path: Path) -> None:
    outbox_id = await world.put()
    with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None, check_same_thread=False)) as other:
        unlocking = threading.Timer(1, other.execute, ["ROLLBACK"])

        def lock() -> None:
            other.execute("BEGIN IMMEDIATE")
            unlocking.start()

        world.slack.on_post = lock
        await world.process().run()
        unlocking.join()
    assert (await world.letter(outbox_id)).state == "sent"
    assert len(await world.receipts(outbox_id)) == 1


async def test_a_full_disk_at_the_commit_is_made_up_for_by_a_look(world: World) -> None:
    outbox_id = await world.put()
    async with world.database.writing() as connection:
        pages = await connection.scalar(text("PRAGMA page_count"))
        full = text(f"PRAGMA max_page_count = {pages}")
        await connection.execute(text("CREATE TABLE ballast (x)"))
    async with world.database.writing() as connection:
        await connection.execute(full)
        await connection.execute(
            text(
                "CREATE TRIGGER fat AFTER INSERT ON receipts BEGIN INSERT INTO ballast VALUES (randomblob(100000)); END"
            )
        )
    with pytest.raises(StoreUnavailable, match="disk is full"):
        await world.process().run()
    assert (await world.letter(outbox_id)).state == "sending"
    async with world.database.writing() as connection:
        await connection.execute(text("PRAGMA max_page_count = 1000000"))
    await world.run_until_quiet()
    assert (len(world.slack.messages), (await world.letter(outbox_id)).state) == (1, "sent")
