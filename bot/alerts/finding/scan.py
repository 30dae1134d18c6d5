"""Looks at the catalogue for what the rules name: what is new is recorded, what is well again resolved."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.alerts.alerting import Alerting
from bot.alerts.conditions import matches
from bot.alerts.finding.finds import source_of
from bot.alerts.finding.orphans import Orphans
from bot.alerts.finding.pages import Finder, UnfitRows
from bot.alerts.finding.recovery import Recoveries
from bot.alerts.routing import conditions_of
from bot.alerts.watching.health import scan_beat, schedule_of
from db.catalog.alerts.queries import earlier
from db.catalog.alerts.rules import Rule
from db.catalog.alerts.schedule import Slot
from db.catalog.errors import CatalogError
from db.store.alerts.records import Found, Recorded, ScheduledRun, begun
from db.store.records import Json

log = logging.getLogger(__name__)

_WEEK: Final = timedelta(days=7)
_OPEN: Final = 20_000


class Scan:
    """Each rule looks when its schedule says so; one without a schedule at every tick.

    What has run is in the store's schedule_runs, noted after a look that went well: one that did not is made up for.
    """

    def __init__(self, alerting: Alerting) -> None:
        self._alerting = alerting
        self._store = alerting.store
        self._skipped = 0
        self._finder = Finder(alerting.rules, alerting.catalog, alerting.zone, self._skip)
        self._recoveries = Recoveries(self._finder)
        self._orphans = Orphans(alerting)
        self._firsts: dict[str, datetime] = {}
        self._is_settled = False

    @property
    def every_s(self) -> float:
        """How often it is asked what is due."""
        spans = [rule.every.total_seconds() for rule in self._alerting.rules.rules if rule.every is not None]
        return min([self._alerting.every_s, *spans])

    async def tick(self) -> None:
        """Looks for what is due. Raises StoreUnavailable; the next tick goes on."""
        due = [(rule, slot) for rule in self._alerting.rules.rules for slot in await self._due(rule)]
        for rule, _ in due:
            await self._first(rule)
        if not due or not await self._refreshed():
            return
        for rule, slot in due:
            try:
                await self.look(rule)
            except (CatalogError, UnfitRows) as error:
                log.error("rule %s finds nothing: %s", rule.name, error)
            else:
                await self._note(rule, slot)
        self._is_settled = self._is_settled or await self._orphans.settle()

    async def look(self, rule: Rule) -> Recorded:
        """One look of one rule. Raises CatalogError, UnfitRows and StoreUnavailable."""
        now, self._skipped = self._alerting.clock(), 0
        recorded = await self._record(rule, now)
        resolved = await self._follow(rule, now) if rule.find is not None else 0
        self._alerting.skipped[rule.name] = self._skipped
        counts = (len(recorded.opened), len(recorded.fed), resolved)
        if any(counts):
            log.info("rule %s: %d new, %d fed, %d resolved", rule.name, *counts)
            self._alerting.wake.set()
        return recorded

    def _skip(self, count: int) -> None:
        """Takes in that rows could not be read; what is read twice counts once."""
        self._skipped = max(self._skipped, count)

    async def _due(self, rule: Rule) -> list[Slot]:
        """The slot for which a rule is to look now; missed ones are made up for by the last of them."""
        alerting, now = self._alerting, self._alerting.clock()
        schedule = schedule_of(rule, alerting.every_s, alerting.zone)
        last = await self._store.schedule.last(_job_key(rule), now)
        has_own = rule.cron is not None or rule.every is not None or self.every_s < alerting.every_s
        if has_own and last is not None:
            slot = schedule.due(last.scheduled_for, now)
            return [] if slot is None else [slot]
        return [schedule.due(now - _WEEK, now) or Slot("", now)]

    async def _note(self, rule: Rule, slot: Slot) -> None:
        now = self._alerting.clock()
        is_late = now - slot.at > timedelta(seconds=2 * self.every_s)
        named = f"{slot.at:%Y-%m-%dT%H:%M:%SZ}"
        run = ScheduledRun(_job_key(rule), named, slot.at, "delayed" if is_late else "done", now)
        await self._store.schedule.claim(run)
        await self._store.heartbeats.beat(scan_beat(rule.name), now)

    async def _first(self, rule: Rule) -> datetime:
        """From when on a rule tells: a catalogue that cannot be read at its first look hides nothing that follows."""
        if rule.name not in self._firsts:
            now = self._alerting.clock()
            self._firsts[rule.name] = await self._store.heartbeats.first(scan_beat(rule.name), now)
        return self._alerting.since or self._firsts[rule.name]

    async def _refreshed(self) -> bool:
        """Has the catalogue notice new runs, so that a question about one finds its name."""
        try:
            await self._alerting.catalog.refresh()
        except CatalogError as error:
            log.error("no rule finds anything: %s", error)
            return False
        return True

    async def _record(self, rule: Rule, now: datetime) -> Recorded:
        seen = await self._store.alerts.watermark(rule.name)
        since = await self._beginning(rule, now) if seen is None else earlier(seen, rule.lookback)
        found = [one for one in await self._finder.found(rule, since, now) if _is_meant(rule, one)]
        new = await self._unknown(rule, found)
        if not new and seen is not None:
            return Recorded()
        router = await self._alerting.router()
        return await self._store.alerts.record(
            rule.name,
            new,
            now,
            router.route,
            tells_old=await self._first(rule),
            well=await self._well(rule, new, now),
            is_late=await self._is_late(rule, now),
        )

    async def _well(self, rule: Rule, new: Sequence[Found], now: datetime) -> Mapping[str, Json]:
        """By their ids, the runs that are over already when they are found: no alarm goes out for them."""
        if rule.find != "failed":
            return {}
        alerts = [begun(one.run_id, rule.name, one, now) for one in new if one.run_id]
        newest = max((one.moment for one in new if one.at is not None), default="")
        return (await self._recoveries.of(rule, alerts, newest, now)).over if alerts else {}

    async def _is_late(self, rule: Rule, now: datetime) -> bool:
        """Whether nobody has looked when somebody should have: more than a tick ago."""
        last = await self._store.schedule.last(_job_key(rule), now)
        if last is None:
            return False
        missed = schedule_of(rule, self._alerting.every_s, self._alerting.zone).next(last.scheduled_for)
        return any(now - slot.at > timedelta(seconds=2 * self.every_s) for slot in missed)

    async def _unknown(self, rule: Rule, found: Sequence[Found]) -> list[Found]:
        """What is not recorded yet, neither under its source nor under the one that an older bot gave it."""
        older = {one.source: source_of(rule.name, one.run_id, None, one.moment) for one in found}
        known = await self._store.alerts.known([*older, *older.values()])
        return [one for one in found if one.source not in known and older[one.source] not in known]

    async def _beginning(self, rule: Rule, now: datetime) -> str:
        """From where a rule reads at its first look: a little before the newest failure, or what is to be told."""
        newest = await self._finder.newest(now) if rule.find == "failed" else None
        if newest is None or newest.finished_at is None:
            return ""
        span = max(newest.finished_at - await self._first(rule), timedelta())
        return earlier(newest.moment, max(span, rule.lookback))

    async def _follow(self, rule: Rule, now: datetime) -> int:
        """Notes what has become of what is open; says how many are well again."""
        alerts = await self._store.alerts.open(rule=rule.name, limit=_OPEN)
        if not alerts:
            return 0
        watermark = await self._store.alerts.watermark(rule.name) or ""
        outlook = await self._recoveries.of(rule, alerts, watermark, now)
        await self._store.alerts.run_again(outlook.again, now)
        return len(await self._store.alerts.resolve_all(outlook.over, now))


def _job_key(rule: Rule) -> str:
    return f"rule:{rule.name}"


def _is_meant(rule: Rule, one: Found) -> bool:
    """Whether the rule's own conditions hold of what it has found."""
    conditions = conditions_of(rule.where)
    return not conditions or matches(conditions, begun("", rule.name, one, datetime.min))
