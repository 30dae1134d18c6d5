"""A clock for jobs that stands still until a test turns it."""

import asyncio
from collections.abc import Callable


class Ticks:
    """The pause between two ticks of one job; `pauses` are the seconds of each."""

    def __init__(self) -> None:
        self.pauses: list[float] = []
        self._turned = asyncio.Event()
        self._changed = asyncio.Condition()

    async def pause(self, stop: asyncio.Event, seconds: float) -> None:
        """Ends when the clock is turned, or the bot stops."""
        self._turned = asyncio.Event()
        async with self._changed:
            self.pauses.append(seconds)
            self._changed.notify_all()
        waits = [asyncio.create_task(event.wait()) for event in (self._turned, stop)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Waits until so, as it is looked at when a tick has ended."""
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(is_so)

    async def first(self) -> None:
        """Waits until the first tick has ended."""
        await self.until(lambda: bool(self.pauses))

    async def next(self) -> None:
        """Has the pause end, and waits until the tick behind it has ended."""
        done = len(self.pauses)
        self._turned.set()
        await self.until(lambda: len(self.pauses) > done)
