"""Who else is told of which alerts."""

from typing import Final

from sqlalchemy import bindparam, delete, select

from db.store.alerts.records import Subscription
from db.store.alerts.rows import adding
from db.store.alerts.tables import subscriptions
from db.store.database import Database

_COLUMNS: Final = tuple(subscriptions.c[name] for name in ("target", "key", "conditions", "set_by", "set_at"))
_ALL: Final = select(*_COLUMNS).order_by(subscriptions.c.seq)
_OF: Final = _ALL.where(subscriptions.c.target == bindparam("of_target"))
_DROP: Final = (
    delete(subscriptions)
    .where(subscriptions.c.target == bindparam("of_target"), subscriptions.c.key == bindparam("of_key"))
    .returning(subscriptions.c.seq)
)


class SubscriptionLog:
    """One row a target and set of conditions. All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, subscription: Subscription) -> bool:
        """False where the target has subscribed to the same before."""
        row = {column.name: getattr(subscription, column.name) for column in _COLUMNS}
        async with self._database.writing() as connection:
            keeping = adding(connection, subscriptions).values(row).on_conflict_do_nothing()
            return (await connection.execute(keeping.returning(subscriptions.c.seq))).first() is not None

    async def drop(self, target: str, key: str) -> bool:
        """False where there was none."""
        async with self._database.writing() as connection:
            return (await connection.execute(_DROP, {"of_target": target, "of_key": key})).first() is not None

    async def of(self, target: str) -> list[Subscription]:
        """A channel's, or a person's, the oldest first."""
        async with self._database.reading() as connection:
            return [Subscription(**row) for row in (await connection.execute(_OF, {"of_target": target})).mappings()]

    async def all(self) -> list[Subscription]:
        """Everybody's, the oldest first."""
        async with self._database.reading() as connection:
            return [Subscription(**row) for row in (await connection.execute(_ALL)).mappings()]
