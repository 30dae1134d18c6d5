"""What is said to whoever gets no answer: how often, and in which words."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.messages.answer import Message
from bot.messages.refusals import refusal
from bot.settings import Settings
from db.catalog.meaning import Language

_ONCE_IN: Final = timedelta(hours=1)


class Refusals:
    """One sentence a person, code and hour. What was said is known only here: after a restart it may be said again."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._clock = clock
        self._told: dict[tuple[str, str], datetime] = {}

    def is_due(self, user: str, code: str) -> bool:
        """Whether the person is to be told now; whoever asks will tell them."""
        now = self._clock()
        self._told = {key: at for key, at in self._told.items() if now - at < _ONCE_IN}
        if (user, code) in self._told:
            return False
        self._told[user, code] = now
        return True

    def message(self, code: str, language: Language, until: datetime | None = None) -> Message:
        """The sentence of a code; `until` is when asking works again."""
        settings = self._settings
        local = None if until is None else until.astimezone(settings.timezone)
        return refusal(
            code,
            language,
            admins=settings.admins,
            channels=settings.allowed_channels,
            limit=settings.questions_per_minute,
            until=local,
        )
