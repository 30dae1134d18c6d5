"""What people think of the answers: one rating a person and turn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import Row, bindparam, delete, insert, select, update

from db.store.database import Database
from db.store.records import Feedback, Rated, Rating
from db.store.tables import feedback, turns

Saved: TypeAlias = Literal["saved", "unchanged", "unknown"]

_RATABLE: Final = select(turns.c.turn_id).where(
    turns.c.turn_id == bindparam("turn"),
    turns.c.team == bindparam("team"),
    turns.c.channel == bindparam("channel"),
    turns.c.status != "forgotten",
)
_OF_PERSON: Final = (feedback.c.turn_id == bindparam("turn"), feedback.c.user_id == bindparam("person"))
_EARLIER: Final = select(feedback).where(*_OF_PERSON)
_WITHDRAW: Final = delete(feedback).where(
    *_OF_PERSON,
    feedback.c.rating == bindparam("of_rating"),
    feedback.c.source == "reaction",
    feedback.c.reason.is_(None),
    feedback.c.expected.is_(None),
)
_OF_TURN: Final = ("turn_id", "channel", "question", "answer", "queries", "focus", "engine", "prompt_version")
_OF_WORDS: Final = ("rating", "reason", "expected", "understanding", "updated_at")
_RATED: Final = (
    select(*(turns.c[name] for name in _OF_TURN), *(feedback.c[name] for name in _OF_WORDS))
    .join(turns, turns.c.turn_id == feedback.c.turn_id)
    .where(
        turns.c.team == bindparam("team"), turns.c.status != "forgotten", feedback.c.updated_at >= bindparam("since")
    )
    .order_by(feedback.c.updated_at.desc())
    .limit(2_000)
)
_FIRST: Final = insert(feedback)
_CHANGE: Final = update(feedback).where(*_OF_PERSON)


class FeedbackLog:
    """Written by the bot, read by whoever runs it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, given: Feedback, team: str, channel: str) -> Saved:
        """Keeps a person's rating in the place of an earlier one. Raises StoreUnavailable.

        "unknown", and nothing kept, where that channel has no such turn or it
        was withdrawn. "unchanged" for what is kept already: the same again, or
        the same rating without the reason that was given before.
        """
        key = {"turn": given.turn_id, "person": given.user_id}
        async with self._database.writing("feedback") as connection:
            if await connection.scalar(_RATABLE, {"turn": given.turn_id, "team": team, "channel": channel}) is None:
                return "unknown"
            earlier = (await connection.execute(_EARLIER, key)).one_or_none()
            if earlier is not None and _says_nothing_new(given, earlier):
                return "unchanged"
            if earlier is None:
                await connection.execute(_FIRST, _values(given, given.at))
            else:
                rated_at = given.at if given.rating != earlier.rating else earlier.rated_at
                await connection.execute(_CHANGE, key | _values(given, rated_at))
        return "saved"

    async def withdraw(self, turn_id: str, user: str, rating: Rating) -> bool:
        """Drops a rating that was given by a reaction and says no more; whether there was one.

        Raises StoreUnavailable.
        """
        key = {"turn": turn_id, "person": user, "of_rating": rating}
        async with self._database.writing() as connection:
            return (await connection.execute(_WITHDRAW, key)).rowcount > 0

    async def rated(self, team: str, since: datetime) -> list[Rated]:
        """The answers that people thought of since then, the worst first: the most thumbs down, then the newest.

        Raises StoreUnavailable.
        """
        async with self._database.reading() as connection:
            rows = (await connection.execute(_RATED, {"team": team, "since": since})).all()
        by_turn: dict[str, list[Row[Any]]] = {}
        for row in rows:
            by_turn.setdefault(row.turn_id, []).append(row)
        found = [_summed(each) for each in by_turn.values()]
        return sorted(found, key=lambda one: (one.bad - one.good, one.bad, one.at), reverse=True)


def _summed(rows: Sequence[Row[Any]]) -> Rated:
    """All that was said of one turn, newest first."""
    turn = rows[0]
    understood = [row.understanding for row in rows if row.understanding is not None]
    ran = [str(query["sql"]) for query in turn.queries if not query.get("error")]
    return Rated(
        turn_id=turn.turn_id,
        channel=turn.channel,
        question=turn.question,
        answer=turn.answer,
        sql=ran[-1] if ran else "",
        tables=tuple(dict.fromkeys(str(focus["table"]) for focus in turn.focus)),
        engine=turn.engine,
        prompt_version=turn.prompt_version,
        good=sum(row.rating == "good" for row in rows),
        bad=sum(row.rating == "bad" for row in rows),
        reasons=tuple(row.reason for row in rows if row.reason),
        expected=tuple(row.expected for row in rows if row.expected),
        understanding=sum(understood) / len(understood) if understood else None,
        at=turn.updated_at,
    )


def _says_nothing_new(given: Feedback, earlier: Row[Any]) -> bool:
    if given.rating != earlier.rating:
        return False
    said = (given.reason, given.expected, given.understanding)
    return said in ((None, None, None), (earlier.reason, earlier.expected, earlier.understanding))


def _values(given: Feedback, rated_at: datetime) -> dict[str, object]:
    """The row; a reason that follows its rating leaves `rated_at` as it was."""
    return {
        "turn_id": given.turn_id,
        "user_id": given.user_id,
        "rating": given.rating,
        "reason": given.reason,
        "expected": given.expected,
        "rated_at": rated_at,
        "updated_at": given.at,
        "understanding": given.understanding,
        "source": given.source,
    }
