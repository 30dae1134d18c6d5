"""A composer over the sample catalogue, its logs, a store and a strict local Slack."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.alerts.finding.finds import found_of
from bot.alerts.telling.backdrop import Backdrop
from bot.alerts.telling.composer import Composer
from bot.alerts.telling.owners import Owners
from bot.alerts.telling.voices import Voices
from bot.messages.answer import Message
from bot.people.identity import Identity
from bot.playground.workspace.records import User
from bot.tasks import Tasks
from db.catalog.alerts.queries import RunQueries
from db.catalog.alerts.rules import AlertRules, load_rules
from db.catalog.alerts.runs import runs_of
from db.catalog.catalog import Catalog
from db.catalog.sample import SAMPLE_RULES, SAMPLE_SEMANTICS, build_sample
from db.catalog.sample.play import logs_of
from db.logfiles import LogFiles
from db.store.alerts.records import Alert, Destination, Posting, Routed
from db.store.store import Store
from tests.playground.webapi.server import Api, serving

SEOUL = ZoneInfo("Asia/Seoul")
NOON = datetime(2026, 11, 21, 12, 0)
"""As the catalogue writes it, which has no zone."""
TOLD = datetime(2026, 11, 21, 3, 1, tzinfo=UTC)
OWNERS = ("minjun.kim", "seoyeon.lee", "dohyun.park", "yujin.choi", "haeun.jung", "jiho.kang")
FAILED = "failed-pipelines"


@dataclass
class Desk:
    """`path` is the catalogue's file; `now` is what the clock tells."""

    path: Path
    api: Api
    store: Store
    catalog: Catalog
    rules: AlertRules
    tasks: Tasks = field(default_factory=Tasks)
    now: datetime = TOLD

    def clock(self) -> datetime:
        return self.now

    @property
    def owners(self) -> Owners:
        return Owners(self.api.client, Identity("T1", "UBOT"), self.tasks)

    @property
    def voices(self) -> Voices:
        return Voices(self.store.alert_channels, self.rules, "ko", SEOUL, self.clock)

    def backdrop(self, **more: Any) -> Backdrop:
        logs = LogFiles([str(logs_of(self.path))])
        return Backdrop(self.catalog, self.rules, logs, SEOUL, **more)

    def composer(self, **more: Any) -> Composer:
        backdrop = more.pop("backdrop", None) or self.backdrop()
        return Composer(self.store, backdrop, self.voices, self.owners, **more)

    async def failed(self, *destinations: Destination) -> list[Alert]:
        """The alerts of what has failed at NOON or later."""
        await self.catalog.refresh()
        rule = self.rules.rule(FAILED)
        assert rule is not None
        if await self.store.alerts.watermark(FAILED) is None:
            await self.store.alerts.record(FAILED, [], self.now, lambda _: Routed())
        table = await self.catalog.query(RunQueries(self.rules, self.catalog.dialect).failed(f"{NOON:%Y-%m-%d}"))
        found = [found_of(rule, run) for run in runs_of(table, SEOUL)]
        recorded = await self.store.alerts.record(FAILED, found, self.now, lambda _: Routed(destinations))
        return list(recorded.opened)

    async def told(self, posting: Posting, **more: Any) -> Message:
        message = await self.composer(**more).compose(posting)
        assert message is not None
        return message


def posting(kind: Any = "root", **given: Any) -> Posting:
    """A letter as the one who has claimed it has it."""
    made = Posting(
        outbox_id=uuid4().hex, seq=1, dedupe_key="k", kind=kind, alert_id=None, storm_id=None, payload={}, channel="C1",
        conversation="C1", depends_on=None, state="sending", attempts=1, created_at=TOLD, first_attempt_at=TOLD,
        next_at=TOLD, lease_owner="w", lease_until=TOLD + timedelta(seconds=60), ts=None, sent_at=None, error=None,
        is_repeat=False, wanted_version=1, rendered_version=0, refresh_at=None, sweep_at=None,
    )  # fmt: skip
    return replace(made, **given)


@asynccontextmanager
async def open_desk(folder: Path, emails: Sequence[str] = OWNERS, store_url: str = "") -> AsyncIterator[Desk]:
    """People of the sample are in Slack, in their order from U11 on."""
    build_sample(folder / "catalog.db")
    async with (
        serving() as api,
        await Store.open(store_url or f"sqlite:///{folder}/store.db") as store,
        await Catalog.open(f"sqlite:///{folder}/catalog.db", SAMPLE_SEMANTICS) as catalog,
    ):
        for at, name in enumerate(emails, start=11):
            api.workspace.users[f"U{at}"] = User(f"U{at}", name, name, f"{name}@example.com")
        desk = Desk(folder / "catalog.db", api, store, catalog, load_rules(SAMPLE_RULES))
        yield desk
        await desk.tasks.drain(5.0)
