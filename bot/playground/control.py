"""/control: faults on demand and the journal of both directions, as JSON over HTTP, for tests in another process."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.playground.faults import DeliveryFault, Fault, Faults
from bot.playground.journal import Journal
from bot.playground.sockets import Sockets


class _Order(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FaultOrder(_Order):
    """The next `times` calls of `method` go wrong, before or (`takes_effect`) after they are carried out."""

    method: str
    error: str | None = None
    status: int = Field(default=200, ge=200, le=599)
    drops: bool = False
    takes_effect: bool = False
    retry_after: str | None = None
    delay_s: float = Field(default=0, ge=0, le=60)
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

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._until = 0.0

    def leave(self, seconds: float) -> None:
        self._until = self._now() + seconds

    @property
    def left_s(self) -> float:
        return max(self._until - self._now(), 0.0)


@dataclass(frozen=True, slots=True)
class Control:
    """The routes of /control."""

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
            "calls": list(map(asdict, journal.calls)),
            "deliveries": list(map(asdict, journal.deliveries)),
            "responses": journal.responses,
            "broadcasts": list(map(asdict, journal.broadcasts)),
        }
        return web.json_response(entries, dumps=lambda value: json.dumps(value, ensure_ascii=False, default=str))

    async def _fault(self, order: FaultOrder) -> None:
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
            except ValidationError as error:
                return web.json_response({"ok": False, "error": str(error)}, status=400)
            await run(order)
            return web.json_response({"ok": True})

        return handle


Handler: TypeAlias = Callable[[web.Request], Awaitable[web.Response]]
