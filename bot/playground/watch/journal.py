"""What went over the wire to and from the app, in order, and a way to wait for it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

WAIT_S: Final = 30.0  # a bot in a process of its own has to start first, and its machine may be busy
KEPT: Final = 5_000


@dataclass(slots=True)
class Call:
    """One Web API call of the app. `at` is the loop's time; `answer` is what it got."""

    method: str
    args: dict[str, Any]
    peer: str
    at: float
    answer: dict[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return bool(self.answer.get("ok"))


@dataclass(slots=True)
class Delivery:
    """One event, command or click sent to the app; `ack` is the app's response, None as long as there is none.

    `attempts` counts the sendings, the first among them. `is_given_up`: Slack has stopped trying.
    """

    kind: str
    payload: dict[str, Any]
    at: float
    envelope_id: str = ""
    ack: dict[str, Any] | None = None
    acked_at: float = 0.0
    status: int = 0
    attempts: int = 0
    is_given_up: bool = False

    @property
    def is_settled(self) -> bool:
        return self.ack is not None or self.is_given_up


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A message of the app's that calls people: `calls` are its mentions, channels, broadcasts and links."""

    channel: str
    ts: str
    calls: tuple[str, ...]


class Journal:
    """Both directions, the last KEPT entries of each kind. `until` waits for a state instead of sleeping."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.deliveries: list[Delivery] = []
        self.responses: list[dict[str, Any]] = []
        self.broadcasts: list[Broadcast] = []
        self._waiting: set[asyncio.Future[None]] = set()

    def note(self) -> None:
        """Wakes whoever waits: something has changed, here or in the workspace."""
        for entries in (self.calls, self.deliveries, self.responses, self.broadcasts):
            del entries[:-KEPT]
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)

    async def until(self, is_so: Callable[[], Any], what: str = "", wait_s: float = WAIT_S) -> Any:
        """The first true value of `is_so`, looked at after each change. Raises TimeoutError, with the last calls."""
        try:
            async with asyncio.timeout(wait_s):
                while not (value := is_so()):
                    await self._change()
                return value
        except TimeoutError:
            seen = [(call.method, call.answer.get("error")) for call in self.calls[-12:]]
            raise TimeoutError(f"it never came to {what or is_so}; the last calls: {seen}") from None

    def of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    async def _change(self) -> None:
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiting)
        try:
            await waiting
        finally:
            self._waiting.discard(waiting)
