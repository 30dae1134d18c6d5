"""The bot's own state: claimed events, turns, feedback, usage, audit, alerts, learned words."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Final, Self

from sqlalchemy import text

from db.store.alerts.channels import AlertChannelLog
from db.store.alerts.heartbeats import HeartbeatLog
from db.store.alerts.hook_events import HookLog
from db.store.alerts.log import AlertLog
from db.store.alerts.mutes import MuteLog
from db.store.alerts.outbox import Outbox
from db.store.alerts.schedule_runs import ScheduleLog
from db.store.alerts.storms import StormLog
from db.store.alerts.subscriptions import SubscriptionLog
from db.store.asked import AskedLog
from db.store.audit import AuditLog
from db.store.claims import ClaimLog
from db.store.database import Database
from db.store.engines import database_at
from db.store.examples import ExampleLog
from db.store.explanations import ExplanationLog
from db.store.feedback import FeedbackLog
from db.store.links import LinkLog
from db.store.preferences import PreferenceLog
from db.store.synonyms import SynonymLog
from db.store.turns import TurnLog
from db.store.upgrade import upgrade
from db.store.usage import UsageLog

CLAIMS_KEPT: Final = timedelta(days=7)
"""Slack repeats an event within hours; a week is a wide margin."""
AUDIT_KEPT: Final = timedelta(days=90)
"""What was tried, or not understood, a season ago is no longer looked into."""


class Store:
    """One database, its tables up to date. Safe for many turns side by side.

    Several processes may read and write it, each with turns of its own: a
    terminal beside the bot. A bot in Slack says that it is `serving`; on a file
    there is one, on Postgres there may be several.
    """

    def __init__(self, database: Database) -> None:
        """For `open` only."""
        self._database = database
        self.claims: Final = ClaimLog(database)
        self.turns: Final = TurnLog(database)
        self.feedback: Final = FeedbackLog(database)
        self.usage: Final = UsageLog(database)
        self.audit: Final = AuditLog(database)
        self.alerts: Final = AlertLog(database)
        self.storms: Final = StormLog(database)
        self.mutes: Final = MuteLog(database)
        self.subscriptions: Final = SubscriptionLog(database)
        self.alert_channels: Final = AlertChannelLog(database)
        self.schedule: Final = ScheduleLog(database)
        self.heartbeats: Final = HeartbeatLog(database)
        self.hooks: Final = HookLog(database)
        self.outbox: Final = Outbox(database)
        self.explanations: Final = ExplanationLog(database)
        self.synonyms: Final = SynonymLog(database)
        self.examples: Final = ExampleLog(database)
        self.preferences: Final = PreferenceLog(database)
        self.links: Final = LinkLog(database)
        self.asked: Final = AskedLog(database)

    @classmethod
    async def open(cls, url: str, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Self:
        """Opens or creates the store at `sqlite:///folder/store.db` or `postgresql://role:password@host/database`.

        Migrates and prunes it. Raises StoreUnavailable with a sentence that says what to do.
        """
        database = database_at(url)
        try:
            await upgrade(database)
            store = cls(database)
            await store.prune(clock())
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

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Takes part in serving this store while open; other uses of it go on.

        Ends with the process, however that ends: what it has not finished by then others find in `turns.cut_off`.
        Raises StoreUnavailable where the store is a file and another process serves.
        """
        async with self._database.serving():
            yield

    @property
    def is_shared(self) -> bool:
        """Whether several processes may serve it at once."""
        return self._database.is_shared

    async def prune(self, now: datetime) -> None:
        """Drops the claims, audit rows and words not understood that are kept no longer. Raises StoreUnavailable."""
        await self.claims.prune(now - CLAIMS_KEPT)
        await self.audit.prune(now - AUDIT_KEPT)
        await self.synonyms.prune(now - AUDIT_KEPT)

    async def ping(self) -> None:
        """Returns if the store answers. Raises StoreUnavailable."""
        async with self._database.reading() as connection:
            await connection.execute(text("SELECT 1 FROM turns LIMIT 1"))
