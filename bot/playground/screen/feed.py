"""The page's live line: a WebSocket that tells one person's browser each change as it happens."""

import asyncio
import json
import logging
from typing import Final

from aiohttp import WSCloseCode, web

from bot.playground.screen.sight import channel_json, sees, user_json
from bot.playground.workspace.state import Change, Workspace

log = logging.getLogger(__name__)

MOST_WAITING: Final = 2_000
_HEARTBEAT_S: Final = 20.0
_CLOSE_S: Final = 1.0


class Feed:
    """Every open page has its own queue; one that doesn't read is cut off, and loads anew when it is back."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._open: set[web.WebSocketResponse] = set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """GET /ui/feed?user=…"""
        user = self._workspace.users.get(request.query.get("user", ""))
        if user is None or user.is_bot:
            raise web.HTTPNotFound(text="There is no such person here.\n")
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT_S, timeout=_CLOSE_S)
        waiting: asyncio.Queue[str] = asyncio.Queue(MOST_WAITING)

        def take(change: Change) -> None:
            if not sees(change, user.id, self._workspace):
                return
            try:
                waiting.put_nowait(self._json(change))
            except asyncio.QueueFull:
                _cut(request)
            except (TypeError, ValueError, RecursionError):  # a defect: the page is better off with the whole state
                log.exception("a change of kind %s is no JSON", change.kind)
                _cut(request)

        await socket.prepare(request)
        end = self._workspace.listen(take)
        self._open.add(socket)
        writer = asyncio.create_task(_write(socket, waiting))
        try:
            async for _ in socket:  # a page says nothing here; this ends when it goes
                pass
        finally:
            end()
            self._open.discard(socket)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
        return socket

    async def close(self) -> None:
        await asyncio.gather(*(socket.close(code=WSCloseCode.GOING_AWAY) for socket in self._open))

    def _json(self, change: Change) -> str:
        told = {"kind": change.kind, "channel": change.channel, **change.data}
        if change.kind == "channel" and change.channel is not None:
            told["conversation"] = channel_json(self._workspace.channels[change.channel])
            told["users"] = [user_json(user) for user in self._workspace.users.values()]
        return json.dumps(told, allow_nan=False)


async def _write(socket: web.WebSocketResponse, waiting: asyncio.Queue[str]) -> None:
    await socket.send_json({"kind": "ready"})
    while True:
        await socket.send_str(await waiting.get())


def _cut(request: web.Request) -> None:
    """Ends the connection at once: a close would wait until the page has read what it was sent."""
    if request.transport is not None:
        request.transport.abort()
