"""A workspace whose deliveries go somewhere: to a raw WebSocket client, or to an app with a request URL."""

import asyncio
import copy
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from bot.playground.api.methods.auth import open_connection
from bot.playground.delivery.deliveries import Deliveries, Timings
from bot.playground.delivery.events import Events, body_of
from bot.playground.people.interactions import Interactions
from bot.playground.people.person import Person
from bot.playground.watch.faults import Faults
from bot.playground.watch.journal import Delivery, Journal
from bot.playground.workspace.platform import Platform
from bot.playground.workspace.records import Channel, User
from bot.playground.workspace.state import Workspace
from tests.parts import frozen_clock

EVENTS = (
    "app_mention", "message.channels", "message.groups", "message.im", "message.mpim", "reaction_added",
    "reaction_removed", "app_home_opened", "agent_session_stopped", "agent_session_title_changed",
)  # fmt: skip
PATIENT = Timings(ack_s=30.0)
HASTY = Timings(ack_s=0.02, retry_after_s=(0.0, 0.01, 0.02))


def platform(*events: str) -> Platform:
    """The project's manifest, with these subscriptions in place of its own."""
    loaded = Platform.load()
    manifest: dict[str, Any] = copy.deepcopy(dict(loaded.manifest))
    manifest["settings"]["event_subscriptions"]["bot_events"] = list(events)
    return Platform(loaded.methods, manifest)


def channels() -> list[Channel]:
    everybody = {"U1", "U2", "UBOT"}
    return [
        Channel("C1", "general", members=set(everybody)),
        Channel("G1", "secret", "group", set(everybody)),
        Channel("M1", "kim-lee", "mpim", set(everybody)),
        Channel("D1", "kim", "im", {"U1", "UBOT"}),
        Channel("CX", "others", members={"U1", "U2"}),
    ]


class Rig:
    """The parts under test. `event` sends one event that carries a text."""

    def __init__(self, timings: Timings, *events: str) -> None:
        people = [User("U1", "kim", "김민준"), User("U2", "lee", "이서연")]
        self.workspace = Workspace(platform(*(events or EVENTS)), people, channels(), frozen_clock)
        self.journal = Journal()
        self.faults = Faults()
        self.deliveries = Deliveries(self.workspace, self.journal, self.faults, timings)
        self.sockets = self.deliveries.sockets
        self.events = Events(self.workspace, self.deliveries)
        self.interactions = Interactions(self.workspace, self.deliveries)

    def person(self, user: str = "U1") -> Person:
        return Person(self.workspace, self.deliveries, self.interactions, user)

    def event(self, text: str = "hi", *, retry: int = 0) -> Delivery:
        body = body_of(self.workspace, {"type": "message", "text": text})
        return self.deliveries.send("events_api", body, retry=retry)

    def command(self, **payload: str) -> Delivery:
        return self.deliveries.send("slash_commands", {"command": "/mlops", **payload})

    @property
    def told(self) -> list[dict[str, Any]]:
        """The events so far."""
        return [d.payload["event"] for d in self.journal.deliveries if d.kind == "events_api"]

    def url(self) -> str:
        """A link that is good for one connection, as the app is given it."""
        return str(open_connection(self.workspace, {})["url"])

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Rig"]:
        async def hand_out(_: web.Request) -> web.Response:
            return web.json_response({"ok": True, "url": self.url()})

        site = web.Application()
        site.router.add_get("/socket", self.sockets.handle)
        site.router.add_post("/api/apps.connections.open", hand_out)
        async with listening(site) as self.workspace.base:
            try:
                yield self
            finally:
                await self.interactions.close_all()
                await self.deliveries.close()


@asynccontextmanager
async def listening(site: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@dataclass(frozen=True, slots=True)
class Client:
    """A raw client of Socket Mode, which does nothing by itself."""

    socket: aiohttp.ClientWebSocketResponse
    hello: dict[str, Any]

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(10):
            received: dict[str, Any] = await self.socket.receive_json()
        return received

    async def text(self) -> str:
        """What the next event says."""
        return str((await self.next())["payload"]["event"]["text"])

    async def ack(self, envelope: dict[str, Any], **more: Any) -> None:
        await self.socket.send_json({"envelope_id": envelope["envelope_id"], **more})

    async def end(self) -> aiohttp.WSMsgType:
        """How the connection ends; whatever comes before is passed over."""
        async with asyncio.timeout(10):
            while (message := await self.socket.receive()).type is aiohttp.WSMsgType.TEXT:
                pass
        return message.type


@asynccontextmanager
async def connected(rig: Rig) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session, session.ws_connect(rig.url()) as socket:
        yield Client(socket, await socket.receive_json())


@dataclass(slots=True)
class Received:
    """A request as the app got it."""

    headers: dict[str, str]
    body: str
    content_type: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Answer = Callable[[int], Awaitable[web.StreamResponse]]


def answers(*responses: tuple[int, str], **headers: str) -> Answer:
    """The nth request gets the nth response, later ones the last."""

    async def answer(number: int) -> web.Response:
        status, text = responses[min(number, len(responses)) - 1]
        return web.Response(status=status, text=text, headers={k.replace("_", "-"): v for k, v in headers.items()})

    return answer


@dataclass(slots=True)
class App:
    """An app behind a request URL; `answer` says what it answers to its nth request."""

    answer: Answer
    received: list[Received] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.received.append(Received(dict(request.headers), await request.text(), request.content_type))
        return await self.answer(len(self.received))


@asynccontextmanager
async def over_http(rig: Rig, answer: Answer) -> AsyncIterator[App]:
    """The rig's deliveries go to an app with a request URL while open."""
    app = App(answer)
    site = web.Application()
    site.router.add_post("/slack/events", app.handle)
    async with rig.serving(), listening(site) as base:
        rig.deliveries.request_url = f"{base}/slack/events"
        try:
            yield app
        finally:
            await rig.deliveries.close()
