"""What people think of the answers: one rating a person and turn."""

from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import Row, bindparam, insert, select, update

from db.store.database import Database
from db.store.records import Feedback
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
        async with self._database.writing() as connection:
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


def _says_nothing_new(given: Feedback, earlier: Row[Any]) -> bool:
    if given.rating != earlier.rating:
        return False
    said = (given.reason, given.expected)
    return said in ((None, None), (earlier.reason, earlier.expected))


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
    }
