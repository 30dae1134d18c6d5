"""What the catalogue and the log tell around an alert: its history, the last success, the log's last lines."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from bot.messages.alerts.facts import HISTORY_DAYS, Facts, Success, cell
from db.catalog.alerts.queries import RunQueries, earlier, family_of
from db.catalog.alerts.reading import read_runs
from db.catalog.alerts.rules import AlertRules
from db.catalog.alerts.runs import Run, runs_of, when
from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogError, QueryError
from db.logfiles import LogFiles, Tail
from db.store.alerts.records import Alert

log = logging.getLogger(__name__)

DEADLINE_S: Final = 12.0
"""No message waits longer for what it could do without."""
_KEPT: Final = 200
_HISTORY: Final = 5
_LONGEST_S: Final = 1e10
_LOOK_BACK: Final = timedelta(days=90)
"""So far back the last success is looked for before all runs are."""


class Backdrop:
    """Looks around an alert; what was found is kept until the alert takes in another failure.

    `zone` is that of the catalogue's times that have none. Never raises: what cannot be told is left out.
    """

    def __init__(
        self, catalog: Catalog, rules: AlertRules, logs: LogFiles, zone: ZoneInfo, *, deadline_s: float = DEADLINE_S
    ) -> None:
        self._catalog = catalog
        self._queries = RunQueries(rules, catalog.dialect)
        self._rules = rules
        self._logs = logs
        self._zone = rules.timezone or zone
        self._deadline_s = deadline_s
        self._kept: dict[str, tuple[tuple[str, int], Facts]] = {}

    async def of(self, alert: Alert) -> Facts:
        """All that is known, without names and links."""
        key = (alert.run_id, alert.count)
        kept = self._kept.get(alert.alert_id)
        if kept is not None and kept[0] == key:
            return self._timed(kept[1], alert)
        (facts, is_whole), tail = await asyncio.gather(self._in_time(alert), self._tail(alert))
        facts = replace(facts, tail=tail)
        if is_whole:
            self._kept[alert.alert_id] = (key, facts)
            if len(self._kept) > _KEPT:
                del self._kept[next(iter(self._kept))]
        return self._timed(facts, alert)

    def seen_in(self, catalog: Catalog) -> "Backdrop":
        """What a reader's own catalogue tells."""
        return Backdrop(catalog, self._rules, self._logs, self._zone, deadline_s=self._deadline_s)

    def _timed(self, facts: Facts, alert: Alert) -> Facts:
        """With the run's own times; of what has run too long and is over, the end that was found since."""
        start, end = (when(alert.details.get(column), self._zone) for column in ("started_at", "finished_at"))
        if end is None and alert.kind == "stuck" and alert.resolution:
            end = when(alert.resolution.get("finished_at"), self._zone)
        return replace(facts, started=start, ended=end)

    async def _in_time(self, alert: Alert) -> tuple[Facts, bool]:
        """The catalogue's part, and whether it is all there."""
        if self._rules.runs is None or not alert.name:
            return _of_details(alert), True
        try:
            async with asyncio.timeout(self._deadline_s):
                return await self._looked_up(alert), True
        except (CatalogError, TimeoutError) as error:
            log.warning("alert %s is told without its history: %s", alert.alert_id, type(error).__name__)
            return _of_details(alert), False

    async def _looked_up(self, alert: Alert) -> Facts:
        """Raises CatalogError."""
        facts = _of_details(alert)
        moment = str(alert.details.get("finished_at") or alert.details.get("started_at") or "")
        done = await self._done(alert, earlier(moment, _LOOK_BACK))
        lasted = tuple(run.took_s for run in done if run.took_s is not None)[:_HISTORY]
        return replace(
            facts,
            nth=await self._nth(alert, earlier(moment, timedelta(days=HISTORY_DAYS))),
            last_success=await self._last_success(alert, earlier(moment, _LOOK_BACK), done),
            knows_successes=True,
            history=facts.history or lasted,
            usual_s=_middle(lasted) if facts.usual_s is None else facts.usual_s,
        )

    async def _last_success(self, alert: Alert, since: str, akin: Sequence[Run]) -> Success | None:
        """As a question below the alert is answered: of its name, else on its data; for want of both of its `akin`."""
        dataset = cell(alert.details, "dataset")
        for bound in dict.fromkeys((since, "")):
            if found := self._before(alert, await self._runs(self._queries.done_since(bound, [alert.name]))):
                return _success(found[0], "name")
        for bound in dict.fromkeys((since, "")) if dataset else ():
            if found := self._before(alert, await self._on_dataset(dataset, bound)):
                return _success(found[0], "dataset")
        return _success(akin[0], "family") if akin else None

    async def _on_dataset(self, dataset: str, since: str) -> list[Run]:
        """None where a rule's own query tells of datasets and `runs` does not."""
        try:
            return await self._runs(self._queries.done_of_dataset(dataset, since))
        except QueryError:
            return []

    def _before(self, alert: Alert, runs: Sequence[Run]) -> list[Run]:
        """Those that had ended when the alert's run did."""
        ended = when(alert.details.get("finished_at"), self._zone) or alert.last_at
        return [run for run in runs if run.finished_at is None or run.finished_at <= ended]

    async def _done(self, alert: Alert, since: str) -> list[Run]:
        """Successes of the same pipeline before this run, the newest first; for want of late ones, of all times."""
        family = family_of(alert.name)
        for bound in dict.fromkeys((since, "")):
            found = await self._runs(self._queries.done_of_family(family, bound))
            if mine := self._before(alert, _alike(found, alert)):
                return mine
        return []

    async def _nth(self, alert: Alert, since: str) -> int | None:
        """The how manieth failure of the last days the newest is, as the catalogue has them."""
        if alert.kind == "stuck" or not since:
            return None
        runs = await self._runs(self._queries.of_family(family_of(alert.name), since))
        failed = [run for run in _alike(runs, alert) if run.status in self._rules.statuses.failed]
        ended = when(alert.details.get("finished_at"), self._zone)
        return sum(ended is None or run.finished_at is None or run.finished_at <= ended for run in failed)

    async def _runs(self, sql: str) -> list[Run]:
        return runs_of(await read_runs(self._catalog, self._queries, sql), self._zone)

    async def _tail(self, alert: Alert) -> Tail | None:
        path = cell(alert.details, "log_path")
        return await self._logs.tail(path) if path and alert.state != "resolved" else None


def _alike(runs: Sequence[Run], alert: Alert) -> list[Run]:
    """Of the runs those of the same pipeline: its family on the same dataset, else its name, else its family."""
    family, dataset = family_of(alert.name), cell(alert.details, "dataset")
    akin = [run for run in runs if family_of(run.name) == family]
    close = [run for run in akin if dataset and run.text("dataset") == dataset]
    return close or [run for run in runs if run.name == alert.name] or akin


def _success(run: Run, by: Literal["name", "dataset", "family"]) -> Success:
    return Success(run.name, run.finished_at, run.took_s, by)


def _of_details(alert: Alert) -> Facts:
    """What the alert itself says of how long such runs take."""
    usual, history = alert.details.get("usual_s"), alert.details.get("history")
    spans = history if isinstance(history, list | tuple) else ()
    return Facts(
        usual_s=_seconds(usual),
        history=tuple(known for one in spans if (known := _seconds(one)) is not None)[:_HISTORY],
    )


def _seconds(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if 0 <= value < _LONGEST_S else None


def _middle(spans: Sequence[float]) -> float | None:
    return sorted(spans)[len(spans) // 2] if spans else None
