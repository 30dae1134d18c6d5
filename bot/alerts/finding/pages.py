"""What a rule finds in the catalogue, read in pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.alerts.finding.finds import found_of
from bot.alerts.finding.slowness import least_of, usual_of
from db.catalog.alerts.queries import PAGE, RunQueries, earlier, family_of, with_since
from db.catalog.alerts.reading import read_runs
from db.catalog.alerts.rules import COLUMNS, FOUND_COLUMNS, AlertRules, Rule, missing
from db.catalog.alerts.runs import Run, runs_of
from db.catalog.catalog import Catalog
from db.catalog.table import Table
from db.store.alerts.records import Found

MOST: Final = 20_000
"""So many rows of one rule are read in one look; the next look goes on."""
KEPT_SPANS: Final = 5
_HISTORY: Final = timedelta(days=90)
_LONG_AGO: Final = "1970-01-01 00:00:00"


class UnfitRows(Exception):
    """A rule's query returns not what it should; for the operator."""


@dataclass(frozen=True, slots=True)
class Finder:
    """Raises CatalogError and UnfitRows. `zone`: of times that have none; `skipped` is told of rows left out."""

    rules: AlertRules
    catalog: Catalog
    zone: ZoneInfo
    skipped: Callable[[int], None] = lambda _: None

    @property
    def queries(self) -> RunQueries:
        return RunQueries(self.rules, self.catalog.dialect)

    async def newest(self, now: datetime) -> Run | None:
        """The failed run that ended last; what is no time, or to come, sorts before it and tells nothing."""
        runs = await self.read(self.queries.newest_failed(limit=PAGE))
        return next((run for run in runs if run.finished_at is not None and run.finished_at <= now), None)

    async def found(self, rule: Rule, since: str, now: datetime) -> list[Found]:
        """The finds of a rule from `since` on ("": all), the oldest first."""
        if rule.find == "failed":
            return [found_of(rule, run) for run in await self.pages(lambda at: self.queries.failed(since, offset=at))]
        if rule.find == "stuck":
            return await self._stuck(rule, now)
        return await self._of_sql(rule, since)

    async def pages(self, page: Callable[[int], str]) -> list[Run]:
        """All rows of a query, which `page` makes for an offset."""
        found: list[Run] = []
        while len(found) < MOST:
            table = await read_runs(self.catalog, self.queries, page(len(found)), self.skipped)
            found += self._runs(table)
            if not table.rows or (len(table.rows) < PAGE and not table.truncated):
                break
        return found

    async def read(self, sql: str) -> list[Run]:
        """The runs of a statement of `queries`."""
        return self._runs(await read_runs(self.catalog, self.queries, sql, self.skipped))

    def _runs(self, table: Table) -> list[Run]:
        return runs_of(_checked(table, COLUMNS), self.zone)

    async def too_slow(self, rule: Rule, runs: Sequence[Run], now: datetime) -> list[tuple[Run, dict[str, Any]]]:
        """Those of the running ones that take too long, with what is told of them."""
        spans: dict[str, list[float]] = {}
        slow: list[tuple[Run, dict[str, Any]]] = []
        for run in runs:
            if run.started_at is None or now - run.started_at < least_of(rule.slow):
                continue
            family = family_of(run.name)
            if family not in spans:
                spans[family] = await self._spans(family, run)
            usual = usual_of(rule.slow, spans[family])
            if usual.limit_s is not None and (now - run.started_at).total_seconds() > usual.limit_s:
                told = {"usual_s": usual.usual_s, "history": spans[family][:KEPT_SPANS]}
                slow.append((run, {**run.row, **told} if spans[family] else dict(run.row)))
        return slow

    async def _stuck(self, rule: Rule, now: datetime) -> list[Found]:
        running = await self.pages(lambda at: self.queries.running(offset=at))
        slow = await self.too_slow(rule, running, now)
        return [found_of(rule, run, details=told) for run, told in slow]

    async def _spans(self, family: str, run: Run) -> list[float]:
        """How long completed runs of a family took, the newest first."""
        since = earlier(run.text("started_at"), _HISTORY)
        runs = await self.read(self.queries.done_of_family(family, since))
        return [took_s for one in runs if family_of(one.name) == family and (took_s := one.took_s) is not None]

    async def _of_sql(self, rule: Rule, since: str) -> list[Found]:
        sql = with_since(rule.sql or "", since or _LONG_AGO, self.catalog.dialect)
        table = _checked(await self.catalog.query(sql), FOUND_COLUMNS)
        runs = runs_of(table, self.zone)
        # What is cut off a result and slides in later is old.
        return [found_of(rule, run) for run in reversed(runs) if not run.moment or run.moment >= since]


def _checked(table: Table, needed: tuple[str, ...]) -> Table:
    if lacking := missing(table.columns, needed):
        raise UnfitRows(f"its query returns no column {', '.join(lacking)}")
    return table
