"""Charts put into threads: as Slack's own block, or as a picture with its words."""

import logging
from typing import Final

from agent.chart import Chart
from agent.chart_words import alt_text
from bot.charts.pictures import NoPicture, Pictures
from bot.messages.answer import Message
from bot.messages.chart import chart_block
from bot.messages.gate import clean
from bot.messages.text import clip_escaped
from bot.replies import Replies
from bot.tasks import Tasks
from bot.uploads import Uploads
from bot.wire import Place, SlackError, SlackRefused
from db.catalog.meaning import Language
from db.store.errors import StoreUnavailable
from db.store.turns import TurnLog

log = logging.getLogger(__name__)

MARK: Final = "chart:"
_TEXT_CHARS: Final = 1_000


class ChartThreads:
    """Draws and posts. What it posts belongs to the turn's reply: it goes when the reply goes."""

    def __init__(self, pictures: Pictures, uploads: Uploads, replies: Replies, turns: TurnLog, tasks: Tasks) -> None:
        self._pictures = pictures
        self._uploads = uploads
        self._replies = replies
        self._turns = turns
        self._tasks = tasks

    def follow(self, turn_id: str, place: Place, chart: Chart, language: Language) -> None:
        """Starts to put an answer's chart below it, where Slack has not drawn it in it already."""
        if not self._replies.draws(chart):
            self._tasks.launch(self._follow(turn_id, place, chart, language), f"chart {turn_id}")

    async def put(self, turn_id: str, place: Place, chart: Chart, language: Language) -> None:
        """Puts a chart into the thread. Raises SlackError and NoPicture."""
        ts = None
        if self._replies.draws(chart):
            try:
                ts = await self._replies.append(place, chart_message(turn_id, chart, language), f"{MARK}{turn_id}")
            except SlackRefused as refused:
                if not refused.code.startswith("invalid_blocks"):
                    raise
                self._replies.draw_no_more()
        if ts is None:
            ts = await self._picture(turn_id, place, chart, language)
        if ts is not None:
            await self._keep(turn_id, place, ts)

    async def put_picture(self, name: str, place: Place, chart: Chart, language: Language) -> None:
        """Puts a chart of nobody's turn into a thread, as a picture. Raises SlackError and NoPicture."""
        await self._picture(name, place, chart, language)

    async def _follow(self, turn_id: str, place: Place, chart: Chart, language: Language) -> None:
        try:
            await self.put(turn_id, place, chart, language)
        except (SlackError, NoPicture) as error:
            log.error("turn %s: its chart is not shown: %s", turn_id, error)

    async def _picture(self, turn_id: str, place: Place, chart: Chart, language: Language) -> str | None:
        """The ts of the message with the picture, as far as Slack tells it."""
        data = await self._pictures.png(chart, language)
        file_id = await self._uploads.put(
            place.channel, place.thread_ts, f"{turn_id}.png", data, chart.title, alt_text(chart, language)
        )
        return await self._uploads.message_of(file_id, place)

    async def _keep(self, turn_id: str, place: Place, ts: str) -> None:
        """Notes the message with the turn's reply; where the turn is forgotten meanwhile, it goes as well."""
        try:
            if await self._turns.add_reply(turn_id, [ts]):
                return
        except StoreUnavailable as error:
            log.error("turn %s: where its chart stands is not kept: %s", turn_id, error)
            return
        await self._replies.retract(place.channel, ts)


def chart_message(turn_id: str, chart: Chart, language: Language) -> Message:
    """A message of the chart alone; who cannot see it reads what it shows."""
    block = chart_block(chart)
    blocks = () if block is None else ({**block, "block_id": f"{MARK}{turn_id}"},)
    return Message(clip_escaped(clean(alt_text(chart, language)), _TEXT_CHARS), blocks)
