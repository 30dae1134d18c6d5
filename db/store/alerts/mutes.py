"""What is recorded and not told for a while."""

from datetime import datetime
from typing import Final

from sqlalchemy import and_, bindparam, insert, or_, select, update

from db.store.alerts.records import Mute
from db.store.alerts.tables import mutes
from db.store.database import Database

_COLUMNS: Final = tuple(mutes.c[name] for name in ("scope", "value", "until", "set_by", "set_at"))
_ADD: Final = insert(mutes)
_HOLDS: Final = and_(mutes.c.lifted_at.is_(None), or_(mutes.c.until.is_(None), mutes.c.until > bindparam("now")))
_HOLDING: Final = select(*_COLUMNS).where(_HOLDS).order_by(mutes.c.seq)
_ENDED: Final = (
    select(*_COLUMNS)
    .where(mutes.c.lifted_at.is_(None), mutes.c.until.between(bindparam("after"), bindparam("now")))
    .order_by(mutes.c.seq)
)
_LIFT: Final = (
    update(mutes)
    .where(_HOLDS, mutes.c.scope == bindparam("of_scope"), mutes.c.value == bindparam("of_value"))
    .returning(mutes.c.seq)
)


class MuteLog:
    """One row each time that somebody mutes something; lifted ones stay. All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, mute: Mute) -> None:
        async with self._database.writing() as connection:
            await connection.execute(_ADD, {column.name: getattr(mute, column.name) for column in _COLUMNS})

    async def lift(self, scope: str, value: str, by: str, at: datetime) -> bool:
        """Ends what mutes exactly that; False where nothing did."""
        lifting = _LIFT.values(lifted_by=by, lifted_at=at)
        async with self._database.writing() as connection:
            rows = await connection.execute(lifting, {"of_scope": scope, "of_value": value, "now": at})
            return rows.first() is not None

    async def holding(self, at: datetime) -> list[Mute]:
        """What is muted then, in the order in which it was."""
        async with self._database.reading() as connection:
            return [Mute(**row) for row in (await connection.execute(_HOLDING, {"now": at})).mappings()]

    async def ended(self, after: datetime, at: datetime) -> list[Mute]:
        """What has ended by itself between the two."""
        async with self._database.reading() as connection:
            return [Mute(**row) for row in (await connection.execute(_ENDED, {"after": after, "now": at})).mappings()]
