"""Brings the store's tables up to the version this code was written for."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from db.store.database import Database
from db.store.errors import StoreUnavailable

HEAD: Final = "0012"
"""The newest revision under migrations/versions."""
_VERSION_TABLE: Final = "alembic_version"
_MIGRATIONS: Final = Path(__file__).parent / "migrations"


async def upgrade(database: Database) -> None:
    """Runs the missing migrations in one transaction; whole or not at all.

    Raises StoreUnavailable if the store was made by a newer version of the bot,
    or the database holds something else.
    """
    if await _version(database) == HEAD:
        return
    async with database.migrating() as connection:
        await connection.run_sync(_migrate)


async def _version(database: Database) -> str | None:
    async with database.reading() as connection:
        try:
            found: str | None = await connection.scalar(text(f"SELECT version_num FROM {_VERSION_TABLE}"))
        except (OperationalError, ProgrammingError) as error:
            if _VERSION_TABLE not in str(error.orig):
                raise
            return None
        return found


def _migrate(connection: Connection) -> None:
    # Alembic costs a tenth of a second and some megabytes: only a store that is behind pays them.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    tables = inspect(connection).get_table_names()
    if tables and _VERSION_TABLE not in tables:
        raise StoreUnavailable(
            "STORE_URL names a database that holds something else; point it at a file, database or schema of its own."
        )
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, HEAD)
    except CommandError as error:
        raise StoreUnavailable(
            "The store was made by a newer version of the bot; update the bot, or point STORE_URL at another store."
        ) from error
