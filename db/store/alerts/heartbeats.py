"""When what should happen again and again has last gone well."""

from datetime import datetime
from typing import Final

from sqlalchemy import select

from db.store.alerts.rows import adding
from db.store.alerts.tables import heartbeats
from db.store.database import Database

_ALL: Final = select(heartbeats.c.name, heartbeats.c.at)


class HeartbeatLog:
    """One row a name. All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def beat(self, name: str, at: datetime) -> None:
        async with self._database.writing() as connection:
            beating = adding(connection, heartbeats).values(name=name, at=at)
            await connection.execute(beating.on_conflict_do_update(index_elements=["name"], set_={"at": at}))

    async def all(self) -> dict[str, datetime]:
        """The last beat of each."""
        async with self._database.reading() as connection:
            return {row.name: row.at for row in await connection.execute(_ALL)}
