"""One line per channel for new messages: when Slack says "too many", those behind wait their turn."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar
from weakref import WeakValueDictionary

from slack_sdk.errors import SlackApiError

T = TypeVar("T")

PATIENCE_S: Final = 120.0
"""How long the first of a line waits. Slack takes about a message a second in a channel, so its turn comes soon."""


class LineStands(Exception):
    """For the caller: Slack has taken nothing in this channel for as long as anybody waits."""


class Pace:
    """Posts of one channel go one after another, in the order they came; channels don't wait for each other.

    With more than one message a second Slack answers 429 to all but the first. If
    everybody tried again at the same moment, some would never get through.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def in_line(
        self, channel: str, call: Callable[[], Awaitable[T]], wait_s: Callable[[SlackApiError], float | None]
    ) -> T:
        """Makes the call in its turn, again as long as it is refused for its rate; everything else it raises is raised.

        `wait_s` says of an error how long Slack asks to wait, None where it is no
        matter of rate. Raises LineStands where it would wait beyond its patience.
        """
        line = self._lines.setdefault(channel, asyncio.Lock())  # fair: first come, first served
        waited_s = 0.0
        async with line:
            while True:
                try:
                    return await call()
                except SlackApiError as error:
                    pause_s = wait_s(error)
                    if pause_s is None:
                        raise
                    waited_s += max(pause_s, 0.1)
                    if waited_s > self._patience_s:
                        raise LineStands from error
                    await asyncio.sleep(pause_s)
