"""What the bot's answers took: reckoned by period, told, and sent as a file."""

import asyncio
import logging
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final, Literal, TypeAlias

from agent.messages import say
from bot.features.spreadsheet import csv_bytes
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.usage import Report, report_message, summary
from bot.parts import Parts
from bot.wire import SlackError
from db.catalog.meaning import Language
from db.store.errors import StoreUnavailable
from db.store.records import Spent
from db.store.usage import By

log = logging.getLogger(__name__)

Period: TypeAlias = Literal["today", "week", "month"]

_DAY: Final = timedelta(days=1)
_TOKENS: Final = ("prompt_tokens", "cached_tokens", "completion_tokens")
_HEADS: Final = ("user", "model", "turns", "completions", *_TOKENS, "cost_usd", "unpriced_turns")


class Reckoning:
    """The ledger by periods, which begin at midnight in the settings' zone."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._usage = parts.services.store.usage

    async def summary(self, language: Language) -> Message:
        """Today and this month, by user. Raises StoreUnavailable."""
        now = self._now()
        today, month = await asyncio.gather(
            self._usage.by("user", *self._span("today")), self._usage.by("user", *self._span("month"))
        )
        return summary(today, month, language, now)

    async def report(self, period: Period, by: By, language: Language) -> Message:
        """One period in detail. Raises StoreUnavailable."""
        since, until = self._span(period)
        lines, answers, days = await asyncio.gather(
            self._usage.by(by, since, until), self._usage.answers(since, until), self._days(since, until)
        )
        return report_message(Report(period, by, lines, answers, days), language)

    def send_csv(self, user: str, period: Period, language: Language, response_url: str) -> Message:
        """Starts to send the file to the person alone, and says so: it comes as a direct message."""
        self._parts.tasks.launch(self._send_csv(user, period, language, response_url), f"usage csv {user}")
        return note(say("usage-csv-coming", language))

    async def _send_csv(self, user: str, period: Period, language: Language, response_url: str) -> None:
        try:
            since, until = self._span(period)
            totals = await self._usage.totals(since, until)
            rows = [
                (t.user_id, t.model, t.turns, t.completions, t.prompt_tokens, t.cached_tokens, t.completion_tokens,
                 None if t.cost_usd is None else str(t.cost_usd), t.unpriced_turns)
                for t in totals
            ]  # fmt: skip
            data = await asyncio.to_thread(csv_bytes, _HEADS, rows)
            title = say("usage-csv-title", language, period=say(f"usage-{period}", language))
            await self._parts.uploads.give(user, f"usage-{since:%Y-%m-%d}-{period}.csv", data, title)
        except (SlackError, StoreUnavailable) as error:
            log.error("the usage of %s is not sent to %s: %s", period, user, error)
            with suppress(SlackError):
                await self._parts.replies.respond(response_url, note(say("usage-csv-failed", language)))

    async def _days(self, since: datetime, until: datetime) -> list[tuple[date, Spent]]:
        """Each day from the first to today; nothing for a period of one day."""
        starts = [since + number * _DAY for number in range((until.date() - since.date()).days + 1)]
        if len(starts) == 1:
            return []
        return [(start.date(), await self._usage.spent(start, start + _DAY)) for start in starts]

    def _span(self, period: Period) -> tuple[datetime, datetime]:
        now = self._now()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        begins = {
            "today": midnight,
            "week": midnight - midnight.weekday() * _DAY,
            "month": midnight.replace(day=1),
        }
        return begins[period], now + timedelta(seconds=1)

    def _now(self) -> datetime:
        return self._parts.services.clock().astimezone(self._parts.services.settings.timezone)
