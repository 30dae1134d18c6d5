"""How Slack's events come in: Socket Mode or HTTP, with /livez and /healthz beside either.

/livez fails where a restart may help: Slack is not connected. /healthz fails where anything stands still.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

log = logging.getLogger(__name__)
socket_log = logging.getLogger("bot.socket")

EVENTS_PATH: Final = "/slack/events"
PING_S: Final = 4.0
"""The pace at which the SDK looks at its connection: with Bolt's 10 s, a cut line leaves the bot deaf as long.

A ping is to be answered within half of it.
"""
_CLOSE_S: Final = 5.0


async def _well() -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What is served beside Slack's events: more `routes`; `troubles` are the names of what is not well."""

    routes: Sequence[web.RouteDef] = ()
    troubles: Callable[[], Awaitable[Sequence[str]]] = _well


class SocketMode(AsyncSocketModeHandler):
    """Bolt's handler, which knows which envelopes are still being handled."""

    def __init__(self, app: AsyncApp, app_token: str, proxy: str | None) -> None:
        socket_log.setLevel(logging.WARNING)
        super().__init__(app, app_token, logger=socket_log, web_client=app.client, ping_interval=PING_S)
        self.client.proxy = proxy  # the SDK would take the environment's, for a local address too
        self._handling = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # as Bolt
        self._handling += 1
        self._idle.clear()
        try:
            await super().handle(client, req)
        finally:
            self._handling -= 1
            if not self._handling:
                self._idle.set()

    async def start(self) -> None:
        """Connects. Raises SlackApiError for a token Slack does not take, which the SDK would try for ever."""
        self.client.wss_uri = await self.client.issue_new_wss_url()
        await self.connect_async()  # type: ignore[no-untyped-call]  # as Bolt has it

    async def is_connected(self) -> bool:
        return bool(await self.client.is_connected())

    async def stop(self) -> None:
        """Takes no more envelopes, lets those under way be acked, and closes every socket and task of the SDK."""
        tasks = [t for t in (self.client.message_processor, self.client.message_receiver) if t is not None]
        for task in tasks:
            task.cancel()
        # What they have taken already gets so far as to be counted; else it would be handled when all is closed.
        await asyncio.gather(*tasks, return_exceptions=True)
        try:
            async with asyncio.timeout(_CLOSE_S):
                await self._idle.wait()
        except TimeoutError:
            log.warning("%d envelopes were not acked", self._handling)
        await self.close_async()  # type: ignore[no-untyped-call]  # as Bolt has it
        if self.client.current_session_monitor is not None:
            await asyncio.gather(self.client.current_session_monitor, return_exceptions=True)


@asynccontextmanager
async def serve_socket(
    app: AsyncApp, app_token: str, proxy: str | None, host: str, port: int, beside: Beside = Beside()
) -> AsyncIterator[int | None]:
    """Receives over Socket Mode while open; gives the port of /healthz, None where `port` is taken.

    Raises SlackApiError where Slack turns the app-level token away.
    """
    socket = SocketMode(app, app_token, proxy)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(socket.stop)
        await socket.start()
        try:
            bound = await stack.enter_async_context(_listen(web.Application(), host, port, socket.is_connected, beside))
        except OSError as error:
            log.warning("no /healthz: port %d cannot be used: %s", port, error.strerror)
            bound = None
        yield bound


@asynccontextmanager
async def serve_http(app: AsyncApp, host: str, port: int, beside: Beside = Beside()) -> AsyncIterator[int]:
    """Receives signed requests at /slack/events while open; gives the port (of `port` 0: the one it got)."""

    async def on_request(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    async def is_open() -> bool:
        return True

    site = web.Application()
    site.router.add_post(EVENTS_PATH, on_request)
    async with _listen(site, host, port, is_open, beside) as bound:
        yield bound


@asynccontextmanager
async def _listen(
    site: web.Application, host: str, port: int, is_connected: Callable[[], Awaitable[bool]], beside: Beside
) -> AsyncIterator[int]:
    async def live(_: web.Request) -> web.Response:
        return _told([] if await is_connected() else ["slack"])

    async def health(_: web.Request) -> web.Response:
        return _told([*([] if await is_connected() else ["slack"]), *await beside.troubles()])

    site.router.add_get("/livez", live)
    site.router.add_get("/healthz", health)
    site.router.add_routes(beside.routes)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=_CLOSE_S)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def _told(troubles: Sequence[str]) -> web.Response:
    return web.json_response({"ok": not troubles, "troubles": list(troubles)}, status=503 if troubles else 200)
