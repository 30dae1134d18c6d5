"""The bot's own state: claimed events, turns, usage."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Final, Self

from sqlalchemy import text

from db.store.claims import ClaimLog
from db.store.database import Database
from db.store.turns import TurnLog
from db.store.upgrade import upgrade
from db.store.usage import UsageLog

CLAIMS_KEPT: Final = timedelta(days=7)
"""Slack repeats an event within hours; a week is a wide margin."""


class Store:
    """One database, its tables up to date. Safe for many turns side by side and for several processes."""

    def __init__(self, database: Database) -> None:
        """For `open` only."""
        self._database = database
        self.claims: Final = ClaimLog(database)
        self.turns: Final = TurnLog(database)
        self.usage: Final = UsageLog(database)

    @classmethod
    async def open(cls, url: str, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Self:
        """Opens or creates the store at `sqlite:///folder/store.db`, migrates it, drops claims older than a week.

        Raises StoreUnavailable with a sentence that says what to do.
        """
        database = Database.at(url)
        try:
            await upgrade(database)
            store = cls(database)
            await store.claims.prune(clock() - CLAIMS_KEPT)
        except BaseException:
            await database.close()
            raise
        return store

    async def close(self) -> None:
        await self._database.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def ping(self) -> None:
        """Returns if the store answers. Raises StoreUnavailable."""
        async with self._database.reading() as connection:
            await connection.execute(text("SELECT 1 FROM turns LIMIT 1"))
