"""What goes wrong with a server, each told in a sentence that says what to do."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import JSON, bindparam, text

from db.store.database import Database
from db.store.engines import database_at
from db.store.errors import StoreUnavailable
from db.store.postgres.address import Address
from db.store.postgres.session import connect
from db.store.records import TurnNotes, Unplaced
from db.store.remedies import Explained, of_postgres
from db.store.store import Store
from tests.postgres import PASSWORD, Server, installations
from tests.unit.db.store.owner import owner_reads, owner_runs
from tests.unit.db.store.samples import NOON, PRICED, a_turn, answered

WITHOUT = """
import sys
sys.modules["psycopg"] = None
from db.store.engines import database_at
from db.store.errors import StoreUnavailable
try:
    database_at("postgresql://u:hush@h/d")
except StoreUnavailable as error:
    print(error)
"""
NAME = "store"
ROLE = "bot"


@pytest.fixture
def role_url(server: Server, postgres_url: str) -> Iterator[str]:
    """A role that may do what it likes in the store's database, as a bot should have."""
    owner_runs(postgres_url, f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'")
    owner_runs(postgres_url, f"GRANT ALL ON SCHEMA public TO {ROLE}")
    yield server.url(NAME, ROLE)
    owner_runs(postgres_url, f"DROP OWNED BY {ROLE}; DROP ROLE {ROLE}")


async def refused(url: str) -> str:
    """What is said where the store cannot be opened."""
    with pytest.raises(StoreUnavailable) as caught:
        await (await Store.open(url)).close()
    assert PASSWORD not in str(caught.value)
    return str(caught.value)


async def test_a_role_of_its_own_is_all_that_a_bot_needs(role_url: str) -> None:
    async with await Store.open(role_url) as store, store.serving():
        assert await store.turns.start(a_turn("t1"))


async def test_who_is_not_let_in_is_told_why(server: Server, postgres_url: str, role_url: str) -> None:
    assert "does not take the name and password" in await refused(role_url.replace("hush", "push"))
    assert "does not take the name and password" in await refused(server.url(NAME, "nobody_known"))
    assert "no database of that name" in await refused(server.url("nowhere"))
    assert "cannot be reached" in await refused("postgresql://u:hush@127.0.0.1:9/d")
    owner_runs(postgres_url, f"ALTER ROLE {ROLE} CONNECTION LIMIT 0")
    assert "takes no more connections" in await refused(role_url)
    owner_runs(postgres_url, f"ALTER ROLE {ROLE} CONNECTION LIMIT -1 NOLOGIN")
    assert "does not take the name and password" in await refused(role_url)


async def test_who_may_not_write_is_told_so(postgres_url: str, role_url: str) -> None:
    owner_runs(postgres_url, f"REVOKE ALL ON SCHEMA public FROM {ROLE}, PUBLIC")
    assert "has no schema that this role may use" in await refused(role_url)
    owner_runs(postgres_url, f"GRANT USAGE ON SCHEMA public TO {ROLE}")
    assert "does not let this role read or write" in await refused(role_url)


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "in use"])
async def test_a_server_that_can_only_be_read_is_told_so(postgres_url: str, is_new: bool) -> None:
    if not is_new:
        await (await Store.open(postgres_url)).close()
    owner_runs(postgres_url, f"ALTER DATABASE {NAME} SET default_transaction_read_only = on")
    assert "STORE_URL must name the one that is written" in await refused(postgres_url)


async def test_a_table_that_somebody_holds_makes_the_store_busy_and_not_stuck(postgres_url: str) -> None:
    async with await Store.open(f"{postgres_url}&options=-c%20lock_timeout%3D100") as store:
        with psycopg.connect(postgres_url) as other:
            other.execute("LOCK TABLE turns")
            with pytest.raises(StoreUnavailable, match="is busy; ask again in a minute"):
                await store.turns.start(a_turn("t1"))
        assert await store.turns.start(a_turn("t1"))


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    opened = database_at(postgres_url, wait_s=0.2)
    yield opened
    await opened.close()


async def test_a_statement_that_takes_too_long_is_stopped(postgres_url: str) -> None:
    database = database_at(f"{postgres_url}&options=-c%20statement_timeout%3D100")
    with pytest.raises(StoreUnavailable, match="took too long and was stopped"):
        async with database.reading() as connection:
            await connection.execute(text("SELECT pg_sleep(60)"))
    await database.close()


async def test_a_server_that_says_nothing_any_more_is_given_up(postgres_url: str) -> None:
    session = await connect(Address.parse(postgres_url))
    session.deadline_s = 0.1
    with pytest.raises(psycopg.OperationalError):
        await session.execute("SELECT pg_sleep(60)")
    assert session.broken
    await session.close()


async def test_where_all_connections_are_taken_nobody_waits_for_ever(database: Database) -> None:
    async def hold(is_free: asyncio.Event, holds: asyncio.Semaphore) -> None:
        async with database.reading():
            holds.release()
            await is_free.wait()

    is_free, holds = asyncio.Event(), asyncio.Semaphore(0)
    holding = [asyncio.create_task(hold(is_free, holds)) for _ in range(10)]
    for _ in holding:
        await holds.acquire()
    with pytest.raises(StoreUnavailable, match="is busy"):
        async with database.reading():
            raise AssertionError("unreachable")
    is_free.set()
    await asyncio.gather(*holding)


async def test_connections_that_the_server_has_closed_are_replaced(postgres_url: str) -> None:
    async with await Store.open(postgres_url) as store:
        await asyncio.gather(*(store.claims.first([f"{number}"], NOON) for number in range(5)))
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = "
        assert len(owner_reads(postgres_url, f"{ended}'{NAME}'")) >= 1
        await store.ping()
        assert await store.claims.first(["after"], NOON)


async def test_a_server_that_goes_away_is_told_and_used_again_when_it_is_back() -> None:
    own = await asyncio.to_thread(Server.start, installations()[0])
    try:
        with own.database(NAME):
            kept = own.url(NAME, options="-c synchronous_commit=on")  # a server that is killed has it on its disk
            async with await Store.open(kept) as store:
                await asyncio.to_thread(own.down)
                with pytest.raises(StoreUnavailable, match="cannot be reached; check that its server runs"):
                    await store.ping()
                await asyncio.to_thread(own.up)
                await store.ping()
    finally:
        await asyncio.to_thread(own.remove)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (errors.DiskFull("x"), "the server's disk is full; make room"),
        (errors.OutOfMemory("x"), "out of memory"),
        (errors.TooManyConnections("x"), "takes no more connections"),
        (errors.AdminShutdown("x"), "is starting or stopping"),
        (errors.CannotConnectNow("x"), "is starting or stopping"),
        (errors.ConnectionFailure("x"), "cannot be reached"),
        (errors.DeadlockDetected("x"), "is busy"),
        (errors.SerializationFailure("x"), "is busy"),
        (errors.InvalidPassword("x"), "does not take the name and password"),
        (errors.InvalidCatalogName("x"), "no database of that name"),
        (errors.UndefinedTable("x"), "lacks a table"),
        (errors.StringDataRightTruncation("too\nlong"), "failed (22001: too long)"),
        (psycopg.OperationalError('FATAL:  no pg_hba.conf entry for host "10.0.0.1"'), "pg_hba.conf"),
        (psycopg.OperationalError("FATAL:  sorry, too many clients already"), "takes no more connections"),
        (psycopg.OperationalError("FATAL:  unsupported startup parameter: options"), "docs/replicas.md"),
        (psycopg.OperationalError("FATAL:  the database system is starting up"), "is starting or stopping"),
        (psycopg.OperationalError("the connection is lost"), "cannot be reached"),
        (ConnectionRefusedError("x"), "cannot be reached"),
    ],
    ids=lambda given: type(given).__name__ if isinstance(given, Exception) else "",
)
def test_every_trouble_has_its_remedy(error: Exception, said: str) -> None:
    assert said in of_postgres(error)


def test_a_broken_constraint_and_a_mistake_of_ours_stay_what_they_are() -> None:
    explained = Explained("store", of_postgres, psycopg.Error, psycopg.IntegrityError)
    for error in (errors.UniqueViolation("x"), ValueError("x")):
        with pytest.raises(type(error)), explained:
            raise error
    with pytest.raises(StoreUnavailable, match="The store store is busy"), explained:
        raise errors.LockNotAvailable("x")


async def test_secrets_and_what_no_database_stores_are_struck_out(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(text("CREATE TABLE notes (words text, data json)"))
        words = "a\x00b\ud800 xoxb-123456789"
        into = text("INSERT INTO notes VALUES (:words, :data)").bindparams(bindparam("data", type_=JSON))
        await connection.execute(into, [{"words": words, "data": {"said": words}}])
        await connection.execute(into, {"words": words, "data": {"said": words}})
    async with database.reading() as connection:
        rows = (await connection.execute(text("SELECT words, data::text FROM notes"))).all()
    assert [tuple(row) for row in rows] == [("ab? ***", '{"said":"a\\u0000b? ***"}')] * 2


async def test_a_word_longer_than_its_column_is_cut_and_its_turn_is_kept(postgres_url: str) -> None:
    long = "쿠" * 500
    async with await Store.open(postgres_url) as store:
        await store.turns.start(a_turn("t1"))
        entry = replace(PRICED, model=long)
        notes = TurnNotes(unplaced=(Unplaced(long, long), Unplaced("짧은", "짧은")))
        assert await store.turns.finish(answered("t1"), [entry], (), notes)
        found = await store.synonyms.unplaced("T1", 5)
        (total,) = await store.usage.totals(NOON, NOON + timedelta(days=1))
    assert sorted(len(word.word) for word in found) == [2, 128]
    assert total.model == long[:128]


def test_without_the_driver_the_error_names_the_extra() -> None:
    said = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True)
    assert said.stdout == (
        "STORE_URL names a Postgres database, and its driver is not installed: pip install 'mlops-bot[postgres]'\n"
    )
