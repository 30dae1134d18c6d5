"""Turns in Slack: claimed once, one at a time per thread, answered once, never lost without a word."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from agent.answer import Answer, Ask, ThreadKey
from agent.errors import AskError
from agent.language import language_of
from agent.progress import ignore_progress
from bot.alerts.people.sight import Sight
from bot.attachments import Attachments, SharedFile
from bot.charts.threads import ChartThreads
from bot.endings import Endings
from bot.lanes import Job, Lane, Lanes, Source, source_of
from bot.live.live import Live
from bot.live.words import is_stop
from bot.messages.answer import Message
from bot.people.askers import Askers
from bot.people.budget import Budget, End
from bot.people.manners import Manners
from bot.people.nearing import Nearing
from bot.people.refusals import Refusals
from bot.questions import reads_as_question
from bot.replies import Replies
from bot.services import Services
from bot.signs import Sign, Signs
from bot.tasks import Tasks
from bot.wire import Place
from db.catalog.meaning import Language
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

_LAST_WORDS_S: Final = 5.0
_PRUNE_EVERY: Final = timedelta(days=1)


class Turns:
    """Runs asks. Turns of one thread run in the order they were submitted in; threads run side by side.

    What is known only here (running turns, lanes) is known to nobody else; where
    several processes serve one store, each has turns of its own. Where the store is
    gone, every method says so to the asker, who gets a sentence instead of silence.
    """

    def __init__(
        self,
        services: Services,
        askers: Askers,
        replies: Replies,
        signs: Signs,
        live: Live,
        attachments: Attachments,
        tasks: Tasks,
        charts: ChartThreads | None = None,
        sight: Sight | None = None,
    ) -> None:
        self._agent = services.agent
        self._askers = askers
        self._store = services.store
        self._clock = services.clock
        self._language = services.settings.language
        self._manners = Manners(services)
        self._budget = Budget(
            services.settings, services.store.usage, services.clock, Nearing(services, replies, tasks).told_of
        )
        self._refusals = Refusals(services.settings, services.clock)
        self._replies = replies
        self._endings = Endings(replies, services.store, services.catalog, services.clock, charts)
        self._signs = signs
        self._live = live
        self._attachments = attachments
        self._tasks = tasks
        self._sight = sight
        self._lanes = Lanes()
        self._pruned_at = services.clock()

    async def submit(
        self,
        ask: Ask,
        claims: Sequence[str],
        *,
        response_url: str | None = None,
        is_sent_again: bool = True,
        files: Sequence[SharedFile] = (),
    ) -> bool:
        """Writes the turn down with its claims and starts it. False where another event was first.

        Returns as soon as the store has it, so that Slack's ack can follow: from
        then on not even a kill loses the question without a word. A question
        beyond a limit is refused instead, by a sentence for its asker alone;
        its claims are kept where Slack may send the event again (`is_sent_again`).
        A word that stops the asker's own turn in its thread does that instead.
        """
        if is_stop(ask.text) and self._lanes.unanswered(ask.thread, ask.user):
            await self._stop_by_word(ask, claims)
            return False
        job = self._job(ask, response_url, files)
        async with job.lane.door:
            await self._tune(job)
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

    async def follows(self, thread: ThreadKey, text: str) -> bool:
        """Whether a reply without a mention is for the bot: in a thread that it has a turn in, all of them are.

        Below an alert people talk among themselves: there, only what reads as a question. Without a store, whether
        Slack shows a reply of ours in the thread.
        """
        try:
            if await self._store.alerts.by_message(thread.channel, thread.thread_ts):
                return reads_as_question(text)
            return await self._store.turns.engaged(thread.team, thread.channel, thread.thread_ts)
        except StoreUnavailable as error:
            log.error("the store cannot tell whose thread it is, slack is asked: %s", error)
            return await self._replies.is_in(thread)

    async def revise(self, ask: Ask, claim: str, *, is_question: bool, files: Sequence[SharedFile] = ()) -> bool:
        """Asks a message again that was edited, or turns out to have files; its reply is overwritten.

        False where there was nothing to do. `is_question`: the message asks the bot as it stands now, so that it is
        asked even where it was not before.
        """
        job = self._job(ask, files=files)
        async with job.lane.door:
            await self._tune(job)
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
            await self._endings.note(job, job.replaces)  # should this turn be cut off, its apology takes that place
            self._start(job)
        return True

    async def withdraw(self, ask: Ask) -> None:
        """A question was deleted: its turn is stopped and forgotten, and its reply deleted.

        A deletion that comes while its question is still being written down waits for that.
        """
        source = source_of(ask)
        lane = self._lanes.came_by(source)
        async with lane.door:
            reply_ts = await self._stop(source)
            try:
                reply_ts = await self._erase(source) or reply_ts
            except StoreUnavailable as error:
                log.error("turn %s: a deletion is not honoured: %s", ask.turn_id, error)
                if await self._replies.is_in(ask.thread):
                    self._tasks.launch(self._endings.tell(self._job(ask), "not_withdrawn"), f"apology {ask.turn_id}")
        for ts in reply_ts:
            await self._replies.retract(source[1], ts)

    def stop(self, thread: ThreadKey, user: str | None = None) -> bool:
        """Stops what waits or runs in a thread, `user`'s alone where one is given; False where nothing does.

        Returns at once: the model call and the query are cancelled, and a message says what was done so far.
        """
        jobs = self._lanes.unanswered(thread, user)
        for job in jobs:
            job.state = "stopped"
            if job.task is not None:
                job.task.cancel()
            self._tasks.launch(self._say_stopped(job), f"stop {job.ask.turn_id}")
        return bool(jobs)

    def stop_at_request(self, thread: ThreadKey, event: str) -> None:
        """As Slack's Stop button asks: where nothing goes on in the thread any more, its session is told so."""
        if not self.stop(thread):
            self._tasks.launch(self._live.sessions.rest(event, thread), f"rest {event}")

    async def drain(self, timeout_s: float) -> None:
        """Lets running turns end; what is not done in time is stopped, and the asker told so."""
        await self._tasks.drain(timeout_s)
        cut = tuple(self._lanes)
        await self._tasks.cancel()
        for job in cut:
            log.warning("turn %s was cut off while %s", job.ask.turn_id, job.state)
            if job.state in ("waiting", "running"):
                self._tasks.launch(self._endings.say_interrupted(job), f"last words {job.ask.turn_id}")
        await self._tasks.drain(_LAST_WORDS_S)
        await self._tasks.cancel()

    async def recover(self, team: str) -> None:
        """Tells the threads of `team` about turns that a bot left unfinished which is gone; of several, one tells it.

        Raises StoreUnavailable.
        """
        for turn in await self._store.turns.cut_off(team):
            thread = ThreadKey(turn.team, turn.channel, turn.thread_ts)
            ask = Ask(turn.turn_id, thread, turn.user_id, turn.question, turn.asked_at, turn.source_ts)
            found = turn.reply_ts or await self._live.found(ask)
            await self._endings.say_interrupted(Job(ask, Lane(), self._language_of(ask), replaces=found))

    async def _accept(self, job: Job, claims: Sequence[str]) -> bool:
        """Whether we came first. Without a store nobody can tell: the asker gets a sentence instead of an answer."""
        try:
            return await self._agent.accept(job.ask, claims)
        except AskError as error:
            self._tell_lost(job, error)
            return False

    async def _refuse(self, job: Job, end: End, claims: Sequence[str]) -> None:
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

    def _tell_lost(self, job: Job, error: AskError | StoreUnavailable) -> None:
        log.error("turn %s cannot be written down: %s", job.ask.turn_id, error)
        self._tasks.launch(self._endings.tell(job, "store_unavailable"), f"apology {job.ask.turn_id}")

    def _start(self, job: Job) -> None:
        self._lanes.enter(job)
        job.task = self._tasks.spawn(self._work(job), f"turn {job.ask.turn_id}")
        if self._clock() - self._pruned_at >= _PRUNE_EVERY:
            self._pruned_at = self._clock()
            self._tasks.launch(self._prune(), "prune")

    async def _prune(self) -> None:
        try:
            await self._store.prune(self._clock())
        except StoreUnavailable as error:
            log.error("old claims are not dropped: %s", error)

    async def _work(self, job: Job) -> None:
        sign = None if job.response_url else self._signs.begin(job.ask, job.language, waits=job.lane.work.locked())
        if sign is not None:
            self._tasks.launch(self._name(job.ask, sign), f"title {job.ask.turn_id}")
        try:
            async with job.lane.work:
                await self._answer(job, sign)
        finally:
            self._lanes.leave(job)
            if sign is not None:
                await sign.end(answered=job.state == "answering")

    async def _answer(self, job: Job, sign: Sign | None) -> None:
        """The turn itself: every way out of it but cancellation says one thing to the asker."""
        job.state = "running"
        if job.response_url is None:
            thread = job.ask.thread
            job.show = self._live.begin(job.ask, job.language, job.replaces, lambda: self.stop(thread))
        try:
            answer: Answer | str = await self._run(job)
        except AskError as error:
            cause = "" if error.__cause__ is None else f" ({type(error.__cause__).__name__})"
            log.warning("turn %s has no answer: %s%s", job.ask.turn_id, error, cause)
            answer = error.code
        except asyncio.CancelledError:
            if job.show is not None:
                await job.show.break_off()
            raise
        except Exception:
            log.exception("turn %s failed", job.ask.turn_id)
            answer = "unexpected"
        if job.is_over or await self._endings.is_taken_back(job):  # the cancellation was swallowed, or elsewhere
            return
        job.state = "answering"
        if sign is not None:
            await sign.settle()
        await self._endings.tell(job, answer)

    async def _run(self, job: Job) -> Answer:
        """By an agent that sees what the asker sees. Raises what `Agent.run_turn` does."""
        try:
            asker = await self._askers.asking(job.ask.user)
            ask = job.ask if self._sight is None else await self._sight.below(job.ask, asker)
        except BaseException as error:
            await self._agent.give_up(job.ask, error)
            raise
        on_progress = ignore_progress if job.show is None else job.show.take
        beside = await self._attachments.read(job.files, job.language)
        asked = replace(ask, attached=(*ask.attached, *beside.attached))
        answer = await asker.run_turn(asked, on_progress, is_accepted=True)
        return replace(answer, notice=" ".join(filter(None, (answer.notice, *beside.notices))) or None)

    async def _name(self, ask: Ask, sign: Sign) -> None:
        """The thread's title comes after its status, which opens its session."""
        await sign.settle()
        await self._live.sessions.name(ask)

    async def _stop_by_word(self, ask: Ask, claims: Sequence[str]) -> None:
        """Claims the message as well: sent again, when nothing runs any more, it is no question."""
        try:
            is_first = await self._store.claims.first(claims, self._clock())
        except StoreUnavailable as error:
            log.error("turn %s: a word to stop is not claimed: %s", ask.turn_id, error)
            is_first = True
        if is_first:
            self.stop(ask.thread, ask.user)

    async def _say_stopped(self, job: Job) -> None:
        if job.task is not None:
            await asyncio.wait((job.task,))
        self._lanes.leave(job)  # a task that is cancelled before it began does not do it itself
        await self._endings.say_stopped(job)
        await self._live.sessions.rest(job.ask.turn_id, job.ask.thread)

    async def _is_asked(self, ask: Ask) -> bool:
        """Whether the message was a question to us before it was edited."""
        if self._lanes.of(source_of(ask)) is not None:
            return True
        try:
            turn = await self._store.turns.by_source(*source_of(ask))
        except StoreUnavailable as error:
            log.error("the store cannot tell what was asked, slack is asked: %s", error)
            return await self._replies.is_in(ask.thread)
        return turn is not None and turn.status != "forgotten"

    async def _stop(self, source: Source) -> tuple[str, ...]:
        """Stops the source's turn, if one is under way. Returns the ts of the reply it was to overwrite."""
        job = self._lanes.of(source)
        if job is None or job.task is None:
            return ()
        if job.state != "answering":
            job.state = "withdrawn"
            job.task.cancel()
        await asyncio.wait((job.task,))
        self._lanes.leave(job)  # a task that is cancelled before it began does not do it itself
        return job.placed

    async def _erase(self, source: Source) -> tuple[str, ...]:
        """Forgets the source's turn, if there is one. Returns the ts of its reply. Raises StoreUnavailable."""
        turn = await self._store.turns.by_source(*source)
        if turn is None or turn.status == "forgotten":
            return ()
        return await self._store.turns.forget(turn.turn_id)

    def _job(self, ask: Ask, response_url: str | None = None, files: Sequence[SharedFile] = ()) -> Job:
        job = self._lanes.job(ask, self._language_of(ask), response_url)
        job.files = tuple(files)
        return job

    def _language_of(self, ask: Ask) -> Language:
        return ask.language or language_of(ask.text, self._language)

    async def _tune(self, job: Job) -> None:
        """Has the job answer as its asker wants it, within the door: what comes first is looked up first."""
        thread = job.ask.thread
        job.wanted = await self._manners.of(thread.team, job.ask.user, thread.channel)
        job.ask = await self._manners.asked(job.ask, job.wanted)
        job.language = self._language_of(job.ask)
