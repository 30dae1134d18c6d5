"""What was found worth telling: recorded once, told once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store.database import Database
from db.store.records import Alert, Found, Json
from db.store.tables import alerts, watermarks

_MOST: Final = 100
_SINCE: Final = select(watermarks.c.since).where(watermarks.c.rule == bindparam("of"))
_BEGIN: Final = insert(watermarks)
_KNOWN: Final = select(alerts.c.fingerprint).where(alerts.c.fingerprint.in_(bindparam("found", expanding=True)))
_RECORD: Final = insert(alerts)
_PENDING: Final = (
    select(alerts.c.fingerprint, alerts.c.rule, alerts.c.details, alerts.c.attempted_at)
    .where(alerts.c.state == "pending")
    .order_by(alerts.c.seq)
    .limit(_MOST)
)
_STANDING: Final = (
    select(alerts.c.details)
    .where(alerts.c.state == "posted", alerts.c.channel == bindparam("in_channel"), alerts.c.ts == bindparam("at_ts"))
    .limit(1)
)
_CHANGE: Final = update(alerts).where(alerts.c.fingerprint == bindparam("of"))
_ATTEMPT: Final = _CHANGE.where(alerts.c.attempted_at.is_(None))


class AlertLog:
    """One row an alert: seen (never told), pending, then posted or refused. All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, rule: str, found: Sequence[Found], at: datetime, *, is_cut: bool = False) -> int:
        """Writes down what is new, in one transaction, and says how many alerts that makes.

        `found` begins with the newest; `is_cut`: there was more, which came
        before. At a rule's first time all of it is only seen, and so is from
        then on what lies before the watermark: the oldest of a result that was cut.
        """
        each = {one.fingerprint: one for one in found}
        async with self._database.writing("alerts") as connection:
            since = await connection.scalar(_SINCE, {"of": rule})
            if since is None:
                oldest = min((one.moment for one in found if one.moment), default="") if is_cut else ""
                await connection.execute(_BEGIN, {"rule": rule, "since": oldest, "began_at": at})
            new = [one for one in await _unknown(connection, each) if not one.moment or one.moment >= (since or "")]
            state = "seen" if since is None else "pending"
            rows = [
                {"fingerprint": one.fingerprint, "rule": rule, "state": state, "details": one.details, "found_at": at}
                for one in reversed(new)
            ]
            if rows:
                await connection.execute(_RECORD, rows)
        return 0 if since is None else len(rows)

    async def pending(self) -> list[Alert]:
        """What is still to be told, the earliest first; not more at a time than can be told in a few minutes."""
        async with self._database.reading() as connection:
            return [Alert(**row._asdict()) for row in await connection.execute(_PENDING)]

    async def standing(self, channel: str, ts: str) -> Json | None:
        """The details of the alert that is that message; None where the message is none."""
        async with self._database.reading() as connection:
            details: Json | None = await connection.scalar(_STANDING, {"in_channel": channel, "at_ts": ts})
        return details

    async def attempt(self, fingerprint: str, at: datetime) -> None:
        """Notes that it is about to be sent, so that after a crash it is looked for before it is sent again."""
        async with self._database.writing() as connection:
            await connection.execute(_ATTEMPT, {"of": fingerprint, "attempted_at": at})

    async def release(self, fingerprint: str) -> None:
        """Takes the note of an attempt back: it surely had no effect."""
        await self._change(fingerprint, attempted_at=None)

    async def give_up(self, fingerprint: str) -> None:
        """Notes that Slack won't ever take its message."""
        await self._change(fingerprint, state="refused")

    async def mark_posted(self, fingerprint: str, channel: str, ts: str, at: datetime) -> None:
        """Notes that it stands in Slack, and where."""
        await self._change(fingerprint, state="posted", channel=channel, ts=ts, posted_at=at)

    async def _change(self, fingerprint: str, **values: object) -> None:
        async with self._database.writing() as connection:
            await connection.execute(_CHANGE, {"of": fingerprint, **values})


async def _unknown(connection: AsyncConnection, found: dict[str, Found]) -> list[Found]:
    known = set((await connection.scalars(_KNOWN, {"found": list(found)})).all()) if found else set()
    return [one for fingerprint, one in found.items() if fingerprint not in known]
