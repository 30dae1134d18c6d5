"""One process at a time: a lock that dies with the process that holds it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from db.store.errors import StoreUnavailable
from db.store.remedies import Explained, of_sqlite

_WAIT_S: Final = 1.0  # of two that start in the same instant, one must get it


def explained(name: str) -> Explained:
    """Says of a file's errors what to do."""
    return Explained(name, of_sqlite, sqlite3.Error, sqlite3.IntegrityError)


@asynccontextmanager
async def hold(path: Path) -> AsyncIterator[None]:
    """Holds the lock `path` while open. Raises StoreUnavailable where another process has it.

    The file is an empty database in an exclusive transaction: SQLite locks it
    with what the platform has, and the system lets go of it after a kill, too.
    """
    connection = await asyncio.to_thread(_lock, path)
    try:
        yield
    finally:
        await asyncio.to_thread(connection.close)


def _lock(path: Path) -> sqlite3.Connection:
    with explained(path.name):
        connection = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            connection.close()
            if "locked" in str(error):
                raise StoreUnavailable(
                    "another bot process uses this store; stop it first, or give this one its own STORE_URL"
                ) from None
            raise
    return connection
