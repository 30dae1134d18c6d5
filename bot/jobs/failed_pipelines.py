"""Failed pipelines told in the alert channel: found by rules, written down, then posted once."""

import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from agent.language import language_of
from bot.jobs import Job
from bot.messages.alert import alert_block_id, alert_message
from bot.messages.answer import Message
from bot.parts import Parts
from bot.settings import SettingsError
from bot.wire import SlackError, SlackRefused
from db.catalog.alert_rules import Rule, RulesError, load_rules
from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogError
from db.catalog.meaning import Language
from db.catalog.table import Table
from db.store.alerts import AlertLog
from db.store.records import Alert, Found

log = logging.getLogger(__name__)

Announce: TypeAlias = Callable[[str, Message, str, datetime | None], Awaitable[str]]
"""`Replies.announce`: channel, message, block id, time of an earlier try; returns the ts, raises SlackError."""

_OF_THE_MESSAGE: Final = ("invalid_blocks", "invalid_arguments", "msg_", "no_text")
_ADVICE: Final = {
    "not_in_channel": "invite the bot to the channel: /invite @mlops",
    "channel_not_found": "check ALERT_CHANNEL; a private channel must invite the bot first: /invite @mlops",
    "is_archived": "the channel is archived: set ALERT_CHANNEL to another one",
    "missing_scope": "give the app the scopes of manifest.yml and install it again",
}


def register(parts: Parts) -> Job | None:
    """Raises SettingsError for an alerts.yml that cannot be used."""
    services = parts.services
    settings = services.settings
    if settings.alert_channel is None or settings.rules is None:
        return None
    try:
        rules = load_rules(settings.rules)
    except RulesError as error:
        raise SettingsError(f"ALERT_RULES: {error}") from error
    language = language_of("", settings.language)
    watch = FailedPipelines(
        rules,
        settings.alert_channel,
        language,
        services.catalog,
        services.store.alerts,
        parts.replies.announce,
        services.clock,
    )
    return Job(settings.alert_every_s, watch.tick)


@dataclass(frozen=True, slots=True)
class FailedPipelines:
    """One look at the catalogue, and one message for each failure that was not there before."""

    rules: tuple[Rule, ...]
    channel: str
    language: Language
    catalog: Catalog
    alerts: AlertLog
    announce: Announce
    clock: Callable[[], datetime]

    async def tick(self) -> None:
        """Records what is new, then posts what is pending. Raises StoreUnavailable; the next tick goes on."""
        if await self._refresh():
            for rule in self.rules:
                await self._look(rule)
        for alert in await self.alerts.pending():
            if not await self._tell(alert):
                return

    async def _refresh(self) -> bool:
        """Has the catalogue notice new runs, so that a question about one finds its name."""
        try:
            await self.catalog.refresh()
        except CatalogError as error:
            log.error("no rule finds anything: %s", error)
            return False
        return True

    async def _look(self, rule: Rule) -> None:
        try:
            table = await self.catalog.query(rule.sql)
        except CatalogError as error:
            log.error("rule %s finds nothing: %s", rule.name, error)
            return
        if missing := rule.missing(table):
            log.error("rule %s finds nothing: its query returns no column %s", rule.name, ", ".join(missing))
            return
        if table.truncated:
            log.warning("rule %s: only the first %d rows are read; bound it in time", rule.name, len(table.rows))
        if new := await self.alerts.record(rule.name, _found(rule, table), self.clock(), is_cut=table.truncated):
            log.info("rule %s: %d new", rule.name, new)

    async def _tell(self, alert: Alert) -> bool:
        """Posts one alert. False where no other could be posted now, either; the log says why, and what to do."""
        await self.alerts.attempt(alert.fingerprint, self.clock())
        message = alert_message(alert.fingerprint, alert.details, self.language)
        mark = alert_block_id(alert.fingerprint)
        try:
            ts = await self.announce(self.channel, message, mark, alert.attempted_at)
        except SlackRefused as refused:
            return await self._refused(alert, refused)
        except SlackError as error:
            log.error("alerts stay pending, from %s on: %s; the next tick goes on", alert.fingerprint, error)
            return False
        await self.alerts.mark_posted(alert.fingerprint, self.channel, ts, self.clock())
        return True

    async def _refused(self, alert: Alert, refused: SlackRefused) -> bool:
        """Gives a message up that Slack won't ever take; keeps one that only the channel stands in the way of."""
        if refused.code.startswith(_OF_THE_MESSAGE):
            await self.alerts.give_up(alert.fingerprint)
            log.error("alert %s is given up: slack refuses its message (%s)", alert.fingerprint, refused.code)
            return True
        if alert.attempted_at is None and not refused.unsure:
            await self.alerts.release(alert.fingerprint)
        advice = _ADVICE.get(refused.code, "what it means: docs.slack.dev/reference/methods/chat.postMessage")
        log.error("alerts stay pending, from %s on: %s; %s", alert.fingerprint, refused, advice)
        return False


def _found(rule: Rule, table: Table) -> list[Found]:
    found = []
    for row in table.rows:
        details = dict(zip(table.columns, row, strict=True))
        moment = "" if details["finished_at"] is None else str(details["finished_at"])
        found.append(Found(_fingerprint(rule.name, str(details["id"]), moment), moment, details))
    return found


def _fingerprint(*parts: str) -> str:
    """The same for the same failure, however often it is found; another for the next failure of the same pipeline."""
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:32]
