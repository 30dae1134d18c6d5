"""Admins are told once a day that the budget is nearly spent."""

import logging
from datetime import date
from typing import Final

from agent.language import language_of
from agent.messages import say
from bot.messages.notes import note
from bot.replies import Replies
from bot.services import Services
from bot.tasks import Tasks
from bot.wire import SlackError
from db.store.errors import StoreUnavailable
from db.store.records import Spent

log = logging.getLogger(__name__)

NEAR: Final = 0.8
"""From this part of a day's budget on it is nearly spent."""


class Nearing:
    """Tells each admin by a direct message. Told once a day of the settings' zone, whoever asks and restarts."""

    def __init__(self, services: Services, replies: Replies, tasks: Tasks) -> None:
        self._services = services
        self._replies = replies
        self._tasks = tasks
        self._told: date | None = None

    def told_of(self, day: date, share: float, spent: Spent) -> None:
        """Looks at the part of the budget that is spent, and starts to tell where it is time to; returns at once."""
        if share >= NEAR and self._told != day:
            self._told = day
            self._tasks.launch(self._tell(day, share, spent), "the budget is nearly spent")

    async def _tell(self, day: date, share: float, spent: Spent) -> None:
        settings = self._services.settings
        log.warning("the day's budget is nearly spent", extra={"percent": round(100 * share)})
        try:
            if not await self._services.store.claims.first((f"budget:{day}",), self._services.clock()):
                return
        except StoreUnavailable as error:
            log.error("nobody is told that the budget is nearly spent: %s", error)
            return
        language = language_of("", settings.language)
        figures = say("usage-tokens-spent", language, tokens=spent.tokens)
        if settings.usd_per_day is not None:
            figures = f"${spent.cost_usd:,.2f} · {figures}"
        message = note(say("usage-budget-near", language, percent=round(100 * share), spent=figures))
        for admin in settings.admins:
            try:
                await self._replies.announce(admin, message, f"budget:{day}", None)
            except SlackError as error:
                log.error("an admin is not told that the budget is nearly spent: %s", error)
