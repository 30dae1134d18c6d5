"""What people have set for the alerts of a channel."""

from datetime import datetime
from typing import Final

from sqlalchemy import select

from db.store.alerts.records import AlertChannel
from db.store.alerts.rows import adding
from db.store.alerts.tables import alert_channels
from db.store.database import Database

_ALL: Final = select(*(alert_channels.c[name] for name in ("channel", "quiet", "timezone", "digest")))


class AlertChannelLog:
    """One row a channel. All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def set(self, channel: str, by: str, at: datetime, **values: str | None) -> None:
        """Keeps `quiet`, `timezone` or `digest`; None: again as alerts.yml has it. What is not named stays."""
        own = {**values, "set_by": by, "set_at": at}
        async with self._database.writing() as connection:
            keeping = adding(connection, alert_channels).values(channel=channel, **own)
            await connection.execute(keeping.on_conflict_do_update(index_elements=["channel"], set_=own))

    async def all(self) -> dict[str, AlertChannel]:
        """By the channel's id."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(_ALL)).mappings()
            return {row["channel"]: AlertChannel(**row) for row in rows}
