"""One line per channel for new messages: when Slack says "too many", those behind wait their turn."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar
from weakref import WeakValueDictionary

from slack_sdk.errors import SlackApiError

T = TypeVar("T")

# Slack takes about one message a second in a channel; with more it answers 429 to all but the first. Everybody
# trying again at the same moment, some would never get through.
_LIMITED_TRIES: Final = 30


class _Line:
    """Somebody's turn to post in a channel. asyncio's lock is fair: first come, first served."""

    __slots__ = ("__weakref__", "lock")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()


class Pace:
    """Posts of one channel go one after another, in the order they came; channels don't wait for each other."""

    def __init__(self) -> None:
        self._lines: WeakValueDictionary[str, _Line] = WeakValueDictionary()

    async def in_line(
        self, channel: str, call: Callable[[], Awaitable[T]], wait_s: Callable[[SlackApiError], float | None]
    ) -> T:
        """Makes the call in its turn, again as long as it is refused for its rate; everything else it raises is raised.

        `wait_s` says of an error how long Slack asks to wait, None where it is no matter of rate.
        """
        line = self._lines.setdefault(channel, _Line())
        async with line.lock:
            for attempt in range(1, _LIMITED_TRIES + 1):
                try:
                    return await call()
                except SlackApiError as error:
                    pause_s = wait_s(error)
                    if pause_s is None or attempt == _LIMITED_TRIES:
                        raise
                    await asyncio.sleep(pause_s)
        raise AssertionError("unreachable")
