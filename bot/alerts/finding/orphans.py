"""Open alerts of rules that alerts.yml has no more: a rule of another name takes them, or they are closed."""

import logging
from collections.abc import Mapping, Sequence
from typing import Final

from bot.alerts.alerting import Alerting
from bot.alerts.conditions import matches
from bot.alerts.finding.finds import fingerprint_of, source_of
from bot.alerts.routing import conditions_of
from db.catalog.alerts.rules import Rule
from db.catalog.alerts.runs import when
from db.store.alerts.records import Alert, AlertKind

log = logging.getLogger(__name__)

RULE_GONE: Final = {"rule_gone": True}
"""The resolution of an alert that nothing looks after any more."""
_READ: Final = 20_000


class Orphans:
    def __init__(self, alerting: Alerting) -> None:
        self._alerting = alerting
        self._store = alerting.store.alerts

    async def settle(self) -> bool:
        """Whether none is left; those wait whose rule may be one that has not looked yet. Raises StoreUnavailable."""
        rules = self._alerting.rules
        found = await self._store.open(limit=_READ)
        orphans = [one for one in found if rules.rule(one.rule) is None]
        if not orphans:
            return True
        unready = [rule.kind for rule in rules.rules if await self._store.watermark(rule.name) is None]
        ready = [one for one in orphans if _kind(one) not in unready]
        adopted = await self._adopt(ready)
        closing = {one.alert_id: RULE_GONE for one in ready if one.alert_id not in adopted}
        await self._store.resolve_all(closing, self._alerting.clock())
        if ready:
            log.warning("rules are gone: %d alerts are another's, %d are closed", len(adopted), len(closing))
            self._alerting.wake.set()
        return len(ready) == len(orphans)

    async def _adopt(self, orphans: Sequence[Alert]) -> set[str]:
        """The ids of those that a rule has taken."""
        adopted = set()
        for alert in orphans:
            sources = {rule.name: self._source(rule, alert) for rule in self._akin(alert)}
            known = await self._store.known(list(sources.values()))
            if (heir := self._heir(alert, sources, known)) is not None:
                fingerprint = fingerprint_of(heir, {**alert.details, "name": alert.name})
                given = (heir.name, fingerprint, sources[heir.name])
                if await self._store.adopt(alert.alert_id, *given, self._alerting.clock()) is not None:
                    adopted.add(alert.alert_id)
        return adopted

    def _akin(self, alert: Alert) -> list[Rule]:
        """Rules that find what is like it, and whose conditions hold."""
        rules = self._alerting.rules.rules
        return [rule for rule in rules if rule.kind == _kind(alert) and matches(conditions_of(rule.where), alert)]

    def _heir(self, alert: Alert, sources: Mapping[str, str], known: set[str]) -> Rule | None:
        """One that has found the same; a built-in rule would have, had it looked so far back."""
        ranked = sorted(self._akin(alert), key=lambda rule: sources[rule.name] not in known)
        return next((rule for rule in ranked if rule.find is not None or sources[rule.name] in known), None)

    def _source(self, rule: Rule, alert: Alert) -> str:
        moment = alert.details.get("finished_at")
        at = when(moment, self._alerting.zone)
        return source_of(rule.name, alert.run_id or f"\0{alert.name}", at, "" if moment is None else str(moment))


def _kind(alert: Alert) -> AlertKind:
    """What finds the like of it: a hook reports what a scan for failures would find later."""
    return "failed" if alert.kind == "reported" else alert.kind
