"""What a turn ends with in Slack: its answer, an apology, or the word that it was stopped; said in one place."""

import logging
from collections.abc import Callable
from datetime import datetime

from agent.answer import Answer
from bot.charts.threads import ChartThreads
from bot.lanes import Job
from bot.live.notes import stopped_message
from bot.live.plan import Plan
from bot.messages.notes import apology
from bot.replies import Replies
from bot.wire import Place, SlackError
from db.catalog.catalog import Catalog
from db.store.errors import StoreUnavailable
from db.store.store import Store

log = logging.getLogger(__name__)


class Endings:
    """Says them, in the place of what was shown meanwhile, and keeps where they stand. Never raises."""

    def __init__(
        self,
        replies: Replies,
        store: Store,
        catalog: Catalog,
        clock: Callable[[], datetime],
        charts: ChartThreads | None = None,
    ) -> None:
        self._replies = replies
        self._turns = store.turns
        self._is_shared = store.is_shared
        self._catalog = catalog
        self._clock = clock
        self._charts = charts

    async def tell(self, job: Job, answer: Answer | str) -> None:
        """The answer, or the sentence of an error's code."""
        if job.show is not None:
            await job.show.finish(None if isinstance(answer, str) else answer.text)
        try:
            if isinstance(answer, str):
                reply_ts = await self._apologise(job, answer)
            else:
                reply_ts = await self._answer(job, answer)
        except SlackError as error:
            log.error("turn %s: the answer could not be said: %s", job.ask.turn_id, error)
        else:
            await self.note(job, reply_ts)
            await self._clear(job)
            self._draw(job, answer)

    async def is_taken_back(self, job: Job) -> bool:
        """Whether the question was deleted or asked anew meanwhile, at another bot: then nothing is to be said.

        What was shown of it is taken away, but for a place that the new turn has taken.
        """
        if not self._is_shared:
            return False
        try:
            turn = await self._turns.by_id(job.ask.turn_id)
            if turn is None or turn.status != "forgotten":
                return False
            if job.show is not None:
                await job.show.finish(None)
            thread = job.ask.thread
            for ts in job.placed:
                stands_for = await self._turns.by_reply(thread.team, thread.channel, ts)
                if stands_for is None or stands_for.turn_id == job.ask.turn_id:
                    await self._replies.retract(thread.channel, ts)
        except StoreUnavailable as error:
            log.error("turn %s: nobody knows whether it was taken back: %s", job.ask.turn_id, error)
            return False
        await self._clear(job)
        return True

    async def say_interrupted(self, job: Job) -> None:
        """Says it once, by the store's mark; where the store is gone, rather twice than never."""
        ended = job.state == "running" and job.task is not None  # the agent has marked it already
        try:
            if ended or await self._turns.interrupt(job.ask.turn_id, self._clock()):
                await self.tell(job, "interrupted")
        except StoreUnavailable as error:
            log.error("turn %s cannot be marked as cut off: %s", job.ask.turn_id, error)
            await self.tell(job, "interrupted")

    async def say_stopped(self, job: Job) -> None:
        """Marks a turn as stopped by a person, and says what it had done until then."""
        try:
            await self._turns.stop(job.ask.turn_id, self._clock())
        except StoreUnavailable as error:
            log.error("turn %s cannot be marked as stopped: %s", job.ask.turn_id, error)
        if job.show is not None:
            await job.show.finish(None)
        plan = Plan(job.language) if job.show is None else job.show.plan
        message = stopped_message(plan, job.ask.turn_id)
        ts = await self._replies.apologise(job.ask, message, response_url=job.response_url, replaces=job.placed)
        await self.note(job, ts)
        await self._clear(job)

    async def note(self, job: Job, reply_ts: tuple[str, ...]) -> None:
        """Keeps where the reply stands."""
        try:
            if reply_ts:
                await self._turns.set_reply(job.ask.turn_id, reply_ts)
        except StoreUnavailable:
            log.exception("turn %s: its reply is not kept", job.ask.turn_id)

    async def _answer(self, job: Job, answer: Answer) -> tuple[str, ...]:
        """As its reader wants it. Raises SlackError."""
        return await self._replies.finish(
            job.ask, answer, preferences=job.wanted, response_url=job.response_url, replaces=job.placed
        )

    def _draw(self, job: Job, answer: Answer | str) -> None:
        """A picture follows the answer whose chart Slack cannot draw; what only one person sees takes no files."""
        if isinstance(answer, str) or answer.chart is None or self._charts is None or job.response_url is not None:
            return
        thread = job.ask.thread
        place = Place(thread.channel, thread.thread_ts)
        self._charts.follow(job.ask.turn_id, place, answer.chart, answer.language)

    async def _apologise(self, job: Job, code: str) -> tuple[str, ...]:
        examples = self._catalog.semantics.examples.of(job.language)
        message = apology(code, job.language, job.ask.turn_id, examples)
        return await self._replies.apologise(job.ask, message, response_url=job.response_url, replaces=job.placed)

    async def _clear(self, job: Job) -> None:
        """Takes away what was shown meanwhile, where it could not give its place to the reply."""
        if job.show is not None and job.show.spare is not None:
            await self._replies.retract(job.ask.thread.channel, job.show.spare)
