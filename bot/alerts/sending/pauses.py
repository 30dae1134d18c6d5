"""When Slack is left alone: in a channel, or altogether."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_BURST: Final = 4.0
_A_SECOND: Final = 1.0
"""Messages of a channel; Slack lets short bursts pass (docs.slack.dev/apis/web-api/rate-limits)."""
_EDITS_BURST: Final = 10.0
_EDITS_A_SECOND: Final = 0.75
"""Of the workspace: chat.update is of the third tier, with 50 calls a minute."""
_MINUTE_S: Final = 60.0
_LONGEST_BACKOFF_S: Final = 60.0
_ENOUGH: Final = 1 - 1e-9


@dataclass(slots=True)
class _Bucket:
    per_s: float
    most: float
    left: float
    at: float

    def has_one(self, now: float) -> bool:
        self.left, self.at = min(self.left + (now - self.at) * self.per_s, self.most), now
        return self.left >= _ENOUGH

    def take(self) -> None:
        self.left -= 1


class Pauses:
    """Of this process. `monotonic` tells seconds; `is_paced`: no channel gets more than Slack says it takes."""

    def __init__(self, monotonic: Callable[[], float], *, is_paced: bool = True) -> None:
        self._monotonic = monotonic
        self._is_paced = is_paced
        self._posts: dict[str, _Bucket] = {}
        self._edits = _Bucket(_EDITS_A_SECOND, _EDITS_BURST, _EDITS_BURST, monotonic())
        self._until: dict[str, float] = {}
        self._all_until = 0.0
        self._told_at: dict[str, float] = {}
        self._misses = 0

    @property
    def is_total(self) -> bool:
        """Whether nothing is to be sent at all."""
        return self._monotonic() < self._all_until

    @property
    def has_edits(self) -> bool:
        """Whether a message may be edited now."""
        return not self._is_paced or self._edits.has_one(self._monotonic())

    def spared(self, *, posts: bool) -> frozenset[str]:
        """The channels that are not to be called now; `posts`: for a new message."""
        now = self._monotonic()
        told = {channel for channel, until in self._until.items() if now < until}
        if posts and self._is_paced:
            told |= {channel for channel, bucket in self._posts.items() if not bucket.has_one(now)}
        return frozenset(told)

    def posts(self, channel: str) -> None:
        """A message is sent there."""
        bucket = self._posts.setdefault(channel, _Bucket(_A_SECOND, _BURST, _BURST, self._monotonic()))
        bucket.take()

    def edits(self) -> None:
        """A message is edited."""
        self._edits.take()

    def answered(self) -> None:
        """Slack can be reached."""
        self._misses = 0

    def told(self, channel: str, wait_s: float) -> None:
        """Slack asks to wait in a channel. Of two in a minute it is the workspace that has had too much."""
        now = self._monotonic()
        self._until[channel] = now + wait_s
        self._told_at[channel] = now
        if sum(now - at < _MINUTE_S for at in self._told_at.values()) > 1:
            self.stop(wait_s)

    def missed(self) -> float:
        """Slack can't be reached: nothing is sent for a while, longer each time. Returns how many seconds."""
        wait_s = min(2.0**self._misses, _LONGEST_BACKOFF_S)
        self._misses = min(self._misses + 1, 10)
        self.stop(wait_s)
        return wait_s

    def stop(self, wait_s: float) -> None:
        """Nothing is sent for so long."""
        self._all_until = max(self._all_until, self._monotonic() + wait_s)
