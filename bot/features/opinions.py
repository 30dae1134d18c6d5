"""What admins see of people's opinions, and the questions that they keep as examples."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from agent.messages import say
from bot.features.presses import channel_of
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.opinions import ADD, DROP, Opinions, listing, overview, told
from bot.messages.refusals import refusal
from bot.messages.sentences import sentence
from bot.parts import Parts
from bot.wire import Place
from db.catalog.meaning import Language
from db.store.errors import StoreUnavailable
from db.store.records import Example, StoredTurn

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A click on a button that keeps a turn as an example, or drops it; where it was made, so far as Slack says."""

    turn_id: str
    action: str
    user: str
    place: Place
    response_url: str | None


def read_press(body: dict[str, Any]) -> Pressed:
    """The click in a block_actions payload."""
    action, container = body["actions"][0], body.get("container", {})
    channel = channel_of(body)
    return Pressed(
        turn_id=str(action.get("value") or ""),
        action=str(action["action_id"]),
        user=str(body["user"]["id"]),
        place=Place(channel, container.get("thread_ts")),
        response_url=body.get("response_url"),
    )


class Reviews:
    """For admins alone; what somebody else clicks changes nothing."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._store = parts.services.store
        self._settings = parts.services.settings

    def barred(self, user: str, language: Language) -> Message | None:
        """The sentence for somebody who may not look; None for an admin."""
        if not self._settings.admins:
            return note(say("example-no-admins", language))
        if user in self._settings.admins:
            return None
        return refusal("opinions_not_admin", language, admins=self._settings.admins)

    async def overview(self, days: int, language: Language) -> Message:
        """The opinions of the last days. Raises StoreUnavailable."""
        since = self._parts.services.clock() - timedelta(days=days)
        rated, examples = await asyncio.gather(
            self._store.feedback.rated(self._parts.me.team, since), self._store.examples.all()
        )
        opinions = Opinions(days, rated, frozenset(one.turn_id for one in examples))
        return overview(opinions, self._parts.services.catalog.semantics, language)

    async def examples(self, language: Language) -> Message:
        """All of them. Raises StoreUnavailable."""
        examples = await self._store.examples.all()
        are_used = self._settings.uses_model and self._settings.llm_api_key is not None
        return listing(examples, language, self._settings.timezone, are_used=are_used)

    def press(self, pressed: Pressed) -> None:
        """Starts what a button asks for and returns at once."""
        self._parts.tasks.launch(self._press(pressed), f"{pressed.action} {pressed.turn_id}")

    async def _press(self, pressed: Pressed) -> None:
        language = await self._parts.manners.language(self._parts.me.team, pressed.user)
        message = self.barred(pressed.user, language)
        if message is None:
            try:
                message = await self._decided(pressed, language)
            except StoreUnavailable as error:
                log.error("an example is not kept: %s", error)
                message = note(sentence("store_unavailable", language))
        await self._parts.replies.whisper(pressed.place, pressed.user, message, pressed.response_url)

    async def _decided(self, pressed: Pressed, language: Language) -> Message:
        if pressed.action == DROP:
            return await self._drop(pressed, language)
        turn = await self._store.turns.by_id(pressed.turn_id)
        example = self._example(turn, pressed)
        if example is None:
            return note(say("example-unfit", language))
        if not await self._store.examples.add(example):
            return note(say("example-standing", language))
        log.info("a question is kept as an example", extra={"turn": example.turn_id, "user": pressed.user})
        return told("example-added", example.question, (DROP, example.turn_id), language)

    async def _drop(self, pressed: Pressed, language: Language) -> Message:
        turn = await self._store.turns.by_id(pressed.turn_id)
        if not await self._store.examples.drop(pressed.turn_id):
            return note(say("example-gone", language))
        log.info("an example is dropped", extra={"turn": pressed.turn_id, "user": pressed.user})
        is_back = self._example(turn, pressed) is not None
        question = turn.question if turn is not None else pressed.turn_id
        return told("example-dropped", question, (ADD, pressed.turn_id) if is_back else None, language)

    def _example(self, turn: StoredTurn | None, pressed: Pressed) -> Example | None:
        """The turn's question with the last statement that ran for it; None for a turn without either."""
        if turn is None or turn.team != self._parts.me.team or turn.status != "done":
            return None
        ran = [str(query["sql"]) for query in turn.queries if not query.get("error")]
        if not ran or not turn.question.strip():
            return None
        return Example(turn.turn_id, turn.question, ran[-1], pressed.user, self._parts.services.clock())
