"""What Slack sends to the app: in order, until it is acked or given up."""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeAlias

from bot.playground.delivery.requests import Requests
from bot.playground.delivery.sockets import Connection, Sockets
from bot.playground.delivery.tasks import Tasks
from bot.playground.watch.faults import NO_DELIVERY_FAULT, DeliveryFault, Faults
from bot.playground.watch.journal import Delivery, Journal
from bot.playground.workspace.state import Workspace

DeliveryKind: TypeAlias = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True, slots=True)
class Timings:
    """How long an ack may take, and the pauses before an event is sent again (docs.slack.dev/apis/events-api).

    `refresh_s`: how old a connection gets before it is asked to come back; None: it isn't asked.
    """

    ack_s: float = 3.0
    retry_after_s: tuple[float, ...] = (0.0, 60.0, 300.0)
    refresh_s: float | None = None


@dataclass(slots=True, eq=False)
class _Parcel:
    """A delivery under way. `pauses` are those before its retries; `fault` goes wrong with its first attempt."""

    delivery: Delivery
    number: int
    retry: int
    pauses: tuple[float, ...]
    give_up_at: float
    fault: DeliveryFault
    acked: asyncio.Future[None]
    tried: asyncio.Future[None]
    ended: asyncio.Future[None]
    is_ack_lost: bool = False

    def left_s(self) -> float:
        return self.give_up_at - asyncio.get_running_loop().time()

    def note_try(self) -> None:
        if not self.tried.done():
            self.tried.set_result(None)


class Deliveries:
    """Hands events, commands and clicks to the app: over `sockets`, or to `request_url` where that is set.

    An event that isn't acked is sent again; a command or a click is not, as
    somebody waits for it. Without a connection a delivery waits for one as long
    as its retries would take.
    """

    def __init__(self, workspace: Workspace, journal: Journal, faults: Faults, timings: Timings = Timings()) -> None:
        self.request_url: str | None = None
        self.count = 0
        self.sockets = Sockets(
            workspace, journal, self._take_ack, patience_s=timings.ack_s, refresh_s=timings.refresh_s
        )
        self._workspace = workspace
        self._journal = journal
        self._faults = faults
        self._timings = timings
        self._requests = Requests(workspace.app.signing_secret, timings.ack_s)
        self._parcels: dict[str, _Parcel] = {}
        self._tasks = Tasks()

    def send(self, kind: DeliveryKind, payload: dict[str, Any], *, retry: int = 0) -> Delivery:
        """Writes it into the journal and starts to send it; needs a running loop.

        First attempts are made in the order of these calls. `retry`: it has been sent that often before.
        """
        loop = asyncio.get_running_loop()
        delivery = Delivery(kind, payload, loop.time(), f"env-{self._workspace.number()}")
        self.count += 1
        pauses = self._timings.retry_after_s[retry:] if kind == "events_api" else ()
        give_up_at = delivery.at + sum(pauses) + self._timings.ack_s * (1 + len(pauses))
        acked, tried, ended = (loop.create_future() for _ in range(3))
        fault = self._faults.take_delivery(kind)
        parcel = _Parcel(delivery, self.count, retry, pauses, give_up_at, fault, acked, tried, ended)
        self._tasks.start(self._deliver(parcel), "a delivery", partial(self._end, parcel))
        self._parcels[delivery.envelope_id] = parcel
        self._journal.deliveries.append(delivery)
        self._journal.note()
        return delivery

    async def first_attempts(self, since: int = 0) -> list[Delivery]:
        """Waits until each delivery under way has been tried once (HTTP: answered); returns those it waited for.

        `since`, a value that `count` had, leaves out the earlier ones. A delivery
        that waits for a connection isn't waited for.
        """
        parcels = [parcel for parcel in self._parcels.values() if parcel.number > since]
        if parcels:
            await asyncio.wait([parcel.tried for parcel in parcels])
        return [parcel.delivery for parcel in parcels]

    async def tried(self, delivery: Delivery) -> None:
        """Waits until this one has been tried once (HTTP: answered), or has begun to wait for a connection."""
        parcel = self._parcels.get(delivery.envelope_id)
        if parcel is not None:
            await asyncio.wait({parcel.tried})

    async def settled(self) -> None:
        """Waits until each delivery so far is acked or given up."""
        if self._parcels:
            await asyncio.wait([parcel.ended for parcel in self._parcels.values()])

    async def ack_of(self, delivery: Delivery) -> dict[str, Any] | None:
        """What the app answers, as soon as it does; None where no answer comes in time."""
        parcel = self._parcels.get(delivery.envelope_id)
        if parcel is not None:
            await asyncio.wait({parcel.ended})
        return delivery.ack

    async def close(self) -> None:
        """Ends whatever is under way, and the connections."""
        await self._tasks.close()
        await self.sockets.close()
        await self._requests.close()

    async def _deliver(self, parcel: _Parcel) -> None:
        reason: str | None = "http_timeout"
        for retry, pause_s in enumerate((None, *parcel.pauses), start=parcel.retry):
            if pause_s is not None:
                await asyncio.wait({parcel.acked}, timeout=pause_s)
            if parcel.acked.done() or reason is None:
                return
            reason = await self._attempt(parcel, retry, reason)

    async def _attempt(self, parcel: _Parcel, retry: int, reason: str) -> str | None:
        """Sends it; returns what went wrong, None where it isn't to be sent again."""
        fault, parcel.fault = parcel.fault, NO_DELIVERY_FAULT
        if self.request_url is None:
            return await self._over_socket(parcel, retry, fault)
        went_wrong = await self._over_http(self.request_url, parcel, retry, reason, fault)
        parcel.note_try()
        return went_wrong

    async def _over_socket(self, parcel: _Parcel, retry: int, fault: DeliveryFault) -> str | None:
        parcel.is_ack_lost = fault.loses_ack
        connection = await self._put(parcel, retry)
        if connection is None:
            return None
        if fault.duplicates:
            connection = await self._put(parcel, retry) or connection
        parcel.note_try()
        if fault.drops_connection:
            connection.cut()
        is_event = parcel.delivery.kind == "events_api"
        within_s = self._timings.ack_s if is_event else parcel.left_s()
        await asyncio.wait({parcel.acked, connection.ended}, timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
        return "timeout"

    async def _put(self, parcel: _Parcel, retry: int) -> Connection | None:
        if not self.sockets.connections:
            parcel.note_try()
        connection = await self.sockets.send(parcel.delivery, retry, parcel.left_s())
        parcel.delivery.attempts += connection is not None
        return connection

    async def _over_http(self, url: str, parcel: _Parcel, retry: int, reason: str, fault: DeliveryFault) -> str | None:
        for _ in range(2 if fault.duplicates else 1):
            parcel.delivery.attempts += 1
            reply = await self._requests.post(url, parcel.delivery, retry, reason)
        if fault.loses_ack or fault.drops_connection:
            return "http_timeout" if fault.loses_ack else "connection_failed"
        parcel.delivery.status = reply.status
        if reply.ack is not None:
            self._settle(parcel, reply.ack, reply.status)
        return None if reply.is_last else reply.reason

    def _take_ack(self, envelope_id: str, payload: dict[str, Any]) -> None:
        parcel = self._parcels.get(envelope_id)
        if parcel is not None and not parcel.is_ack_lost:
            self._settle(parcel, payload, 200)
        elif parcel is not None:
            parcel.is_ack_lost = False

    def _settle(self, parcel: _Parcel, ack: dict[str, Any], status: int) -> None:
        """Keeps the first ack; a second one, of something sent twice, changes nothing."""
        if parcel.acked.done():
            return
        delivery = parcel.delivery
        delivery.ack, delivery.status = ack, status
        delivery.acked_at = asyncio.get_running_loop().time()
        parcel.acked.set_result(None)
        self._journal.note()

    def _end(self, parcel: _Parcel) -> None:
        del self._parcels[parcel.delivery.envelope_id]
        parcel.delivery.is_given_up = parcel.delivery.ack is None
        parcel.note_try()
        parcel.ended.set_result(None)
        self._journal.note()
