"""Turns in Slack: claimed once, one at a time per thread, answered once, never lost without a word."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias
from weakref import WeakValueDictionary

from agent.answer import Answer, Ask, ThreadKey
from agent.errors import AskError
from agent.language import language_of
from agent.llm.protocol import Language
from bot.replies import Replies
from bot.services import Services
from bot.signs import Sign, Signs
from bot.tasks import Tasks
from bot.wire import SlackError
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

_LAST_WORDS_S: Final = 5.0

Source: TypeAlias = tuple[str, str, str]
State: TypeAlias = Literal["waiting", "running", "answering", "withdrawn"]


@dataclass(slots=True, weakref_slot=True)
class _Lane:
    """One thread's way in: `door` keeps the claims in order of arrival, `work` the turns."""

    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    work: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(slots=True, eq=False)
class _Job:
    """One ask on its way to a reply; `replaces` is the ts of an earlier reply to be overwritten."""

    ask: Ask
    lane: _Lane
    language: Language
    response_url: str | None = None
    replaces: str | None = None
    state: State = "waiting"
    task: asyncio.Task[None] | None = None

    @property
    def source(self) -> Source:
        return source_of(self.ask)


def source_of(ask: Ask) -> Source:
    """What an ask came from: its own message, or (of a slash command) the turn itself."""
    return ask.thread.team, ask.thread.channel, ask.ts or ask.turn_id


class Turns:
    """Runs asks. Turns of one thread run in the order they were submitted in; threads run side by side."""

    def __init__(self, services: Services, replies: Replies, signs: Signs, tasks: Tasks) -> None:
        self._agent = services.agent
        self._store = services.store
        self._clock = services.clock
        self._language = services.settings.language
        self._replies = replies
        self._signs = signs
        self._tasks = tasks
        self._lanes: WeakValueDictionary[ThreadKey, _Lane] = WeakValueDictionary()
        self._jobs: dict[Source, _Job] = {}

    async def submit(self, ask: Ask, claims: Sequence[str], *, response_url: str | None = None) -> bool:
        """Writes the turn down with its claims and starts it. False where another event was first.

        Returns as soon as the store has it, so that Slack's ack can follow: from
        then on not even a kill loses the question without a word.
        """
        lane = self._lane(ask.thread)
        async with lane.door:
            if not await self._accept(ask, claims):
                return False
            self._start(_Job(ask, lane, self._language_of(ask), response_url))
        return True

    async def revise(self, ask: Ask, claim: str, *, is_question: bool) -> bool:
        """Asks an edited message again; its reply is overwritten. False where there was nothing to do.

        `is_question`: the message asks the bot as it stands now, so that it is
        asked even where it was not before.
        """
        lane = self._lane(ask.thread)
        async with lane.door:
            if not is_question and not await self._is_asked(source_of(ask)):
                return False
            if not await self._store.claims.first((claim,), self._clock()):
                return False
            replaces = await self._forget(source_of(ask))
            if await self._accept(ask, ()):
                self._start(_Job(ask, lane, self._language_of(ask), replaces=replaces))
        return True

    async def withdraw(self, source: Source) -> None:
        """A question was deleted: its turn is stopped and forgotten, and its reply deleted."""
        if reply_ts := await self._forget(source):
            await self._replies.retract(source[1], reply_ts)

    async def drain(self, timeout_s: float) -> None:
        """Lets running turns end; what is not done in time is stopped, and the asker told so."""
        await self._tasks.drain(timeout_s)
        cut = list(self._jobs.values())
        await self._tasks.cancel()
        for job in cut:
            log.warning("turn %s was cut off while %s", job.ask.turn_id, job.state)
            if job.state in ("waiting", "running"):
                self._tasks.launch(self._say_interrupted(job), f"last words {job.ask.turn_id}")
        await self._tasks.drain(_LAST_WORDS_S)
        await self._tasks.cancel()

    async def recover(self, team: str) -> None:
        """Tells the threads of `team` about turns that an earlier run of the bot left unfinished."""
        for turn in await self._store.turns.unfinished():
            if turn.team == team:
                thread = ThreadKey(turn.team, turn.channel, turn.thread_ts)
                ask = Ask(turn.turn_id, thread, turn.user_id, turn.question, turn.asked_at, turn.source_ts)
                await self._say_interrupted(_Job(ask, _Lane(), self._language_of(ask)))

    async def _accept(self, ask: Ask, claims: Sequence[str]) -> bool:
        """Whether we came first. Without a store nobody can tell: the asker gets a sentence instead of an answer."""
        try:
            return await self._agent.accept(ask, claims)
        except AskError as error:
            log.error("turn %s cannot be written down: %s", ask.turn_id, error)
            job = _Job(ask, _Lane(), self._language_of(ask))
            self._tasks.launch(self._reply(job, error.code), f"apology {ask.turn_id}")
            return False

    def _start(self, job: _Job) -> None:
        self._jobs[job.source] = job
        job.task = self._tasks.spawn(self._work(job), f"turn {job.ask.turn_id}")

    async def _work(self, job: _Job) -> None:
        sign = None if job.response_url else self._signs.begin(job.ask, job.language, waits=job.lane.work.locked())
        try:
            async with job.lane.work:
                await self._answer(job, sign)
        finally:
            if self._jobs.get(job.source) is job:
                del self._jobs[job.source]
            if sign is not None:
                await sign.end(answered=job.state == "answering")

    async def _answer(self, job: _Job, sign: Sign | None) -> None:
        """The turn itself: every way out of it but cancellation says one thing to the asker."""
        job.state = "running"
        try:
            answer: Answer | str = await self._agent.run_turn(job.ask, is_accepted=True)
        except AskError as error:
            log.warning("turn %s has no answer: %s", job.ask.turn_id, error.code)
            answer = error.code
        except Exception:
            log.exception("turn %s failed", job.ask.turn_id)
            answer = "unexpected"
        job.state = "answering"
        if sign is not None:
            await sign.settle()
        await self._reply(job, answer)

    async def _reply(self, job: _Job, answer: Answer | str) -> None:
        try:
            if isinstance(answer, str):
                ts = await self._apologise(job, answer)
            else:
                ts = await self._replies.finish(job.ask, answer, response_url=job.response_url, replaces=job.replaces)
            if ts is not None:
                await self._store.turns.set_reply(job.ask.turn_id, ts)
        except SlackError as error:
            log.error("turn %s: the answer could not be said: %s", job.ask.turn_id, error)
        except StoreUnavailable:
            log.exception("turn %s: its reply is not kept", job.ask.turn_id)

    async def _apologise(self, job: _Job, code: str) -> str | None:
        return await self._replies.apologise(
            job.ask, code, job.language, response_url=job.response_url, replaces=job.replaces
        )

    async def _say_interrupted(self, job: _Job) -> None:
        """Says it once: of two processes that find the same turn, the first to mark it speaks."""
        ended = job.state == "running" and job.task is not None  # the agent has marked it already
        if ended or await self._store.turns.interrupt(job.ask.turn_id, self._clock()):
            await self._reply(job, "interrupted")

    async def _is_asked(self, source: Source) -> bool:
        if source in self._jobs:
            return True
        turn = await self._store.turns.by_source(*source)
        return turn is not None and turn.status != "forgotten"

    async def _forget(self, source: Source) -> str | None:
        """Stops and forgets the source's turn, if any. Returns the ts of its reply, if any."""
        job = self._jobs.get(source)
        if job is not None and job.task is not None:
            if job.state != "answering":
                job.state = "withdrawn"
                job.task.cancel()
            await asyncio.wait((job.task,))
        replaces = None if job is None else job.replaces
        turn = await self._store.turns.by_source(*source)
        if turn is None or turn.status == "forgotten":
            return replaces
        await self._store.turns.forget(turn.turn_id)
        return turn.reply_ts or replaces

    def _lane(self, thread: ThreadKey) -> _Lane:
        return self._lanes.setdefault(thread, _Lane())

    def _language_of(self, ask: Ask) -> Language:
        return language_of(ask.text, self._language)
