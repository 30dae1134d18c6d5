"""A schema of a Postgres server as the catalogue's database: its own description, over a trusted connection."""

import asyncio
import time
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import psycopg
from psycopg import sql

from db.catalog.dialect import Dialect
from db.catalog.errors import CatalogUnavailable
from db.catalog.limits import QueryLimits
from db.catalog.postgres import reflection
from db.catalog.postgres.address import Address
from db.catalog.postgres.cells import BYTEA, reader, wrapped
from db.catalog.postgres.connecting import STATEMENT_MS, Connection, connect, read, type_of, unavailable
from db.catalog.postgres.runner import PostgresRunner
from db.catalog.postgres.session import Job, Plan, read_plan
from db.catalog.postgres.shown import showing
from db.catalog.schema import Columns, ColumnSchema, ForeignKey, Schema, TableSchema, Windows
from db.catalog.table import Cell

_COUNT_MS: Final = 1_000
_COUNTED_AT_MOST: Final = 1_000_000
_SCANNED_AT_MOST: Final = 1_000_000
_VALUE_CHARS: Final = 4_000
_LOOK_EVERY_S: Final = 1.0


class PostgresEngine:
    """A connection of our own to the catalogue's schema; strangers' SQL never runs on it."""

    def __init__(self, address: Address, connection: Connection, schema: str, dialect: Dialect) -> None:
        """For `open` only."""
        self.address = address
        self.connection = connection
        self._schema = schema
        self._dialect = replace(dialect, home=schema)
        self._plan: Plan | None = None
        self._stamp: tuple[float, Hashable] | None = None
        self._using = asyncio.Lock()

    @classmethod
    async def open(cls, url: str, dialect: Dialect, schema: str = "") -> "PostgresEngine":
        """Takes `schema` before the URL's.

        Raises CatalogUnavailable if there is no such server, database or schema, or the role may not connect.
        """
        address = Address.parse(url)
        address = replace(address, schema=schema or address.schema)
        connection = await connect(address)
        try:
            return cls(address, connection, await home(connection, address), dialect)
        except BaseException:
            await connection.close()
            raise

    @property
    def dialect(self) -> Dialect:
        return self._dialect

    @property
    def database(self) -> str:
        """The database's name."""
        return self.connection.info.dbname

    async def close(self) -> None:
        await self.connection.close()

    async def stamp(self) -> Hashable:
        """What the server's counters say of the schema's tables and what its views read; a second old at most.

        The server counts a write up to a second after it was committed, or ten where its session goes on.
        """
        now = time.monotonic()
        if self._stamp is None or now - self._stamp[0] >= _LOOK_EVERY_S:
            (row,) = await self._read(reflection.STAMP)
            self._stamp = (now, row)
        return self._stamp[1]

    async def plan(self) -> Hashable:
        """Equal as long as it is the same database with the same tables, columns, keys, views and privileges."""
        try:
            async with self._using:
                self._plan = await read_plan(self.connection, self._schema)
        except psycopg.Error as error:
            raise unavailable(self.address, error) from error
        return self._plan

    async def schema(self) -> Schema:
        """Every table and view of the schema, what the role may not read marked as denied."""
        found: dict[str, list[ColumnSchema]] = {}
        guesses: dict[str, float] = {}
        for table, guess, name, kind, required, key, generated, may_read in await self._read(reflection.COLUMNS):
            column = ColumnSchema(name, kind, not required and not key, key, generated, not may_read)
            found.setdefault(table, []).append(column)
            guesses[table] = guess
        tables = [
            TableSchema(name, tuple(columns), await self._count(name, columns, guesses[name]))
            for name, columns in found.items()
        ]
        keys = tuple(ForeignKey(*key) for key in await self._read(reflection.KEYS))
        return Schema(tuple(tables), tuple(key for key in keys if {key.table, key.parent_table} <= found.keys()))

    async def distinct(self, table: str, column: str, limit: int, rows: str = "") -> Sequence[Cell]:
        """Up to `limit` different values of a column in the rows that meet the condition `rows`, no NULL.

        They come in the order in which they stand; none if the look-up takes too long.
        """
        name = sql.Identifier(column).as_string()
        try:
            async with self._using:
                kind = await type_of(self.connection, f"SELECT {name} FROM {self._named(table)} LIMIT 0")
            if kind == BYTEA:
                return []
            where = f" WHERE {rows}" if rows else ""
            some = f"SELECT {name} AS c, row_number() OVER () AS n FROM {self._named(table)}{where}"
            values = (
                f"SELECT c FROM ({some} LIMIT {_SCANNED_AT_MOST}) AS s WHERE c IS NOT NULL"
                f" GROUP BY c ORDER BY min(n) LIMIT {limit}"
            )
            found = await self._rows(wrapped(values, (kind,), _VALUE_CHARS, limit))
        except psycopg.Error as error:
            self._check_alive(error)
            return []
        return [reader(kind)(value) for (value,) in found]

    async def denied(self, columns: Columns) -> frozenset[str]:
        """Those of `columns` that are views, or views of views, of what `columns` leaves out."""
        names = dict(await self._read(reflection.RELATIONS))
        numbers = {name: number for number, name in names.items()}
        hidden: dict[int, set[str]] = {}
        for table, _, column, *_rest in await self._read(reflection.COLUMNS):
            if column not in columns.get(table, ()) and table in columns:
                hidden.setdefault(numbers[table], set()).add(column)
        found = showing(await self._read(reflection.READS), hidden)
        return frozenset(names[each] for each in found if each in names and columns.get(names[each]))

    def runner(self, windows: Windows, limits: QueryLimits) -> PostgresRunner:
        """Connections of its own, which refuse another database or another plan than was last read here."""
        return PostgresRunner(Job(self.address, self._schema, windows, limits, self._dialect, self._plan))

    async def _read(self, statement: str) -> list[tuple[Any, ...]]:
        given: Mapping[str, object] = {"schema": self._schema}
        try:
            return await self._rows(statement, given)
        except psycopg.Error as error:
            raise unavailable(self.address, error) from error

    async def _count(self, table: str, columns: Sequence[ColumnSchema], guess: float) -> int | None:
        """None above a million by the server's own guess, or where counting takes too long or is denied."""
        if guess > 2 * _COUNTED_AT_MOST or all(column.denied for column in columns):
            return None
        some = f"SELECT FROM {self._named(table)} LIMIT {_COUNTED_AT_MOST + 1}"
        try:
            ((count,),) = await self._rows(f"SELECT count(*) FROM ({some}) AS s", timeout_ms=_COUNT_MS)
        except psycopg.Error as error:
            self._check_alive(error)
            return None
        return int(count) if count <= _COUNTED_AT_MOST else None

    async def _rows(
        self, statement: str, given: Mapping[str, object] | None = None, timeout_ms: int = STATEMENT_MS
    ) -> list[tuple[Any, ...]]:
        """Questions ask side by side, and the connection takes one statement at a time. Raises psycopg.Error."""
        async with self._using:
            return await read(self.connection, statement, given, timeout_ms)

    def _named(self, table: str) -> str:
        return sql.Identifier(self._schema, table).as_string()

    def _check_alive(self, error: psycopg.Error) -> None:
        if self.connection.closed:
            raise unavailable(self.address, error) from error


async def home(connection: Connection, address: Address) -> str:
    """The schema that the address means. Raises CatalogUnavailable if there is none."""
    try:
        found = await read(connection, reflection.HOME, {"wanted": address.schema}, keeps_path=True)
    except psycopg.Error as error:
        raise unavailable(address, error) from error
    if not found:
        named = f"schema {address.schema}" if address.schema else "schema in the role's search path"
        raise CatalogUnavailable(f"The database has no {named}; name one in CATALOG_URL: ?schema=catalogue")
    return str(found[0][0])
