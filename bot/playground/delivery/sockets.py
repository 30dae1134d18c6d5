"""Socket Mode, Slack's side of it: the connections that share the deliveries between them."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from aiohttp import web

from bot.playground.delivery.tasks import Tasks
from bot.playground.watch.journal import Delivery, Journal
from bot.playground.workspace.foreign import load_json
from bot.playground.workspace.state import Workspace

MOST: Final = 10
"""Connections of one app at a time (docs.slack.dev/apis/events-api/using-socket-mode)."""

NOT_TAKEN: Final = 408
"""What clients have seen where Slack doesn't take their link (slackapi/node-slack-sdk#1472)."""

_CLOSE_S: Final = 1.0
_LIFE_S: Final = 18_060

OnAck = Callable[[str, dict[str, Any]], None]


@dataclass(frozen=True, slots=True, eq=False)
class Connection:
    """One WebSocket of the app. `cut` ends it without a word; `ended` is done when it is over, however it ended."""

    socket: web.WebSocketResponse
    cut: Callable[[], None]
    ended: asyncio.Future[None]


class Sockets:
    """Every open connection. Each delivery goes to one of them, in turn.

    `on_ack` is called with an envelope's id and the payload that came with its
    ack; it may be the id of none. `patience_s` is how long a client may take to
    read an envelope, or to leave when it is asked to.
    """

    def __init__(
        self,
        workspace: Workspace,
        journal: Journal,
        on_ack: OnAck,
        *,
        patience_s: float = 3.0,
        refresh_s: float | None = None,
    ) -> None:
        self.connections: list[Connection] = []
        self._workspace = workspace
        self._journal = journal
        self._on_ack = on_ack
        self._patience_s = patience_s
        self._refresh_s = refresh_s
        self._turn = 0
        self._line: list[asyncio.Future[None]] = []
        self._all: set[Connection] = set()
        self._ageing = Tasks()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """A connection, from its ticket to its end; the route GET /socket."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._workspace.tickets:
            return web.Response(status=NOT_TAKEN, text="this link has been used, or was never given out")
        self._workspace.tickets.discard(ticket)
        socket = web.WebSocketResponse(timeout=_CLOSE_S)
        await socket.prepare(request)
        if len(self.connections) >= MOST:
            await self._part(socket, "too_many_websockets")
            return socket
        connection = Connection(socket, request.protocol.force_close, asyncio.get_running_loop().create_future())
        try:
            await self._serve(connection)
        finally:
            connection.ended.set_result(None)
            self._all.discard(connection)
            self._leave(connection)
        return socket

    async def send(self, delivery: Delivery, retry: int, within_s: float) -> Connection | None:
        """Puts an envelope on the next connection; None where none has opened within the time given.

        Those that wait for a connection get it in the order in which they came.
        """
        if (not self.connections or self._line) and not await self._wait_in_line(within_s):
            return None
        connection = self.connections[self._turn % len(self.connections)]
        self._turn += 1
        with suppress(ConnectionError, TimeoutError):  # then it ends without an ack, which the sender waits for
            async with asyncio.timeout(self._patience_s):
                await connection.socket.send_str(_envelope(delivery, retry))
        return connection

    async def refresh(self) -> None:
        """Asks every client to come back on a new connection, then closes the old ones."""
        await asyncio.gather(*map(self._retire, tuple(self.connections)))

    async def drop(self) -> None:
        """Cuts every connection without a word."""
        dropped = tuple(self.connections)
        for connection in dropped:
            self._leave(connection)
            connection.cut()
        if dropped:
            await asyncio.wait([connection.ended for connection in dropped], timeout=self._patience_s)

    async def close(self) -> None:
        """Ends every connection, and what waits for their end."""
        await self._ageing.close()
        for connection in tuple(self._all):
            self._leave(connection)
            await connection.socket.close(code=aiohttp.WSCloseCode.GOING_AWAY)
            await asyncio.wait({connection.ended}, timeout=_CLOSE_S)

    async def _wait_in_line(self, within_s: float) -> bool:
        """Whether a connection is there in time for who has come now, after all who wait already."""
        loop = asyncio.get_running_loop()
        until = loop.time() + within_s
        while (left_s := until - loop.time()) > 0:
            turn = loop.create_future()
            self._line.append(turn)
            if self.connections:
                turn.set_result(None)
            try:
                await asyncio.wait({turn}, timeout=left_s)
            finally:
                self._line.remove(turn)
            if self.connections:
                return True
        return False

    async def _serve(self, connection: Connection) -> None:
        self._all.add(connection)
        with suppress(ConnectionError):
            await connection.socket.send_str(self._hello())
            self.connections.append(connection)
            self._tell()
            for turn in [turn for turn in self._line if not turn.done()]:
                turn.set_result(None)
            if self._refresh_s is not None:
                self._ageing.start(self._age(connection, self._refresh_s), "a refresh")
            async for message in connection.socket:
                self._read(message)

    def _hello(self) -> str:
        debug = {"host": "local", "approximate_connection_time": int(self._refresh_s or _LIFE_S)}
        hello = {"type": "hello", "num_connections": len(self.connections) + 1, "debug_info": debug}
        return json.dumps({**hello, "connection_info": {"app_id": self._workspace.app.id}})

    def _read(self, message: aiohttp.WSMessage) -> None:
        """An ack. Whatever else a client says is passed over, as by Slack."""
        try:
            said = load_json(message.data) if isinstance(message.data, str | bytes) else None
        except ValueError:
            return
        if isinstance(said, dict) and isinstance(said.get("envelope_id"), str):
            payload = said.get("payload")
            self._on_ack(said["envelope_id"], payload if isinstance(payload, dict) else {})

    async def _age(self, connection: Connection, refresh_s: float) -> None:
        done, _ = await asyncio.wait({connection.ended}, timeout=refresh_s)
        if not done:
            await self._retire(connection)

    async def _retire(self, connection: Connection) -> None:
        """The client may still ack what it has; it gets nothing new, and is cut off if it stays."""
        self._leave(connection)
        await self._part(connection.socket, "refresh_requested", connection.ended)

    async def _part(
        self, socket: web.WebSocketResponse, reason: str, ended: asyncio.Future[None] | None = None
    ) -> None:
        with suppress(ConnectionError):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})
        if ended is not None:
            await asyncio.wait({ended}, timeout=self._patience_s)
        await socket.close()

    def _leave(self, connection: Connection) -> None:
        """No more deliveries go to it."""
        if connection in self.connections:
            self.connections.remove(connection)
            self._tell()

    def _tell(self) -> None:
        self._workspace.tell("connection", count=len(self.connections))
        self._journal.note()


def _envelope(delivery: Delivery, retry: int) -> str:
    is_event = delivery.kind == "events_api"
    envelope: dict[str, Any] = {
        "envelope_id": delivery.envelope_id,
        "type": delivery.kind,
        "payload": delivery.payload,
        "accepts_response_payload": not is_event,
    }
    if is_event:
        envelope |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
    return json.dumps(envelope)
