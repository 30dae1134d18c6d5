"""The store's database by its URL: SQLite in a file of its own, or Postgres."""

from typing import Final

from db.store.database import WAIT_S, Database
from db.store.errors import StoreUnavailable
from db.store.sqlite import SqliteDatabase

_POSTGRES: Final = ("postgresql://", "postgres://")
_DRIVER: Final = "psycopg"


def database_at(url: str, *, wait_s: float = WAIT_S) -> Database:
    """The database at sqlite:///folder/store.db or postgresql://role:password@host/database; none is reached yet.

    Raises StoreUnavailable for every other URL, a folder that cannot be made, and a driver that is not installed.
    """
    return _postgres(url, wait_s) if is_postgres(url) else SqliteDatabase.of(url, wait_s)


def is_postgres(url: str) -> bool:
    return url.startswith(_POSTGRES)


def _postgres(url: str, wait_s: float) -> Database:
    try:
        # Only here: the driver is an extra.
        from db.store.postgres.database import PostgresDatabase
    except ModuleNotFoundError as error:
        if error.name != _DRIVER:
            raise
        raise StoreUnavailable(
            "STORE_URL names a Postgres database, and its driver is not installed: pip install 'mlops-bot[postgres]'"
        ) from None
    return PostgresDatabase.of(url, wait_s)
