"""A workspace with a clock to turn, and an app behind a request URL that answers as a test says."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

import aiohttp
import pytest
from aiohttp import web

from bot.playground.api.methods import Answer, find_methods
from bot.playground.api.rates import Rates
from bot.playground.api.responses import Responses
from bot.playground.api.uploads import Uploads
from bot.playground.api.webapi import WebApi
from bot.playground.delivery.deliveries import Deliveries, Timings
from bot.playground.people.interactions import Interactions
from bot.playground.screen.attachments import Attachments
from bot.playground.watch.faults import Faults
from bot.playground.watch.journal import Journal
from bot.playground.workspace.platform import Platform
from bot.playground.workspace.records import Channel, Message, User
from bot.playground.workspace.refused import Refused
from bot.playground.workspace.state import Change, Workspace

SHORTCUTS: Final = (
    {"name": "Ask", "type": "global", "callback_id": "ask", "description": "Ask"},
    {"name": "Explain", "type": "message", "callback_id": "explain", "description": "Explain"},
)
METHODS: Final = find_methods()


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Ground:
    """A workspace, what was told of it, and the Web API's methods called as functions."""

    clock: Clock
    workspace: Workspace
    changes: list[Change] = field(default_factory=list)

    def call(self, method: str, **args: Any) -> Answer:
        return METHODS[method](self.workspace, args)

    def grant(self, *scopes: str) -> None:
        """From now on the app has these scopes alone."""
        manifest = {**self.workspace.platform.manifest, "oauth_config": {"scopes": {"bot": list(scopes)}}}
        self.workspace.platform = replace(self.workspace.platform, manifest=manifest)

    def refusal(self, method: str, **args: Any) -> str:
        with pytest.raises(Refused) as refused:
            self.call(method, **args)
        return refused.value.code

    def told(self, kind: str) -> list[dict[str, Any]]:
        return [change.data for change in self.changes if change.kind == kind]

    def say(self, text: str = "hello", channel: str = "C1", user: str = "U1", **more: Any) -> str:
        """A person's message; its ts."""
        return str(self.workspace.post(self.workspace.channels[channel], {"user": user, "text": text, **more})["ts"])

    def message(self, ts: str, channel: str = "C1") -> Message:
        return self.workspace.channels[channel].messages[ts]


def ground(settings: Mapping[str, Any] | None = None, **features: Any) -> Ground:
    """With Home, shortcuts and clicks; `features` and `settings` go over those of the manifest."""
    own = _own()
    allowed: dict[str, Any] = {
        **own.features,
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "shortcuts": list(SHORTCUTS),
        **features,
    }
    set_up = {**own.manifest["settings"], "interactivity": {"is_enabled": True}, **(settings or {})}
    scopes = {"scopes": {"bot": [*own.scopes, "files:write", "assistant:write"]}}
    manifest = {**own.manifest, "features": allowed, "settings": set_up, "oauth_config": scopes}
    platform = replace(own, manifest=manifest)
    everybody = {"U1", "U2", "UBOT"}
    clock = Clock()
    workspace = Workspace(
        platform,
        (User("U1", "kim", "김민준"), User("U2", "lee", "이서연")),
        (
            Channel("C1", "general", members=set(everybody)),
            Channel("C2", "elsewhere", members={"U1"}),
            Channel("G1", "secret", "group", members=set(everybody)),
            Channel("D1", "kim", "im", members={"U1", "UBOT"}),
        ),
        clock,
    )
    made = Ground(clock, workspace)
    workspace.listen(made.changes.append)
    return made


@cache
def _own() -> Platform:
    return Platform.load()


def without(*features: str) -> Ground:
    """A workspace whose manifest lacks these features."""
    made = ground()
    manifest = dict(made.workspace.platform.manifest)
    manifest["features"] = {name: value for name, value in manifest["features"].items() if name not in features}
    made.workspace.platform = replace(made.workspace.platform, manifest=manifest)
    return made


@dataclass
class World(Ground):
    """The same, served: the app gets what Slack sends, and answers with `answers`, then with nothing in particular."""

    interactions: Interactions = field(kw_only=True)
    deliveries: Deliveries = field(kw_only=True)
    journal: Journal = field(kw_only=True)
    faults: Faults = field(kw_only=True)
    session: aiohttp.ClientSession = field(kw_only=True)
    answers: deque[Any] = field(default_factory=deque)
    silence: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def sent(self) -> list[dict[str, Any]]:
        return [delivery.payload for delivery in self.journal.deliveries]

    async def respond(self, url: str, body: Any) -> tuple[int, str]:
        async with self.session.post(url, json=body) as response:
            return response.status, await response.text()

    def notices(self) -> list[dict[str, str]]:
        return [notice["text"] for notice in self.told("notice")]

    async def on_request(self, request: web.Request) -> web.Response:
        await request.read()
        answer = self.answers.popleft() if self.answers else {}
        if answer is None:
            await self.silence.wait()
        if isinstance(answer, int):
            return web.Response(status=answer)
        return web.json_response(answer) if answer else web.Response()


@asynccontextmanager
async def serving(on: Ground | None = None, ack_s: float = 5.0) -> AsyncIterator[World]:
    base = on or ground()
    journal, faults = Journal(), Faults()
    deliveries = Deliveries(base.workspace, journal, faults, Timings(ack_s=ack_s))
    interactions = Interactions(base.workspace, deliveries)
    async with aiohttp.ClientSession() as session:
        world = World(
            base.clock,
            base.workspace,
            base.changes,
            interactions=interactions,
            deliveries=deliveries,
            journal=journal,
            faults=faults,
            session=session,
        )
        runner = web.AppRunner(_site(world), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        base.workspace.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        deliveries.request_url = f"{base.workspace.base}/app"
        try:
            yield world
        finally:
            world.silence.set()
            await interactions.close_all()
            await deliveries.close()
            await runner.cleanup()


def _site(world: World) -> web.Application:
    uploads = Uploads(world.workspace)
    webapi = WebApi(world.workspace, world.journal, world.faults, Rates(world.clock, enabled=False))
    site = web.Application(client_max_size=64 * 1024 * 1024)
    site.router.add_post("/app", world.on_request)
    site.router.add_route("*", "/api/{method}", webapi.handle)
    site.router.add_post("/respond/{id}", Responses(world.workspace, world.journal, world.faults).handle)
    site.router.add_post("/upload/{id}", uploads.take)
    site.router.add_post("/ui/upload", Attachments(world.workspace).take)
    site.router.add_get("/files/{id}/{name}", uploads.give)
    return site
