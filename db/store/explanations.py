"""How each turn was read: typed data beside the turns, for whoever asks why."""

from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store.database import Database
from db.store.records import Explained, Json
from db.store.tables import explanations, turns

_NOTE: Final = insert(explanations)
_FORGET: Final = delete(explanations).where(explanations.c.turn_id == bindparam("id"))
_ENDED: Final = (
    select(
        turns.c.turn_id,
        turns.c.thread_ts,
        turns.c.user_id,
        turns.c.question,
        turns.c.error,
        explanations.c.explanation,
    )
    .join_from(turns, explanations, turns.c.turn_id == explanations.c.turn_id, isouter=True)
    .where(
        turns.c.team == bindparam("team"),
        turns.c.channel == bindparam("channel"),
        turns.c.status.in_(("done", "failed")),
    )
    .order_by(turns.c.seq.desc())
    .limit(1)
)
_OF_ASKER: Final = _ENDED.where(turns.c.user_id == bindparam("person"))
_OF_THREAD: Final = _ENDED.where(turns.c.thread_ts == bindparam("thread"))
_OF_SOURCE: Final = _ENDED.where(turns.c.source_ts == bindparam("source"))
_OF_TURN: Final = _ENDED.where(turns.c.turn_id == bindparam("turn"))

_PLACE: Final = (
    select(turns.c.channel)
    .where(
        turns.c.team == bindparam("team"),
        turns.c.user_id == bindparam("person"),
        turns.c.status.in_(("done", "failed")),
    )
    .order_by(turns.c.seq.desc())
    .limit(1)
)
_PLACE_OF_TURN: Final = _PLACE.where(turns.c.turn_id == bindparam("turn"))


async def note(connection: AsyncConnection, turn_id: str, explanation: Json | None) -> None:
    """Writes it down within the transaction that ends its turn."""
    if explanation is not None:
        await connection.execute(_NOTE, {"turn_id": turn_id, "explanation": explanation})


async def forget(connection: AsyncConnection, turn_id: str) -> None:
    """Takes back how a turn that is forgotten was read."""
    await connection.execute(_FORGET, {"id": turn_id})


class ExplanationLog:
    """Reads what `TurnLog` wrote, of turns that ended and were not forgotten. All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def last_of(self, team: str, channel: str, user_id: str) -> Explained | None:
        """A person's last turn in a channel, whatever its thread."""
        return await self._one(_OF_ASKER, {"team": team, "channel": channel, "person": user_id})

    async def last_in(self, team: str, channel: str, thread_ts: str) -> Explained | None:
        """A thread's last turn, whoever asked."""
        return await self._one(_OF_THREAD, {"team": team, "channel": channel, "thread": thread_ts})

    async def of_source(self, team: str, channel: str, source_ts: str) -> Explained | None:
        """The last turn that this Slack message asked for."""
        return await self._one(_OF_SOURCE, {"team": team, "channel": channel, "source": source_ts})

    async def of_turn(self, team: str, channel: str, turn_id: str) -> Explained | None:
        """The turn of that id, where it was asked in that channel."""
        return await self._one(_OF_TURN, {"team": team, "channel": channel, "turn": turn_id})

    async def channel_of(self, team: str, user_id: str, turn_id: str = "") -> str | None:
        """Where a person's own turn was asked, or with no id their last one; None where there is none of theirs."""
        parameters = {"team": team, "person": user_id} | ({"turn": turn_id} if turn_id else {})
        async with self._database.reading() as connection:
            return (await connection.execute(_PLACE_OF_TURN if turn_id else _PLACE, parameters)).scalar_one_or_none()

    async def _one(self, query: Select[Any], parameters: dict[str, Any]) -> Explained | None:
        async with self._database.reading() as connection:
            row: Row[Any] | None = (await connection.execute(query, parameters)).one_or_none()
        return Explained(**row._asdict()) if row is not None else None
