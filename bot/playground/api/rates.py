"""Slack's rate limits: how many calls of a method go through."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.playground.workspace.platform import MethodSpec

# docs.slack.dev/apis/web-api/rate-limits: calls a minute by tier; "special" methods (auth.test, chat.getPermalink,
# assistant.threads.setStatus) are said to be generous, without a number.
_A_MINUTE: Final = {"t1": 1, "t2": 20, "t3": 50, "t4": 100, "t5": 600}
# The same page: chat.postMessage takes one message a second in a channel, lets short bursts pass, and holds a
# workspace to several hundred a minute. How short and how many it leaves open.
_POST_BURST: Final = 10
_POSTS_A_MINUTE: Final = 300
_ENOUGH: Final = 1 - 1e-9


@dataclass(slots=True)
class _Bucket:
    """Tokens that refill evenly, up to `size`."""

    size: float
    per_s: float
    left: float
    at: datetime

    def wait_s(self, now: datetime) -> float:
        """Refills up to `now`; how long until there is a token, 0 where there is one."""
        passed_s = max((now - self.at).total_seconds(), 0.0)
        self.left, self.at = min(self.left + passed_s * self.per_s, self.size), now
        return 0.0 if self.left >= _ENOUGH else (1 - self.left) / self.per_s


class Rates:
    """One token bucket a method, and one a channel for chat.postMessage."""

    def __init__(self, clock: Callable[[], datetime], enabled: bool = True) -> None:
        self.enabled = enabled
        self._clock = clock
        self._buckets: dict[tuple[str, ...], _Bucket] = {}

    def take(self, spec: MethodSpec, args: Mapping[str, Any]) -> float | None:
        """Lets a call through (None), or says in how many seconds it would be. A refused call costs nothing."""
        if not self.enabled:
            return None
        now = self._clock()
        if spec.name == "chat.postMessage":
            in_channel = self._bucket(now, (spec.name, str(args.get("channel"))), _POST_BURST, 1.0)
            buckets = [in_channel, self._bucket(now, (spec.name,), _POSTS_A_MINUTE, _POSTS_A_MINUTE / 60)]
        else:
            most = _A_MINUTE[spec.tier]
            buckets = [self._bucket(now, (spec.name,), most, most / 60)]
        wait_s = max(bucket.wait_s(now) for bucket in buckets)
        if wait_s > 0:
            return wait_s
        for bucket in buckets:
            bucket.left -= 1
        return None

    def _bucket(self, now: datetime, key: tuple[str, ...], size: float, per_s: float) -> _Bucket:
        return self._buckets.setdefault(key, _Bucket(size, per_s, size, now))
