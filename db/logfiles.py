"""The last lines of a log that a row of the catalogue points to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Problem: TypeAlias = Literal["not_allowed", "not_found", "no_extra", "too_slow", "unreadable", "not_text"]


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a log: untrusted text, fit to be shown line by line; `is_cut`: more stood before it.

    `problem` is why there are no lines: the path is outside of LOG_ROOTS or of a kind that is never read, nothing
    lies there, what reads such places is not installed, it took too long, it cannot be read, or it is no text.
    """

    path: str
    lines: tuple[str, ...] = ()
    is_cut: bool = False
    problem: Problem | None = None


class LogFiles:
    """Reads logs below `roots`: local folders, and addresses of s3, gs, http and https. Without roots, none."""

    def __init__(self, roots: Sequence[str], *, deadline_s: float = 10.0, max_bytes: int = 65_536) -> None:
        self._roots = tuple(roots)
        self._deadline_s = deadline_s
        self._max_bytes = max_bytes

    async def tail(self, path: str) -> Tail:
        """The last lines of the log at `path`, or why there are none. Raises nothing but CancelledError."""
        return Tail(path, problem="not_allowed")
