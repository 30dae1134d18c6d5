"""Which open alerts are well again, as the catalogue now stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from bot.alerts.finding.finds import fingerprint_of
from bot.alerts.finding.pages import Finder
from db.catalog.alerts.queries import PAGE, earlier, family_of
from db.catalog.alerts.rules import Rule
from db.catalog.alerts.runs import Run, when
from db.store.alerts.records import AGAIN, Alert

Resolutions: TypeAlias = Mapping[str, Mapping[str, Any]]
"""By alert_id, what is kept of the recovery: run_id, name, status and finished_at (ISO, None unknown) of a run.

A run that took too long and then failed `has_failed`; one that the catalogue has no more `is_gone`.
"""

_FAMILY: Final = "family"
_AT_A_TIME: Final = 50
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outlook:
    """`over`: what is. `again`: by alert_id, what is news: since when its failed run runs again, None: no longer."""

    over: Resolutions
    again: Mapping[str, datetime | None]


@dataclass(frozen=True, slots=True)
class Recoveries:
    """Looks alerts up, many at a time. Raises CatalogError and UnfitRows."""

    finder: Finder

    async def of(self, rule: Rule, alerts: Sequence[Alert], watermark: str, now: datetime) -> Outlook:
        """How a built-in rule's open alerts stand by now; `watermark`: the newest failure it has seen."""
        runs = await self._runs(alerts)
        if rule.find == "stuck":
            ended = {one.alert_id: over for one in alerts if (over := self._ended(runs.get(one.run_id))) is not None}
            return Outlook(ended, {})
        over = {one.alert_id: _told(run) for one in alerts if (run := runs.get(one.run_id)) and self._is_well(one, run)}
        left = sorted((one for one in alerts if one.alert_id not in over), key=lambda one: one.last_at)
        for first in range(0, len(left), _AT_A_TIME):
            over |= await self._completed(rule, left[first : first + _AT_A_TIME], watermark)
        waiting = {
            one.alert_id: self._again(one, runs.get(one.run_id), now) for one in left if one.alert_id not in over
        }
        known = {one.alert_id for one in left if AGAIN in one.details}
        return Outlook(over, {one: at for one, at in waiting.items() if (at is not None) != (one in known)})

    async def _runs(self, alerts: Sequence[Alert]) -> dict[str, Run]:
        """How the runs of the alerts stand; without those that the catalogue does not have."""
        ids = list(dict.fromkeys(alert.run_id for alert in alerts if alert.run_id))
        found: dict[str, Run] = {}
        for first in range(0, len(ids), PAGE):
            sql = self.finder.queries.by_id(ids[first : first + PAGE])
            found |= {run.run_id: run for run in await self.finder.read(sql)}
        return found

    def _ended(self, run: Run | None) -> Mapping[str, Any] | None:
        if run is None:
            return {"is_gone": True}
        statuses = self.finder.rules.statuses
        if run.status in statuses.running:
            return None
        return {**_told(run), "has_failed": True} if run.status in statuses.failed else _told(run)

    def _again(self, alert: Alert, run: Run | None, now: datetime) -> datetime | None:
        """Since when its run is running again; None where it is not."""
        if run is None or run.status not in self.finder.rules.statuses.running:
            return None
        return run.started_at if run.started_at is not None and alert.last_at < run.started_at <= now else now

    def _is_well(self, alert: Alert, run: Run) -> bool:
        """What runs again is not, before it has completed; a hook may know of a failure before the catalogue does."""
        statuses = self.finder.rules.statuses
        if alert.kind != "reported":
            return run.status not in (*statuses.failed, *statuses.running)
        return run.status in statuses.done and _is_later(run, alert)

    async def _completed(self, rule: Rule, alerts: Sequence[Alert], watermark: str) -> Resolutions:
        """Those after which a run of the same group has completed; `alerts` begin with the oldest."""
        newest = when(watermark or None, self.finder.zone)
        if newest is None or "id" in rule.group:
            return {}
        since = earlier(watermark, newest - alerts[0].last_at)
        # A rule's group may have been changed since the alert was opened.
        groups = {alert.alert_id: fingerprint_of(rule, {**alert.details, "name": alert.name}) for alert in alerts}
        over: dict[str, Mapping[str, Any]] = {}
        for run in await self._done(rule, alerts, since):
            fingerprint = fingerprint_of(rule, run.row)
            for alert in alerts:
                if fingerprint in (alert.fingerprint, groups[alert.alert_id]) and _is_later(run, alert):
                    over.setdefault(alert.alert_id, _told(run))
        return over

    async def _done(self, rule: Rule, alerts: Sequence[Alert], since: str) -> list[Run]:
        """Completed runs since then, at least those of the alerts' groups, the earliest first."""
        finder = self.finder
        if "name" in rule.group:
            names = dict.fromkeys(alert.name for alert in alerts)
            found = await finder.read(finder.queries.done_since(since, names))
        elif _FAMILY in rule.group:
            families = dict.fromkeys(family_of(alert.name) for alert in alerts)
            sqls = [finder.queries.done_of_family(family, since) for family in families]
            found = [run for sql in sqls for run in await finder.read(sql)]
        else:
            ended = await finder.pages(lambda at: finder.queries.ended_since(since, offset=at))
            found = [run for run in ended if run.status in finder.rules.statuses.done]
        return sorted(found, key=lambda run: run.finished_at or _NEVER)


def _is_later(run: Run, alert: Alert) -> bool:
    return run.finished_at is not None and run.finished_at > alert.last_at


def _told(run: Run) -> Mapping[str, Any]:
    ended = None if run.finished_at is None else run.finished_at.isoformat()
    return {"run_id": run.run_id, "name": run.name, "status": run.status, "finished_at": ended}
