"""/control: faults on demand and the journal of both directions, as JSON over HTTP, for tests in another process."""

import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.playground.delivery.sockets import Sockets
from bot.playground.watch.faults import DeliveryFault, Fault, Faults
from bot.playground.watch.journal import Broadcast, Call, Delivery, Journal
from bot.playground.workspace.foreign import written


class _Unfit(Exception):
    """For whoever gave an order: what in it cannot be done."""


class _Order(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FaultOrder(_Order):
    """The next `times` calls of `method` go wrong, before or (`takes_effect`) after they are carried out.

    `lands_after_s`: they are carried out so long after they have gone wrong.
    """

    method: str
    error: str | None = None
    status: int = Field(default=200, ge=200, le=599)
    drops: bool = False
    takes_effect: bool = False
    retry_after: str | None = Field(default=None, pattern=r"^[ -~]{0,100}$")
    delay_s: float = Field(default=0, ge=0, le=60)
    lands_after_s: float = Field(default=0, ge=0, le=600)
    times: int = Field(default=1, ge=1, le=1_000)


class DeliveryOrder(_Order):
    """The next `times` deliveries of `kind` come twice, lose their ack, or cost their connection."""

    kind: Literal["events_api", "slash_commands", "interactive"] = "events_api"
    duplicates: bool = False
    loses_ack: bool = False
    drops_connection: bool = False
    times: int = Field(default=1, ge=1, le=1_000)


class ConnectionOrder(_Order):
    """`refresh`: Slack asks all connections to come back; `drop`: it cuts them; `restart`: and is away for a while."""

    do: Literal["refresh", "drop", "restart"]
    away_s: float = Field(default=1, ge=0, le=60)


class Away:
    """Whether Slack is down: until then it answers 503 to everything but /control and the page."""

    def __init__(self) -> None:
        self._until = time.monotonic()

    def leave(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    @property
    def is_so(self) -> bool:
        return time.monotonic() < self._until


@dataclass(frozen=True, slots=True)
class Control:
    """The routes of /control. `methods`: what a fault can be asked for."""

    methods: Collection[str]
    journal: Journal
    faults: Faults
    sockets: Sockets
    away: Away

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/control/journal", self._show),
            web.post("/control/fault", self._taking(FaultOrder, self._fault)),
            web.post("/control/delivery-fault", self._taking(DeliveryOrder, self._delivery_fault)),
            web.post("/control/connections", self._taking(ConnectionOrder, self._connections)),
        ]

    async def _show(self, _: web.Request) -> web.Response:
        journal = self.journal
        entries = {
            "calls": list(map(_entry, journal.calls)),
            "deliveries": list(map(_entry, journal.deliveries)),
            "responses": journal.responses,
            "broadcasts": list(map(_entry, journal.broadcasts)),
        }
        return web.json_response(entries, dumps=written)

    async def _fault(self, order: FaultOrder) -> None:
        if order.method not in self.methods:
            raise _Unfit(f"method: there is no {order.method!r}")
        fault = Fault(**order.model_dump(exclude={"method", "times"}))
        self.faults.break_next(order.method, *[fault] * order.times)

    async def _delivery_fault(self, order: DeliveryOrder) -> None:
        fault = DeliveryFault(**order.model_dump(exclude={"kind", "times"}))
        self.faults.break_next_delivery(order.kind, *[fault] * order.times)

    async def _connections(self, order: ConnectionOrder) -> None:
        if order.do == "restart":
            self.away.leave(order.away_s)
        await (self.sockets.refresh() if order.do == "refresh" else self.sockets.drop())

    def _taking(self, shape: type[Any], run: Callable[[Any], Awaitable[None]]) -> "Handler":
        async def handle(request: web.Request) -> web.Response:
            try:
                order = shape.model_validate_json(await request.read())
                await run(order)
            except ValidationError as error:
                return web.json_response({"ok": False, "error": _words(error)}, status=400)
            except _Unfit as unfit:
                return web.json_response({"ok": False, "error": str(unfit)}, status=400)
            return web.json_response({"ok": True})

        return handle


def _entry(entry: Call | Delivery | Broadcast) -> dict[str, Any]:
    return {field.name: getattr(entry, field.name) for field in fields(entry)}


def _words(error: ValidationError) -> str:
    problems = error.errors(include_url=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, problem['loc'])) or 'order'}: {problem['msg']}" for problem in problems)


Handler: TypeAlias = Callable[[web.Request], Awaitable[web.Response]]
