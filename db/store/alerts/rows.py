"""Rows of the alerts' tables as records, and the one line in which they are changed."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from typing import Any, Final

from sqlalchemy import Table, bindparam, false, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store.alerts.records import Alert, Storm
from db.store.alerts.tables import alerts, outbox, storm_members, storms
from db.store.database import Database

LINE: Final = "alerts"
ALERT: Final = tuple(alerts.c[field.name] for field in fields(Alert))
STORM: Final = tuple(storms.c[field.name] for field in fields(Storm))
AT_ONCE: Final = 500
"""Values of one statement's list."""
# A file's transaction begins with the first statement that writes: what is read before it may be another's past.
_BEGIN: Final = update(alerts).where(false()).values(version=alerts.c.version)
_BY_ID: Final = select(*ALERT).where(alerts.c.alert_id == bindparam("of"))
_ROOTS: Final = (
    select(outbox.c.outbox_id, outbox.c.channel)
    .where(outbox.c.alert_id == bindparam("of"), outbox.c.kind == "root", outbox.c.state.not_in(("dead", "dropped")))
    .order_by(outbox.c.seq)
)
_STORM_ROOTS: Final = (
    select(outbox.c.outbox_id, outbox.c.channel)
    .where(outbox.c.storm_id == bindparam("of"), outbox.c.kind == "storm", outbox.c.state.not_in(("dead", "dropped")))
    .order_by(outbox.c.seq)
)
_STORMS: Final = (
    select(*STORM)
    .join(storm_members, storm_members.c.storm_id == storms.c.storm_id)
    .where(storm_members.c.alert_id == bindparam("of"))
    .order_by(storms.c.opened_at, storms.c.storm_id)
)


@dataclass(frozen=True, slots=True)
class Place:
    """A message of the outbox in whose thread lines go."""

    outbox_id: str
    channel: str


@asynccontextmanager
async def in_line(database: Database) -> AsyncIterator[AsyncConnection]:
    """A transaction in which what is read stays true until its end, over all processes. Raises StoreUnavailable."""
    async with database.writing(LINE) as connection:
        await connection.execute(_BEGIN)
        yield connection


def alert_of(row: RowMapping) -> Alert:
    return Alert(**row)


def storm_of(row: RowMapping) -> Storm:
    return Storm(**row)


async def alert_by_id(connection: AsyncConnection, alert_id: str) -> Alert | None:
    row = (await connection.execute(_BY_ID, {"of": alert_id})).mappings().first()
    return None if row is None else alert_of(row)


async def roots_of(connection: AsyncConnection, alert_id: str) -> list[Place]:
    """The alert's own messages that stand or will stand, the newest of each channel."""
    rows = await connection.execute(_ROOTS, {"of": alert_id})
    return list({row.channel: Place(row.outbox_id, row.channel) for row in rows}.values())


async def storm_roots_of(connection: AsyncConnection, storm_id: str) -> list[Place]:
    """The storm's message; none where it never came."""
    rows = await connection.execute(_STORM_ROOTS, {"of": storm_id})
    return list({row.channel: Place(row.outbox_id, row.channel) for row in rows}.values())


async def storms_of(connection: AsyncConnection, alert_id: str) -> list[Storm]:
    """The storms that an alert is part of."""
    return [storm_of(row) for row in (await connection.execute(_STORMS, {"of": alert_id})).mappings()]


async def change_alert(connection: AsyncConnection, alert_id: str, values: Mapping[str, Any]) -> None:
    """Writes what has been decided inside the line."""
    await connection.execute(update(alerts).where(alerts.c.alert_id == alert_id).values(**values))


def pieces(values: Sequence[str]) -> list[list[str]]:
    """The values in lists that a statement takes."""
    return [list(values[first : first + AT_ONCE]) for first in range(0, len(values), AT_ONCE)]


def adding(connection: AsyncConnection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that may say what is to be done where the key is there already."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


async def add_new(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes the rows whose key is not there yet."""
    if rows:
        await connection.execute(adding(connection, table).on_conflict_do_nothing(), list(rows))
