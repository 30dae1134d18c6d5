"""What somebody sees of alerts: those whose runs their own catalogue shows, as it shows them."""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from agent.answer import Ask
from agent.errors import AskError
from bot.people.askers import Askers
from bot.people.readers import Asker
from db.catalog.alerts.queries import RunQueries, with_since
from db.catalog.alerts.reading import read_runs
from db.catalog.alerts.rules import AlertRules, Rule
from db.catalog.alerts.runs import Run, runs_of
from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogError, QueryFailed, QueryRefused
from db.store.alerts.reads import AlertReads, standing_of
from db.store.alerts.records import Alert
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

PATIENCE: Final = timedelta(minutes=5)
"""So long a letter to somebody whose address Slack does not tell is held."""
_AT_A_TIME: Final = 100
_OF_OTHER_RUNS: Final = ("usual_s", "history")
_PERSON: Final = ("U", "W")
_LONG_AGO: Final = "1970-01-01 00:00:00"


class UnsureError(Exception):
    """Nobody can tell just now what somebody sees; a moment later somebody may."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Alerts as somebody sees them; `catalog` is what they see of the catalogue, None for all of it."""

    alerts: Sequence[Alert]
    catalog: Catalog | None = None


class Sight:
    """Where a policy parts people, a person is shown the alerts of runs that they see; `admins` are shown all.

    A channel is none of this: who put it into alerts.yml has decided. `zone`: of times that have none.
    """

    def __init__(
        self, askers: Askers, alerts: AlertReads, rules: AlertRules, zone: ZoneInfo, admins: Collection[str] = ()
    ) -> None:
        self._askers = askers
        self._alerts = alerts
        self._rules = rules
        self._zone = zone
        self._admins = admins

    def sees_all(self, user: str) -> bool:
        return not self._askers.has_policy or user in self._admins

    def may_be_told_all(self, place: str) -> bool:
        """Whether a channel, or a person, may be told of all rows."""
        return not place.startswith(_PERSON) or self.sees_all(place)

    async def catalog(self, user: str) -> Catalog | None:
        """What somebody sees of the catalogue; None for all of it. Raises UnsureError."""
        return None if self.sees_all(user) else (await self._asker(user)).catalog

    async def of(self, user: str, alerts: Sequence[Alert]) -> list[Alert]:
        """Those that a person may be shown, in their order. Raises UnsureError."""
        catalog = await self.catalog(user) if alerts else None
        return list(alerts) if catalog is None else await self._shown(alerts, catalog)

    async def told(self, place: str, alerts: Sequence[Alert], waited: timedelta) -> Seen:
        """What may be told to a channel, or a person. Raises UnsureError, for want of an address only for a while."""
        if self.may_be_told_all(place):
            return Seen(alerts)
        asker = await self._asker(place)
        shown = await self._shown(alerts, asker.catalog)
        is_unknown = asker.standing is not None and bool(asker.standing.lacking) and asker.standing.email is None
        if len(shown) < len(alerts) and is_unknown and waited < PATIENCE:
            raise UnsureError("slack does not tell whose address it is")
        return Seen(shown, asker.catalog)

    async def below(self, ask: Ask, asker: Asker) -> Ask:
        """The question with the alerts that it is asked below, as its asker sees them. Raises AskError."""
        thread = ask.thread
        if asker.standing is None or ask.alerts:
            return ask
        try:
            alerts = await self._alerts.by_message(thread.channel, thread.thread_ts)
            shown = await self._shown(alerts, asker.catalog)
        except StoreUnavailable as error:
            raise AskError("store_unavailable", str(error)) from error
        except UnsureError as error:
            raise AskError("catalog_unavailable", str(error)) from error
        return replace(ask, alerts=tuple(map(standing_of, shown)))

    async def _asker(self, user: str) -> Asker:
        try:
            return await self._askers.of(user)
        except AskError as error:
            raise UnsureError(error.code) from error

    async def _shown(self, alerts: Sequence[Alert], catalog: Catalog) -> list[Alert]:
        groups: dict[str, list[Alert]] = {}
        for alert in alerts:
            groups.setdefault(alert.rule if alert.kind == "found" else "", []).append(alert)
        rows: dict[tuple[str, str, str], Mapping[str, Any]] = {}
        for name, group in groups.items():
            rows |= {(name, run.run_id, run.name): run.row for run in await self._runs(name, group, catalog)}
        keys = ((alert, (alert.rule if alert.kind == "found" else "", alert.run_id, alert.name)) for alert in alerts)
        return [_as_shown(alert, rows[key]) for alert, key in keys if key in rows]

    async def _runs(self, name: str, alerts: Sequence[Alert], catalog: Catalog) -> list[Run]:
        """The rows of the alerts' runs that a catalogue shows, by `runs`, or by the rule's own query."""
        found: list[Run] = []
        rule = self._rules.rule(name) if name else None
        for sql in self._queries(name, rule, alerts, catalog.dialect):
            try:
                read = catalog.query(sql) if name else read_runs(catalog, RunQueries(self._rules, catalog.dialect), sql)
                found += runs_of(await read, self._zone)
            except (QueryRefused, QueryFailed) as error:
                log.info("somebody sees no run of rule %s: %s", name or "any", type(error).__name__)
                return []
            except CatalogError as error:
                raise UnsureError(type(error).__name__) from error
        return found

    def _queries(self, name: str, rule: Rule | None, alerts: Sequence[Alert], dialect: str) -> Iterator[str]:
        if name:
            if rule is not None and rule.sql is not None:
                times = [str(alert.details.get("finished_at") or _LONG_AGO) for alert in alerts]
                yield with_since(rule.sql, min(times), dialect)
        elif self._rules.runs is not None:
            ids = list(dict.fromkeys(alert.run_id for alert in alerts if alert.run_id))
            queries = RunQueries(self._rules, dialect)
            for first in range(0, len(ids), _AT_A_TIME):
                yield queries.by_id(ids[first : first + _AT_A_TIME])


def _as_shown(alert: Alert, row: Mapping[str, Any]) -> Alert:
    """Without what the row, as somebody sees it, does not tell; nor what other runs, or another alert, do."""
    kept = {
        name: value
        for name, value in alert.details.items()
        if (row[name] is not None if name in row else name not in _OF_OTHER_RUNS)
    }
    cause = None if alert.cause is None else {name: one for name, one in alert.cause.items() if name != "shared"}
    project = alert.project if row.get("project") is not None else ""
    return replace(alert, details=kept, project=project, cause=cause)
