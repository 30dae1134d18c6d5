"""What went over the wire to and from the local Slack, in order, and a way to wait for it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

WAIT_S = 10.0


@dataclass
class Call:
    """One Web API call of the bot. `at` is the loop's time; `answer` is what it got."""

    method: str
    args: dict[str, Any]
    peer: str
    at: float
    answer: dict[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return bool(self.answer.get("ok"))


@dataclass
class Delivery:
    """One event or command sent to the bot; `ack` is the bot's response, None as long as there is none."""

    payload: dict[str, Any]
    at: float
    envelope_id: str = ""
    ack: dict[str, Any] | None = None
    acked_at: float = 0.0
    status: int = 0


class Journal:
    """Both directions. `until` waits for a state instead of sleeping."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.deliveries: list[Delivery] = []
        self.responses: list[dict[str, Any]] = []
        self._changed = asyncio.Condition()

    async def note(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def until(self, is_so: Callable[[], Any], what: str = "") -> Any:
        """The first true value of `is_so`, looked at after each change."""
        try:
            async with asyncio.timeout(WAIT_S), self._changed:
                return await self._changed.wait_for(is_so)
        except TimeoutError:
            seen = [(call.method, call.answer.get("error")) for call in self.calls[-12:]]
            raise AssertionError(f"it never came to {what or is_so}; the last calls: {seen}") from None

    def of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]
