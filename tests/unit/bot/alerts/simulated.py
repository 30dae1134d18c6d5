"""Processes that a test ends where it likes, on a Slack and a clock of its own."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Generator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.sending.build import build_delivery
from bot.alerts.sending.delivery import Delivery
from bot.messages.answer import Message
from db.store.alerts.outbox import Outbox
from db.store.alerts.records import Letter, Posting
from db.store.alerts.tables import outbox, receipts
from db.store.database import Database
from db.store.errors import StoreUnavailable
from db.store.store import Store
from tests.unit.bot.alerts.faked_slack import BOT_ID, Clock, Slack

How = Literal["killed", "cancelled"]
HOWS: tuple[How, ...] = ("killed", "cancelled")


class Killed(BaseException):
    """The process is gone: nothing it would still do has any effect."""


@dataclass
class Speaker:
    """Composes what a letter says: its kind and version. `takes_s`: how long that takes."""

    clock: Clock
    has_blocks: bool = False
    errors: list[Exception] = field(default_factory=list)
    takes_s: float = 0.0
    is_silent: bool = False

    async def compose(self, posting: Posting) -> Message | None:
        await asyncio.sleep(0)
        self.clock.advance(self.takes_s)
        if self.errors:
            raise self.errors.pop(0)
        if self.is_silent or posting.payload.get("says") == "nothing":
            return None
        text = f"{posting.kind} v{posting.wanted_version}{' (again)' if posting.is_repeat else ''}"
        blocks = ({"type": "section", "text": {"type": "mrkdwn", "text": text}},)
        return Message(text, blocks if self.has_blocks else ())


class Reaper:
    """Ends a process at the n-th of its awaits: killed, so that nothing more is done, or cancelled, as at a stop."""

    def __init__(self, at: int | None, how: How = "killed") -> None:
        self.awaits = 0
        self.is_dead = False
        self.has_store = True
        self._at = at
        self._how = how
        self._main: asyncio.Task[Any] | None = None

    async def run(self, work: Coroutine[Any, Any, None]) -> bool:
        """Whether the work came to its end."""
        loop = asyncio.get_running_loop()
        loop.set_task_factory(self._task)
        try:
            self._main = asyncio.Task(_Watched(work, self), loop=loop)
            await asyncio.wait((self._main,))
        finally:
            loop.set_task_factory(None)
        if self._main.cancelled():
            return False
        error = self._main.exception()
        if error is not None and not isinstance(error, Killed):
            raise error
        return error is None

    def _task(self, loop: asyncio.AbstractEventLoop, work: Any, **more: Any) -> "asyncio.Task[Any]":
        is_ours = getattr(work, "__qualname__", "") == Delivery._lane.__qualname__
        return asyncio.Task(_Watched(work, self) if is_ours else work, loop=loop, **more)

    def break_store(self) -> None:
        """From now on the process can neither read nor write what is kept."""
        self.has_store = False

    def step(self) -> None:
        """One await more; at the last one the process dies, or is told to stop."""
        self.awaits += 1
        if self.awaits == self._at:
            self.is_dead = self._how == "killed"
            if not self.is_dead and self._main is not None:
                self._main.cancel()


class _Watched(Coroutine[Any, Any, Any]):
    """Work of which each await is counted. When the process is dead it hears of it once; what it then tries fails."""

    def __init__(self, work: Coroutine[Any, Any, Any], reaper: Reaper) -> None:
        self._work = work
        self._reaper = reaper
        self._knows = False

    def send(self, value: Any) -> Any:
        return self._counted(self._work.send(value))

    def throw(self, *error: Any) -> Any:
        return self._counted(self._work.throw(*error))

    def close(self) -> None:
        self._work.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        raise AssertionError("a task sends")

    def _counted(self, waits_for: Any) -> Any:
        self._reaper.step()
        if self._reaper.is_dead and not self._knows:
            self._knows = True
            if waits_for is not None:
                waits_for._asyncio_future_blocking = False
            return self._work.throw(Killed())
        return waits_for


class Mortal:
    """A database as a process has it: once that is dead, nothing reaches it."""

    def __init__(self, database: Database, reaper: Reaper) -> None:
        self._database = database
        self._reaper = reaper

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        self._live()
        async with self._database.reading() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self, line: str = "") -> AsyncIterator[AsyncConnection]:
        self._live()
        async with self._database.writing(line) as connection:
            yield connection
            self._live()

    def _live(self) -> None:
        if self._reaper.is_dead:
            raise Killed
        if not self._reaper.has_store:
            raise StoreUnavailable("The store cannot be written: the disk is full; make room and ask again.")


@dataclass
class World:
    """A store, a Slack and their clock; a process is a Delivery, as often as one is started."""

    store: Store
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.database = self.store._database
        self.slack = Slack(self.clock)
        self.speaker = Speaker(self.clock)
        self.outbox = Outbox(self.database)

    async def clear(self) -> None:
        """As on the first day."""
        async with self.database.writing() as connection:
            await connection.execute(delete(outbox))
            await connection.execute(delete(receipts))
        self.clock = Clock()
        self.slack = Slack(self.clock)
        self.speaker = Speaker(self.clock)

    def process(
        self, reaper: Reaper | None = None, *, is_paced: bool = False, admins: tuple[str, ...] = ()
    ) -> Delivery:
        mortal = cast(Database, Mortal(self.database, reaper or Reaper(None)))
        client = cast(AsyncWebClient, self.slack)
        return build_delivery(
            Outbox(mortal),
            client,
            BOT_ID,
            self.speaker,
            self.clock,
            asyncio.Event(),
            admins=admins,
            monotonic=self.clock.monotonic,
            is_paced=is_paced,
        )

    async def put(self, key: str = "k", channel: str = "C1", **more: Any) -> str:
        """Puts a letter, and returns its id."""
        await self.outbox.put([Letter(key, more.pop("kind", "root"), channel, **more)], self.clock())
        return next(posting.outbox_id for posting in await self.outbox.deliveries() if posting.dedupe_key == key)

    async def letter(self, outbox_id: str) -> Posting:
        found = await self.outbox.by_id(outbox_id)
        assert found is not None
        return found

    async def receipts(self, outbox_id: str) -> list[str]:
        async with self.database.reading() as connection:
            mine = select(receipts.c.ts).where(receipts.c.outbox_id == outbox_id)
            return sorted((await connection.scalars(mine)).all())

    async def run_until_quiet(self, *, restart: bool = False, most: int = 80) -> None:
        """Runs until nothing is left to do, turning the clock to whatever comes next."""
        delivery = self.process()
        for _ in range(most):
            await delivery.run()
            to_come = self._to_come(await self.outbox.deliveries(1_000))
            if not to_come:
                return
            later = [moment for moment in to_come if moment > self.clock()]
            wait = min(later) - self.clock() if later else timedelta(seconds=1)
            self.clock.advance(wait.total_seconds() + 0.001)
            delivery = self.process() if restart else delivery
        raise AssertionError(f"still busy: {[(p.state, p.error) for p in await self.outbox.deliveries()]}")

    def _to_come(self, letters: list[Posting]) -> list[datetime]:
        moments: list[datetime | None] = []
        for letter in letters:
            if letter.state in ("pending", "unknown"):
                moments.append(letter.next_at)
            elif letter.state == "sending":
                moments.append(letter.lease_until)
            elif letter.state == "sent":
                moments += [letter.sweep_at, letter.refresh_at]
        return [moment for moment in moments if moment is not None]
