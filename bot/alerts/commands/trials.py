"""A rule tried out: what it would send now, shown to one person; nothing is recorded."""

import logging
from datetime import datetime
from typing import Final

from agent.messages import say
from bot.alerts.alerting import Alerting
from bot.alerts.conditions import matches
from bot.alerts.finding.pages import Finder, UnfitRows
from bot.alerts.people.sight import UnsureError
from bot.alerts.routing import conditions_of
from bot.alerts.telling.backdrop import Backdrop
from bot.messages.alerts.facts import Facts, Voice
from bot.messages.alerts.listing import preview
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.refusals import refusal
from bot.messages.text import clip
from bot.parts import Parts
from bot.wire import SlackError
from db.catalog.alerts.queries import earlier
from db.catalog.alerts.rules import Rule
from db.catalog.errors import CatalogError
from db.logfiles import LogFiles
from db.store.alerts.records import begun
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

COMMAND: Final = "/mlops alerts test"
_SHOWN: Final = 50
_CHARS: Final = 300


class Trials:
    """For admins, or anybody where there are none: then over what they see of the catalogue."""

    def __init__(self, parts: Parts, alerting: Alerting) -> None:
        self._parts = parts
        self._alerting = alerting
        settings = parts.services.settings
        self._admins = settings.admins
        logs = LogFiles(settings.log_roots)
        self._backdrop = Backdrop(alerting.catalog, alerting.rules, logs, alerting.zone)

    def start(self, name: str, user: str, voice: Voice, response_url: str) -> Message:
        """Starts it and says so; what came of it follows by the response URL."""
        if self._admins and user not in self._admins:
            return refusal("alerts-not-admin", voice.language, admins=self._admins)
        rules = self._alerting.rules.rules
        rule = self._alerting.rules.rule(name.strip())
        if rule is None:
            names = ", ".join(one.name for one in rules)
            told = {"command": COMMAND, "rule": rules[0].name, "rules": clip(names, _CHARS)}
            return note(say("alert-test-misread", voice.language, **told))
        self._parts.tasks.launch(self._tell(rule, user, voice, response_url), f"trial of {rule.name}")
        return note(say("alert-test-coming", voice.language, rule=rule.name))

    async def _tell(self, rule: Rule, user: str, voice: Voice, response_url: str) -> None:
        try:
            message = await self._tried(rule, user, voice)
        except (CatalogError, UnfitRows, StoreUnavailable, UnsureError) as error:
            log.warning("rule %s cannot be tried: %s", rule.name, error)
            told = {"rule": rule.name, "problem": clip(str(error), _CHARS)}
            message = note(say("alert-test-failed", voice.language, **told))
        try:
            await self._parts.replies.respond(response_url, message)
        except SlackError as error:
            log.error("what a rule would send could not be shown: %s", error)

    async def _tried(self, rule: Rule, user: str, voice: Voice) -> Message:
        alerting = self._alerting
        own = await alerting.sight.catalog(user)
        finder = Finder(alerting.rules, own or alerting.catalog, alerting.zone)
        backdrop = self._backdrop if own is None else self._backdrop.seen_in(own)
        now = self._parts.services.clock()
        found = await finder.found(rule, await self._since(rule, finder, now), now)
        conditions = conditions_of(rule.where)
        alerts = [alert for one in reversed(found) if matches(conditions, alert := begun("trial", rule.name, one, now))]
        if not alerts:
            return preview(rule.name, (), Facts(), (), voice)
        routed = (await alerting.router()).route(alerts[0])
        facts = await backdrop.of(alerts[0])
        channels = [destination.channel for destination in routed.destinations]
        return preview(rule.name, alerts[:_SHOWN], facts, channels, voice, is_cut=len(alerts) > _SHOWN)

    async def _since(self, rule: Rule, finder: Finder, now: datetime) -> str:
        """As the next look of a rule that has seen everything; a rule's own query says itself from when on."""
        if rule.find != "failed":
            return ""
        newest = await finder.newest(now)
        return "" if newest is None else earlier(newest.moment, rule.lookback)
