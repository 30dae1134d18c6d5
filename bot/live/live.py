"""Shows an answer while it is being made: in a stream, in a message that is edited, or not at all."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from slack_sdk.web.async_client import AsyncWebClient

from agent.answer import Ask
from agent.progress import Progress
from bot.live.chunks import Chunk, Shown
from bot.live.notes import live_mark, progress_message
from bot.live.pacer import Pacer
from bot.live.plan import Plan
from bot.live.sessions import Sessions
from bot.live.stream import CALL_S, StreamError, Streams
from bot.tasks import Tasks
from bot.wire import Place, SlackError, SlackRefused, Wire
from db.catalog.meaning import Language
from db.store.errors import StoreUnavailable
from db.store.turns import TurnLog

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Beat:
    """After which time an answer is shown in the making, and how often at most what is shown grows.

    A finished answer waits `stop_s` for its turn to end its stream; then it is posted, and the stream deleted.
    """

    quiet_s: float = 0.7
    stream_s: float = 1.0
    edit_s: float = 3.0  # docs.slack.dev, chat.update: no more often where a text grows
    stop_s: float = 6.0


class Budgets:
    """Calls a minute, for all answers together; Slack's own are 20 (T2), 100 (T4) and 50 (T3).

    What begins must come to an end as well: fewer streams are begun than may be ended. Of the updates most are left
    to finished answers.
    """

    def __init__(self) -> None:
        self.starts = Pacer(15, 15)
        self.appends = Pacer(90, 20)
        self.stops = Pacer(20, 19)
        self.edits = Pacer(25, 10)


class Live:
    """What is shown of all turns under way. Whether Slack has streams is learnt from its first refusal."""

    def __init__(self, client: AsyncWebClient, wire: Wire, turns: TurnLog, tasks: Tasks, beat: Beat = Beat()) -> None:
        self.streams = Streams(client, wire)
        self.sessions = Sessions(client, turns)
        self.wire = wire
        self.beat = beat
        self.budgets = Budgets()
        self.has_streams = True
        self._turns = turns
        self._tasks = tasks

    def begin(
        self, ask: Ask, language: Language, replaces: tuple[str, ...] = (), on_stop: Callable[[], object] = lambda: None
    ) -> "Show":
        """A turn has begun; `replaces` is where an earlier answer to it stands.

        Nothing is shown before it has taken longer than a moment. `on_stop` hears of a stop by the turn's reader.
        """
        show = Show(self, ask, Plan.begun(language), replaces, on_stop)
        show.writer = self._tasks.spawn(show.write(), f"live {ask.turn_id}")
        return show

    async def found(self, ask: Ask) -> tuple[str, ...]:
        """Where a turn of an earlier run was shown that nobody has kept, if anywhere. Never raises."""
        ts = await self.streams.find(ask)
        return () if ts is None else (ts,)

    async def note(self, ask: Ask, ts: str) -> None:
        """Keeps where the answer is shown, so that its place is known even after a kill."""
        try:
            await self._turns.set_reply(ask.turn_id, (ts,))
        except StoreUnavailable as error:
            log.error("turn %s: where it is shown is not kept: %s", ask.turn_id, error)


class Show:
    """What is shown of one turn: one message, written by one task, until it is finished or broken off."""

    writer: asyncio.Task[None]

    def __init__(
        self, live: Live, ask: Ask, plan: Plan, replaces: tuple[str, ...], on_stop: Callable[[], object]
    ) -> None:
        self.plan = plan
        self.spare: str | None = None
        self._live = live
        self._ask = ask
        self._place = Place(ask.thread.channel, ask.thread.thread_ts)
        self._replaces = replaces
        self._on_stop = on_stop
        self._ts = replaces[0] if replaces else None
        self._shown = Shown(ask.turn_id)
        self._is_streaming = False
        self._is_lost = False
        self._is_calling = False
        self._changed = asyncio.Event()
        self._closing = asyncio.Event()

    @property
    def placed(self) -> tuple[str, ...]:
        """The ts of the messages that the finished one is to take the place of."""
        if self.spare is not None:
            return ()
        return self._replaces or ((self._ts,) if self._ts else ())

    def take(self, progress: Progress) -> None:
        """Takes a sign of progress; what is shown follows in its own time."""
        self.plan = self.plan.after(progress)
        self._changed.set()

    async def finish(self, text: str | None) -> None:
        """Ends what is shown: a stream with all of the answer's `text`, where there is an answer. Never raises.

        Afterwards the message can be overwritten, or is `spare`: to be deleted once the finished one stands.
        """
        await self.break_off()
        if self._is_lost and self._ts is None:
            self._ts = await self._live.streams.find(self._ask)
            self._is_streaming = self._ts is not None
        if not self._is_streaming or self._ts is None:
            return
        try:
            async with asyncio.timeout(self._live.beat.stop_s):
                await self._live.budgets.stops.take()
        except TimeoutError:
            self.spare = self._ts
            return
        try:
            await self._live.streams.stop(self._place.channel, self._ts, self._last(text))
        except SlackError as error:
            log.warning("turn %s: its stream does not end: %s", self._ask.turn_id, error)

    async def break_off(self) -> None:
        """Shows no more; what is on its way to Slack arrives before. Never raises."""
        self._closing.set()
        if self._is_calling:
            await asyncio.wait((self.writer,), timeout=CALL_S)
        self.writer.cancel()
        await asyncio.wait((self.writer,))

    async def write(self) -> None:
        """The writer: waits for its moment, then shows the plan and the text as they grow."""
        if await self._closes_within(self._live.beat.quiet_s):
            return
        edits_alone = self._ts is not None or not self._live.has_streams
        if edits_alone or (self._live.budgets.starts.try_take() and await self._stream()):
            await self._edit()

    async def _stream(self) -> bool:
        """Shows the turn in a stream. True where it has to go on in another way."""
        shown, chunks = self._shown.grown(self.plan)
        try:
            with self._calling():
                self._ts = await self._live.streams.start(self._ask, chunks)
                self._shown, self._is_streaming = shown, True
                await self._live.note(self._ask, self._ts)
            while await self._grows(self._live.beat.stream_s):
                await self._append(self._ts)
        except StreamError as error:
            return self._goes_on_after(error)
        return False

    async def _append(self, ts: str) -> None:
        """Raises StreamError."""
        appends = self._live.budgets.appends
        if not self._grown()[1]:
            return
        await appends.take()
        shown, chunks = self._grown()
        try:
            with self._calling():
                await self._live.streams.append(self._place.channel, ts, chunks)
        except StreamError as error:
            if error.end != "busy":
                raise
            appends.hold(error.wait_s)
            self._changed.set()
        else:
            self._shown = shown

    def _goes_on_after(self, error: StreamError) -> bool:
        log.info("turn %s: no stream: %s", self._ask.turn_id, error)
        has_begun = self._ts is not None
        match error.end:
            case "not_offered":
                self._live.has_streams = False
                return True
            case "declined":
                return not has_begun
            case "busy":
                self._live.budgets.starts.hold(error.wait_s)
                return False
            case "ended":
                self._is_streaming = False
                return True
            case "stopped":
                self._on_stop()
                return False
            case "unsure":
                self._is_lost = not has_begun
                self._shown = replace(self._shown, is_torn=True)
                return has_begun

    async def _edit(self) -> None:
        """Shows the turn in a message that is edited: the one that stands there already, or a new one."""
        try:
            if self._ts is None:
                await self._post()
            while self._ts is not None and await self._grows(self._live.beat.edit_s):
                await self._live.budgets.edits.take()
                self._changed.clear()
                with self._calling():
                    await self._live.wire.update(self._place, self._ts, progress_message(self.plan, self._ask.turn_id))
                self._is_streaming = False
        except SlackError as error:
            self._is_lost = self._ts is None and not isinstance(error, SlackRefused)
            log.info("turn %s: not shown in the making: %s", self._ask.turn_id, error)

    async def _post(self) -> None:
        """Raises SlackError."""
        if not self._live.budgets.edits.try_take():
            return
        turn_id = self._ask.turn_id
        self._changed.clear()
        with self._calling():
            message = progress_message(self.plan, turn_id)
            after = self._ask.ts or self._place.thread_ts
            self._ts = await self._live.wire.post(self._place, message, live_mark(turn_id), after)
            await self._live.note(self._ask, self._ts)

    def _grown(self) -> tuple[Shown, list[Chunk]]:
        self._changed.clear()
        return self._shown.grown(self.plan)

    def _last(self, text: str | None) -> list[Chunk]:
        if self._shown.is_torn:
            return []
        whole = self.plan.done() if text is None else replace(self.plan.done(), text=text)
        return self._shown.grown(whole, is_whole=True)[1]

    async def _grows(self, at_least_s: float) -> bool:
        """Waits until there is something new to show, and `at_least_s`. False where the show is over before."""
        if await self._closes_within(at_least_s):
            return False
        changed = asyncio.create_task(self._changed.wait())
        closing = asyncio.create_task(self._closing.wait())
        try:
            await asyncio.wait((changed, closing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            changed.cancel()
            closing.cancel()
        return not self._closing.is_set()

    async def _closes_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        except TimeoutError:
            return False
        return True

    @contextmanager
    def _calling(self) -> Iterator[None]:
        """While open, Slack is being told something: whoever ends the show waits for it."""
        self._is_calling = True
        try:
            yield
        finally:
            self._is_calling = False
