"""Letters into the outbox: put, touched, dropped in the transaction of what they tell of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Case, ColumnElement, and_, case, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store.alerts.outbox_records import COALESCED
from db.store.alerts.records import Letter, MessageKind
from db.store.alerts.tables import alerts, outbox

_AT_ONCE: Final = 500
"""Rows of one statement: SQLite takes 32,766 values."""
_PEOPLE: Final = ("U", "W")
_MAY_CHANGE: Final = ("pending", "sending", "sent", "unknown")


async def add(connection: AsyncConnection, letters: Sequence[Letter], at: datetime) -> int:
    """Puts letters into the outbox, in their order, within the caller's transaction; says how many were new.

    One whose `dedupe_key` is known is left as it stands.
    """
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    added = 0
    for first in range(0, len(letters), _AT_ONCE):
        statement = (
            insert(outbox)
            .values([_row(letter, at) for letter in letters[first : first + _AT_ONCE]])
            .on_conflict_do_nothing(index_elements=[outbox.c.dedupe_key])
            .returning(outbox.c.outbox_id)
        )
        added += len((await connection.execute(statement)).all())
    return added


async def touch(
    connection: AsyncConnection,
    at: datetime,
    *,
    version: int,
    alert_id: str | None = None,
    storm_id: str | None = None,
    dedupe_key: str | None = None,
    with_list: bool = False,
    is_pressed: bool = False,
) -> None:
    """Has the root of an alert, the message of a storm (`with_list`: all its list), or a letter by its key, show that.

    What stands in Slack is edited a little later, so that several changes are one edit; where somebody has pressed
    for it, at once, unless an edit is under way.
    """
    mine: list[ColumnElement[bool]] = []
    if alert_id is not None:
        mine.append(and_(outbox.c.kind == "root", outbox.c.alert_id == alert_id))
    if storm_id is not None:
        kinds = ("storm", "storm_list") if with_list else ("storm",)
        mine.append(and_(outbox.c.kind.in_(kinds), outbox.c.storm_id == storm_id))
    if dedupe_key is not None:
        mine.append(outbox.c.dedupe_key == dedupe_key)
    await connection.execute(
        update(outbox)
        .where(or_(*mine), outbox.c.state.in_(_MAY_CHANGE), outbox.c.wanted_version < version)
        .values(wanted_version=version, refresh_at=_soon(at, is_pressed=is_pressed))
    )


async def touch_all(connection: AsyncConnection, alert_ids: Sequence[str], at: datetime) -> None:
    """Has the roots of as many alerts as a statement takes show the versions that their rows have."""
    version = select(alerts.c.version).where(alerts.c.alert_id == outbox.c.alert_id).scalar_subquery()
    mine = and_(outbox.c.kind == "root", outbox.c.alert_id.in_(alert_ids))
    await connection.execute(
        update(outbox)
        .where(mine, outbox.c.state.in_(_MAY_CHANGE), outbox.c.wanted_version < version)
        .values(wanted_version=version, refresh_at=_soon(at))
    )


async def drop(connection: AsyncConnection, alert_id: str, kind: MessageKind | None = None) -> int:
    """Gives up what is still to be sent of an alert, of one kind or all; says how many letters that were."""
    mine = outbox.c.alert_id == alert_id if kind is None else and_(outbox.c.alert_id == alert_id, outbox.c.kind == kind)
    dropped = await connection.execute(
        update(outbox).where(mine, outbox.c.state == "pending").values(state="dropped").returning(outbox.c.seq)
    )
    return len(dropped.all())


def _soon(at: datetime, *, is_pressed: bool = False) -> "Case[Any]":
    """When what stands in Slack is edited."""
    soon = func.coalesce(outbox.c.refresh_at, at + COALESCED, type_=outbox.c.refresh_at.type)
    free = and_(outbox.c.state == "sent", outbox.c.lease_owner.is_(None))
    at_once = [(free, literal(at, outbox.c.refresh_at.type))] if is_pressed else []
    return case(*at_once, (outbox.c.state == "sent", soon), else_=outbox.c.refresh_at)


def _row(letter: Letter, at: datetime) -> dict[str, Any]:
    return {
        "outbox_id": uuid4().hex,
        "dedupe_key": letter.dedupe_key,
        "kind": letter.kind,
        "alert_id": letter.alert_id,
        "storm_id": letter.storm_id,
        "payload": letter.payload,
        "channel": letter.channel,
        # A person's direct channel is opened when there is something to say.
        "conversation": None if letter.channel.startswith(_PEOPLE) else letter.channel,
        "depends_on": letter.depends_on,
        "state": "pending",
        "attempts": 0,
        "created_at": at,
        "next_at": at if letter.not_before is None else max(at, letter.not_before),
        "is_repeat": False,
        "wanted_version": letter.wanted_version,
        "rendered_version": 0,
    }
