"""The few calls of Slack's that a test needs answered: what came in, and what was said to it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from pydantic import SecretStr

from bot.replies import Replies
from bot.settings import Settings
from bot.slack import make_client
from bot.wire import Wire


@dataclass
class SlackCalls:
    """Answers ok to every call, unless `errors` (by method) has another code, or a status of 500 and above."""

    replies: Replies
    base: str
    errors: dict[str, str | int] = field(default_factory=dict)
    made: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    arrived: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    def of(self, method: str) -> list[dict[str, Any]]:
        return [body for name, body in self.made if name == method]

    @property
    def said(self) -> list[str]:
        """The texts only one person saw, by either way."""
        ways = ("chat.postEphemeral", "respond")
        return [body["text"] for name, body in self.made if name in ways and name not in self.errors]


@asynccontextmanager
async def slack_calls() -> AsyncIterator[SlackCalls]:
    """A server on loopback, and `Replies` that call it."""
    site = web.Application()
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)

    async def answer(request: web.Request) -> web.Response:
        method = request.match_info["method"]
        calls.made.append((method, await request.json()))
        calls.arrived.put_nowait(method)
        error = calls.errors.get(method)
        if isinstance(error, int):
            return web.Response(status=error)
        return web.json_response({"ok": error is None, "error": error}) if method != "respond" else web.Response()

    site.router.add_post("/api/{method}", answer)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        client = make_client(Settings(slack_bot_token=SecretStr("xoxb-t"), slack_api_url=base), session, None)
        calls = SlackCalls(Replies(Wire(client, tries=2, backoff_s=0.001), session), base)
        yield calls
    await runner.cleanup()
