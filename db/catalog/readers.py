"""A few warm connections for strangers' queries, so that turns run side by side."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias, cast

from db.catalog.connection import Connection
from db.catalog.deadline import Deadline
from db.catalog.errors import CatalogUnavailable, QueryTimeout
from db.catalog.limits import QueryLimits
from db.catalog.rows import Fetched

Connector: TypeAlias = Callable[[Deadline], sqlite3.Connection]

_GRACE_S = 2.0
"""One call of a built-in function is one step to the progress handler, so a statement may overrun a little."""


@dataclass(frozen=True, slots=True)
class _Reader:
    connection: Connection
    deadline: Deadline


class Readers:
    """Opens connections as they are needed, up to the limit, and keeps those that ended cleanly."""

    def __init__(self, connector: Connector, limits: QueryLimits) -> None:
        self._connector = connector
        self._limits = limits
        self._free = asyncio.Semaphore(limits.connections)
        self._idle: list[_Reader] = []
        self._tasks: set[asyncio.Task[object]] = set()
        self._closed = False

    async def fetch(self, sql: str) -> Fetched:
        """The capped result of one statement.

        Raises sqlite3.Error or sqlite3.Warning as the engine did, QueryTimeout
        past the deadline or when no connection came free, CatalogUnavailable
        when none could be opened. Cancelling stops the statement.
        """
        if self._closed:
            raise CatalogUnavailable("The catalogue is closed.")
        try:
            async with asyncio.timeout(self._limits.wait_s):
                await self._free.acquire()
        except TimeoutError:
            raise QueryTimeout("The catalogue is busy with other queries; run this one again.") from None
        try:
            return await self._fetch_on(await self._take(), sql)
        finally:
            self._free.release()

    async def close(self) -> None:
        """Waits for the running queries, which their deadlines bound, then closes every connection."""
        self._closed = True
        for _ in range(self._limits.connections):
            await self._free.acquire()
        while self._idle:
            self._retire(self._idle.pop())
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _fetch_on(self, reader: _Reader, sql: str) -> Fetched:
        clean = False
        reader.deadline.start(self._limits.deadline_s)
        try:
            async with asyncio.timeout(self._limits.deadline_s + _GRACE_S):
                rows = await reader.connection.execute_fetchall(sql)
            clean = True
            return cast(list[Fetched], rows)[0]
        except TimeoutError:
            raise self._late() from None
        except (sqlite3.Error, sqlite3.Warning) as error:
            clean = True
            if "interrupted" in str(error):
                raise self._late() from error
            raise
        finally:
            if clean:
                self._idle.append(reader)
            else:
                self._retire(reader)

    def _late(self) -> QueryTimeout:
        return QueryTimeout(
            f"The query ran longer than {self._limits.deadline_s:g} s and was stopped. "
            "Filter earlier, join on keys, or give a recursive query an end."
        )

    async def _take(self) -> _Reader:
        if self._idle:
            return self._idle.pop()
        opening = asyncio.create_task(self._open())
        self._keep(opening)
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            opening.add_done_callback(self._put_back)
            raise

    async def _open(self) -> _Reader:
        deadline = Deadline()
        try:
            connection = await Connection.open(lambda: self._connector(deadline))
        except sqlite3.Error as error:
            raise CatalogUnavailable(f"The catalogue could not be opened ({error}).") from error
        return _Reader(connection, deadline)

    def _put_back(self, opening: asyncio.Task[_Reader]) -> None:
        if not opening.cancelled() and opening.exception() is None:
            self._retire(opening.result())

    def _retire(self, reader: _Reader) -> None:
        """Stops whatever the connection still runs, then closes it in a task of its own."""
        reader.deadline.expire()
        self._keep(asyncio.create_task(_close(reader.connection)))

    def _keep(self, task: asyncio.Task[_Reader] | asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _close(connection: Connection) -> None:
    with suppress(sqlite3.Error):
        await connection.interrupt()
        await connection.close()
