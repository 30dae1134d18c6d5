"""The runs that belong to an alert's, for who asks: those of its pipeline, those on its dataset."""

import asyncio
import logging
from typing import Any, Final

from agent.errors import AskError
from agent.messages import say
from bot.alerts.alerting import Alerting
from bot.alerts.people.sight import UnsureError
from bot.messages.alerts.facts import Voice
from bot.messages.alerts.runs_view import RunsOf, loading, runs_view
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.sentences import sentence
from bot.parts import Parts
from db.catalog.alerts.queries import RunQueries, family_of
from db.catalog.alerts.reading import read_runs
from db.catalog.alerts.runs import Run, runs_of
from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogError
from db.store.alerts.records import Alert

log = logging.getLogger(__name__)

READY_S: Final = 1.0
"""What takes longer is put into a window that is open by then: its trigger lives three seconds."""
_SHOWN: Final = 10


class Related:
    """Shows them in a window, as far as who asks sees them."""

    def __init__(self, parts: Parts, alerting: Alerting, *, ready_s: float = READY_S) -> None:
        self._parts = parts
        self._rules = alerting.rules
        self._sight = alerting.sight
        self._ready_s = ready_s

    async def show(self, alert: Alert, user: str, trigger_id: str, voice: Voice) -> Message | None:
        """None where the window is open; else what to say instead."""
        replies = self._parts.replies
        making = asyncio.ensure_future(self._view(alert, user, voice))
        is_shown = False
        try:
            await asyncio.wait((making,), timeout=self._ready_s)
            if making.done():
                is_shown = await replies.open_form(trigger_id, await making)
            else:
                view_id = await replies.open_window(trigger_id, loading(voice.language))
                is_shown = view_id is not None
                if view_id is not None:
                    await replies.fill_window(view_id, await making)
        finally:
            making.cancel()
        return None if is_shown else note(say("alert-form-refused", voice.language))

    async def _view(self, alert: Alert, user: str, voice: Voice) -> dict[str, Any]:
        try:
            if not await self._sight.of(user, [alert]):
                return runs_view(alert, (), self._rules.statuses, voice, say("alert-runs-hidden", voice.language))
            catalog = (await self._parts.askers.of(user)).catalog
            found = await self._runs(alert, catalog)
        except AskError as error:
            return runs_view(alert, (), self._rules.statuses, voice, sentence(error.code, voice.language))
        except (CatalogError, UnsureError) as error:
            log.warning("the runs of an alert's pipeline are not shown: %s", error)
            return runs_view(alert, (), self._rules.statuses, voice, say("alert-runs-failed", voice.language))
        return runs_view(alert, found, self._rules.statuses, voice)

    async def _runs(self, alert: Alert, catalog: Catalog) -> tuple[RunsOf, ...]:
        if self._rules.runs is None:
            return ()
        queries = RunQueries(self._rules, catalog.dialect)
        family, dataset = family_of(alert.name), str(alert.details.get("dataset") or "")
        akin = [run for run in await self._query(queries.of_family(family), catalog) if family_of(run.name) == family]
        found = [RunsOf("pipeline", family, akin)]
        if dataset:
            same = {run.run_id for run in found[0].runs}
            runs = await self._query(queries.of_dataset(dataset), catalog)
            found.append(RunsOf("dataset", dataset, [run for run in runs if run.run_id not in same]))
        return tuple(RunsOf(one.kind, one.name, one.runs[:_SHOWN], len(one.runs) - _SHOWN) for one in found)

    async def _query(self, sql: str, catalog: Catalog) -> list[Run]:
        zone = self._rules.timezone or self._parts.services.settings.timezone
        return runs_of(await read_runs(catalog, RunQueries(self._rules, catalog.dialect), sql), zone)
