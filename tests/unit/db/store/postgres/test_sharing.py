"""Several bots on one store: schemas of their own, lines, and who is still there."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from db.store.database import WAIT_S, Database
from db.store.engines import database_at
from db.store.errors import StoreUnavailable
from db.store.postgres.address import Address
from db.store.postgres.database import PostgresDatabase
from db.store.postgres.presence import Presence
from db.store.remedies import Explained, of_postgres
from db.store.store import Store
from db.store.turns import TurnLog
from tests.postgres import Server, installations
from tests.unit.db.store.owner import owner_reads, owner_runs
from tests.unit.db.store.samples import a_turn

GRACE_S = 0.2
EXPLAINED = Explained("store", of_postgres, OSError, ValueError)
LOCKS = "FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND objsubid = 2 AND granted"
START = """
import asyncio, sys
from db.store.store import Store

async def main():
    async with await Store.open(sys.argv[1]) as store:
        print(await store.turns.unfinished())

asyncio.run(main())
"""
SERVE = """
import asyncio, sys
from db.store.store import Store
from db.store.turns import TurnLog
from tests.postgres import Server, installations
from tests.unit.db.store.samples import a_turn

async def main():
    async with await Store.open(sys.argv[1]) as store, store.serving():
        await store.turns.start(a_turn("cut off"))
        print("serving", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = database_at(url)
    try:
        yield database
    finally:
        await database.close()


async def is_gone(watcher: Presence, database: Database, replica: int) -> bool:
    async with database.reading() as connection:
        return replica in await watcher.gone(connection, frozenset({replica}))


async def until_gone(watcher: Presence, database: Database, replica: int) -> None:
    async with asyncio.timeout(10):
        while not await is_gone(watcher, database, replica):
            pass


async def test_who_serves_is_there_and_who_ends_is_gone_after_a_while(postgres_url: str) -> None:
    address = Address.parse(postgres_url)
    one, watcher = Presence(address, 1), Presence(address, 2, GRACE_S)
    async with opened(postgres_url) as database:
        async with one.shown(EXPLAINED):
            assert not await is_gone(watcher, database, 1)
        assert not await is_gone(watcher, database, 1), "it may have lost its connection"
        await until_gone(watcher, database, 1)


async def test_a_lock_that_was_lost_is_taken_again_and_its_bot_was_there_all_the_time(postgres_url: str) -> None:
    address = Address.parse(postgres_url)
    one, watcher = Presence(address, 1), Presence(address, 2, grace_s=30)
    async with opened(postgres_url) as database, one.shown(EXPLAINED):
        ((lost, _),) = owner_reads(postgres_url, f"SELECT pid, pg_terminate_backend(pid) {LOCKS}")
        async with asyncio.timeout(20):
            while not (held := owner_reads(postgres_url, f"SELECT pid {LOCKS}")) or held == [(lost,)]:
                assert not await is_gone(watcher, database, 1)
        assert not await is_gone(watcher, database, 1)


async def test_a_server_that_restarts_takes_nobody_for_gone_who_serves() -> None:
    own = await asyncio.to_thread(Server.start, installations()[0])
    try:
        with own.database("store"):
            address = Address.parse(own.url("store"))
            watcher = Presence(address, 2, grace_s=30)
            async with opened(own.url("store")) as database, Presence(address, 1).shown(EXPLAINED):
                await asyncio.to_thread(own.down)
                await asyncio.to_thread(own.up)
                async with asyncio.timeout(20):
                    while not owner_reads(own.url("store"), f"SELECT pid {LOCKS}"):
                        assert not await is_gone(watcher, database, 1)
    finally:
        await asyncio.to_thread(own.remove)


async def test_what_was_missed_before_a_pause_of_our_own_does_not_count(postgres_url: str) -> None:
    watcher = Presence(Address.parse(postgres_url), 2, GRACE_S)
    async with opened(postgres_url) as database:
        assert not await is_gone(watcher, database, 1)
        pause = asyncio.Event()
        asyncio.get_running_loop().call_later(2 * GRACE_S, pause.set)
        await pause.wait()
        assert not await is_gone(watcher, database, 1), "as while the server was away"
        await until_gone(watcher, database, 1)


async def test_one_that_cannot_be_shown_does_not_serve(server: Server, postgres_url: str) -> None:
    async with await Store.open(postgres_url) as store:
        with server.owner() as owner:
            owner.execute(b"ALTER DATABASE store WITH ALLOW_CONNECTIONS false")
        with pytest.raises(StoreUnavailable):
            async with store.serving():
                raise AssertionError("unreachable")


async def test_a_lock_that_somebody_else_has_is_not_waited_for_for_ever(postgres_url: str) -> None:
    hurried = f"{postgres_url}&options=-c%20lock_timeout%3D100"
    async with await Store.open(hurried) as store:
        database = PostgresDatabase.of(hurried, WAIT_S)
        async with Presence(Address.parse(postgres_url), database.replica).shown(EXPLAINED):
            with pytest.raises(StoreUnavailable, match="is busy"):
                async with database.serving():
                    raise AssertionError("unreachable")
        async with database.serving():
            assert database.is_shared
            assert store.is_shared
        await database.close()


async def test_several_serve_and_only_the_turns_of_one_that_is_gone_are_cut_off(postgres_url: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVE, postgres_url, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"serving\n"
    one, other = (PostgresDatabase.of(postgres_url, WAIT_S, grace_s=1) for _ in range(2))
    async with one.serving(), other.serving():
        turns, theirs = TurnLog(one), TurnLog(other)
        await turns.start(a_turn("mine"))
        await theirs.start(a_turn("theirs"))
        assert await turns.cut_off("T1") == []
        process.send_signal(signal.SIGKILL)
        await process.communicate()
        async with asyncio.timeout(30):
            while not (found := await turns.cut_off("T1")):
                assert await theirs.cut_off("T2") == []
        assert [turn.turn_id for turn in found] == ["cut off"]
    await one.close()
    await other.close()


async def test_a_turn_of_nobody_is_cut_off_at_once(postgres_url: str) -> None:
    async with await Store.open(postgres_url) as store:
        await store.turns.start(a_turn("old"))
        assert await store.turns.cut_off("T1") == [], "this one has it"
        owner_runs(postgres_url, "UPDATE turns SET replica = NULL")
        assert [turn.turn_id for turn in await store.turns.cut_off("T1")] == ["old"]


async def test_of_several_processes_that_start_on_an_empty_database_each_finds_its_tables(postgres_url: str) -> None:
    starting = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", START, f"{postgres_url}&schema=new", stdout=asyncio.subprocess.PIPE
        )
        for _ in range(3)
    ]
    said = [(await process.communicate())[0] for process in starting]
    assert said == [b"[]\n"] * 3
    assert owner_reads(postgres_url, "SELECT count(*) FROM new.alembic_version") == [(1,)]


async def test_stores_in_two_schemas_of_one_database_are_two_stores(postgres_url: str) -> None:
    urls = [f"{postgres_url}&schema={name}" for name in ("one", "Bot%20%22two%22")]
    async with await Store.open(urls[0]) as one, await Store.open(urls[1]) as other:
        assert await one.turns.start(a_turn("t1"))
        assert await other.turns.unfinished() == []
    owner_runs(postgres_url, "CREATE TABLE theirs (a int)")
    async with await Store.open(urls[1]) as again:
        await again.ping()
    found = owner_reads(postgres_url, "SELECT schemaname FROM pg_tables WHERE tablename = 'turns' ORDER BY 1")
    assert found == [('Bot "two"',), ("one",)]


async def test_in_a_line_one_transaction_goes_after_the_other_over_all_processes(postgres_url: str) -> None:
    async with opened(postgres_url) as one, opened(postgres_url) as other:
        async with one.writing() as connection:
            await connection.execute(text("CREATE TABLE counts (n int)"))
            await connection.execute(text("INSERT INTO counts VALUES (0)"))

        async def count(database: Database) -> None:
            async with database.writing("counts") as connection:
                found = await connection.scalar(text("SELECT n FROM counts"))
                await asyncio.sleep(0)
                await connection.execute(text("UPDATE counts SET n = :n"), {"n": found + 1})

        await asyncio.gather(*(count(database) for database in (one, other) * 10))
        async with one.reading() as connection:
            assert await connection.scalar(text("SELECT n FROM counts")) == 20


async def test_a_line_holds_nobody_up_who_stands_in_another(postgres_url: str) -> None:
    async with (
        asyncio.timeout(5),
        opened(postgres_url) as database,
        database.writing("one"),
        database.writing("other"),
        database.writing(),
    ):
        pass
