"""Keeps what was worked out lately, so that a turn works it out once."""

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

T = TypeVar("T")
_MISSING: Final = object()


class Memo:
    """The newest `most` results by key; the oldest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gave for this key; it must give the same each time."""
        kept = self._kept.get(key, _MISSING)
        if kept is _MISSING:
            kept = make()
            while len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = kept
        found: T = kept
        return found
