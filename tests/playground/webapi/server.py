"""A Web API on a real port, with a clock to turn and a workspace to look into."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.api.methods import Method
from bot.playground.api.rates import Rates
from bot.playground.api.webapi import WebApi
from bot.playground.watch.broadcasts import Broadcasts
from bot.playground.watch.faults import Faults
from bot.playground.watch.journal import Journal
from bot.playground.workspace.platform import Platform
from bot.playground.workspace.records import App, Channel, Message, User
from bot.playground.workspace.state import Change, Workspace

APP: Final = App()
ALL_SCOPES: Final = (
    *(f"{family}:{verb}" for family in ("channels", "groups", "im", "mpim") for verb in ("read", "history", "write")),
    *("chat:write", "chat:write.customize", "reactions:write", "users:read", "users:read.email", "files:write"),
    *("assistant:write", "channels:manage"),
)


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def platform(*scopes: str, features: Mapping[str, Any] | None = None) -> Platform:
    """The project's manifest with other scopes, and with `features` over its own."""
    own = Platform.load()
    manifest = own.manifest
    granted = {**manifest, "oauth_config": {"scopes": {"bot": list(scopes)}}}
    return replace(own, manifest={**granted, "features": {**manifest["features"], **(features or {})}})


def make_workspace(clock: Clock, what_is_allowed: Platform) -> Workspace:
    users = (
        User("U1", "kim", "김민준", "Kim@example.com"),
        User("U2", "lee", "이서연", "lee@example.com"),
        User("U3", "yoon", "윤채원"),
    )
    everybody = {"U1", "U2", APP.user}
    channels = (
        Channel("C1", "general", members=set(everybody), topic="everything"),
        Channel("C2", "elsewhere", members={"U1"}),
        Channel("C3", "old", members=set(everybody), is_archived=True),
        Channel("G1", "secret", "group", members=set(everybody)),
        Channel("G2", "theirs", "group", members={"U1"}),
        Channel("D1", "kim", "im", members={"U1", APP.user}),
    )
    return Workspace(what_is_allowed, users, channels, clock)


@dataclass
class Seen:
    """What came back from the server."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.text)
        return answer


@dataclass
class Api:
    """The server's parts, and calls to it as JSON with the right token."""

    workspace: Workspace
    journal: Journal
    faults: Faults
    clock: Clock
    session: aiohttp.ClientSession
    changes: list[Change] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"{self.workspace.base}/api/"

    @property
    def client(self) -> AsyncWebClient:
        return AsyncWebClient(token=APP.bot_token, base_url=self.url, session=self.session)

    async def call(self, method: str, **args: Any) -> dict[str, Any]:
        response = await self.send(method, json=args)
        assert response.headers["Content-Type"] == "application/json; charset=utf-8"
        return response.json

    async def error(self, method: str, **args: Any) -> str:
        answer = await self.call(method, **args)
        return str(answer.get("error", "none"))

    async def send(self, method: str, *, verb: str = "POST", token: str | None = APP.bot_token, **more: Any) -> Seen:
        headers = {**({"Authorization": f"Bearer {token}"} if token else {}), **more.pop("headers", {})}
        async with self.session.request(verb, self.url + method, headers=headers, **more) as response:
            return Seen(response.status, response.headers, await response.text())

    def say(self, text: str = "hello", channel: str = "C1", user: str = "U1", **more: Any) -> Message:
        """A person's message."""
        return self.workspace.post(self.workspace.channels[channel], {"user": user, "text": text, **more})

    def texts(self, channel: str = "C1") -> list[str]:
        return [message["text"] for message in self.workspace.channels[channel].messages.values()]

    def kinds(self) -> list[str]:
        return [change.kind for change in self.changes]


@asynccontextmanager
async def serving(
    what_is_allowed: Platform | None = None, *, has_rates: bool = False, methods: Mapping[str, Method] | None = None
) -> AsyncIterator[Api]:
    clock = Clock()
    workspace = make_workspace(clock, platform(*ALL_SCOPES) if what_is_allowed is None else what_is_allowed)
    journal, faults = Journal(), Faults()
    webapi = WebApi(workspace, journal, faults, Rates(clock, enabled=has_rates), methods)
    Broadcasts(workspace, journal)
    site = web.Application()
    site.router.add_route("*", "/api/{method}", webapi.handle)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    workspace.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        async with aiohttp.ClientSession() as session:
            api = Api(workspace, journal, faults, clock, session)
            workspace.listen(api.changes.append)
            yield api
    finally:
        await runner.cleanup()
