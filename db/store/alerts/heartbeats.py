"""When what should happen again and again has last gone well, and was first to be done."""

from datetime import datetime
from typing import Final, cast

from sqlalchemy import bindparam, select

from db.store.alerts.rows import adding
from db.store.alerts.tables import heartbeats
from db.store.database import Database

_FIRST: Final = "first:"
_ALL: Final = select(heartbeats.c.name, heartbeats.c.at).where(~heartbeats.c.name.startswith(_FIRST))
_OF: Final = select(heartbeats.c.at).where(heartbeats.c.name == bindparam("of"))


class HeartbeatLog:
    """One row a name. All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def beat(self, name: str, at: datetime) -> None:
        async with self._database.writing() as connection:
            beating = adding(connection, heartbeats).values(name=name, at=at)
            await connection.execute(beating.on_conflict_do_update(index_elements=["name"], set_={"at": at}))

    async def first(self, name: str, at: datetime) -> datetime:
        """When it was first to be done, by whichever process: `at`, unless that is known."""
        of = f"{_FIRST}{name}"
        async with self._database.writing() as connection:
            beginning = adding(connection, heartbeats).values(name=of, at=at)
            await connection.execute(beginning.on_conflict_do_nothing(index_elements=["name"]))
            return cast("datetime", await connection.scalar(_OF, {"of": of}))

    async def all(self) -> dict[str, datetime]:
        """The last beat of each."""
        async with self._database.reading() as connection:
            return {row.name: row.at for row in await connection.execute(_ALL)}
