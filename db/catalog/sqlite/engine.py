"""A SQLite file as the catalogue's database: its own description, over a trusted connection."""

import asyncio
import os
import sqlite3
import stat
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from db.catalog.conditions import rehomed
from db.catalog.dialect import Dialect
from db.catalog.errors import CatalogUnavailable
from db.catalog.limits import QueryLimits
from db.catalog.schema import Columns, ColumnSchema, ForeignKey, Schema, TableSchema, Windows
from db.catalog.sqlite.connection import Connection
from db.catalog.sqlite.deadline import Deadline
from db.catalog.sqlite.functions import SQLITE
from db.catalog.sqlite.guarded import connect_trusted, denied_tables
from db.catalog.sqlite.runner import SqliteRunner
from db.catalog.sqlite.shadows import HIDDEN_COLUMN, HOME, quoted
from db.catalog.sqlite.wire import Job
from db.catalog.sqlite.workers import Workers
from db.catalog.table import Cell, Row

_STATEMENT_S = 5.0
_COUNTED_AT_MOST = 1_000_000
_TICK_NS = 2_000_000_000
"""File systems keep times to 2 s (FAT), 1 s, or far below."""
_SCANNED_AT_MOST = 1_000_000

# Virtual tables have rootpage 0 and are left out, with the shadow tables that hold their data.
_TABLES = """
SELECT t.name FROM sqlite_master AS t
WHERE t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
  AND (t.type = 'view' OR (t.type = 'table' AND t.rootpage > 0))
  AND NOT EXISTS (
    SELECT 1 FROM sqlite_master AS v
    WHERE v.type = 'table' AND v.rootpage = 0 AND substr(t.name, 1, length(v.name) + 1) = v.name || '_')
ORDER BY t.rowid
"""
_PLAN = "SELECT type, name, sql FROM sqlite_master ORDER BY rowid"
_COLUMNS = (
    f'SELECT name, type, "notnull", pk, hidden FROM pragma_table_xinfo(?) WHERE hidden <> {HIDDEN_COLUMN} ORDER BY cid'
)
_KEYS = 'SELECT "table", "from", "to", seq FROM pragma_foreign_key_list(?) ORDER BY id DESC, seq'


Plan: TypeAlias = tuple[tuple[int, int], tuple[Row, ...]]
"""Which file it is, and every CREATE statement in it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Equal as long as the file is the same one and nobody has written to it."""

    device: int
    inode: int
    data_version: int


@dataclass(frozen=True, slots=True)
class _Trace:
    """What a write leaves on the file and on its write-ahead log: device, inode, size, time of each."""

    file: tuple[int, int, int, int]
    log: tuple[int, int, int, int] | None

    def is_settled(self, now_ns: int) -> bool:
        """Whether the last write is so long ago that one more would have another time."""
        last = max(self.file[3], self.log[3] if self.log else 0)
        return now_ns - last > _TICK_NS


class SqliteEngine:
    """A connection of our own to the catalogue's file; strangers' SQL never runs on it."""

    def __init__(self, path: Path, connection: Connection, deadline: Deadline, file: tuple[int, int]) -> None:
        self._path = path
        self._connection = connection
        self._deadline = deadline
        self._file = file
        self._last: tuple[_Trace, Stamp] | None = None
        self._using = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path) -> "SqliteEngine":
        """Raises CatalogUnavailable if there is no such file or it is no SQLite database."""
        deadline = Deadline()
        try:
            file = _identity(path)
            connection = await Connection.open(lambda: connect_trusted(path, deadline))
        except (OSError, sqlite3.Error) as error:
            raise _unavailable(path, error) from error
        return cls(path, connection, deadline, file)

    @property
    def dialect(self) -> Dialect:
        return SQLITE

    async def close(self) -> None:
        self._deadline.expire()
        await self._connection.close()

    async def stamp(self) -> Stamp:
        """What the file is now. A replaced file differs from the one that this connection holds open.

        Raises CatalogUnavailable if the file is gone.
        """
        try:
            # Two inode look-ups cost a tenth of the hop to SQLite's thread, which only a recent write makes needed.
            trace = _trace(self._path)
            if self._last is not None and self._last[0] == trace:
                return self._last[1]
            device, inode = _identity(self._path)
            ((version,),) = await self._run("PRAGMA data_version")
        except (OSError, sqlite3.Error) as error:
            raise _unavailable(self._path, error) from error
        stamp = Stamp(device, inode, int(str(version)))
        self._last = (trace, stamp) if trace.is_settled(time.time_ns()) else None
        return stamp

    async def plan(self) -> Plan:
        """Equal as long as the file is the same one with the same tables and columns. Costs some 0.1 ms a look."""
        try:
            return _identity(self._path), tuple(await self._run(_PLAN))
        except (OSError, sqlite3.Error) as error:
            raise _unavailable(self._path, error) from error

    async def schema(self) -> Schema:
        """Every table and view with its columns, foreign keys and row count (None above a million)."""
        try:
            found = [await self._table(str(name)) for (name,) in await self._run(_TABLES)]
            tables = [table for table in found if table.columns]
            keys = [key for table in tables for key in await self._keys(table.name, tables)]
        except sqlite3.Error as error:
            raise _unavailable(self._path, error) from error
        return Schema(tuple(tables), tuple(keys))

    async def distinct(self, table: str, column: str, limit: int, rows: str = "") -> Sequence[Cell]:
        """Up to `limit` different values of a column, no NULL; none if the look-up takes too long.

        Of the rows that the condition `rows` lets, where there is one.

        Raises CatalogUnavailable if the file is damaged.
        """
        where = f" WHERE ({rows})" if rows else ""
        sql = (
            f"SELECT DISTINCT {quoted(column)} FROM (SELECT {quoted(column)} FROM {quoted(table)}{where} LIMIT ?)"
            f" WHERE {quoted(column)} IS NOT NULL AND typeof({quoted(column)}) <> 'blob' LIMIT ?"
        )
        try:
            return [value for (value,) in await self._run(sql, _SCANNED_AT_MOST, limit)]
        except sqlite3.OperationalError:
            return []
        except sqlite3.Error as error:
            raise _unavailable(self._path, error) from error

    async def denied(self, columns: Columns) -> frozenset[str]:
        """Those of `columns` that show a private column: views that strangers' SQL may not read.

        Raises CatalogUnavailable.
        """
        try:
            return await asyncio.to_thread(denied_tables, self._path, columns)
        except sqlite3.Error as error:
            raise _unavailable(self._path, error) from error

    def runner(self, windows: Windows, limits: QueryLimits) -> SqliteRunner:
        """Worker processes that open the file which this connection holds open, and no other."""
        path, file = self._path, self._file
        columns = {table: window.columns for table, window in windows.items()}
        rows = {
            table: rehomed(window.rows, SQLITE, HOME.strip('"')) for table, window in windows.items() if window.rows
        }
        return SqliteRunner(Workers(Job(str(path.absolute()), columns, limits, rows), lambda: is_file(path, file)))

    async def _table(self, name: str) -> TableSchema:
        """Without columns if it is a view on something that is gone."""
        try:
            described = await self._run(_COLUMNS, name)
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise
            return TableSchema(name, ())
        columns = tuple(
            ColumnSchema(str(column), str(kind or ""), not required and not key, bool(key), bool(hidden))
            for column, kind, required, key, hidden in described
        )
        return TableSchema(name, columns, await self._count(name))

    async def _count(self, table: str) -> int | None:
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {quoted(table)} LIMIT ?)"
        try:
            ((count,),) = await self._run(sql, _COUNTED_AT_MOST + 1)
        except sqlite3.OperationalError:
            return None
        counted = int(str(count))
        return counted if counted <= _COUNTED_AT_MOST else None

    async def _keys(self, table: str, tables: Sequence[TableSchema]) -> list[ForeignKey]:
        known = {each.name.lower(): each for each in tables}
        keys = []
        for parent, column, target, seq in await self._run(_KEYS, table):
            home = known.get(str(parent).lower())
            if home is None:
                continue
            primary = [each.name for each in home.columns if each.primary_key]
            named = str(target) if target is not None else primary[int(str(seq))] if primary else "rowid"
            keys.append(ForeignKey(table, str(column), home.name, named))
        return keys

    async def _run(self, sql: str, *parameters: Cell) -> list[tuple[Cell, ...]]:
        """Questions ask side by side: each statement has the connection, and its time, to itself."""
        async with self._using:
            self._deadline.start(_STATEMENT_S)
            return [tuple(row) for row in await self._connection.execute_fetchall(sql, parameters)]


def database_path(url: str) -> Path:
    """The file that a `sqlite:///relative` or `sqlite:////absolute` URL names.

    Raises CatalogUnavailable for every other URL.
    """
    scheme, separator, rest = url.partition("://")
    if scheme != "sqlite" or not separator:
        raise CatalogUnavailable(
            f"CATALOG_URL begins with {scheme[:20]!r}, which is not supported; "
            "use sqlite:///folder/file.db or sqlite:////absolute/file.db"
        )
    name = rest.removeprefix("/")
    if not rest.startswith("/") or name in {"", ":memory:"}:
        raise CatalogUnavailable(
            "CATALOG_URL names no file; use sqlite:///folder/file.db or sqlite:////absolute/file.db"
        )
    return Path(name)


def _trace(path: Path) -> _Trace:
    log = Path(f"{path}-wal")
    return _Trace(_mark(os.stat(path)), _mark(os.stat(log)) if log.exists() else None)


def _mark(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _identity(path: Path) -> tuple[int, int]:
    found = os.stat(path)
    if not stat.S_ISREG(found.st_mode):
        raise OSError("not a regular file")  # opening a pipe would wait for its other end
    return found.st_dev, found.st_ino


def is_file(path: Path, identity: tuple[int, int]) -> bool:
    """Whether the file at `path` is the one of that device and inode."""
    try:
        return _identity(path) == identity
    except OSError:
        return False


def _unavailable(path: Path, error: Exception) -> CatalogUnavailable:
    if isinstance(error, FileNotFoundError):
        return CatalogUnavailable(f"The catalogue file {path.name} does not exist; check CATALOG_URL.")
    return CatalogUnavailable(f"The catalogue file {path.name} cannot be read ({error}); check CATALOG_URL.")
