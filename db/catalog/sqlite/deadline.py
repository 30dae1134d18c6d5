"""A moment after which a running statement must stop."""

import math
import time


class Deadline:
    """Shared between the event loop, which sets it, and the engine's progress handler, which asks."""

    __slots__ = ("_at",)

    def __init__(self) -> None:
        self._at = math.inf

    def start(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def expire(self) -> None:
        """From now on every statement stops at once."""
        self._at = -math.inf

    def passed(self) -> bool:
        return time.monotonic() > self._at
