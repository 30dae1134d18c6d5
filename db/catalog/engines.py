"""Which engine a CATALOG_URL names."""

from db.catalog.engine import Engine
from db.catalog.sqlite.engine import SqliteEngine, database_path


async def open_engine(url: str) -> Engine:
    """Opens `sqlite:///relative.db` or `sqlite:////absolute.db`.

    Raises CatalogUnavailable for every other URL, and where the database cannot be read.
    """
    return await SqliteEngine.open(database_path(url))
