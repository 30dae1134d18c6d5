"""The numbers of a summary: from the catalogue, the alerts and the ledger."""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from bot.alerts.conditions import fits
from bot.messages.alerts.facts import cell
from bot.messages.alerts.report import Cost, Day, Failure, LongRun, NewModel, ProjectDay, Report
from db.catalog.alerts.queries import PAGE, RunQueries, earlier, with_since
from db.catalog.alerts.reading import read_runs
from db.catalog.alerts.rules import AlertRules, Digest
from db.catalog.alerts.runs import Run, runs_of, when
from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogError
from db.store.alerts.records import Alert
from db.store.store import Store

log = logging.getLogger(__name__)

DAYS: Final = 14
"""So many days the chart has."""
_PAGES: Final = 10
_LISTED: Final = 30
_ALERTS: Final = 500
_DAY: Final = timedelta(days=1)
_MARGIN: Final = timedelta(hours=26)
"""Times without a zone may be an hour off where clocks change, and dates a day: all are looked at once more here."""
_HALF_DAY: Final = timedelta(hours=12)

Part: TypeAlias = Literal["runs", "models", "days"]


@dataclass(slots=True)
class _Ended:
    """How the runs of a stretch of time ended, by project and by day of the catalogue."""

    failed: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    is_cut: bool = False


@dataclass(slots=True)
class _Seen:
    """What the catalogue tells of a stretch of time, and the parts that it does not tell just now."""

    ended: _Ended = field(default_factory=_Ended)
    days: list[Day] = field(default_factory=list)
    models: list[NewModel] = field(default_factory=list)
    unknown: list[Part] = field(default_factory=list)


class Daybook:
    """`zone` is that of the catalogue's times that have none."""

    def __init__(self, store: Store, catalog: Catalog, rules: AlertRules, zone: ZoneInfo) -> None:
        self._store = store
        self._catalog = catalog
        self._rules = rules
        self._zone = rules.timezone or zone
        self._queries = RunQueries(rules, catalog.dialect)

    async def report(self, digest: Digest, since: datetime, until: datetime, *, is_delayed: bool = False) -> Report:
        """What happened in since <= time < until; what the catalogue does not tell just now is named.

        Raises StoreUnavailable.
        """
        project = digest.project or ""
        seen = await self._seen(digest, project, since, until)
        alerts = await self._alerts(project)
        opened = [one for one in alerts if since <= one.first_at < until]
        resolved = [one for one in alerts if one.resolved_at is not None and since <= one.resolved_at < until]
        waiting = [one for one in alerts if one.state != "resolved" and one.first_at < until]
        told = _open_first({one.alert_id: one for one in (*opened, *resolved, *waiting)}.values())
        return Report(
            since=since,
            until=until,
            project=project,
            is_delayed=is_delayed,
            opened=len(opened),
            resolved=len(resolved),
            still_open=len(waiting),
            failures=tuple(_failure(one, until) for one in told[:_LISTED]),
            others=len(told[_LISTED:]),
            long_runs=tuple(self._long_run(one, until) for one in waiting if one.kind == "stuck")[:_LISTED],
            done=seen.ended.done.total(),
            is_cut=seen.ended.is_cut,
            projects=_projects(seen.ended),
            models=tuple(seen.models[:_LISTED]),
            days=tuple(seen.days),
            cost=await self._cost(since, until),
            unknown=tuple(seen.unknown),
        )

    async def _seen(self, digest: Digest, project: str, since: datetime, until: datetime) -> _Seen:
        """What the catalogue tells of the time, as far as it does."""
        seen = _Seen()

        async def runs() -> None:
            await self._ended(seen.ended, project, since, until)

        async def by_day() -> None:
            seen.days.extend(await self._days(project, until))

        async def new_models() -> None:
            seen.models.extend(await self._models(digest, since, until))

        await self._catalog_is_new()
        looks: tuple[tuple[Part, Callable[[], Awaitable[None]]], ...] = (
            ("runs", runs),
            ("days", by_day),
            ("models", new_models),
        )
        for part, look in looks:
            try:
                await look()
            except CatalogError as error:
                log.warning("a summary is told without its %s: %s", part, error)
                seen.unknown.append(part)
        return seen

    async def _catalog_is_new(self) -> None:
        try:
            await self._catalog.refresh()
        except CatalogError as error:
            log.warning("a summary is made of a catalogue that cannot be read: %s", error)

    async def _alerts(self, project: str) -> list[Alert]:
        """The last ones, and all that are open; without those that are muted, which nobody is told of."""
        found = [*await self._store.alerts.recent(limit=_ALERTS), *await self._store.alerts.open(limit=_ALERTS)]
        mine = {one.alert_id: one for one in found if not one.is_muted and _is_of(project, one.project)}
        return list(mine.values())

    async def _ended(self, ended: _Ended, project: str, since: datetime, until: datetime) -> None:
        for run in await self._runs(ended, since):
            if (
                run.finished_at is None
                or not since <= run.finished_at < until
                or not _is_of(project, run.text("project"))
            ):
                continue
            counts = ended.failed if run.status in self._rules.statuses.failed else ended.done
            counts[run.text("project")] += 1

    async def _days(self, project: str, until: datetime) -> list[Day]:
        """Each of the last days by the catalogue's own dates; the day that has just begun is left out."""
        if self._rules.runs is None:
            return []
        last = (until - _HALF_DAY).astimezone(self._zone).date()
        dates = [last - number * _DAY for number in reversed(range(DAYS))]
        begin = datetime.combine(dates[0], datetime.min.time(), self._zone)
        failed, done = Counter[date](), Counter[date]()
        if project:
            for run in await self._runs(_Ended(), begin):
                if run.finished_at is not None and _is_of(project, run.text("project")):
                    counts = failed if run.status in self._rules.statuses.failed else done
                    counts[run.finished_at.astimezone(self._zone).date()] += 1
        else:
            table = await self._catalog.query(self._queries.by_day(await self._written(begin)))
            for day, status, count in table.rows:
                counts = failed if status in self._rules.statuses.failed else done
                if (at := _date(day)) is not None and isinstance(count, int):
                    counts[at] += count
        return [Day(day=f"{at:%Y-%m-%d}", failed=failed[at], done=done[at]) for at in dates]

    async def _models(self, digest: Digest, since: datetime, until: datetime) -> list[NewModel]:
        sql = digest.new_models or self._rules.new_models
        if sql is None:
            return []
        begin = since.astimezone(self._zone).date()
        table = await self._catalog.query(with_since(sql, f"{begin:%Y-%m-%d}", self._catalog.dialect))
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        found = [
            NewModel(name=cell(row, "name"), version=cell(row, "version"), project=cell(row, "project"))
            for row in rows
            if self._is_of_span(row.get("registered_at"), since, until)
        ]
        return [one for one in found if _is_of(digest.project or "", one.project)]

    def _is_of_span(self, value: object, since: datetime, until: datetime) -> bool:
        """A time is within the span; of dates those from its first day on, without the one in which it ends."""
        text = str(value or "")
        at = when(text, self._zone)
        if at is None:
            return True
        if len(text) > len("2026-11-21"):
            return since <= at < until
        day = at.astimezone(self._zone).date()
        return since.astimezone(self._zone).date() <= day < until.astimezone(self._zone).date()

    async def _runs(self, ended: _Ended, since: datetime) -> list[Run]:
        """The runs that ended since then, and a little before, the newest first, as many as are read of them."""
        if self._rules.runs is None:
            return []
        bound, found = await self._written(since), list[Run]()
        for page in range(_PAGES):
            table = await read_runs(self._catalog, self._queries, self._queries.ended_since(bound, offset=page * PAGE))
            found += runs_of(table, self._zone)
            if not table.rows or (len(table.rows) < PAGE and not table.truncated):
                return found
        ended.is_cut = True
        return found

    async def _written(self, at: datetime) -> str:
        """A time, a little earlier, as the catalogue writes its own: texts are compared as such."""
        runs = runs_of(await read_runs(self._catalog, self._queries, self._queries.newest_failed()), self._zone)
        if runs and runs[0].finished_at is not None:
            return earlier(runs[0].moment, runs[0].finished_at - (at - _MARGIN))
        return f"{(at - _MARGIN).astimezone(self._zone):%Y-%m-%d %H:%M:%S}"

    def _long_run(self, alert: Alert, until: datetime) -> LongRun:
        start, usual = when(alert.details.get("started_at"), self._zone), alert.details.get("usual_s")
        return LongRun(
            name=alert.name,
            project=alert.project,
            now_s=None if start is None else max((until - start).total_seconds(), 0),
            usual_s=float(usual) if isinstance(usual, int | float) else None,
        )

    async def _cost(self, since: datetime, until: datetime) -> Cost:
        spent = await self._store.usage.spent(since, until)
        answers = await self._store.usage.answers(since, until)
        usd = float(spent.cost_usd)
        return Cost(answers=sum(answers.values()), tokens=spent.tokens, usd=usd if usd > 0 else None)


def _is_of(project: str, name: str) -> bool:
    return not project or fits(project, name)


def _open_first(alerts: Iterable[Alert]) -> list[Alert]:
    """What still waits before what is well, the newest first."""
    newest = sorted(alerts, key=lambda one: one.first_at, reverse=True)
    return sorted(newest, key=lambda one: one.state == "resolved")


def _failure(alert: Alert, until: datetime) -> Failure:
    end = alert.resolved_at or max(until, alert.first_at)
    return Failure(
        name=alert.name,
        project=alert.project,
        state=alert.state,
        span_s=max((end - alert.first_at).total_seconds(), 0),
    )


def _projects(ended: _Ended) -> tuple[ProjectDay, ...]:
    """The projects with the most failures first, then those with the most runs."""
    names = sorted({*ended.failed, *ended.done}, key=lambda name: (-ended.failed[name], -ended.done[name], name))
    return tuple(ProjectDay(name=name, failed=ended.failed[name], done=ended.done[name]) for name in names)


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
