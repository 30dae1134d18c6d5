"""The chart of a summary as a picture in its thread, where Slack has not drawn it itself."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from agent.chart import Chart
from bot.alerts.telling.voices import Voices
from bot.charts.pictures import NoPicture
from bot.charts.threads import ChartThreads
from bot.messages.alerts.digest import chart_id, chart_of
from bot.messages.alerts.report import load
from bot.replies import Replies
from bot.wire import Place, SlackError
from db.catalog.meaning import Language
from db.store.alerts.records import Posting
from db.store.store import Store

log = logging.getLogger(__name__)

_FRESH: Final = timedelta(hours=1)
"""An older summary gets no picture any more."""
_READ: Final = 200


class DigestCharts:
    """Looks what stands there, once a summary; a picture that comes to nothing is not tried again."""

    def __init__(
        self, store: Store, charts: ChartThreads, replies: Replies, voices: Voices, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._charts = charts
        self._replies = replies
        self._voices = voices
        self._clock = clock

    async def tick(self) -> None:
        """Raises StoreUnavailable; the next tick goes on."""
        for posting in await self._store.outbox.deliveries(limit=_READ):
            if self._is_fresh(posting) and not await self._store.claims.is_taken(_key(posting)):
                await self._look(posting)

    def _is_fresh(self, posting: Posting) -> bool:
        if posting.kind != "digest" or posting.state != "sent" or posting.sent_at is None:
            return False
        return self._clock() - posting.sent_at < _FRESH

    async def _look(self, posting: Posting) -> None:
        report, language = load(posting.payload), (await self._voices.of(posting.channel)).language
        chart = None if report is None else chart_of(report, language)
        place = Place(posting.conversation or posting.channel, posting.ts)
        try:
            is_drawn = chart is None or await self._replies.holds(place, chart_id(posting.outbox_id))
        except SlackError as error:
            log.warning("nobody can tell whether the chart of a summary is drawn: %s", error)
            return
        is_first = await self._store.claims.first([_key(posting)], self._clock())
        if is_first and not is_drawn and chart is not None:
            await self._draw(posting, place, chart, language)

    async def _draw(self, posting: Posting, place: Place, chart: Chart, language: Language) -> None:
        try:
            await self._charts.put_picture(f"summary-{posting.outbox_id}", place, chart, language)
        except (SlackError, NoPicture) as error:
            log.error("the chart of the summary %s is not shown: %s", posting.outbox_id, error)


def _key(posting: Posting) -> str:
    return f"digest-chart:{posting.outbox_id}"
