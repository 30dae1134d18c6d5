"""Connections to a Postgres server, and what to say where there is none."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, Final, TypeAlias

import psycopg

from db.catalog.errors import CatalogUnavailable
from db.catalog.postgres.address import Address

Connection: TypeAlias = psycopg.AsyncConnection[tuple[Any, ...]]
STATEMENT_MS: Final = 5_000
_SHOWN_CHARS: Final = 200
_LOCK_MS: Final = 1_000
_GRACE_S: Final = 1.0
"""The server stops a late statement itself; after this long the connection is given up instead."""


async def connect(address: Address) -> Connection:
    """A new connection without a transaction. Raises CatalogUnavailable."""
    try:
        return await psycopg.AsyncConnection.connect(address.conninfo, autocommit=True, prepare_threshold=None)
    except (psycopg.Error, OSError) as error:
        raise unavailable(address, error) from None


async def read(
    connection: Connection,
    sql: str,
    given: Mapping[str, object] | None = None,
    timeout_ms: int = STATEMENT_MS,
    *,
    keeps_path: bool = False,
) -> list[tuple[Any, ...]]:
    """The rows of one statement of our own, in a transaction that reads only. Raises psycopg.Error.

    Names that are not the system's need their schema, unless it `keeps_path`, the role's own. One statement at
    a time on a connection: their transactions would mix. A server that hangs loses the connection.
    """
    async with _reading(connection, timeout_ms, keeps_path=keeps_path):
        cursor = await connection.execute(sql, given)
        return await cursor.fetchall()


async def type_of(connection: Connection, sql: str) -> int:
    """The number of the type of a query's first column. As `read`."""
    async with _reading(connection, STATEMENT_MS):
        cursor = await connection.execute(sql)
        assert cursor.description is not None
        return cursor.description[0].type_code


@asynccontextmanager
async def _reading(connection: Connection, timeout_ms: int, *, keeps_path: bool = False) -> AsyncIterator[None]:
    path = "" if keeps_path else "SET LOCAL search_path = pg_catalog;"
    watch = asyncio.get_running_loop().call_later(timeout_ms / 1000 + _GRACE_S, _cut, connection)
    try:
        async with connection.transaction():
            await connection.execute(
                f"SET TRANSACTION READ ONLY; {path} SET LOCAL statement_timeout = {timeout_ms};"
                f" SET LOCAL lock_timeout = {_LOCK_MS}; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD';"
                " SET LOCAL jit = off"
            )
            yield
    finally:
        watch.cancel()


def _cut(connection: Connection) -> None:
    """Ends the line to a server that hangs; who waits on it gets psycopg's error at once, as cancelling would not."""
    with suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


def unavailable(address: Address, error: Exception) -> CatalogUnavailable:
    """For the user and the operator, without the password."""
    why = address.without_secrets(str(error))[:_SHOWN_CHARS].rstrip(". ")
    return CatalogUnavailable(f"The catalogue's database {address.place} cannot be read ({why}); check CATALOG_URL.")
