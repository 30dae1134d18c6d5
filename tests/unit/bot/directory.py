"""A Slack that tells who somebody is, asked by whatever a test is about."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import aiohttp
from aiohttp import web
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient

from bot.people.identity import Identity
from bot.settings import Settings
from bot.slack import make_client
from bot.tasks import Tasks

Asking = TypeVar("Asking")


@dataclass
class Directory(Generic[Asking]):
    """`answer` is told to any method; `gate` holds the answers back until it is set. `now` is the clock, in seconds."""

    answer: dict[str, Any]
    by: Asking = field(init=False)
    tasks: Tasks = field(default_factory=Tasks)
    now: list[float] = field(default_factory=lambda: [0.0])
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[str] = field(default_factory=list)

    async def tell(self, request: web.Request) -> web.Response:
        self.asked.append(request.match_info["method"])
        await self.gate.wait()
        return web.json_response(self.answer)


@asynccontextmanager
async def serving(
    made: Directory[Asking],
    ask: Callable[[AsyncWebClient, Identity, Tasks, Callable[[], float]], Asking],
    enterprise: str | None = None,
) -> AsyncIterator[Directory[Asking]]:
    """The directory on a port of its own, `by` asking it."""
    site = web.Application()
    site.router.add_route("*", "/api/{method}", made.tell)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        client = make_client(Settings(slack_bot_token=SecretStr("xoxb-t"), slack_api_url=url), session, None)
        made.by = ask(client, Identity("T1", "UBOT", enterprise=enterprise), made.tasks, lambda: made.now[0])
        made.gate.set()
        try:
            yield made
        finally:
            made.gate.set()
            await made.tasks.drain(5)
            await runner.cleanup()
