"""Connections whose thread is waited for, also when opening fails."""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Final, Self

import aiosqlite

from db.catalog.errors import CatalogUnavailable

_CHUNK: Final = 256


class Connection(aiosqlite.Connection):
    """aiosqlite's connection, made with a connector function of our own."""

    @classmethod
    async def open(cls, connector: Callable[[], sqlite3.Connection]) -> Self:
        """Runs the connector in the connection's thread. Raises what it raises."""
        connection = cls(connector, _CHUNK)
        try:
            _ = await connection
        except (sqlite3.Error, CatalogUnavailable):
            # aiosqlite tells its thread to stop and goes on; the thread still reports to this loop.
            await asyncio.to_thread(connection._thread.join)
            raise
        return connection
