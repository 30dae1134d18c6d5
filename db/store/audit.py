"""Who tried which SQL, and what came of it."""

import logging
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store.database import Database
from db.store.records import AuditEntry, Verdict
from db.store.tables import audit

log = logging.getLogger(__name__)

_OF_ENTRY: Final = tuple(field.name for field in fields(AuditEntry))
_NOTE: Final = insert(audit)
_LATEST: Final = (
    select(*(audit.c[name] for name in _OF_ENTRY))
    .where(audit.c.team == bindparam("of"), audit.c.verdict.in_(bindparam("verdicts", expanding=True)))
    .order_by(audit.c.seq.desc())
    .limit(bindparam("most"))
)


async def note(connection: AsyncConnection, tried: Sequence[AuditEntry]) -> None:
    """Writes rows within the transaction that ends their turn; where they cannot be, that goes on without them.

    A row that is lost costs a line in the log, which says whose turn it was.
    """
    if not tried:
        return
    try:
        async with connection.begin_nested():
            await connection.execute(_NOTE, [{name: getattr(one, name) for name in _OF_ENTRY} for one in tried])
    except SQLAlchemyError as error:
        log.error("%d audit rows of turn %s are lost: %s", len(tried), tried[0].turn_id, type(error).__name__)


class AuditLog:
    """One row a query that an engine tried. All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def latest(self, team: str, verdicts: Sequence[Verdict], limit: int) -> list[AuditEntry]:
        """The last rows of a team with one of the verdicts, the newest first."""
        wanted = {"of": team, "verdicts": list(verdicts), "most": limit}
        async with self._database.reading() as connection:
            rows = (row._asdict() for row in await connection.execute(_LATEST, wanted))
            return [AuditEntry(**row | {"roles": tuple(row["roles"])}) for row in rows]

    async def add(self, entry: AuditEntry) -> None:
        """Keeps what was run after a turn had ended, as for a file. Raises StoreUnavailable."""
        async with self._database.writing() as connection:
            await connection.execute(_NOTE, {name: getattr(entry, name) for name in _OF_ENTRY})

    async def prune(self, before: datetime) -> int:
        """Drops the rows from before that time; says how many."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(audit).where(audit.c.at < before))).rowcount
