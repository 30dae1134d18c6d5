"""What became of a letter that was claimed: written down only by who still has it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Update, and_, case, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store.alerts.letters import add
from db.store.alerts.outbox_records import COALESCED, SETTLED, may_stand
from db.store.alerts.records import Letter, Posting
from db.store.alerts.statements import WAITING, Now
from db.store.alerts.tables import alerts, outbox, receipts, storms
from db.store.database import Database

REVIVED: Final = timedelta(hours=1)
"""So often a letter is tried again that a channel does not take."""
SECOND_LOOK: Final = timedelta(minutes=1)
"""After this a second copy of a message is looked for, where there may be one."""
_RENEWED: Final = ("root", "storm", "storm_list")
"""What is written anew where somebody has deleted it."""
_AT_ONCE: Final = timedelta()


class Outcomes:
    """All methods raise StoreUnavailable.

    Those about a sending return False where somebody else has begun to send the letter since: its `attempts` have
    risen, or its lease has ended.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def sent(self, posting: Posting, conversation: str, ts: str, at: datetime) -> bool:
        """It stands there, whoever has the letter now. False: it was sent twice, and the second copy is looked for."""
        async with self._database.writing() as connection:
            now = Now(connection.dialect.name, at)
            await _keep_receipts(connection, posting, conversation, [ts], "reply", now)
            sweep_at = now.plus(SECOND_LOOK) if may_stand(posting) else None
            if await _changed(connection, _stands(posting, conversation, ts, now, sweep_at)):
                return True
            other = update(outbox).where(outbox.c.seq == posting.seq)
            await connection.execute(other.values(sweep_at=now.plus(SECOND_LOOK)))
        return False

    async def found(self, posting: Posting, conversation: str, copies: Sequence[str], at: datetime) -> bool:
        """It was looked for, and stands there: `copies` are the ts of all there are, the one that is to stay first."""
        async with self._database.writing() as connection:
            now = Now(connection.dialect.name, at)
            await _keep_receipts(connection, posting, conversation, copies, "history", now)
            has_copies = len(copies) > 1
            sweep_at = now.plus(_AT_ONCE if has_copies else SECOND_LOOK) if has_copies or may_stand(posting) else None
            return await _changed(connection, _stands(posting, conversation, copies[0], now, sweep_at))

    async def later(self, posting: Posting, at: datetime, wait: timedelta, error: str | None = None) -> bool:
        """Slack surely has not taken it; it is sent after `wait`."""
        first = posting.first_attempt_at if may_stand(posting) else None
        return await self._settle(
            _sending(posting), at, lambda now: {"next_at": now.plus(wait), "first_attempt_at": first}, "pending", error
        )

    async def drop(self, posting: Posting, at: datetime, error: str | None = None) -> bool:
        """There is no more reason to send it."""
        return await self._settle(_sending(posting), at, _as_it_is, "dropped", error)

    async def unsure(self, posting: Posting, at: datetime, error: str) -> bool:
        """Nobody knows whether Slack has taken it: it is looked for when it must have landed."""
        landed_by = (posting.lease_until or at) + SETTLED
        return await self._settle(_sending(posting), at, lambda _: {"next_at": landed_by}, "unknown", error)

    async def refuse(
        self, posting: Posting, at: datetime, error: str, *, is_of_channel: bool, notices: Sequence[Letter] = ()
    ) -> bool:
        """Slack won't take it; `notices` tell of that, in the same transaction.

        `is_of_channel`: nor would it take what else is due there, so that this dies with it, and lives again with it.
        """
        async with self._database.writing() as connection:
            now = Now(connection.dialect.name, at)
            dead = {"state": "dead", "error": error, "next_at": now.plus(REVIVED), "lease_owner": None}
            first = posting.first_attempt_at if may_stand(posting) else None
            mine = update(outbox).where(_sending(posting)).values(dead | {"first_attempt_at": first})
            if not await _changed(connection, mine):
                return False
            if is_of_channel:
                is_other = and_(outbox.c.channel == posting.channel, outbox.c.state == "pending")
                others = (is_other, outbox.c.next_at <= now.plus())
                await connection.execute(update(outbox).where(*others).values(dead))
            await add(connection, notices, at)
        return True

    async def again(self, posting: Posting, at: datetime, *, is_repeat: bool = False) -> bool:
        """It was looked for and does not stand there, or (`is_repeat`) could not be looked for: it is sent anew."""
        values = {"is_repeat": posting.is_repeat or is_repeat}
        return await self._settle(_looked_for(posting), at, lambda now: {"next_at": now.plus(), **values}, "pending")

    async def unread(self, posting: Posting, at: datetime, wait: timedelta, error: str) -> bool:
        """It could not be looked for; the next look is after `wait`."""
        return await self._settle(_looked_for(posting), at, lambda now: {"next_at": now.plus(wait)}, "unknown", error)

    async def forget(self, posting: Posting, at: datetime, error: str) -> bool:
        """It could not be looked for, and must not be said twice: nobody will know."""
        return await self._settle(_looked_for(posting), at, _as_it_is, "dropped", error)

    async def swept(self, posting: Posting, at: datetime, copies: Sequence[str], wait: timedelta | None) -> bool:
        """Its copies were looked for, and but for the first all that were found are taken away.

        `wait`: until the next look, None: there is none. What stands alone in the end is no repeat, and shows that.
        """
        ts = copies[0] if copies else posting.ts
        is_alone = posting.is_repeat and wait is None
        renewed = {"rendered_version": 0} if (ts != posting.ts or is_alone) and posting.kind in _RENEWED else {}
        async with self._database.writing() as connection:
            now = Now(connection.dialect.name, at)
            await _keep_receipts(connection, posting, posting.conversation or posting.channel, copies, "history", now)
            swept = {
                "ts": ts,
                "sweep_at": None if wait is None else now.plus(wait),
                "is_repeat": posting.is_repeat and not is_alone,
                "lease_owner": None,
                **({**renewed, "refresh_at": now.plus()} if renewed else {}),
            }
            mine = _claimed_as(posting, outbox.c.state == "sent")
            return await _changed(connection, update(outbox).where(mine).values(swept))

    async def edited(self, posting: Posting, at: datetime, error: str | None = None) -> bool:
        """It shows what it should have when it was claimed, or (`error`) never will; a change since is shown soon."""
        is_behind = outbox.c.wanted_version > posting.wanted_version
        return await self._settle(
            _claimed_as(posting, outbox.c.state == "sent"),
            at,
            lambda now: {
                "rendered_version": posting.wanted_version,
                "refresh_at": case((is_behind, now.plus(COALESCED)), else_=None),
            },
            "sent",
            error,
        )

    async def edit_later(self, posting: Posting, at: datetime, wait: timedelta, error: str) -> bool:
        """It is edited after `wait`; an edit may be made twice."""
        mine = _claimed_as(posting, outbox.c.state == "sent")
        return await self._settle(mine, at, lambda now: {"refresh_at": now.plus(wait)}, "sent", error)

    async def lose(self, posting: Posting, at: datetime, error: str) -> bool:
        """It can't be edited any more. A new one takes its place, and gets its replies that are still to come.

        None does where people have taken away what is over.
        """
        async with self._database.writing() as connection:
            gone = {"state": "dropped", "error": error, "refresh_at": None, "sweep_at": None, "lease_owner": None}
            mine = _claimed_as(posting, outbox.c.state == "sent")
            if not await _changed(connection, update(outbox).where(mine).values(gone)):
                return False
            if posting.kind in _RENEWED and not await _is_over(connection, posting):
                await self._renew(connection, posting, at)
        return True

    async def _renew(self, connection: AsyncConnection, posting: Posting, at: datetime) -> None:
        key = f"{posting.dedupe_key.partition('@')[0]}@{posting.outbox_id}"
        letter = Letter(
            key,
            posting.kind,
            posting.channel,
            posting.alert_id,
            posting.storm_id,
            {**posting.payload, "continued": True},
            posting.depends_on,
            wanted_version=posting.wanted_version,
        )
        await add(connection, [letter], at)
        new = select(outbox.c.outbox_id).where(outbox.c.dedupe_key == key).scalar_subquery()
        waits = (outbox.c.depends_on == posting.outbox_id, outbox.c.state.in_(WAITING))
        await connection.execute(update(outbox).where(*waits).values(depends_on=new))

    async def _settle(
        self,
        mine: ColumnElement[bool],
        at: datetime,
        values: Callable[[Now], dict[str, Any]],
        state: str,
        error: str | None = None,
    ) -> bool:
        async with self._database.writing() as connection:
            now = Now(connection.dialect.name, at)
            settled = {"state": state, "error": error, "lease_owner": None, **values(now)}
            return await _changed(connection, update(outbox).where(mine).values(settled))


def _sending(posting: Posting) -> ColumnElement[bool]:
    return and_(_claimed_as(posting, outbox.c.state == "sending"), outbox.c.attempts == posting.attempts)


def _looked_for(posting: Posting) -> ColumnElement[bool]:
    return _claimed_as(posting, outbox.c.state == "unknown")


def _claimed_as(posting: Posting, is_so: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(outbox.c.seq == posting.seq, is_so, outbox.c.lease_owner == posting.lease_owner)


def _stands(posting: Posting, conversation: str, ts: str, now: Now, sweep_at: Any) -> Update:
    """Whatever was made of it meanwhile, it stands, unless another try has begun: then there are two."""
    is_behind = outbox.c.wanted_version > posting.wanted_version
    return (
        update(outbox)
        .where(outbox.c.seq == posting.seq, outbox.c.attempts == posting.attempts, outbox.c.state != "sent")
        .values(
            state="sent",
            conversation=conversation,
            ts=ts,
            sent_at=now.plus(),
            error=None,
            lease_owner=None,
            lease_until=None,
            rendered_version=posting.wanted_version,
            refresh_at=case((is_behind, now.plus(COALESCED)), else_=None),
            sweep_at=sweep_at,
        )
    )


async def _is_over(connection: AsyncConnection, posting: Posting) -> bool:
    closed_at = select(storms.c.closed_at).where(storms.c.storm_id == posting.storm_id)
    resolved_at = select(alerts.c.resolved_at).where(alerts.c.alert_id == posting.alert_id)
    row = (await connection.execute(resolved_at if posting.storm_id is None else closed_at)).one_or_none()
    return row is None or row[0] is not None


async def _keep_receipts(
    connection: AsyncConnection, posting: Posting, conversation: str, copies: Sequence[str], via: str, now: Now
) -> None:
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    for ts in copies:
        seen = insert(receipts).values(
            outbox_id=posting.outbox_id, ts=ts, conversation=conversation, via=via, seen_at=now.plus()
        )
        await connection.execute(seen.on_conflict_do_nothing())


async def _changed(connection: AsyncConnection, statement: Update) -> bool:
    return (await connection.execute(statement)).rowcount > 0


def _as_it_is(_: Now) -> dict[str, Any]:
    return {}
