"""How people want to be spoken to: in which language, at what length, by which steps."""

import logging
from dataclasses import replace

from agent.answer import Ask
from agent.language import language_of
from bot.services import Services
from db.catalog.meaning import Language
from db.store.errors import StoreUnavailable
from db.store.preferences import Preferences

log = logging.getLogger(__name__)


class Manners:
    """Asked by everything that speaks to people. Where the store cannot tell, they are spoken to like anybody."""

    def __init__(self, services: Services) -> None:
        self._preferences = services.store.preferences
        self._asked = services.store.asked
        self._home = services.settings.language

    async def of(self, team: str, user: str, channel: str | None = None) -> Preferences:
        """What the person, and the channel, has set."""
        try:
            return await self._preferences.of(team, user, channel)
        except StoreUnavailable as error:
            log.warning("nobody can tell how somebody wants to be answered: %s", error)
            return Preferences()

    async def language(self, team: str, user: str, text: str = "") -> Language:
        """What they have set; else the language of what they say, of what they last asked, of BOT_LANGUAGE."""
        return await self._spoken(team, user, text, await self.of(team, user))

    async def asked(self, ask: Ask, wanted: Preferences) -> Ask:
        """The ask as its asker wants it answered: in a language not plainly its own, with or without the way."""
        ask = replace(ask, is_stepwise=wanted.steps == "on")
        if wanted.language == "auto" and _has_letters(ask.text):
            return ask  # what it means may be in another language than its words: "2" is a choice
        return replace(ask, language=await self._spoken(ask.thread.team, ask.user, ask.text, wanted))

    async def _spoken(self, team: str, user: str, text: str, wanted: Preferences) -> Language:
        if wanted.language != "auto":
            return wanted.language
        if self._home == "auto" and not _has_letters(text):
            text = await self._last_words(team, user)
        return language_of(text, self._home)

    async def _last_words(self, team: str, user: str) -> str:
        try:
            return "".join(await self._asked.latest(team, user, 1))
        except StoreUnavailable as error:
            log.warning("nobody can tell what somebody speaks: %s", error)
            return ""


def _has_letters(text: str) -> bool:
    return any(char.isalpha() for char in text)
