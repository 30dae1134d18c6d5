"""POST /hooks/pipelines: an orchestrator reports a failure at once, on the way that a scan's finds go."""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.alerts.finding.finds import fingerprint_of, found_of, source_of
from bot.alerts.hooks.events import EventError, RunEvent, read_event
from bot.alerts.hooks.signing import Problem, check, read_headers
from db.catalog.alerts.queries import RunQueries
from db.catalog.alerts.reading import read_runs
from db.catalog.alerts.rules import AlertRules, Rule
from db.catalog.alerts.runs import Run, runs_of
from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogError
from db.store.alerts.hook_events import HookLog
from db.store.alerts.log import AlertLog, Route
from db.store.alerts.recording import SAME_FAILURE
from db.store.alerts.records import Found
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

PATH: Final = "/hooks/pipelines"
BODY_BYTES: Final = 64 * 1024
_DEADLINE_S: Final = 10.0
_ADVICE: Final[dict[Problem, str]] = {
    "no_signature": "sign the request: headers webhook-id, webhook-timestamp, webhook-signature",
    "bad_id": "webhook-id must be up to 200 printable ASCII characters, the same when the event is sent again",
    "bad_time": "webhook-timestamp must be seconds since 1970",
    "old": "webhook-timestamp is more than five minutes off; check the clock, and sign each try anew",
    "forged": "the signature does not fit; check the secret, and sign the bytes of the body as they are sent",
}


@dataclass(frozen=True, slots=True)
class Hooks:
    """Takes events in. `route` says who is told as things stand, `wake` has what is to be told sent at once."""

    secret: str
    rules: AlertRules
    zone: ZoneInfo
    catalog: Catalog
    alerts: AlertLog
    events: HookLog
    route: Callable[[], Awaitable[Route]]
    wake: Callable[[], None]
    clock: Callable[[], datetime]

    def routes(self) -> Sequence[web.RouteDef]:
        return (web.post(PATH, self.take),)

    async def take(self, request: web.Request) -> web.Response:
        """202 once an event is kept, also when it comes again; else says what to do."""
        try:
            async with asyncio.timeout(_DEADLINE_S):
                return await self._take(request)
        except TimeoutError:
            return _refused(503, "too_slow", "send it again in a minute", retry_s=60)
        except StoreUnavailable as error:
            log.error("an event is not kept: %s", error)
            return _refused(503, "store_unavailable", "send it again in a minute", retry_s=60)

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.content.read(BODY_BYTES + 1)
        while len(body) <= BODY_BYTES and (more := await request.content.read(BODY_BYTES + 1 - len(body))):
            body += more
        if len(body) > BODY_BYTES:
            return _refused(413, "too_large", f"an event has at most {BODY_BYTES} bytes")
        signed = read_headers(request.headers)
        problem = signed if isinstance(signed, str) else check(signed, body, self.secret, self.clock())
        if isinstance(signed, str) or problem is not None:
            log.warning("a hook's request is turned away", extra={"reason": problem})
            return _refused(401, problem or "forged", _ADVICE[problem or "forged"])
        digest = hashlib.sha256(body).hexdigest()
        standing = await self.events.standing(signed.key, digest)
        if standing == "same":
            return web.json_response({"ok": True, "is_repeat": True}, status=202)
        if standing == "other":
            return _refused(409, "key_reused", "another body came under this webhook-id; give each event its own")
        try:
            event = read_event(body)
            rule = self._rule(event)
        except EventError as error:
            return _refused(400, "invalid_event", *error.problems)
        await self._keep(event, rule, signed.key)
        await self.events.keep(signed.key, digest, self.clock())
        self.wake()
        return web.json_response({"ok": True, "is_repeat": False}, status=202)

    def _rule(self, event: RunEvent) -> Rule:
        """Raises EventError for a rule that there is not."""
        if event.rule is None:
            return next((rule for rule in self.rules.rules if rule.find == "failed"), self.rules.rules[0])
        rule = self.rules.rule(event.rule)
        if rule is None:
            raise EventError((f"rule: must be one of {', '.join(one.name for one in self.rules.rules)}",))
        return rule

    async def _keep(self, event: RunEvent, rule: Rule, key: str) -> None:
        if event.type == "run.completed":
            await self._resolve(event, rule)
            return
        found = await self._found(event, rule, key)
        await self.alerts.record(rule.name, [found], self.clock(), await self.route(), is_reported=True)

    async def _resolve(self, event: RunEvent, rule: Rule) -> None:
        """What is open of the run, or of its group, and failed before it, is well again."""
        run = event.run
        fingerprint = fingerprint_of(rule, _told(event, await self._known(run.id)))
        at = _utc(run.finished_at, self.zone) or self.clock()
        resolution = {"run_id": run.id, "name": run.name, "finished_at": at.isoformat()}
        over = {
            alert.alert_id: resolution
            for alert in await self.alerts.open(rule=rule.name)
            if (alert.run_id == run.id or alert.fingerprint == fingerprint) and alert.last_at <= at
        }
        await self.alerts.resolve_all(over, self.clock())

    async def _found(self, event: RunEvent, rule: Rule, key: str) -> Found:
        """As a scan finds it, where the catalogue knows of the failure already; else as it is reported."""
        known = await self._known(event.run.id)
        row, severity = _told(event, known), event.severity or rule.severity
        at = _utc(event.run.finished_at, self.zone)
        if known is not None and known.status in self.rules.statuses.failed and _is_same_time(known.finished_at, at):
            return replace(found_of(rule, known, details=row), severity=severity, moment="")
        found = found_of(rule, Run(event.run.id, event.run.name, "failed", None, at, row), "reported")
        source = found.source if at is not None else source_of(rule.name, event.run.id, None, f"hook {key}")
        return replace(found, source=source, severity=severity, moment="")

    async def _known(self, run_id: str) -> Run | None:
        if self.rules.runs is None:
            return None
        try:
            queries = RunQueries(self.rules, self.catalog.dialect)
            table = await read_runs(self.catalog, queries, queries.by_id([run_id]))
        except CatalogError as error:
            log.warning("a reported run is not looked up in the catalogue: %s", error)
            return None
        return next(iter(runs_of(table, self.zone)), None)


def _told(event: RunEvent, known: Run | None) -> dict[str, Any]:
    """What the catalogue and the report know of the run; the report is the newer one."""
    said = {"source": event.source} if event.source else {}
    return {**(known.row if known else {}), **event.run.row(), **said}


def _utc(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    if at is None:
        return None
    return (at.replace(tzinfo=zone) if at.tzinfo is None else at).astimezone(UTC)


def _is_same_time(one: datetime | None, other: datetime | None) -> bool:
    """Whether the two may tell of one failure; two clocks and two roundings lie between them."""
    return one is not None and (other is None or abs(one - other) <= SAME_FAILURE)


def _refused(status: int, code: str, *advice: str, retry_s: int | None = None) -> web.Response:
    headers = {} if retry_s is None else {"Retry-After": str(retry_s)}
    return web.json_response({"ok": False, "error": code, "problems": list(advice)}, status=status, headers=headers)
