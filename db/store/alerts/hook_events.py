"""What came in by hooks, each event once."""

from datetime import datetime
from typing import Final, Literal, TypeAlias

from sqlalchemy import bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from db.store.alerts.tables import hook_events
from db.store.database import Database

Standing: TypeAlias = Literal["new", "same", "other"]

_OF: Final = select(hook_events.c.digest).where(hook_events.c.key == bindparam("of"))
_OLD: Final = delete(hook_events).where(hook_events.c.at < bindparam("before"))


class HookLog:
    """By the sender's key. All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def standing(self, key: str, digest: str) -> Standing:
        """Whether an event is new, was kept already, or has the key of one with another body."""
        async with self._database.reading() as connection:
            known = await connection.scalar(_OF, {"of": key})
        if known is None:
            return "new"
        return "same" if known == digest else "other"

    async def keep(self, key: str, digest: str, at: datetime) -> None:
        """Notes that an event was taken in; of two at once the first stays."""
        try:
            async with self._database.writing() as connection:
                await connection.execute(hook_events.insert(), {"key": key, "digest": digest, "at": at})
        except IntegrityError:
            return

    async def prune(self, before: datetime) -> None:
        async with self._database.writing() as connection:
            await connection.execute(_OLD, {"before": before})
