"""What Slack told of people, remembered for a while: each is asked for once at a time, and nobody waits long."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bot.people.identity import Identity
from bot.tasks import Tasks

_MOST: Final = 10_000

Look: TypeAlias = Callable[[], Awaitable[tuple[str | None, float]]]
"""Asks Slack: what it tells, and for how many seconds that holds. Must not raise."""


@dataclass(frozen=True, slots=True)
class _Told:
    value: str | None
    until: float


class Remembered:
    """Answers by key, the 10,000 asked for last. Never raises."""

    def __init__(self, tasks: Tasks, *, wait_s: float, now: Callable[[], float] = time.monotonic) -> None:
        self._tasks = tasks
        self._wait_s = wait_s
        self._now = now
        self._told: dict[str, _Told] = {}
        self._asking: dict[str, asyncio.Task[None]] = {}

    async def of(self, key: str, look: Look) -> str | None:
        """None where Slack tells nothing, or not in time: then it is there for the next who asks."""
        if self._fresh(key) is None:
            task = self._asking.get(key)
            if task is None:
                task = self._asking[key] = self._tasks.spawn(self._ask(key, look), "asking slack who somebody is")
            await asyncio.wait((task,), timeout=self._wait_s)
        told = self._fresh(key)
        return told.value if told is not None else None

    def _fresh(self, key: str) -> _Told | None:
        told = self._told.get(key)
        return told if told is not None and self._now() < told.until else None

    async def _ask(self, key: str, look: Look) -> None:
        try:
            value, holds_s = await look()
        finally:
            del self._asking[key]
        self._told.pop(key, None)
        self._told[key] = _Told(value, self._now() + holds_s)
        if len(self._told) > _MOST:
            del self._told[next(iter(self._told))]


def is_ours(user: Mapping[str, Any], me: Identity) -> bool:
    """Whether a user object is of our organisation: in another anybody may call themselves anything."""
    enterprise = (user.get("enterprise_user") or {}).get("enterprise_id")
    is_here = user.get("team_id") == me.team or (me.enterprise is not None and enterprise == me.enterprise)
    return is_here and not (user.get("deleted") or user.get("is_stranger"))
