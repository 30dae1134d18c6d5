"""One pace for all calls of a method: no faster than Slack takes them, each caller in its turn."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

_ENOUGH: Final = 1 - 1e-9


class Pacer:
    """So many calls a minute, the first `burst` of them at once. A 429 holds all of them back."""

    def __init__(
        self,
        per_minute: float,
        burst: float,
        *,
        now: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._per_s = per_minute / 60
        self._burst = burst
        self._left = burst
        self._now = now
        self._pause = pause
        self._at = now()  # up to when places were counted; ahead of the clock where nobody gets one before
        self._line = asyncio.Lock()  # fair: first come, first served

    def try_take(self) -> bool:
        """Takes a call's place where one is free and nobody waits for it."""
        if self._line.locked() or self._wait_s() > 0:
            return False
        self._left -= 1
        return True

    async def take(self) -> None:
        """Waits for a place, behind those who came before."""
        async with self._line:
            while (wait_s := self._wait_s()) > 0:
                await self._pause(wait_s)
            self._left -= 1

    def hold(self, seconds: float) -> None:
        """Slack asks to wait: nobody gets a place for so long, and then one at a time."""
        self._at = max(self._at, self._now() + seconds)
        self._left = 1.0

    def _wait_s(self) -> float:
        now = self._now()
        if now < self._at:
            return self._at - now
        self._left = min(self._left + (now - self._at) * self._per_s, self._burst)
        self._at = now
        return 0.0 if self._left >= _ENOUGH else (1 - self._left) / self._per_s
