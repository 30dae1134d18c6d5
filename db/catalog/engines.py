"""Which engine a CATALOG_URL names."""

from db.catalog.engine import Engine
from db.catalog.errors import CatalogUnavailable
from db.catalog.sqlite.engine import SqliteEngine, database_path

_POSTGRES = ("postgresql://", "postgres://")
_DRIVER = "psycopg"


def is_postgres(url: str) -> bool:
    return url.startswith(_POSTGRES)


async def open_engine(url: str) -> Engine:
    """Opens `sqlite:///relative.db`, `sqlite:////absolute.db` or `postgresql://role:password@host/db?schema=name`.

    Raises CatalogUnavailable for every other URL, where the database cannot be read, and where the
    driver is not installed.
    """
    if not is_postgres(url):
        return await SqliteEngine.open(database_path(url))
    try:
        # Only here: the driver is an extra.
        from db.catalog.postgres.engine import PostgresEngine
        from db.catalog.postgres.functions import POSTGRES
    except ModuleNotFoundError as error:
        if error.name != _DRIVER:
            raise
        raise without_driver() from None
    return await PostgresEngine.open(url, POSTGRES)


def without_driver() -> CatalogUnavailable:
    return CatalogUnavailable(
        "CATALOG_URL names a Postgres database, and its driver is not installed: pip install 'mlops-bot[postgres]'"
    )
