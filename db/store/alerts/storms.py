"""Where an alert is told: a message of its own, or one with many others that come at once."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store.alerts.changes import list_key, page_of, touch_storm
from db.store.alerts.outbox import add, touch
from db.store.alerts.records import Alert, Destination, Letter, Storm
from db.store.alerts.rows import ALERT, STORM, add_new, alert_of, in_line, storm_of
from db.store.alerts.tables import alerts, outbox, storm_members, storms
from db.store.database import Database
from db.store.records import Json

MOST_PAGES: Final = 25
"""Nobody reads more of the list in a thread, and each page is a message; the summary counts them all."""
QUIET_FACTOR: Final = 10
"""A storm ends when nothing of its group came for so many times the window in which it arose."""
_OPEN: Final = (
    select(*STORM, storms.c.quiet_s)
    .where(
        storms.c.channel == bindparam("of_channel"), storms.c.key == bindparam("of_key"), storms.c.closed_at.is_(None)
    )
    .order_by(storms.c.opened_at.desc())
    .limit(1)
)
_ROOTS: Final = select(outbox.c.payload).where(
    outbox.c.kind == "root",
    outbox.c.channel == bindparam("of_channel"),
    outbox.c.created_at.between(bindparam("after"), bindparam("before")),
)
_CLOSE: Final = update(storms).where(storms.c.storm_id == bindparam("of"), storms.c.closed_at.is_(None))
_LAST: Final = update(storms).where(storms.c.storm_id == bindparam("of"))
_COUNT: Final = select(func.count()).where(storm_members.c.storm_id == bindparam("of"))
_OUTBOX_ID: Final = select(outbox.c.outbox_id).where(outbox.c.dedupe_key == bindparam("of"))
_MEMBERS: Final = (
    select(*ALERT)
    .join(storm_members, storm_members.c.alert_id == alerts.c.alert_id)
    .where(storm_members.c.storm_id == bindparam("of"))
    .order_by(alerts.c.seq)
)
_BY_ID: Final = select(*STORM).where(storms.c.storm_id == bindparam("of"))
_QUIET: Final = select(storms.c.storm_id, storms.c.last_at, storms.c.quiet_s).where(storms.c.closed_at.is_(None))


class StormLog:
    """What is told as one. All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_id(self, storm_id: str) -> Storm | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(_BY_ID, {"of": storm_id})).mappings().first()
        return None if row is None else storm_of(row)

    async def members(self, storm_id: str) -> list[Alert]:
        """Its alerts, the first to come first."""
        async with self._database.reading() as connection:
            return [alert_of(row) for row in (await connection.execute(_MEMBERS, {"of": storm_id})).mappings()]

    async def close_quiet(self, at: datetime) -> int:
        """Ends the storms that nothing has joined for long; says how many."""
        async with in_line(self._database) as connection:
            rows = (await connection.execute(_QUIET)).all()
            over = [row.storm_id for row in rows if at - row.last_at > timedelta(seconds=row.quiet_s)]
            for storm_id in over:
                await _close(connection, storm_id, at)
        return len(over)


class Placing:
    """Gives alerts their places within one transaction; `finish` writes them.

    `coming`: all destinations of the alerts that are to be placed: of too many at once none has a message of its own.
    """

    def __init__(self, connection: AsyncConnection, at: datetime, coming: Iterable[Destination]) -> None:
        self._connection = connection
        self._at = at
        self._coming = Counter((one.channel, one.storm_key) for one in coming)
        self._letters: list[Letter] = []
        self._storms: dict[tuple[str, str], Storm | None] = {}
        self._joined: dict[str, list[str]] = {}
        self._new: set[str] = set()

    async def place(self, alert: Alert, destinations: Sequence[Destination], payload: Json | None = None) -> None:
        """Has an alert told at each destination; `payload` goes with the messages of its own."""
        for destination in destinations:
            storm = await self._storm(alert, destination)
            if storm is None:
                self._letters.append(_root(alert, destination, payload or {}))
            else:
                self._joined.setdefault(storm.storm_id, []).append(alert.alert_id)

    async def finish(self) -> None:
        await add(self._connection, self._letters, self._at)
        for storm in self._storms.values():
            if storm is not None and storm.storm_id in self._joined:
                await self._join(storm, self._joined[storm.storm_id])

    async def _storm(self, alert: Alert, destination: Destination) -> Storm | None:
        if not destination.storm_key:
            return None
        place = (destination.channel, destination.storm_key)
        if place not in self._storms:
            storm = await self._open(*place)
            if storm is None and await self._recent(destination) + self._coming[place] > destination.storm_after:
                storm = await self._begin(alert, destination)
            self._storms[place] = storm
        return self._storms[place]

    async def _open(self, channel: str, key: str) -> Storm | None:
        row = (await self._connection.execute(_OPEN, {"of_channel": channel, "of_key": key})).mappings().first()
        if row is None:
            return None
        found = dict(row)
        if self._at - row["last_at"] > timedelta(seconds=found.pop("quiet_s")):
            await _close(self._connection, row["storm_id"], self._at)
            return None
        return Storm(**found)

    async def _recent(self, destination: Destination) -> int:
        """How many alerts of the group got a message of their own of late."""
        span = timedelta(seconds=destination.storm_within_s)
        bounds: dict[str, Any] = {"after": self._at - span, "before": self._at + span}
        payloads = (await self._connection.scalars(_ROOTS, {"of_channel": destination.channel, **bounds})).all()
        return sum(payload.get("storm_key") == destination.storm_key for payload in payloads)

    async def _begin(self, alert: Alert, destination: Destination) -> Storm:
        named = "\0".join((destination.channel, destination.storm_key, alert.alert_id))
        storm_id = hashlib.sha256(named.encode(errors="replace")).hexdigest()[:32]
        storm = Storm(storm_id, destination.channel, destination.storm_key, self._at, self._at, None, 1)
        quiet_s = round(destination.storm_within_s * QUIET_FACTOR)
        values = {column.name: getattr(storm, column.name) for column in STORM}
        await self._connection.execute(insert(storms), {**values, "quiet_s": quiet_s})
        self._new.add(storm_id)
        self._letters.append(
            Letter(
                f"storm:{storm_id}",
                "storm",
                storm.channel,
                storm_id=storm_id,
                payload={"mention": list(destination.mention)},
                not_before=destination.not_before,
            )
        )
        return storm

    async def _join(self, storm: Storm, alert_ids: Sequence[str]) -> None:
        connection, of = self._connection, {"of": storm.storm_id}
        before: int = (await connection.execute(_COUNT, of)).scalar_one()
        rows = [{"storm_id": storm.storm_id, "alert_id": alert_id} for alert_id in alert_ids]
        await add_new(connection, storm_members, rows)
        count: int = (await connection.execute(_COUNT, of)).scalar_one()
        await connection.execute(_LAST.values(last_at=self._at), of)
        version = storm.version
        if storm.storm_id not in self._new:
            version = await touch_storm(connection, storm.storm_id, self._at)
        root = await connection.scalar(_OUTBOX_ID, {"of": f"storm:{storm.storm_id}"})
        pages = range(page_of(before + 1), min(page_of(count), MOST_PAGES) + 1)
        await add(connection, [_page(storm, page, root, version) for page in pages], self._at)
        for page in pages:
            await touch(connection, self._at, dedupe_key=list_key(storm.storm_id, page), version=version)


def _root(alert: Alert, destination: Destination, payload: Json) -> Letter:
    told = {"mention": list(destination.mention), "storm_key": destination.storm_key, **payload}
    return Letter(
        f"{alert.alert_id}:root:{destination.channel}",
        "root",
        destination.channel,
        alert_id=alert.alert_id,
        payload=told,
        not_before=destination.not_before,
        wanted_version=alert.version,
    )


def _page(storm: Storm, page: int, root: str | None, version: int) -> Letter:
    key = list_key(storm.storm_id, page)
    told = {"page": page}
    return Letter(
        key,
        "storm_list",
        storm.channel,
        storm_id=storm.storm_id,
        payload=told,
        depends_on=root,
        wanted_version=version,
    )


async def _close(connection: AsyncConnection, storm_id: str, at: datetime) -> None:
    await connection.execute(_CLOSE.values(closed_at=at), {"of": storm_id})
    await touch_storm(connection, storm_id, at)
