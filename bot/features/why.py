"""Tells one person how a turn was read, where they may see it."""

import logging

from agent.errors import AskError
from agent.explanation import load
from agent.withheld import shown
from bot.features.pointing import Pointed
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.sentences import sentence
from bot.messages.why import why_message
from bot.parts import Parts
from bot.wire import Place
from db.catalog.meaning import Language
from db.store.errors import StoreUnavailable
from db.store.records import Explained

log = logging.getLogger(__name__)

_SLASH = "slash:"
"""How the threads begin whose answers only their asker has seen."""


class Whys:
    """Answers the shortcut on a message: of an answer, of a question, or of the thread that it stands in."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def tell(self, pointed: Pointed) -> None:
        """Starts to tell it, to that person alone, and returns at once."""
        self._parts.tasks.launch(self._tell(pointed), f"why {pointed.ts}")

    async def _tell(self, pointed: Pointed) -> None:
        language = await self._parts.manners.language(self._parts.me.team, pointed.user)
        try:
            message = await explain_turn(await self._find(pointed), pointed.user, language, self._parts)
        except StoreUnavailable as error:
            log.error("nobody can tell why: %s", error)
            message = note(sentence("store_unavailable", language))
        place = Place(pointed.channel, pointed.thread_ts)
        await self._parts.replies.whisper(place, pointed.user, message, pointed.response_url)

    async def _find(self, pointed: Pointed) -> Explained | None:
        log_, team, channel = self._parts.services.store.explanations, self._parts.me.team, pointed.channel
        if pointed.turn_id is not None:
            return await log_.of_turn(team, channel, pointed.turn_id)
        asked = await log_.of_source(team, channel, pointed.ts)
        return asked or await log_.last_in(team, channel, pointed.thread_ts or pointed.ts)


async def explain_turn(found: Explained | None, user: str, language: Language, parts: Parts) -> Message:
    """How the turn was read, in the reader's language or its question's; a sentence where there is nothing to tell.

    Where people see different parts of the catalogue, each is told of their own turns alone.
    """
    is_private = parts.askers.has_policy or (found is not None and found.thread_ts.startswith(_SLASH))
    if found is None or (is_private and found.user_id != user):
        return note(sentence("why_unknown", language))
    language = await parts.manners.language(parts.me.team, user, found.question)
    explanation = load(found.explanation)
    if explanation is None:
        return note(sentence("why_not_kept", language))
    try:
        catalog = (await parts.askers.of(user)).catalog
    except AskError as error:
        return note(sentence(error.code, language))
    seen = shown(explanation, catalog.semantics, catalog.private)
    problem = sentence(found.error, language) if found.error else ""
    return why_message(seen, found.question, found.turn_id, language, problem)
