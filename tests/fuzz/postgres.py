"""Postgres's arena: two databases on a server of the tests' own, with the role that `catalog grants` makes.

In the second one the role may call nothing but what the guard lists, and what operators, casts
and aggregates stand on: a function that gets past the guard is denied there.
"""

import asyncio
import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import psycopg

from db.catalog.errors import CatalogError, EngineError, QueryRefused
from db.catalog.guard import Guard
from db.catalog.limits import QueryLimits
from db.catalog.mending import mended
from db.catalog.postgres.address import Address
from db.catalog.postgres.connecting import Connection, connect
from db.catalog.postgres.functions import POSTGRES as DIALECT
from db.catalog.postgres.runner import PostgresRunner
from db.catalog.postgres.session import Job, Lost, Session
from db.catalog.schema import ColumnSchema, Schema, TableSchema, Window, Windows
from db.catalog.values import ValueIndex
from tests.fuzz.arena import Outcome
from tests.fuzz.grammar import Vocabulary
from tests.postgres import READER, Server, give_reader

POSTGRES: Final = Vocabulary.read(Path(__file__).with_name("postgres.yml"))
SCHEMA: Final = "catalogue"
PRIVATE: Final = "tables: {secrets: {private: true}, window_on_secrets: {private: true}}"
LIMITS: Final = QueryLimits(deadline_s=0.5, connections=2)
CHANNEL: Final = "fuzz"
"""The owner listens to it."""

_STRICT: Final = Path(__file__).with_name("strict.sql")
_STATE: Final = Path(__file__).with_name("state.sql")
_FILES: Final = ("postgresql.conf", "postgresql.auto.conf", "pg_hba.conf", "pg_ident.conf", "PG_VERSION")
_PASSING: Final = ("log", "postmaster.pid", "postmaster.opts")


class Place:
    """One database, and a session of the reader's in it that shows its settings when asked."""

    def __init__(self, server: Server, database: str) -> None:
        self._server = server
        self.database = database
        self.address = replace(Address.parse(server.url(database, READER)), schema=SCHEMA)
        self.dialect = replace(DIALECT, home=SCHEMA)
        self._connection: Connection | None = None
        self._session: Session | None = None
        self._before = self._state()

    async def ask(self, sql: str) -> str:
        """The rows. Raises CatalogError. The statement goes as it is: no name in it is rewritten."""
        session = await self._begun()
        try:
            return repr((await session.ask(sql)).rows)
        finally:
            if not session.is_fit:
                await self.close()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.drop()
        self._session = self._connection = None

    async def changes(self) -> list[str]:
        """What another session sees no longer as it was, and what a setting of the used one came to."""
        found = [name for name, value in self._state().items() if value != self._before[name]]
        fresh = await connect(self.address)
        try:
            own = await self._settings(fresh)
            if self._connection is not None:
                used = await self._settings(self._connection)
                found += [f"setting {name}" for name, value in own.items() if used[name] != value]
        finally:
            await fresh.close()
        await self.close()
        return found

    async def _begun(self) -> Session:
        for _ in range(2):
            if self._session is None:
                self._connection = await connect(self.address)
                self._session = Session(self._connection, Job(self.address, SCHEMA, {}, LIMITS, self.dialect), {})
            try:
                await self._session.begin()
            except Lost:
                await self.close()
            else:
                return self._session
        raise AssertionError("the server takes no more sessions")

    def _state(self) -> dict[str, object]:
        with self._server.owner(self.database) as owner:
            names = owner.execute(_STATE.read_bytes()).description or ()
            row = owner.execute(_STATE.read_bytes()).fetchone() or ()
        return {column.name: value for column, value in zip(names, row, strict=True)}

    async def _settings(self, connection: Connection) -> dict[str, str]:
        cursor = await connection.execute("SHOW ALL")
        return {str(name): str(value) for name, value, _ in await cursor.fetchall()}


class PostgresArena:
    """The canary is in the private table of both databases."""

    def __init__(self, server: Server, lax: Place, strict: Place, canary: str, columns: dict[str, list[str]]) -> None:
        """For `opened` only."""
        self._server = server
        self._lax = lax
        self._strict = strict
        self.canary = canary
        self.database = lax.database
        self.schema = Schema(
            tuple(TableSchema(name, tuple(map(ColumnSchema, own)), len(own)) for name, own in columns.items())
        )
        self._guard = Guard(self.schema, lax.dialect)
        self._values = ValueIndex(())
        self._loop = asyncio.Runner()
        self._ears = psycopg.connect(server.url(lax.database), autocommit=True)
        self._ears.execute(f"LISTEN {CHANNEL}".encode())
        self._files = self._snapshot()

    def close(self) -> None:
        for place in (self._lax, self._strict):
            self._loop.run(place.close())
        self._loop.close()
        self._ears.close()

    def judged(self, sql: str) -> Outcome:
        try:
            self._guard.check(sql)
        except QueryRefused as refusal:
            return Outcome(str(refusal), rule=refusal.rule)
        return Outcome("")

    def tried(self, sql: str, *, has_passed: bool = False) -> Outcome:
        place = self._strict if has_passed else self._lax
        try:
            return Outcome(self._loop.run(place.ask(sql)), ran=True)
        except EngineError as error:
            told = mended(error, sql, self.schema, self._values, place.dialect)
            return Outcome(str(told), denied=error.kind in ("denied", "several"))
        except CatalogError as error:
            return Outcome(str(error))

    def excuses(self, sql: str) -> bool:
        """None: by the server's own rules a name means the same to both."""
        return False

    def leaks(self, outcome: Outcome) -> bool:
        return self.canary in outcome.text

    def changes(self) -> list[str]:
        now = self._snapshot()
        found = [f"file {name}" for name in now.keys() | self._files.keys() if now.get(name) != self._files.get(name)]
        if self.tried("SELECT 1").text != "((1,),)":
            found.append("no answer to SELECT 1")
        for place in (self._lax, self._strict):
            found += self._loop.run(place.changes())
        found += [f"notification {each.payload}" for each in self._ears.notifies(timeout=0)]
        return found

    def pool(self) -> PostgresRunner:
        """With a window a table, as for a catalogue with private ones: each statement is rewritten."""
        windows: Windows = {
            table.name: Window(tuple(column.name for column in table.columns)) for table in self.schema.tables
        }
        return PostgresRunner(Job(self._lax.address, SCHEMA, windows, LIMITS, self._lax.dialect))

    def _snapshot(self) -> dict[str, str]:
        """Which files there are where none come and go by themselves, and what the server is set up by."""
        data = self._server.data
        found = {each.name: "" for folder in (data, self._server.folder) for each in folder.iterdir()}
        found |= {name: hashlib.sha256((data / name).read_bytes()).hexdigest() for name in _FILES}
        return {name: value for name, value in found.items() if name not in _PASSING}


@contextmanager
def opened(server: Server, words: Vocabulary = POSTGRES) -> Iterator[PostgresArena]:
    canary = f"canary{os.urandom(8).hex()}"
    lax, strict = (f"fuzz_{kind}_{canary[-6:]}" for kind in ("lax", "strict"))
    with ExitStack() as stack:
        for name in (lax, strict):
            _prepare(server, stack, name, words, canary)
        with server.owner(strict) as owner:
            owner.execute(_STRICT.read_text("utf-8").replace("{listed}", ",".join(sorted(_listed()))).encode())
        with server.owner(lax) as owner:
            columns = {name: _columns(owner, name) for name in words.plain_tables}
        arena = PostgresArena(server, Place(server, lax), Place(server, strict), canary, columns)
        stack.callback(arena.close)
        yield arena


def _prepare(server: Server, stack: ExitStack, name: str, words: Vocabulary, canary: str) -> None:
    setup = f"CREATE SCHEMA {SCHEMA}; SET search_path = {SCHEMA}; {words.setup}"
    stack.enter_context(server.database(name, setup))
    with server.owner(name) as owner:
        owner.execute(f"SET search_path = {SCHEMA}".encode())
        owner.execute(words.canary.encode(), (canary,))
    private = server.folder / "private.yml"
    private.write_text(PRIVATE, encoding="utf-8")
    asyncio.run(give_reader(server, name, SCHEMA, private))
    private.unlink()


def _listed() -> frozenset[str]:
    return DIALECT.functions | DIALECT.table_functions


def _columns(owner: psycopg.Connection[tuple[object, ...]], table: str) -> list[str]:
    rows = owner.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum",
        (f'{SCHEMA}."{table}"',),
    )
    return [str(name) for (name,) in rows]
