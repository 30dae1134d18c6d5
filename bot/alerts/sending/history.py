"""What of a letter stands in Slack: a place is read to its end, or it is not known."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.alerts.sending.courier import EVENT, Courier, Page
from bot.alerts.sending.places import Places
from bot.alerts.sending.verdicts import Outcome
from bot.wire import Place
from db.store.alerts.records import Posting

_PAGES: Final = 20
_BEFORE: Final = timedelta(minutes=10)
"""So much earlier is read than the first try was: clocks differ."""
_SET_BACK: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Copy:
    """One message that is a letter's. `has_replies`: people, or we, have written below it."""

    channel: str
    ts: str
    has_replies: bool


class History:
    """`bot_id` is ours: a mark in somebody else's message is not believed."""

    def __init__(self, courier: Courier, places: Places, bot_id: str | None, clock: Callable[[], datetime]) -> None:
        self._courier = courier
        self._places = places
        self._bot_id = bot_id
        self._clock = clock

    async def copies(self, posting: Posting) -> tuple[Copy, ...] | Outcome:
        """All there are, the earliest first; an outcome where not all of the time since the first try could be read.

        Raises StoreUnavailable.
        """
        place = await self._places.of(posting)
        if isinstance(place, Outcome):
            return () if place.kind == "gone" else place
        found = await self._read(place, posting)
        if isinstance(found, Outcome):
            return () if found.kind == "gone" and place.thread_ts else found
        ours = {str(message["ts"]): message for message in found if self._is(message, posting)}
        return tuple(Copy(place.channel, ts, bool(ours[ts].get("reply_count"))) for ts in sorted(ours, key=_moment))

    async def _read(self, place: Place, posting: Posting) -> list[dict[str, Any]] | Outcome:
        found: list[dict[str, Any]] = []
        oldest, cursor, seen = self._oldest(posting), "", set[str]()
        for _ in range(_PAGES):
            page = await self._courier.read(place, oldest, cursor)
            if not isinstance(page, Page):
                return page
            found += page.messages
            if not page.cursor:
                return found
            if page.cursor in seen:
                return Outcome("unknown", "cursor_loops")
            seen.add(page.cursor)
            cursor = page.cursor
        return Outcome("unknown", "too_many_pages")

    def _oldest(self, posting: Posting) -> str:
        """By our clock as it was at the first try, and by Slack's; a try in the future tells of a clock set back."""
        now = self._clock()
        first = posting.first_attempt_at or posting.created_at
        if first > now + _BEFORE:
            first = now - _SET_BACK
        return f"{(min(first, first + self._courier.skew) - _BEFORE).timestamp():.6f}"

    def _is(self, message: dict[str, Any], posting: Posting) -> bool:
        """By its metadata, or by a block that is named for the letter, where an edit has lost them."""
        if self._bot_id is None or message.get("bot_id") != self._bot_id:
            return False
        metadata = message.get("metadata") or {}
        payload = metadata.get("event_payload") or {}
        is_marked = metadata.get("event_type") == EVENT and payload.get("o") == posting.outbox_id
        blocks = message.get("blocks") or ()
        return is_marked or any(str(b.get("block_id")).startswith(f"alert:{posting.outbox_id}") for b in blocks)


def _moment(ts: str) -> tuple[int, int]:
    second, _, micro = ts.partition(".")
    return int(second), int(micro or 0)
