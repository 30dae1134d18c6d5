"""Why something failed: looked for once for each alert, over all processes, told in its thread."""

import asyncio
import hashlib
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, TypeAlias

from agent.failures.analyst import Analyst
from agent.failures.cause import Cause, dump
from agent.failures.diagnosis import diagnose
from bot.alerts.alerting import Alerting
from bot.incoming import new_turn_id
from bot.parts import Parts
from bot.people.budget import Budget
from db.catalog.meaning import Language
from db.logfiles import LogFiles, Tail
from db.store.alerts.records import Alert
from db.store.records import Json, StoredTurn, UsageEntry
from db.store.store import Store

log = logging.getLogger(__name__)

Begun: TypeAlias = Literal["begun", "known", "under_way"]

LEASE_S: Final = 120
"""An analysis that was not finished by then, or by twice that, is begun anew: its process is gone."""
DEADLINE_S: Final = 90.0
ALIKE_WITHIN: Final = timedelta(minutes=10)
"""Failures of one project with the same error so near to each other have one cause."""
_READ: Final = 50
_MOST: Final = 20
_SIDE_BY_SIDE: Final = 3
_NUMBERS: Final = re.compile(r"0x[0-9a-f]+|\d+")


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom the cost of an analysis is put down to."""

    team: str
    user: str


@dataclass(frozen=True, slots=True)
class _Case:
    """An alert with what is known of its log. `signature`: the same for the same error; "" where none is seen."""

    alert: Alert
    tail: Tail | None
    signature: str

    @property
    def group(self) -> tuple[str, str, str]:
        return self.alert.rule, self.alert.project, self.signature


class Causes:
    """Finds causes with `analyst`, by the rules alone where `is_spent` says that the day's budget is used up.

    `told_in` is the channel that an alert is told to, "" for none, with the language of its people.
    """

    def __init__(
        self,
        store: Store,
        analyst: Analyst,
        logs: LogFiles,
        asked: Asked,
        clock: Callable[[], datetime],
        *,
        is_spent: Callable[[], Awaitable[bool]],
        told_in: Callable[[Alert], Awaitable[tuple[str, Language]]],
        deadline_s: float = DEADLINE_S,
    ) -> None:
        self._store = store
        self._analyst = analyst
        self._rules = Analyst()
        self._logs = logs
        self._asked = asked
        self._clock = clock
        self._is_spent = is_spent
        self._told_in = told_in
        self._deadline_s = deadline_s
        self._gate = asyncio.Semaphore(_SIDE_BY_SIDE)

    async def look(self) -> int:
        """Finds the causes of what was told of late; says how many. Raises StoreUnavailable."""
        waiting = [one for one in await self._store.alerts.without_cause(_READ) if one.kind != "stuck"][:_MOST]
        if not waiting:
            return 0
        cases = await asyncio.gather(*(self._case(alert) for alert in waiting))
        groups: dict[tuple[str, ...], list[_Case]] = {}
        for case in cases:
            key = case.group if case.signature else (case.alert.alert_id,)
            groups.setdefault(key, []).append(case)
        found = await asyncio.gather(*(self._group(group) for group in groups.values()))
        return sum(found)

    async def find(self, alert: Alert) -> Begun:
        """Finds the cause of one alert now. Raises StoreUnavailable."""
        if alert.cause is not None:
            return "known"
        if not await self._claim(alert):
            return "under_way"
        return "begun" if await self._analyse(await self._case(alert)) else "known"

    async def is_under_way(self, alert: Alert) -> bool:
        """Whether some process is at it. Raises StoreUnavailable."""
        return await self._store.claims.is_taken(self._leases(alert)[0])

    async def _group(self, group: Sequence[_Case]) -> int:
        """One analysis for all that failed with the same error; the others are told whose it was."""
        known = await self._like(group[0]) if group[0].signature else None
        found = 0
        for case in group:
            if known is not None:
                found += await self._keep(case, _shared(known))
            elif await self._claim(case.alert):
                known = await self._analyse(case)
                found += known is not None
            if known is None:
                break
        return found

    async def _like(self, case: _Case) -> Alert | None:
        """An alert of the same project whose cause is known, with the same error at about the same time."""
        for alert in await self._store.alerts.recent(limit=_READ, project=case.alert.project):
            is_alike = alert.rule == case.alert.rule and (alert.cause or {}).get("signature") == case.signature
            if is_alike and abs(alert.last_at - case.alert.last_at) <= ALIKE_WITHIN:
                return alert
        return None

    async def _analyse(self, case: _Case) -> Alert | None:
        """The alert with its cause; None where it has one by now, or the time was up."""
        try:
            channel, language = await self._told_in(case.alert)
            async with self._gate, asyncio.timeout(self._deadline_s):
                cause = await self._cause(case, language)
        except TimeoutError:
            log.error("the cause of an alert was not found in time", extra={"alert": case.alert.alert_id})
            return None
        await self._book(case.alert, channel, cause)
        kept = dump(cause) | {"signature": case.signature}
        return await self._store.alerts.keep_cause(case.alert.alert_id, kept, self._clock())

    async def _cause(self, case: _Case, language: Language) -> Cause:
        analyst = self._rules if await self._is_spent() else self._analyst
        return await analyst.analyse(facts_of(case.alert), case.tail, language)

    async def _keep(self, case: _Case, cause: Json) -> bool:
        return await self._store.alerts.keep_cause(case.alert.alert_id, cause, self._clock()) is not None

    async def _case(self, alert: Alert) -> _Case:
        path = str(alert.details.get("log_path") or "").strip()
        tail = await self._logs.tail(path) if path else None
        said = str(alert.details.get("error") or "").splitlines()
        return _Case(alert, tail, signature_of(tail.lines if tail is not None and tail.lines else said))

    async def _claim(self, alert: Alert) -> bool:
        """Takes the alert for a while: a process that is killed holds it no longer than two leases."""
        return await self._store.claims.first(self._leases(alert), self._clock())

    def _leases(self, alert: Alert) -> tuple[str, str]:
        slot = int(self._clock().timestamp() // LEASE_S)
        return f"cause:{alert.alert_id}:{slot}", f"cause:{alert.alert_id}:{slot + 1}"

    async def _book(self, alert: Alert, channel: str, cause: Cause) -> None:
        entries = [
            UsageEntry(
                one.model,
                one.completions,
                one.tokens.prompt,
                one.tokens.cached,
                one.tokens.completion,
                one.cost_usd,
            )
            for one in cause.usages
        ]
        thread = f"cause:{alert.alert_id}"
        turn = StoredTurn(new_turn_id(), self._asked.team, channel, thread, self._asked.user, "", self._clock())
        await self._store.usage.book(turn, entries)


def causes_of(parts: Parts, alerting: Alerting) -> Causes:
    """The bot's own: on the day's budget, in the language of the channel that an alert is told to first."""
    services = parts.services
    budget = Budget(services.settings, services.store.usage, services.clock)

    async def is_spent() -> bool:
        return await budget.end("") is not None

    async def told_in(alert: Alert) -> tuple[str, Language]:
        roots = await services.store.outbox.roots(alert.alert_id)
        channel = roots[0].channel if roots else alerting.default_channel or ""
        return channel, (await alerting.voices.of(channel)).language

    return Causes(
        services.store,
        services.analyst,
        LogFiles(services.settings.log_roots),
        Asked(parts.me.team, parts.me.user),
        services.clock,
        is_spent=is_spent,
        told_in=told_in,
    )


def facts_of(alert: Alert) -> Mapping[str, Any]:
    """What the analyst is told of an alert."""
    return {**alert.details, "name": alert.name, "project": alert.project}


def signature_of(lines: Sequence[str]) -> str:
    """The same for logs that end in the same error; "" for one without lines.

    A known error is its code; of others the last lines that tell of it, whatever numbers stand in them.
    """
    if not lines:
        return ""
    cause = diagnose(lines, "en")
    if cause.is_known:
        return cause.code
    told = "\n".join(_NUMBERS.sub("#", line.casefold()) for line in cause.evidence)
    return hashlib.sha256(told.encode(errors="replace")).hexdigest()[:16] if told.strip() else ""


def _shared(known: Alert) -> Json:
    """The cause of another alert as this one's: it says whose it is, and cost nothing."""
    cause = known.cause or {}
    return {**cause, "usages": [], "shared": cause.get("shared") or {"alert_id": known.alert_id, "name": known.name}}
