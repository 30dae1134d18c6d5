"""The page's live line: a WebSocket that tells one person's browser each change as it happens."""

import asyncio
import json
from typing import Any, Final

from aiohttp import WSCloseCode, web

from bot.playground.sight import channel_json, sees, user_json
from bot.playground.workspace import Change, Workspace

_MOST_WAITING: Final = 10_000
_HEARTBEAT_S: Final = 20.0


class Feed:
    """Every open page has its own queue; one that doesn't read is cut off, and loads anew when it is back."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._open: set[web.WebSocketResponse] = set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """GET /ui/feed?user=…"""
        user = request.query.get("user", "")
        if user not in self._workspace.users:
            raise web.HTTPNotFound(text="There is no such person here.\n")
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT_S)
        changes: asyncio.Queue[Change] = asyncio.Queue(_MOST_WAITING)
        await socket.prepare(request)
        end = self._workspace.listen(lambda change: self._take(change, user, changes))
        self._open.add(socket)
        writer = asyncio.create_task(self._write(socket, changes))
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
        for socket in tuple(self._open):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    def _take(self, change: Change, user: str, changes: asyncio.Queue[Change]) -> None:
        if not changes.full() and sees(change, user, self._workspace):
            changes.put_nowait(change)  # once it is full something is missing: its writer then closes the socket

    async def _write(self, socket: web.WebSocketResponse, changes: asyncio.Queue[Change]) -> None:
        await socket.send_json({"kind": "ready"})
        while not changes.full():
            await socket.send_str(json.dumps(self._json(await changes.get()), ensure_ascii=False))
        await socket.close(code=WSCloseCode.TRY_AGAIN_LATER)

    def _json(self, change: Change) -> dict[str, Any]:
        told = {"kind": change.kind, "channel": change.channel, **change.data}
        if change.kind == "channel" and change.channel is not None:
            told["conversation"] = channel_json(self._workspace.channels[change.channel])
            told["users"] = [user_json(user) for user in self._workspace.users.values()]
        return told
