"""First-come marks: whatever Slack may send twice is claimed once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from db.store.database import Database
from db.store.tables import claims

CLAIM: Final = insert(claims)
_OF_KEY: Final = select(claims.c.key).where(claims.c.key == bindparam("of"))


def claimed(keys: Sequence[str], at: datetime) -> list[dict[str, object]]:
    """The rows that claim each key once."""
    return [{"key": key, "claimed_at": at} for key in dict.fromkeys(keys)]


class ClaimLog:
    """Claims by primary key, so that two processes cannot both be first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def first(self, keys: Sequence[str], at: datetime) -> bool:
        """Claims all keys in one transaction; True only if none of them was claimed before."""
        try:
            async with self._database.writing() as connection:
                await connection.execute(CLAIM, claimed(keys, at))
        except IntegrityError:
            return False
        return True

    async def is_taken(self, key: str) -> bool:
        """Whether somebody has claimed it. Nothing is claimed by asking: a claim may come right after."""
        async with self._database.reading() as connection:
            return (await connection.execute(_OF_KEY, {"of": key})).first() is not None

    async def prune(self, before: datetime) -> int:
        """Drops the claims made before that time; says how many."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(claims).where(claims.c.claimed_at < before))).rowcount
