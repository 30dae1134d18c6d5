"""Thumbs as emoji on an answer: ratings like those of the buttons, taken back with the emoji."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.features.clicks import Spot
from bot.messages.opinions import ask_why
from bot.parts import Parts
from bot.wire import Place
from db.store.errors import StoreUnavailable
from db.store.records import Feedback, Rating, StoredTurn

log = logging.getLogger(__name__)

_ANSWER_S: Final = 2.0  # Slack gives an event three seconds, the way there and back included
_THUMBS: Final[Mapping[str, Rating]] = {"+1": "good", "thumbsup": "good", "-1": "bad", "thumbsdown": "bad"}


@dataclass(frozen=True, slots=True)
class Reaction:
    """A thumb put on a message of ours, or taken off it."""

    user: str
    channel: str
    ts: str
    rating: Rating
    is_added: bool


def read_reaction(event: Mapping[str, Any], me: str) -> Reaction | None:
    """The thumb in a reaction_added or reaction_removed event; None for any other emoji, thing, or author."""
    item = event.get("item") or {}
    rating = _THUMBS.get(str(event.get("reaction") or "").partition("::")[0])  # what follows is the skin's tone
    if rating is None or item.get("type") != "message" or event.get("item_user") != me or event.get("user") == me:
        return None
    is_added = event.get("type") == "reaction_added"
    return Reaction(str(event.get("user")), str(item.get("channel")), str(item.get("ts")), rating, is_added)


class Reactions:
    """Takes thumbs. Of one person's ratings of an answer, by whatever means, the last one counts."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._store = parts.services.store

    async def take(self, reaction: Reaction) -> None:
        """Keeps the rating, or drops it, before the event is acked: one that a kill cuts off is sent again."""
        try:
            async with asyncio.timeout(_ANSWER_S):
                turn = await self._kept(reaction)
        except (StoreUnavailable, TimeoutError) as error:
            log.error("a reaction on %s is not kept: %s", reaction.ts, str(error) or "too late")
            return
        if turn is not None and reaction.is_added and reaction.rating == "bad":
            self._parts.tasks.launch(self._ask_why(reaction, turn), f"reaction {reaction.ts}")

    async def _kept(self, reaction: Reaction) -> StoredTurn | None:
        """The turn that is rated otherwise now; None where nothing has changed."""
        team = self._parts.me.team
        turn = await self._store.turns.by_reply(team, reaction.channel, reaction.ts)
        if turn is None:
            return None
        if not reaction.is_added:
            is_gone = await self._store.feedback.withdraw(turn.turn_id, reaction.user, reaction.rating)
            return turn if is_gone else None
        now = self._parts.services.clock()
        given = Feedback(turn.turn_id, reaction.user, reaction.rating, now, source="reaction")
        return turn if await self._store.feedback.save(given, team, reaction.channel) == "saved" else None

    async def _ask_why(self, reaction: Reaction, turn: StoredTurn) -> None:
        """An emoji cannot open a form: a button that only this person sees does."""
        language = await self._parts.manners.language(turn.team, reaction.user, turn.question)
        spot = Spot(turn_id=turn.turn_id, language=language, channel=reaction.channel, thread_ts=turn.thread_ts)
        place = Place(spot.channel, spot.thread_ts)
        await self._parts.replies.whisper(place, reaction.user, ask_why(spot.turn_id, language))
