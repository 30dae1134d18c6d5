"""Connections to a Postgres server, and what to say where there is none."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import psycopg

from db.catalog.errors import CatalogUnavailable
from db.catalog.postgres.address import Address

Connection: TypeAlias = psycopg.AsyncConnection[tuple[Any, ...]]
STATEMENT_MS: Final = 5_000
_SHOWN_CHARS: Final = 200
_LOCK_MS: Final = 1_000


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

    Names that are not the system's need their schema, unless it `keeps_path`, the role's own.
    """
    path = "" if keeps_path else "SET LOCAL search_path = pg_catalog;"
    async with connection.transaction():
        await connection.execute(
            f"SET TRANSACTION READ ONLY; {path} SET LOCAL statement_timeout = {timeout_ms};"
            f" SET LOCAL lock_timeout = {_LOCK_MS}; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD';"
            " SET LOCAL jit = off"
        )
        cursor = await connection.execute(sql, given)
        return await cursor.fetchall()


def unavailable(address: Address, error: Exception) -> CatalogUnavailable:
    """For the user and the operator, without the password."""
    why = address.without_secrets(str(error))[:_SHOWN_CHARS].rstrip(". ")
    return CatalogUnavailable(f"The catalogue's database {address.place} cannot be read ({why}); check CATALOG_URL.")
