"""aiosqlite with one thread hop a statement.

SQLAlchemy's adapter asks the driver for a cursor, an execution, the rows and a
close: four hops to the connection's thread and back. Here a statement runs and
hands over all its rows in one hop, which halves the store's CPU (benchmarks/).
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Thread
from typing import Any, Final, Self

import aiosqlite

_CHUNK: Final = 64
_TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class _Outcome:
    description: Any = None
    rows: Sequence[Any] = ()
    rowcount: int = -1
    lastrowid: int | None = None


class StoreConnection(aiosqlite.Connection):
    """What SQLAlchemy calls a driver connection. BEGIN IMMEDIATE comes with the first writing statement."""

    def __init__(self, path: str, pragmas: Sequence[str], timeout_s: float) -> None:
        super().__init__(partial(_connect, path, pragmas, timeout_s), _CHUNK)
        # SQLAlchemy does so too: a connection it gave up on must not keep the process alive.
        self._thread.daemon = True

    @property
    def thread(self) -> Thread:
        """Ends when the connection is closed, or soon after SQLAlchemy gave it up."""
        return self._thread

    def cursor(self) -> "StoreCursor":  # type: ignore[override]  # the adapter asks for __aenter__, not for await
        return StoreCursor(self)

    async def run(self, sql: str, parameters: Any, many: bool) -> _Outcome:
        """Runs a statement to its end, in the connection's thread."""
        hop = self._execute(_run, self._conn, sql, parameters, many)  # type: ignore[no-untyped-call]  # aiosqlite's own
        outcome: _Outcome = await hop
        return outcome

    async def commit(self) -> None:
        if self.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        if self.in_transaction:
            await super().rollback()


class StoreCursor:
    """What SQLAlchemy calls a driver cursor, over rows that are already here."""

    def __init__(self, connection: StoreConnection) -> None:
        self._connection = connection
        self._outcome = _Outcome()
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        return self._outcome.description

    @property
    def rowcount(self) -> int:
        return self._outcome.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._outcome.lastrowid

    async def execute(self, sql: str, parameters: Any = ()) -> Self:
        self._outcome = await self._connection.run(sql, parameters, many=False)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Any]) -> Self:
        self._outcome = await self._connection.run(sql, parameters, many=True)
        return self

    async def fetchall(self) -> Sequence[Any]:
        return self._outcome.rows

    async def close(self) -> None:
        """Nothing to do: the statement was closed when it had run."""


def _connect(path: str, pragmas: Sequence[str], timeout_s: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=timeout_s, isolation_level="IMMEDIATE")
    try:
        for pragma in pragmas:
            _set(connection, pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def _set(connection: sqlite3.Connection, pragma: str) -> None:
    """Changing the journal mode does not wait while another connection changes it too; a transaction does."""
    for _ in range(_TRIES):
        try:
            connection.execute(f"PRAGMA {pragma}").close()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            connection.execute("BEGIN IMMEDIATE").close()
            connection.rollback()
        else:
            return
    raise sqlite3.OperationalError("database is locked")


def _run(connection: sqlite3.Connection, sql: str, parameters: Any, many: bool) -> _Outcome:
    cursor = connection.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(sql, parameters)
        return _Outcome(cursor.description, cursor.fetchall(), cursor.rowcount, cursor.lastrowid)
    finally:
        cursor.close()
