"""What is to go wrong next: in the app's calls, and in what is delivered to it."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with the next call of a method.

    `error` is an answer of Slack's; `status` an HTTP status; `drops` cuts the
    connection; `takes_effect`: only after the call was carried out; with
    `lands_after_s` it is carried out so long after it was answered. The call is
    held for `delay_s`, and until `waits_for` is set, before any of it.
    """

    error: str | None = None
    status: int = 200
    drops: bool = False
    takes_effect: bool = False
    retry_after: str | None = None
    waits_for: asyncio.Event | None = None
    delay_s: float = 0.0
    lands_after_s: float = 0.0

    @property
    def breaks(self) -> bool:
        """Whether the caller gets anything but the method's own answer."""
        return self.error is not None or self.status != 200 or self.drops

    @property
    def lets_through(self) -> bool:
        """Whether the call is carried out."""
        return (self.takes_effect or not self.breaks) and not self.lands_late

    @property
    def lands_late(self) -> bool:
        """Whether it is carried out when its caller has long been answered."""
        return self.breaks and self.lands_after_s > 0

    @property
    def code(self) -> str | None:
        """The error the caller is told of; None where the fault breaks nothing."""
        return (self.error or "broken") if self.breaks else None

    @property
    def headers(self) -> Mapping[str, str]:
        return {"Retry-After": self.retry_after} if self.retry_after else {}

    async def hold(self, on_wait: Callable[[], None]) -> None:
        """Returns when the call may go on; `on_wait` is called where it has to wait."""
        if self.delay_s or self.waits_for is not None:
            on_wait()
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        if self.waits_for is not None:
            await self.waits_for.wait()

    def cut(self, request: web.Request) -> None:
        """Ends the connection before its answer, if that is the fault."""
        if self.drops and request.transport is not None:
            request.transport.close()


@dataclass(frozen=True, slots=True)
class DeliveryFault:
    """What goes wrong with the next delivery of a kind: it comes twice, its ack is lost, its connection is cut."""

    duplicates: bool = False
    loses_ack: bool = False
    drops_connection: bool = False


NO_FAULT: Final = Fault()
NO_DELIVERY_FAULT: Final = DeliveryFault()


class Faults:
    """Queues of faults, by method and by kind of delivery. `faults[method]` are those still to come."""

    def __init__(self) -> None:
        self._calls: dict[str, deque[Fault]] = defaultdict(deque)
        self._deliveries: dict[str, deque[DeliveryFault]] = defaultdict(deque)

    def __getitem__(self, method: str) -> deque[Fault]:
        return self._calls[method]

    def break_next(self, method: str, *faults: Fault) -> None:
        """Breaks the next calls of `method`, one fault a call."""
        self._calls[method].extend(faults)

    def break_next_delivery(self, kind: str, *faults: DeliveryFault) -> None:
        """Breaks the next deliveries of `kind` (events_api, slash_commands, interactive), one fault a delivery."""
        self._deliveries[kind].extend(faults)

    def take(self, method: str) -> Fault:
        """The fault of the call that has just come in; it is used up."""
        queue = self._calls.get(method)
        return queue.popleft() if queue else NO_FAULT

    def take_delivery(self, kind: str) -> DeliveryFault:
        """The fault of the delivery that is about to be sent; it is used up."""
        queue = self._deliveries.get(kind)
        return queue.popleft() if queue else NO_DELIVERY_FAULT
