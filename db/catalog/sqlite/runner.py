"""SQLite's side of a query: worker processes, their errors sorted."""

import sqlite3

from db.catalog.rows import Fetched
from db.catalog.sqlite.said import sorted_out
from db.catalog.sqlite.workers import Workers


class SqliteRunner:
    """Runs statements in worker processes."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    async def fetch(self, sql: str) -> Fetched:
        """As Runner says."""
        try:
            return await self._workers.fetch(sql)
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise sorted_out(error) from error

    async def close(self) -> None:
        await self._workers.close()
