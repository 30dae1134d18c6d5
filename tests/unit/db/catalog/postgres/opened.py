"""A database of the tests', opened as its owner or as the catalogue's reader."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from db.catalog.limits import QueryLimits
from db.catalog.postgres.engine import PostgresEngine
from db.catalog.postgres.functions import POSTGRES
from db.catalog.postgres.runner import PostgresRunner
from db.catalog.schema import Window, Windows
from tests.postgres import OWNER, READER, Server

QUICK = QueryLimits(deadline_s=1.0)


@dataclass(frozen=True)
class Home:
    """A database with the schema `catalogue`."""

    server: Server
    name: str

    def url(self, role: str = READER) -> str:
        return self.server.url(self.name, role, schema="catalogue")

    @contextmanager
    def owner(self) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        with self.server.owner(self.name) as connection:
            connection.execute("SET search_path = catalogue")
            yield connection

    def run(self, script: str) -> None:
        with self.owner() as owner:
            owner.execute(script.encode())

    def state(self) -> tuple[object, ...]:
        """What a statement that wrote would have changed: every row, what there is, large objects, roles' defaults."""
        with self.owner() as owner:
            tables = owner.execute(
                "SELECT c.oid::regclass::text FROM pg_class AS c WHERE c.relkind IN ('r', 'm')"
                " AND c.relnamespace = 'catalogue'::regnamespace ORDER BY 1"
            ).fetchall()
            rows = [
                owner.execute(f"SELECT md5(string_agg(t::text, '|')) FROM {t} AS t".encode()).fetchone()
                for (t,) in tables
            ]
            others = owner.execute(
                "SELECT (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_largeobject_metadata),"
                " (SELECT count(*) FROM pg_namespace), (SELECT count(*) FROM pg_roles), (SELECT count(*) FROM pg_proc),"
                " (SELECT string_agg(setconfig::text, ',') FROM pg_db_role_setting)"
            ).fetchone()
        return (*tables, *rows, others)

    @asynccontextmanager
    async def engine(self, role: str = READER) -> AsyncIterator[PostgresEngine]:
        engine = await PostgresEngine.open(self.url(role), POSTGRES)
        try:
            yield engine
        finally:
            await engine.close()

    @asynccontextmanager
    async def runner(
        self, role: str = READER, *, limits: QueryLimits = QueryLimits(), windows: Windows | None = None
    ) -> AsyncIterator[PostgresRunner]:
        """Without a guard; over all columns that the role may read, unless `windows` says otherwise."""
        async with self.engine(role) as engine:
            schema = await engine.schema()
            await engine.plan()
            every = {
                table.name: Window(tuple(column.name for column in table.columns if not column.denied))
                for table in schema.tables
            }
            runner = engine.runner(every if windows is None else windows, limits)
        try:
            yield runner
        finally:
            await runner.close()


__all__ = ["OWNER", "QUICK", "READER", "Home"]
