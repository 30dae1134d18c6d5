"""Who people say they are in the catalogue: an e-mail address a person."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, insert, select

from db.store.database import Database
from db.store.tables import links

_THEIRS: Final = (links.c.team == bindparam("of_team"), links.c.user_id == bindparam("of_user"))
_OF: Final = select(links.c.email).where(*_THEIRS)
_DROP: Final = delete(links).where(*_THEIRS)
_ADD: Final = insert(links)


class LinkLog:
    """A link is a claim: it says who is meant by "my". All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, team: str, user: str) -> str | None:
        """The address that the person has linked."""
        async with self._database.reading() as connection:
            return await connection.scalar(_OF, {"of_team": team, "of_user": user})

    async def put(self, team: str, user: str, email: str, at: datetime) -> None:
        """Keeps an address in the place of an earlier one."""
        async with self._database.writing("links") as connection:
            await connection.execute(_DROP, {"of_team": team, "of_user": user})
            await connection.execute(_ADD, {"team": team, "user_id": user, "email": email, "linked_at": at})

    async def drop(self, team: str, user: str) -> bool:
        """Whether there was a link, which is gone now."""
        async with self._database.writing() as connection:
            return (await connection.execute(_DROP, {"of_team": team, "of_user": user})).rowcount > 0
