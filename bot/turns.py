"""Turns in Slack: claimed once, one at a time per thread, answered once, never lost without a word."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Literal, TypeAlias
from weakref import WeakValueDictionary

from agent.answer import Answer, Ask, ThreadKey
from agent.errors import AskError
from agent.language import language_of
from bot.askers import Askers
from bot.budget import Budget, End
from bot.messages.answer import Message
from bot.messages.notes import apology
from bot.refusals import Refusals
from bot.replies import Replies
from bot.services import Services
from bot.signs import Sign, Signs
from bot.tasks import Tasks
from bot.wire import Place, SlackError
from db.catalog.meaning import Language
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

_LAST_WORDS_S: Final = 5.0
_PRUNE_EVERY: Final = timedelta(days=1)

Source: TypeAlias = tuple[str, str, str]
State: TypeAlias = Literal["waiting", "running", "answering", "withdrawn"]


@dataclass(slots=True, weakref_slot=True)
class _Lane:
    """One thread's way in: `door` keeps the claims in order of arrival, `work` the turns."""

    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    work: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(slots=True, eq=False)
class _Job:
    """One ask on its way to a reply; `replaces` are the ts of an earlier reply's messages, to be overwritten."""

    ask: Ask
    lane: _Lane
    language: Language
    response_url: str | None = None
    replaces: tuple[str, ...] = ()
    state: State = "waiting"
    task: asyncio.Task[None] | None = None

    @property
    def source(self) -> Source:
        return source_of(self.ask)

    @property
    def is_withdrawn(self) -> bool:
        return self.state == "withdrawn"


def source_of(ask: Ask) -> Source:
    """What an ask came from: its own message, or (of a slash command) the turn itself."""
    return ask.thread.team, ask.thread.channel, ask.ts or ask.turn_id


class Turns:
    """Runs asks. Turns of one thread run in the order they were submitted in; threads run side by side.

    What is known only here (running turns, lanes) is known to nobody else: one
    process runs the turns of a store (`Store.alone`). Where the store is gone,
    every method says so to the asker, who gets a sentence instead of silence.
    """

    def __init__(self, services: Services, askers: Askers, replies: Replies, signs: Signs, tasks: Tasks) -> None:
        self._agent = services.agent
        self._askers = askers
        self._store = services.store
        self._catalog = services.catalog
        self._clock = services.clock
        self._language = services.settings.language
        self._budget = Budget(services.settings, services.store.usage, services.clock)
        self._refusals = Refusals(services.settings, services.clock)
        self._replies = replies
        self._signs = signs
        self._tasks = tasks
        self._lanes: WeakValueDictionary[ThreadKey, _Lane] = WeakValueDictionary()
        self._jobs: dict[Source, _Job] = {}
        self._doors: WeakValueDictionary[Source, _Lane] = WeakValueDictionary()
        self._pruned_at = services.clock()

    async def submit(
        self, ask: Ask, claims: Sequence[str], *, response_url: str | None = None, is_sent_again: bool = True
    ) -> bool:
        """Writes the turn down with its claims and starts it. False where another event was first.

        Returns as soon as the store has it, so that Slack's ack can follow: from
        then on not even a kill loses the question without a word. A question
        beyond a limit is refused instead, by a sentence for its asker alone;
        its claims are kept where Slack may send the event again (`is_sent_again`).
        """
        job = self._job(ask, response_url)
        async with job.lane.door:
            if (end := await self._budget.take(ask.user)) is not None:
                await self._refuse(job, end, claims if is_sent_again else ())
                return False
            if not await self._accept(job, claims):
                self._budget.give_back(ask.user)
                return False
            self._start(job)
        return True

    async def claim(self, ask: Ask, key: str, response_url: str) -> bool:
        """Whether a slash command comes for the first time; without a store its user is told, through the URL."""
        try:
            return await self._store.claims.first((key,), self._clock())
        except StoreUnavailable as error:
            self._tell_lost(self._job(ask, response_url), error)
            return False

    async def refusal(self, user: str, language: Language) -> Message | None:
        """The sentence for somebody who may not ask just now; None for whoever may."""
        end = await self._budget.end(user)
        return None if end is None else self._refusals.message(end.code, language, end.until)

    async def follows(self, thread: ThreadKey) -> bool:
        """Whether the bot has a turn in the thread; without a store, whether Slack shows a reply of ours in it."""
        try:
            return await self._store.turns.engaged(thread.team, thread.channel, thread.thread_ts)
        except StoreUnavailable as error:
            log.error("the store cannot tell whose thread it is, slack is asked: %s", error)
            return await self._replies.is_in(thread)

    async def revise(self, ask: Ask, claim: str, *, is_question: bool) -> bool:
        """Asks an edited message again; its reply is overwritten. False where there was nothing to do.

        `is_question`: the message asks the bot as it stands now, so that it is
        asked even where it was not before.
        """
        job = self._job(ask)
        async with job.lane.door:
            if not is_question and not await self._is_asked(ask):
                return False
            try:
                if not await self._store.claims.first((claim,), self._clock()):
                    return False
                if (end := await self._budget.take(ask.user)) is not None:
                    await self._refuse(job, end, ())
                    return False
                job.replaces = await self._stop(job.source)
                job.replaces = await self._erase(job.source) or job.replaces
            except StoreUnavailable as error:
                self._tell_lost(job, error)
                return False
            if not await self._accept(job, ()):
                return False
            await self._note_reply(job, job.replaces)  # should this turn be cut off, its apology takes that place
            self._start(job)
        return True

    async def withdraw(self, ask: Ask) -> None:
        """A question was deleted: its turn is stopped and forgotten, and its reply deleted.

        A deletion that comes while its question is still being written down waits for that.
        """
        source = source_of(ask)
        lane = self._doors.setdefault(source, _Lane())
        async with lane.door:
            reply_ts = await self._stop(source)
            try:
                reply_ts = await self._erase(source) or reply_ts
            except StoreUnavailable as error:
                log.error("turn %s: a deletion is not honoured: %s", ask.turn_id, error)
                if await self._replies.is_in(ask.thread):
                    self._tasks.launch(self._reply(self._job(ask), "not_withdrawn"), f"apology {ask.turn_id}")
        for ts in reply_ts:
            await self._replies.retract(source[1], ts)

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
                await self._say_interrupted(_Job(ask, _Lane(), self._language_of(ask), replaces=turn.reply_ts))

    async def _accept(self, job: _Job, claims: Sequence[str]) -> bool:
        """Whether we came first. Without a store nobody can tell: the asker gets a sentence instead of an answer."""
        try:
            return await self._agent.accept(job.ask, claims)
        except AskError as error:
            self._tell_lost(job, error)
            return False

    async def _refuse(self, job: _Job, end: End, claims: Sequence[str]) -> None:
        """Claims the event all the same, so that what Slack sends again is not asked once the limit is over."""
        ask = job.ask
        try:
            is_first = not claims or await self._store.claims.first(claims, self._clock())
        except StoreUnavailable as error:
            self._tell_lost(job, error)
            return
        if is_first and self._refusals.is_due(ask.user, end.code):
            log.info("a question is refused", extra={"turn": ask.turn_id, "reason": end.code})
            is_root = job.response_url is not None or ask.ts == ask.thread.thread_ts
            place = Place(ask.thread.channel, None if is_root else ask.thread.thread_ts)
            message = self._refusals.message(end.code, job.language, end.until)
            work = self._replies.whisper(place, ask.user, message, job.response_url)
            self._tasks.launch(work, f"refusal {ask.turn_id}")

    def _tell_lost(self, job: _Job, error: AskError | StoreUnavailable) -> None:
        log.error("turn %s cannot be written down: %s", job.ask.turn_id, error)
        self._tasks.launch(self._reply(job, "store_unavailable"), f"apology {job.ask.turn_id}")

    def _start(self, job: _Job) -> None:
        self._jobs[job.source] = job
        job.task = self._tasks.spawn(self._work(job), f"turn {job.ask.turn_id}")
        if self._clock() - self._pruned_at >= _PRUNE_EVERY:
            self._pruned_at = self._clock()
            self._tasks.launch(self._prune(), "prune")

    async def _prune(self) -> None:
        try:
            await self._store.prune(self._clock())
        except StoreUnavailable as error:
            log.error("old claims are not dropped: %s", error)

    async def _work(self, job: _Job) -> None:
        sign = None if job.response_url else self._signs.begin(job.ask, job.language, waits=job.lane.work.locked())
        try:
            async with job.lane.work:
                await self._answer(job, sign)
        finally:
            self._leave(job)
            if sign is not None:
                await sign.end(answered=job.state == "answering")

    async def _answer(self, job: _Job, sign: Sign | None) -> None:
        """The turn itself: every way out of it but cancellation says one thing to the asker."""
        job.state = "running"
        try:
            answer: Answer | str = await self._run(job.ask)
        except AskError as error:
            cause = "" if error.__cause__ is None else f" ({type(error.__cause__).__name__})"
            log.warning("turn %s has no answer: %s%s", job.ask.turn_id, error, cause)
            answer = error.code
        except Exception:
            log.exception("turn %s failed", job.ask.turn_id)
            answer = "unexpected"
        if job.is_withdrawn:  # the cancellation was swallowed on its way
            return
        job.state = "answering"
        if sign is not None:
            await sign.settle()
        await self._reply(job, answer)

    async def _run(self, ask: Ask) -> Answer:
        """By an agent that sees what the asker sees. Raises what `Agent.run_turn` does."""
        try:
            asker = await self._askers.of(ask.user)
        except BaseException as error:
            await self._agent.give_up(ask, error)
            raise
        return await asker.run_turn(ask, is_accepted=True)

    async def _reply(self, job: _Job, answer: Answer | str) -> None:
        try:
            if isinstance(answer, str):
                reply_ts = await self._apologise(job, answer)
            else:
                reply_ts = await self._replies.finish(
                    job.ask, answer, response_url=job.response_url, replaces=job.replaces
                )
        except SlackError as error:
            log.error("turn %s: the answer could not be said: %s", job.ask.turn_id, error)
        else:
            await self._note_reply(job, reply_ts)

    async def _note_reply(self, job: _Job, reply_ts: tuple[str, ...]) -> None:
        try:
            if reply_ts:
                await self._store.turns.set_reply(job.ask.turn_id, reply_ts)
        except StoreUnavailable:
            log.exception("turn %s: its reply is not kept", job.ask.turn_id)

    async def _apologise(self, job: _Job, code: str) -> tuple[str, ...]:
        examples = self._catalog.semantics.examples.of(job.language)
        message = apology(code, job.language, job.ask.turn_id, examples)
        return await self._replies.apologise(job.ask, message, response_url=job.response_url, replaces=job.replaces)

    async def _say_interrupted(self, job: _Job) -> None:
        """Says it once, by the store's mark; where the store is gone, rather twice than never."""
        ended = job.state == "running" and job.task is not None  # the agent has marked it already
        try:
            if ended or await self._store.turns.interrupt(job.ask.turn_id, self._clock()):
                await self._reply(job, "interrupted")
        except StoreUnavailable as error:
            log.error("turn %s cannot be marked as cut off: %s", job.ask.turn_id, error)
            await self._reply(job, "interrupted")

    async def _is_asked(self, ask: Ask) -> bool:
        """Whether the message was a question to us before it was edited."""
        if source_of(ask) in self._jobs:
            return True
        try:
            turn = await self._store.turns.by_source(*source_of(ask))
        except StoreUnavailable as error:
            log.error("the store cannot tell what was asked, slack is asked: %s", error)
            return await self._replies.is_in(ask.thread)
        return turn is not None and turn.status != "forgotten"

    async def _stop(self, source: Source) -> tuple[str, ...]:
        """Stops the source's turn, if one is under way. Returns the ts of the reply it was to overwrite."""
        job = self._jobs.get(source)
        if job is None or job.task is None:
            return ()
        if job.state != "answering":
            job.state = "withdrawn"
            job.task.cancel()
        await asyncio.wait((job.task,))
        self._leave(job)  # a task that is cancelled before it began does not do it itself
        return job.replaces

    async def _erase(self, source: Source) -> tuple[str, ...]:
        """Forgets the source's turn, if there is one. Returns the ts of its reply. Raises StoreUnavailable."""
        turn = await self._store.turns.by_source(*source)
        if turn is None or turn.status == "forgotten":
            return ()
        await self._store.turns.forget(turn.turn_id)
        return turn.reply_ts

    def _job(self, ask: Ask, response_url: str | None = None) -> _Job:
        """The ask in its thread's lane, known by its source as long as the lane is."""
        lane = self._lanes.setdefault(ask.thread, _Lane())
        self._doors[source_of(ask)] = lane
        return _Job(ask, lane, self._language_of(ask), response_url)

    def _leave(self, job: _Job) -> None:
        if self._jobs.get(job.source) is job:
            del self._jobs[job.source]

    def _language_of(self, ask: Ask) -> Language:
        return language_of(ask.text, self._language)
