"""Clicks on the button that brings a chart: the rows are looked up as the person who clicked, and drawn once."""

import logging

from agent.chart import Chart
from agent.errors import AskError
from agent.messages import say
from agent.offline.saying.charted import redrawn
from agent.offline.saying.charts import why_none
from bot.charts.pictures import NoPicture
from bot.charts.threads import MARK
from bot.features.behind import Behind, found, sql_behind, whisper
from bot.features.presses import Press
from bot.messages.notes import note
from bot.parts import Parts
from bot.wire import Place, SlackError
from db.catalog.errors import CatalogUnavailable, QueryError
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)


class ChartClicks:
    """Takes clicks. Of a turn's answer one chart comes into the thread, whoever clicks how often."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._under_way: set[str] = set()

    def show(self, press: Press) -> None:
        """Starts to draw, and returns at once."""
        self._parts.tasks.launch(self._show(press), f"chart {press.turn_id}")

    async def _show(self, press: Press) -> None:
        one = await found(press, self._parts)
        if one is None:
            return
        if press.turn_id in self._under_way:
            await whisper(press, "chart-working", one.language, self._parts)
            return
        self._under_way.add(press.turn_id)
        try:
            await self._draw(press, one)
        except StoreUnavailable as error:
            log.error("turn %s: its chart is not drawn: %s", press.turn_id, error)
            await whisper(press, "error-store-unavailable", one.language, self._parts)
        except (SlackError, NoPicture) as error:
            log.error("turn %s: its chart is not shown: %s", press.turn_id, error)
            await whisper(press, "chart-not-sent", one.language, self._parts)
        finally:
            self._under_way.discard(press.turn_id)

    async def _draw(self, press: Press, one: Behind) -> None:
        """Raises StoreUnavailable, SlackError and NoPicture."""
        claims, claim = self._parts.services.store.claims, f"{MARK}{press.turn_id}"
        if await claims.is_taken(claim):
            await whisper(press, "chart-taken", one.language, self._parts)
            return
        made = await self._chart(press, one)
        if isinstance(made, str):
            await self._parts.replies.whisper(press.place, press.user, note(made), press.response_url)
        else:
            place = Place(one.turn.channel, one.turn.thread_ts)
            await self._parts.charts.put(one.turn.turn_id, place, made, one.language)
            await claims.first((claim,), self._parts.services.clock())

    async def _chart(self, press: Press, one: Behind) -> Chart | str:
        """The chart of the rows as they are now; else the sentence that says why there is none."""
        parts, language, sql = self._parts, one.language, sql_behind(one.turn)
        if sql is None:
            return say("evidence-gone", language)
        try:
            catalog = (await parts.askers.of(press.user)).catalog
            table = await catalog.query(sql)
        except AskError as error:
            return say(f"error-{error.code.replace('_', '-')}", language)
        except CatalogUnavailable:
            return say("error-catalog-unavailable", language)
        except QueryError as error:
            log.warning("turn %s: its rows are not looked up again: %s", press.turn_id, type(error).__name__)
            return say("chart-not-again", language)
        now = parts.services.clock().astimezone(parts.services.settings.timezone)
        return redrawn(sql, table, one.turn.frame, catalog, language, now) or why_none(table, language)
