"""Feedback on answers: a click is kept at once, its reason follows by a form."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, TypeAlias
from weakref import WeakValueDictionary

from bot.features.clicks import Click, Reason, Spot
from bot.messages.feedback import form, thanks
from bot.messages.notes import note
from bot.messages.sentences import sentence
from bot.replies import Replies
from bot.tasks import Tasks
from bot.wire import Place
from db.store.errors import StoreUnavailable
from db.store.feedback import FeedbackLog, Saved
from db.store.records import Feedback

log = logging.getLogger(__name__)

_ANSWER_S: Final = 2.0  # Slack gives a form three seconds, the way there and back included

Kept: TypeAlias = Saved | Literal["lost"]
_PROBLEMS: Final = {"unknown": "rating_unknown", "lost": "rating_lost"}


@dataclass(slots=True, weakref_slot=True)
class _Lane:
    """One person's clicks on one answer: `door` keeps them in order, `newest` is the last one under way."""

    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    newest: Click | None = None


class Ratings:
    """Takes clicks and forms. Of one person's clicks on an answer the last one counts."""

    def __init__(
        self, log_: FeedbackLog, replies: Replies, tasks: Tasks, clock: Callable[[], datetime], team: str
    ) -> None:
        self._log = log_
        self._replies = replies
        self._tasks = tasks
        self._clock = clock
        self._team = team
        self._lanes: WeakValueDictionary[tuple[str, str], _Lane] = WeakValueDictionary()

    def rate(self, click: Click) -> None:
        """Starts to keep a rating and returns at once; a double click is the one that is under way already."""
        lane = self._lane(click.spot, click.user)
        if lane.newest is None or lane.newest.rating != click.rating:
            lane.newest = click
            self._tasks.launch(self._rate(click, lane), f"rating {click.spot.turn_id}")

    async def explain(self, reason: Reason) -> str | None:
        """Keeps a bad rating's reason within Slack's three seconds; else the sentence that the form shows."""
        spot = reason.spot
        given = Feedback(
            spot.turn_id, reason.user, "bad", self._clock(), reason.code, reason.expected, reason.understanding
        )
        kept: Kept = "lost"
        try:
            async with asyncio.timeout(_ANSWER_S):
                kept = await self._keep(given, spot, self._lane(spot, reason.user))
        except TimeoutError:
            log.error("a reason on turn %s is not kept: the store is too late", spot.turn_id)
        if kept == "saved":
            self._tasks.launch(self._say(spot, reason.user, thanks("bad", spot.language)), f"thanks {spot.turn_id}")
        return sentence(_PROBLEMS[kept], spot.language) if kept in _PROBLEMS else None

    async def _rate(self, click: Click, lane: _Lane) -> None:
        """The form goes first: its trigger lives three seconds, and the store may take longer."""
        spot = click.spot
        given = Feedback(spot.turn_id, click.user, click.rating, self._clock())
        try:
            is_open, kept = await asyncio.gather(self._ask_why(click), self._keep(given, spot, lane))
        finally:
            if lane.newest is click:
                lane.newest = None
        if kept in _PROBLEMS:
            await self._say(spot, click.user, sentence(_PROBLEMS[kept], spot.language))
        elif not is_open:
            await self._say(spot, click.user, sentence("form_refused", spot.language))
        elif click.rating == "good" and kept == "saved":
            await self._say(spot, click.user, thanks("good", spot.language))

    async def _ask_why(self, click: Click) -> bool:
        """Whether the click has the form it needs; a good rating needs none."""
        if click.rating == "good":
            return True
        view = form(click.spot.language, click.spot.model_dump_json())
        return await self._replies.open_form(click.trigger_id, view)

    async def _keep(self, given: Feedback, spot: Spot, lane: _Lane) -> Kept:
        async with lane.door:
            try:
                return await self._log.save(given, self._team, spot.channel)
            except StoreUnavailable as error:
                log.error("a rating of turn %s is not kept: %s", given.turn_id, error)
                return "lost"

    async def _say(self, spot: Spot, user: str, text: str) -> None:
        await self._replies.whisper(Place(spot.channel, spot.thread_ts), user, note(text), spot.response_url)

    def _lane(self, spot: Spot, user: str) -> _Lane:
        return self._lanes.setdefault((spot.turn_id, user), _Lane())
