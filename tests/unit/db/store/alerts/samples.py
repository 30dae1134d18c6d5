"""Failures to be recorded, and what a rule would make of them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from db.store.alerts.log import AlertLog
from db.store.alerts.records import Alert, Destination, Found, Routed
from db.store.alerts.rows import in_line
from db.store.alerts.tables import outbox
from db.store.store import Store
from tests.unit.db.store.samples import NOON

RULE = "failed-pipelines"


def later(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def found(name: str, minute: float = 0, **more: Any) -> Found:
    """A failure of `name` so many minutes after noon."""
    moment = f"{later(minute):%Y-%m-%d %H:%M:%S}"
    given: dict[str, Any] = {
        "source": f"{name} {moment}",
        "fingerprint": f"of {name}",
        "run_id": f"{name}/{minute}",
        "name": name,
        "project": "웨이퍼",
        "moment": moment,
        "at": later(minute),
        "details": {"id": f"{name}/{minute}", "name": name, "gpu": None},
    }
    return Found(**given | more)


def to(*channels: str, **more: Any) -> Any:
    """A route to these channels; `storm_key` and the like are the destinations', all else is of Routed."""
    own = {name: more.pop(name) for name in ("is_muted", "remind_at", "escalate_at") if name in more}

    def route(_: Alert) -> Routed:
        return Routed(tuple(Destination(channel, **more) for channel in channels), **own)

    return route


async def begun(log: AlertLog, *failures: Found, at: datetime = NOON, route: Any = None) -> list[Alert]:
    """The alerts of a rule that has run before."""
    if await log.watermark(RULE) is None:
        await log.record(RULE, [], at, to())
    return list((await log.record(RULE, failures, at, route or to("C1"))).opened)


async def letters(store: Store, *kinds: str) -> list[Any]:
    """The outbox, in order."""
    async with in_line(store.alerts._database) as connection:
        rows = (await connection.execute(select(outbox).order_by(outbox.c.seq))).all()
    return [row for row in rows if not kinds or row.kind in kinds]


async def stand(store: Store, ts: str = "1.5") -> None:
    """All that is pending stands in Slack, at that time."""
    async with in_line(store.alerts._database) as connection:
        sent = {"state": "sent", "ts": ts, "rendered_version": outbox.c.wanted_version}
        await connection.execute(update(outbox).where(outbox.c.state == "pending").values(sent))


async def lines(store: Store) -> list[dict[str, Any]]:
    return [row.payload for row in await letters(store, "reply")]
