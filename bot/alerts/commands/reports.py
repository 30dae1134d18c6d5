"""What somebody is told who asks how the alerts stand."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from agent.messages import say
from bot.alerts.alerting import Alerting
from bot.alerts.commands.condition_words import MisreadError, wanted
from bot.alerts.commands.standing import plans_of
from bot.alerts.conditions import matches
from bot.alerts.watching.health import schedule_of
from bot.messages.alerts.card import shown_name
from bot.messages.alerts.conditions import misread
from bot.messages.alerts.facts import Voice
from bot.messages.alerts.listing import MOST_OPEN, delivery_log, health, history, next_runs, open_list
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.parts import Parts
from db.store.alerts.records import Alert, Posting

COMMAND: Final = "/mlops alerts"
USUAL: Final = 20
MOST: Final = 99
LINKS_S: Final = 0.8
"""Nobody waits longer for addresses: a command has three seconds."""
_READ: Final = 500


class Reports:
    """Each returns what to say to one person. All methods raise StoreUnavailable.

    Where a policy parts people, who is no admin is told of the alerts whose runs they see; else UnsureError may be
    raised.
    """

    def __init__(self, parts: Parts, alerting: Alerting) -> None:
        self._parts = parts
        self._alerting = alerting
        self._store = parts.services.store
        self._admins = parts.services.settings.admins

    async def open(self, user: str, voice: Voice) -> Message:
        """What is not resolved, the oldest first, with its buttons."""
        found = await self._alerting.sight.of(user, await self._store.alerts.open(limit=_READ))
        people = {one for alert in found[:MOST_OPEN] for one in (alert.assignee, alert.acknowledged_by) if one}
        links, names = await asyncio.gather(self._links(found[:MOST_OPEN]), self._names(people))
        return open_list(found, voice, names=names, links=links, zone=self._alerting.zone)

    async def history(self, text: str, user: str, voice: Voice) -> Message:
        """The newest of all states; `text` is a number, and conditions."""
        numbers = [word for word in text.split() if word.isdigit()]
        rest = " ".join(word for word in text.split() if not word.isdigit())
        try:
            conditions = wanted(rest).conditions
        except MisreadError as error:
            return note(misread(error, voice.language, f"{COMMAND} history 20"))
        if len(numbers) > 1:
            return note(say("alert-history-misread", voice.language, command=f"{COMMAND} history"))
        most = min(int(numbers[0][:6]), MOST) if numbers else USUAL
        recent = await self._alerting.sight.of(user, await self._store.alerts.recent(limit=_READ))
        found = [alert for alert in recent if matches(conditions, alert)]
        return history(found[: most or USUAL], voice)

    async def deliveries(self, user: str, target: str, voice: Voice) -> Message:
        """What was sent to where they ask; admins are told of all. Alerts are named to who sees their runs."""
        channel = None if user in self._admins else target
        sent = await self._store.outbox.deliveries(USUAL, channel)
        ids = dict.fromkeys(one.alert_id for one in sent if one.alert_id is not None)
        known = [alert for one in ids if (alert := await self._store.alerts.by_id(one)) is not None]
        seen = await self._alerting.sight.of(user, known)
        return delivery_log(sent, voice, {alert.alert_id: shown_name(alert) for alert in seen})

    async def next(self, voice: Voice) -> Message:
        """When each rule looks next, and when each summary comes."""
        now, alerting = self._parts.services.clock(), self._alerting
        runs: list[tuple[str, datetime, str]] = []
        for rule in alerting.rules.rules:
            schedule = schedule_of(rule, alerting.every_s, alerting.zone)
            runs += [(f"rule:{rule.name}", slot.at, "") for slot in schedule.next(now)]
        for plan in await plans_of(alerting):
            runs += [(f"digest:{plan.digest.name}", slot.at, plan.channel) for slot in plan.schedule.next(now)]
        return next_runs(runs, voice)

    async def health(self, voice: Voice) -> Message:
        """Whether alerting itself works."""
        troubles = await self._alerting.health.troubles()
        outbox = await self._store.outbox.health(self._parts.services.clock())
        told = [(trouble.what, trouble.since, trouble.error) for trouble in troubles]
        beats = await self._store.heartbeats.all()
        return health(told, outbox, beats, voice, skipped=self._alerting.skipped)

    async def _links(self, alerts: Sequence[Alert]) -> dict[str, str]:
        """The addresses of the alerts' messages, as far as they are known in time."""
        roots = {alert.alert_id: await self._root(alert) for alert in alerts}
        standing = {alert_id: root for alert_id, root in roots.items() if root is not None}
        if not standing:
            return {}
        first = next(iter(standing.values()))
        try:
            async with asyncio.timeout(LINKS_S):
                link = await self._parts.replies.link_to(first.conversation or first.channel, first.ts or "")
        except TimeoutError:
            return {}
        base = (link or "").partition("/archives/")[0]
        return {alert_id: _address(base, root) for alert_id, root in standing.items()} if base else {}

    async def _root(self, alert: Alert) -> Posting | None:
        roots = await self._store.outbox.roots(alert.alert_id)
        return next((root for root in roots if root.ts is not None), None)

    async def _names(self, people: set[str]) -> dict[str, str]:
        found = await asyncio.gather(*(self._name(user) for user in sorted(people)))
        return {user: name for user, name in found if name is not None}

    async def _name(self, user: str) -> tuple[str, str | None]:
        try:
            async with asyncio.timeout(LINKS_S):
                return user, await self._alerting.owners.name_of(user)
        except TimeoutError:
            return user, None


def _address(base: str, root: Posting) -> str:
    return f"{base}/archives/{root.conversation or root.channel}/p{(root.ts or '').replace('.', '')}"
