"""A catalogue with runs, rules over it and a clock that a test turns."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.alerts.alerting import Alerting, alerting_of
from bot.alerts.finding.scan import Scan
from bot.alerts.upkeep import Upkeep
from bot.people.identity import Identity
from bot.services import Services
from bot.tasks import Tasks
from db.catalog.catalog import Catalog
from db.store.alerts.records import Alert
from db.store.store import Store
from tests.unit.bot.bound import bound_parts

START = datetime(2026, 11, 21, 12, tzinfo=UTC)
FAILED = """
timezone: UTC
runs: SELECT id, name, status, started_at, finished_at, dataset, project FROM runs
rules:
  - name: failed
    find: failed
"""
STUCK = """
  - name: stuck
    find: stuck
    group: [id]
"""
_TABLE = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, name TEXT, status TEXT, started_at TEXT, finished_at TEXT, dataset TEXT, project TEXT
);
CREATE INDEX runs_by_status ON runs (status, finished_at);
"""


class Clock:
    """Stands still until it is turned."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class RunsWorld:
    """Minutes are those since START."""

    folder: Path
    services: Services
    alerting: Alerting
    clock: Clock

    @property
    def store(self) -> Store:
        return self.services.store

    @property
    def path(self) -> Path:
        return self.folder / "runs.db"

    def at(self, minute: float) -> None:
        self.clock.now = START + timedelta(minutes=minute)

    def run(self, name: str, status: str = "failed", ended: float | None = 0, **more: Any) -> int:
        """A new run, of an hour; its id."""
        start = more.pop("started", (ended or 0) - 60)
        given = {
            "name": name,
            "status": status,
            "started_at": written(start),
            "finished_at": None if ended is None else written(ended),
            "dataset": "lots",
            "project": "웨이퍼",
            **more,
        }
        columns = ", ".join(given)
        marks = ", ".join("?" * len(given))
        with closing(sqlite3.connect(self.path)) as owner, owner:
            added = owner.execute(f"INSERT INTO runs ({columns}) VALUES ({marks})", tuple(given.values()))
        return added.lastrowid or 0

    def change(self, run: int, **values: Any) -> None:
        told = ", ".join(f"{name} = ?" for name in values)
        with closing(sqlite3.connect(self.path)) as owner, owner:
            owner.execute(f"UPDATE runs SET {told} WHERE id = ?", (*values.values(), run))

    def rename(self, table: str, to: str) -> None:
        with closing(sqlite3.connect(self.path)) as owner, owner:
            owner.execute(f"ALTER TABLE {table} RENAME TO {to}")

    async def tick(self, minute: float | None = None) -> list[str]:
        """A tick of a scan that has just been started; the names of what is told from then on, in order."""
        if minute is not None:
            self.at(minute)
        known = {alert.alert_id for alert in await self.store.alerts.recent(limit=1000)}
        await Scan(self.alerting).tick()
        recent = await self.store.alerts.recent(limit=1000)
        return [alert.name for alert in reversed(recent) if alert.alert_id not in known]

    async def keep_up(self, minute: float | None = None) -> None:
        if minute is not None:
            self.at(minute)
        await Upkeep(self.alerting).tick()

    async def alert(self, name: str) -> Alert:
        """The newest alert of a pipeline."""
        return next(one for one in await self.store.alerts.recent(limit=1000) if one.name == name)

    async def states(self) -> dict[str, str]:
        return {alert.name: alert.state for alert in reversed(await self.store.alerts.recent(limit=1000))}

    async def roots(self) -> list[tuple[str, str]]:
        """The channel and state of each alert's own message, in order."""
        letters = reversed(await self.store.outbox.deliveries(limit=1000))
        return [(one.channel, one.state) for one in letters if one.kind == "root"]


def written(minute: float) -> str:
    return f"{START + timedelta(minutes=minute):%Y-%m-%d %H:%M:%S}"


@asynccontextmanager
async def runs_world(
    folder: Path, rules: str = FAILED, *, since: datetime | None = None, **given: Any
) -> AsyncIterator[RunsWorld]:
    """`given` are settings beside the rules and ALERT_CHANNEL, which is C1."""
    path = folder / "runs.db"
    if not path.exists():
        with closing(sqlite3.connect(path)) as owner:
            owner.executescript(_TABLE)
    (folder / "alerts.yml").write_text(rules, encoding="utf-8")
    settings: dict[str, Any] = {"alert_channel": "C1", "alert_rules": folder / "alerts.yml", **given}
    async with bound_parts(folder, **settings) as parts, await Catalog.open(f"sqlite:///{path}") as catalog:
        clock = Clock()
        services = replace(parts.services, catalog=catalog, clock=clock, told_since=since)
        client = AsyncWebClient("xoxb-local", base_url="http://127.0.0.1:9/api/")
        alerting = alerting_of(services, client, Identity("T1", "UBOT"), Tasks(), parts.askers)
        assert alerting is not None
        yield RunsWorld(folder, services, alerting, clock)
