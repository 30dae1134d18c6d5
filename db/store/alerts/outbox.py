"""What is to be said in Slack of its own accord: letters, each sent until one copy stands."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, Update, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store.alerts import statements
from db.store.alerts.letters import add, drop, touch
from db.store.alerts.outbox_records import DUES, Due, OutboxHealth
from db.store.alerts.outcomes import Outcomes
from db.store.alerts.records import Letter, Posting
from db.store.alerts.statements import Now
from db.store.alerts.tables import outbox

__all__ = ["Outbox", "add", "drop", "touch"]

_TRIES: Final = 5
_UNSENT: Final = ("pending", "unknown", "dead")


class Outbox(Outcomes):
    """Who claims a letter has it for a minute. All methods raise StoreUnavailable.

    `at` is the caller's time; where several bots share a server, what is due goes by the server's clock instead.
    `owner` is another one at each claim.
    """

    async def due(self, at: datetime, revivable: Collection[str]) -> frozenset[Due]:
        """What there may be to do now, in one look; who then claims may still find that another one was first."""
        async with self._database.reading() as connection:
            look, now = statements.looking(connection.dialect.name, frozenset(revivable))
            row = (await connection.execute(look, now.moments(at))).one()
        return frozenset(name for name in DUES if getattr(row, name))

    async def put(self, letters: Sequence[Letter], at: datetime) -> int:
        """Puts letters into the outbox, in a transaction of their own; says how many were new."""
        async with self._database.writing() as connection:
            return await add(connection, letters, at)

    async def claim(self, owner: str, at: datetime, spared: Collection[str] = ()) -> Posting | None:
        """The next letter to be sent, of a channel that is not `spared`; None where there is none."""
        for _ in range(_TRIES):
            try:
                return await self._claimed(at, lambda now: statements.claim(owner, now, spared))
            except IntegrityError:  # somebody else was first in that channel
                continue
        return None

    async def claim_edit(self, owner: str, at: datetime, spared: Collection[str] = ()) -> Posting | None:
        """The next message that shows less than it should."""
        return await self._claimed(at, lambda now: statements.claim_edit(owner, now, spared))

    async def claim_unknown(self, owner: str, at: datetime) -> Posting | None:
        """The next letter that must be looked for."""
        return await self._claimed(at, lambda now: statements.claim_unknown(owner, now))

    async def claim_sweep(self, owner: str, at: datetime) -> Posting | None:
        """The next message of which a second copy must be looked for."""
        return await self._claimed(at, lambda now: statements.claim_sweep(owner, now))

    async def tidy(self, at: datetime, under_way: Collection[str], revivable: Collection[str]) -> None:
        """What time alone does to letters.

        A lease that has ended leaves nobody knowing, but for the letters `under_way` here. What died of a `revivable`
        error is tried again each hour for a day. A reply whose message never comes is dropped.
        """
        async with self._database.writing() as connection:
            now = Now(connection.dialect.name, at)
            for statement in statements.tidying(now, under_way, revivable):
                await connection.execute(statement)

    async def revive(self, at: datetime, channel: str | None = None) -> int:
        """Has every letter that died be tried again, of all channels or one; says how many."""
        dead = update(outbox).where(outbox.c.state == "dead")
        dead = dead if channel is None else dead.where(outbox.c.channel == channel)
        async with self._database.writing() as connection:
            now = Now(connection.dialect.name, at)
            again = dead.values(state="pending", next_at=now.plus(), error=None).returning(outbox.c.seq)
            return len((await connection.execute(again)).all())

    async def by_id(self, outbox_id: str) -> Posting | None:
        found = await self._read(select(outbox).where(outbox.c.outbox_id == outbox_id))
        return found[0] if found else None

    async def roots(self, alert_id: str) -> list[Posting]:
        """An alert's own messages that stand, or are still to come."""
        mine = (outbox.c.alert_id == alert_id, outbox.c.kind == "root", outbox.c.state != "dropped")
        return await self._read(select(outbox).where(*mine).order_by(outbox.c.seq))

    async def deliveries(self, limit: int = 20, channel: str | None = None) -> list[Posting]:
        """What was sent, or is to be, the newest first."""
        newest = select(outbox).order_by(outbox.c.seq.desc()).limit(limit)
        return await self._read(newest if channel is None else newest.where(outbox.c.channel == channel))

    async def health(self, at: datetime) -> OutboxHealth:
        is_pending, state = outbox.c.state == "pending", outbox.c.state
        counted = select(state, func.count()).where(state.in_(_UNSENT)).group_by(state)
        last = select(outbox.c.channel, func.max(outbox.c.sent_at)).where(outbox.c.sent_at.is_not(None))
        errors = select(outbox.c.error, func.count()).where(is_pending, outbox.c.error.is_not(None))
        async with self._database.reading() as connection:
            is_due = outbox.c.next_at <= Now(connection.dialect.name, at).plus()
            oldest = await connection.scalar(select(func.min(outbox.c.next_at)).where(is_pending, is_due))
            counts = await _by_name(connection, counted)
            last_sent = await _by_name(connection, last.group_by(outbox.c.channel))
            held = await _by_name(connection, errors.group_by(outbox.c.error))
        pending, unknown, dead = (counts.get(each, 0) for each in _UNSENT)
        return OutboxHealth(oldest, pending, unknown, dead, last_sent, held)

    async def _claimed(self, at: datetime, statement: Callable[[Now], Update]) -> Posting | None:
        async with self._database.writing() as connection:
            row = (await connection.execute(statement(Now(connection.dialect.name, at)))).one_or_none()
        return None if row is None else Posting(**row._asdict())

    async def _read(self, statement: Select[Any]) -> list[Posting]:
        async with self._database.reading() as connection:
            return [Posting(**row._asdict()) for row in await connection.execute(statement)]


async def _by_name(connection: AsyncConnection, statement: Select[Any]) -> dict[str, Any]:
    return {row[0]: row[1] for row in await connection.execute(statement)}
