"""Which engine a CATALOG_URL names."""

from pathlib import Path
from typing import TYPE_CHECKING

from db.catalog.engine import Engine
from db.catalog.errors import CatalogUnavailable
from db.catalog.schema import Columns
from db.catalog.sqlite.engine import SqliteEngine, database_path

if TYPE_CHECKING:
    from db.catalog.postgres.engine import PostgresEngine
    from db.catalog.postgres.powers import Role

_POSTGRES = ("postgresql://", "postgres://")
_DRIVER = "psycopg"


async def open_engine(url: str) -> Engine:
    """Opens `sqlite:///relative.db`, `sqlite:////absolute.db` or `postgresql://role:password@host/db?schema=name`.

    Raises CatalogUnavailable for every other URL, where the database cannot be read, and where the
    driver is not installed.
    """
    return await (_open_postgres(url) if is_postgres(url) else SqliteEngine.open(database_path(url)))


def is_postgres(url: str) -> bool:
    return url.startswith(_POSTGRES)


async def grants_for(url: str, semantics: Path | None, role: str, schema: str = "") -> str:
    """The SQL that makes a role for the catalogue at a Postgres URL. Raises CatalogUnavailable and SemanticsError."""
    engine = await _open_postgres(url, schema)
    try:
        from db.catalog.postgres.grants import grants

        return await grants(engine, semantics, role)
    finally:
        await engine.close()


async def role_at(url: str, shown: Columns) -> "Role":
    """What the role of a Postgres URL can do beside reading the columns that are `shown`. Raises CatalogUnavailable."""
    engine = await _open_postgres(url)
    try:
        from db.catalog.postgres.powers import look_at_role

        return await look_at_role(engine, shown)
    finally:
        await engine.close()


async def _open_postgres(url: str, schema: str = "") -> "PostgresEngine":
    try:
        # Only here: the driver is an extra.
        from db.catalog.postgres.engine import PostgresEngine
        from db.catalog.postgres.functions import POSTGRES
    except ModuleNotFoundError as error:
        if error.name != _DRIVER:
            raise
        raise CatalogUnavailable(
            "CATALOG_URL names a Postgres database, and its driver is not installed: pip install 'mlops-bot[postgres]'"
        ) from None
    return await PostgresEngine.open(url, POSTGRES, schema)
