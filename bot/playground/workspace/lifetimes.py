"""The alarm clock of a workspace: statuses and streams end when their time is over, though nobody asks for them."""

import asyncio
from typing import Final

from bot.playground.workspace.state import Change, Workspace

_SHORTEST_S: Final = 0.01


class Lifetimes:
    """Rings when the next of them is over, by the workspace's clock, until it is closed; needs a running loop."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._alarm: asyncio.Handle | None = None
        self._unlisten = workspace.listen(self._hear)

    def close(self) -> None:
        self._unlisten()
        self._stop()

    def _hear(self, change: Change) -> None:
        """Wound up in a moment: a stream is told of before it is kept."""
        if change.kind == "status" or change.data.get("message", {}).get("streaming"):
            self._stop()
            self._alarm = asyncio.get_running_loop().call_soon(self._wind)

    def _wind(self) -> None:
        ends_at = self._workspace.next_end()
        if ends_at is not None:
            wait_s = (ends_at - self._workspace.clock()).total_seconds()
            self._alarm = asyncio.get_running_loop().call_later(max(wait_s, _SHORTEST_S), self._ring)

    def _ring(self) -> None:
        self._workspace.end_overdue()
        self._stop()
        self._wind()

    def _stop(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
