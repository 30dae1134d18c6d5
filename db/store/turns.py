"""The turns of each thread: what was asked, what was answered, what is still running."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Insert, Row, Select, String, Update, and_, bindparam, delete, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store import explanations, synonyms
from db.store.audit import note
from db.store.claims import CLAIM, claimed
from db.store.database import Database
from db.store.records import AuditEntry, Status, StoredTurn, TurnNotes, UsageEntry
from db.store.tables import examples, feedback, replies, turns, usage

# Built once: SQLAlchemy finds their compiled form again by the object, without walking it.
_THREAD: Final = and_(
    turns.c.team == bindparam("team"), turns.c.channel == bindparam("channel"), turns.c.thread_ts == bindparam("thread")
)
_NEWEST: Final = (turns.c.seq.desc(),)
_START: Final = insert(turns)
_CHANGE: Final = update(turns).where(turns.c.turn_id == bindparam("id"))
_END: Final = _CHANGE.where(turns.c.status == "running")
_STOP: Final = _CHANGE.where(turns.c.status.in_(("running", "failed")))
_ENDED: Final = turns.c.status.in_(("done", "failed", "interrupted"))
_HISTORY: Final = select(turns).where(_THREAD, _ENDED).order_by(*_NEWEST).limit(bindparam("most"))
_BY_ID: Final = select(turns).where(turns.c.turn_id == bindparam("id"))
_BY_SOURCE: Final = (
    select(turns)
    .where(
        turns.c.team == bindparam("team"),
        turns.c.channel == bindparam("channel"),
        turns.c.source_ts == bindparam("source"),
    )
    .order_by(*_NEWEST)
    .limit(1)
)
_ENGAGED: Final = select(exists().where(_THREAD, turns.c.status != "forgotten"))
_UNFINISHED: Final = select(turns).where(turns.c.status == "running").order_by(turns.c.seq)
_UNBOOKED: Final = select(turns.c.turn_id).where(
    turns.c.turn_id == bindparam("id"), ~exists().where(usage.c.turn_id == turns.c.turn_id)
)
_ASKER: Final = select(turns.c.user_id).where(turns.c.turn_id == bindparam("id")).scalar_subquery()
_UNSAY: Final = update(feedback).where(feedback.c.turn_id == bindparam("id")).values(expected=None)
_UNLEARN: Final = delete(examples).where(examples.c.turn_id == bindparam("id"))
_BOOK: Final = insert(usage).values(user_id=_ASKER)

_BY_REPLY: Final = select(turns).where(
    turns.c.turn_id
    == select(replies.c.turn_id)
    .where(
        replies.c.team == bindparam("team"),
        replies.c.channel == bindparam("channel"),
        replies.c.ts == bindparam("reply"),
    )
    .scalar_subquery()
)
_ITS_PLACE: Final = exists().where(
    turns.c.turn_id == bindparam("id"), turns.c.team == replies.c.team, turns.c.channel == replies.c.channel
)
# A question that is asked again overwrites its reply: the message is the new turn's then.
_UNPLACE: Final = delete(replies).where(
    or_(replies.c.turn_id == bindparam("id"), and_(replies.c.ts.in_(bindparam("stamps", expanding=True)), _ITS_PLACE))
)
_PLACE: Final = insert(replies).from_select(
    ["team", "channel", "ts", "turn_id"],
    select(turns.c.team, turns.c.channel, bindparam("reply", type_=String), turns.c.turn_id).where(
        turns.c.turn_id == bindparam("id")
    ),
)
_REPLY: Final = select(turns.c.reply_ts).where(turns.c.turn_id == bindparam("id"))
_REPLY_NOW: Final = _REPLY.where(turns.c.status != "forgotten").with_for_update()
_ERASED: Final[dict[str, Any]] = {
    "question": "",
    "answer": "",
    "queries": [],
    "result": None,
    "focus": [],
    "frame": None,
}
_FINISHED: Final = ("answer", "queries", "result", "focus", "frame", "engine", "finished_at", "prompt_version")
_OF_TURN: Final = tuple(field.name for field in fields(StoredTurn))
_OF_ENTRY: Final = tuple(field.name for field in fields(UsageEntry))


class TurnLog:
    """One row a turn. All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def start(self, turn: StoredTurn, claims: Sequence[str] = ()) -> bool:
        """Writes the turn down as running, and the claims on its event, in one transaction.

        False, and nothing written, where one of the claims was taken before: a
        kill leaves either both or nothing.
        """
        values = {name: getattr(turn, name) for name in _OF_TURN}
        values |= {"status": "running", "replica": self._database.replica}
        try:
            async with self._database.writing() as connection:
                if claims:
                    await connection.execute(CLAIM, claimed(claims, turn.asked_at))
                await connection.execute(_START, values)
        except IntegrityError:
            return False
        return True

    async def finish(
        self,
        turn: StoredTurn,
        entries: Sequence[UsageEntry] = (),
        tried: Sequence[AuditEntry] = (),
        notes: TurnNotes = TurnNotes(),
    ) -> bool:
        """Saves the answer, its cost, what was tried and how it was read in one transaction; True if it still ran.

        Takes answer, queries, result, focus, frame, engine and finished_at from
        `turn`; the rest stays. A turn forgotten meanwhile stays empty, but what
        it cost and what was tried is kept. One entry a model.
        """
        values = {name: getattr(turn, name) for name in _FINISHED}
        return await self._end(turn.turn_id, "done", values, entries, tried, notes)

    async def fail(
        self,
        turn_id: str,
        error: str,
        at: datetime,
        entries: Sequence[UsageEntry] = (),
        tried: Sequence[AuditEntry] = (),
        notes: TurnNotes = TurnNotes(),
    ) -> bool:
        """Marks a running turn as failed with an error code, and keeps what it cost and what was tried."""
        return await self._end(turn_id, "failed", {"error": error, "finished_at": at}, entries, tried, notes)

    async def interrupt(self, turn_id: str, at: datetime) -> bool:
        """Marks a running turn as cut off; False if it was not running (another process was first)."""
        return await self._end(turn_id, "interrupted", {"finished_at": at})

    async def stop(self, turn_id: str, at: datetime) -> None:
        """Marks a turn that has no answer as stopped by a person; one that has an answer keeps it."""
        await self._write(_STOP, {"id": turn_id, "status": "failed", "error": "stopped", "finished_at": at})

    async def forget(self, turn_id: str) -> tuple[str, ...]:
        """Erases what was asked, answered and wished for in feedback; the cost, the ratings and the audit stay.

        Returns the Slack timestamps of its reply: what is added to it later is refused (`add_reply`).
        """
        async with self._database.writing() as connection:
            await connection.execute(_CHANGE, {"id": turn_id, "status": "forgotten"} | _ERASED)
            await connection.execute(_UNSAY, {"id": turn_id})
            await connection.execute(_UNLEARN, {"id": turn_id})
            await explanations.forget(connection, turn_id)
            await synonyms.forget(connection, turn_id)
            return tuple(await connection.scalar(_REPLY, {"id": turn_id}) or ())

    async def set_reply(self, turn_id: str, reply_ts: Sequence[str]) -> None:
        """Notes the Slack timestamps of the answer's messages, in order."""
        async with self._database.writing() as connection:
            await _place(connection, turn_id, reply_ts)

    async def add_reply(self, turn_id: str, stamps: Sequence[str]) -> bool:
        """Notes more messages of the answer behind those it has; False, and nothing noted, where it is forgotten."""
        async with self._database.writing() as connection:
            before = await connection.scalar(_REPLY_NOW, {"id": turn_id})
            if before is None:
                return False
            await _place(connection, turn_id, (*before, *stamps))
            return True

    async def history(self, team: str, channel: str, thread_ts: str, limit: int) -> list[StoredTurn]:
        """The thread's last `limit` turns that ended, oldest first; those without an answer have none."""
        found = await self._read(_HISTORY, {"team": team, "channel": channel, "thread": thread_ts, "most": limit})
        return found[::-1]

    async def by_id(self, turn_id: str) -> StoredTurn | None:
        """The turn of that id, if there is one."""
        found = await self._read(_BY_ID, {"id": turn_id})
        return found[0] if found else None

    async def by_source(self, team: str, channel: str, source_ts: str) -> StoredTurn | None:
        """The latest turn that this Slack message asked for, if any."""
        found = await self._read(_BY_SOURCE, {"team": team, "channel": channel, "source": source_ts})
        return found[0] if found else None

    async def by_reply(self, team: str, channel: str, ts: str) -> StoredTurn | None:
        """The turn that this message of ours answers, if any."""
        found = await self._read(_BY_REPLY, {"team": team, "channel": channel, "reply": ts})
        return found[0] if found else None

    async def engaged(self, team: str, channel: str, thread_ts: str) -> bool:
        """Whether the bot has a turn in that thread that is not forgotten."""
        thread = {"team": team, "channel": channel, "thread": thread_ts}
        async with self._database.reading() as connection:
            return bool(await connection.scalar(_ENGAGED, thread))

    async def unfinished(self) -> list[StoredTurn]:
        """Turns that run, or were left running, oldest first."""
        return await self._read(_UNFINISHED, {})

    async def cut_off(self, team: str) -> list[StoredTurn]:
        """A team's turns that were left running by a process that is gone for sure, oldest first."""
        running = [turn for turn in await self.unfinished() if turn.team == team]
        gone = await self._database.gone({turn.replica for turn in running if turn.replica is not None})
        return [turn for turn in running if turn.replica is None or turn.replica in gone]

    async def _read(self, query: Select[Any], parameters: dict[str, Any]) -> list[StoredTurn]:
        async with self._database.reading() as connection:
            return [_turn(row) for row in await connection.execute(query, parameters)]

    async def _write(self, statement: Insert | Update, values: dict[str, Any]) -> None:
        async with self._database.writing() as connection:
            await connection.execute(statement, values)

    async def _end(
        self,
        turn_id: str,
        status: Status,
        values: dict[str, Any],
        entries: Sequence[UsageEntry] = (),
        tried: Sequence[AuditEntry] = (),
        notes: TurnNotes = TurnNotes(),
    ) -> bool:
        async with self._database.writing() as connection:
            ended = (await connection.execute(_END, {"id": turn_id, "status": status} | values)).rowcount == 1
            if entries and (ended or await connection.scalar(_UNBOOKED, {"id": turn_id}) is not None):
                spent = {"id": turn_id, "turn_id": turn_id, "spent_at": values["finished_at"]}
                booked = [spent | {name: getattr(entry, name) for name in _OF_ENTRY} for entry in entries]
                await connection.execute(_BOOK, booked)
            if ended:
                await explanations.note(connection, turn_id, notes.explanation)
                await synonyms.note(connection, turn_id, notes.unplaced, values["finished_at"])
            await note(connection, tried)
        return ended


async def _place(connection: AsyncConnection, turn_id: str, reply_ts: Sequence[str]) -> None:
    await connection.execute(_CHANGE, {"id": turn_id, "reply_ts": list(reply_ts)})
    await connection.execute(_UNPLACE, {"id": turn_id, "stamps": list(reply_ts)})
    for ts in dict.fromkeys(reply_ts):
        await connection.execute(_PLACE, {"id": turn_id, "reply": ts})


def _turn(row: Row[Any]) -> StoredTurn:
    values = row._asdict()
    del values["seq"]
    return StoredTurn(**values | {name: tuple(values[name]) for name in ("queries", "focus", "reply_ts")})
