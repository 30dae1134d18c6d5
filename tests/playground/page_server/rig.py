"""A local Slack on a port of its own, what a page asks of it, and an app at the other end."""

import asyncio
import copy
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

import aiohttp
import yaml

from bot.playground.delivery.deliveries import Timings
from bot.playground.local_slack import LocalSlack
from bot.playground.screen.tricks import Trick
from bot.playground.workspace.platform import TABLE, Platform
from bot.playground.workspace.records import App, Channel, User
from bot.playground.workspace.state import Workspace
from tests.playground.interactivity.views import actions, button, modal, option, text_input
from tests.playground.interactivity.views import field as input_of

APP: Final = App()
SCOPES: Final = (
    "app_mentions:read assistant:write channels:history channels:read chat:write commands files:read files:write "
    "groups:history groups:read im:history im:read im:write mpim:history mpim:read reactions:read reactions:write "
    "users:read users:read.email"
)
SHORTCUTS: Final = (
    {"name": "Ask", "type": "global", "callback_id": "ask", "description": "Ask"},
    {"name": "Explain", "type": "message", "callback_id": "explain", "description": "Explain"},
)
SELECT: Final = {"type": "external_select", "action_id": "find", "min_query_length": 1}
STATIC: Final = {"type": "static_select", "action_id": "pick", "options": [option("a")]}
BLOCKS: Final = [actions(button(), SELECT, STATIC)]
FORM: Final = modal(input_of(text_input()), notify_on_close=True)


def every_event() -> list[str]:
    """What a manifest may subscribe to, by the project's table."""
    return list(yaml.safe_load(TABLE.read_text(encoding="utf-8"))["events"])


@cache
def platform() -> Platform:
    """The project's manifest with every scope and event, Home, two shortcuts and a second command."""
    own = Platform.load()
    manifest = copy.deepcopy(dict(own.manifest))
    features = manifest["features"]
    features["app_home"]["home_tab_enabled"] = True
    features["shortcuts"] = list(SHORTCUTS)
    features["slash_commands"].append({"command": "/other", "description": "", "usage_hint": ""})
    manifest["oauth_config"]["scopes"]["bot"] = SCOPES.split()
    manifest["settings"]["event_subscriptions"]["bot_events"] = every_event()
    return replace(own, manifest=manifest)


async def _play() -> dict[str, str]:
    return {"ko": "되었습니다.", "en": "It is done."}


WINK: Final = Trick("wink", {"ko": "눈짓", "en": "Wink"}, _play)


def make_slack(tricks: Iterable[Trick] = (WINK,), **more: Any) -> LocalSlack:
    """Two people; C2 is the first's alone, G1 the second's with the app, C3 is archived."""
    everybody = {"U1", "U2", APP.user}
    return LocalSlack(
        platform=platform(),
        users=(User("U1", "kim", "김민준"), User("U2", "lee", "이서연")),
        conversations=(
            Channel("C1", "general", members=set(everybody)),
            Channel("C2", "elsewhere", members={"U1"}),
            Channel("C3", "old", members=set(everybody), is_archived=True),
            Channel("G1", "secret", "group", members={"U2", APP.user}),
            Channel("D1", "kim", "im", members={"U1", APP.user}),
            Channel("D2", "lee", "im", members={"U2", APP.user}),
        ),
        tricks=tricks,
        has_rates=False,
        **more,
    )


@dataclass
class Site:
    """A served local Slack, and calls to it by the page and by the app."""

    slack: LocalSlack
    session: aiohttp.ClientSession

    @property
    def workspace(self) -> Workspace:
        return self.slack.workspace

    @property
    def texts(self) -> list[str]:
        """What stands in C1."""
        return [message["text"] for message in self.workspace.channels["C1"].messages.values()]

    async def act(self, verb: str, user: str = "U1", *, language: str = "en", **body: Any) -> dict[str, Any]:
        """What the server answers, which is always 200 for a JSON object."""
        status, answer = await self.post(f"/ui/act/{verb}", {"user": user, **body}, language=language)
        assert status == 200
        return answer

    async def done(self, verb: str, user: str = "U1", **body: Any) -> dict[str, Any]:
        """The same, for what must succeed."""
        answer = await self.act(verb, user, **body)
        assert answer.pop("ok"), answer
        return answer

    async def mistake(self, verb: str, user: str = "U1", **body: Any) -> str:
        """The sentence, for what must fail and change nothing."""
        changes: list[Any] = []
        end = self.workspace.listen(changes.append)
        before, sent = self.snapshot(), len(self.slack.journal.deliveries)
        answer = await self.act(verb, user, **body)
        end()
        assert (answer["ok"], changes) == (False, [])
        assert (self.snapshot(), len(self.slack.journal.deliveries)) == (before, sent)
        return str(answer["error"])

    def snapshot(self) -> str:
        return json.dumps({channel.id: list(channel.messages.values()) for channel in self.workspace.channels.values()})

    async def post(self, path: str, body: Any, *, language: str = "en") -> tuple[int, dict[str, Any]]:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Accept-Language": language, "Content-Type": "application/json"}
        async with self.session.post(self.slack.base + path, data=data, headers=headers) as response:
            return response.status, await response.json()

    async def state(self, user: str = "U1") -> dict[str, Any]:
        async with self.session.get(f"{self.slack.base}/ui/state", params={"user": user}) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def call(self, method: str, token: str = APP.bot_token, **args: Any) -> dict[str, Any]:
        """A call of the app's."""
        headers = {"Authorization": f"Bearer {token}"}
        async with self.session.post(self.slack.api_url + method, json=args, headers=headers) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def upload(self, name: str = "a.txt", content: bytes = b"abc", user: str = "U1") -> str:
        form = aiohttp.FormData({"user": user})
        form.add_field("file", content, filename=name)
        async with self.session.post(f"{self.slack.base}/ui/upload", data=form) as response:
            return str((await response.json())["file_id"])

    async def asks(self) -> str:
        """The ts of a message of the app's in C1 that has something to click."""
        return str((await self.call("chat.postMessage", channel="C1", text="choose", blocks=BLOCKS))["ts"])

    async def has_form(self, user: str = "U1") -> str:
        """The id of a modal that the app has opened for somebody who asked for it by a command."""
        delivery = await self.slack.person(user).slash("form")
        opened = await self.call("views.open", trigger_id=delivery.payload["trigger_id"], view=FORM)
        return str(opened["view"]["id"])

    @asynccontextmanager
    async def feed(self, user: str = "U1") -> AsyncIterator["Line"]:
        async with self.session.ws_connect(f"{self.slack.base}/ui/feed?user={user}") as socket:
            line = Line(socket)
            assert await line.next() == {"kind": "ready"}
            yield line


@dataclass(frozen=True, slots=True)
class Line:
    """One page's live line."""

    socket: aiohttp.ClientWebSocketResponse

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(10):
            told: dict[str, Any] = await self.socket.receive_json()
        return told

    async def until(self, kind: str, **data: Any) -> list[dict[str, Any]]:
        """Everything up to a change of that kind with those data."""
        told = []
        while True:
            told.append(await self.next())
            if told[-1]["kind"] == kind and data.items() <= told[-1].items():
                return told


@dataclass
class Listener:
    """An app on a socket: keeps what comes, acks it with `answers[kind]`, with nothing in particular by default."""

    socket: aiohttp.ClientWebSocketResponse
    got: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)

    async def run(self) -> None:
        async for message in self.socket:
            envelope = message.json()
            self.got.append(envelope)
            if envelope["type"] == "disconnect":
                await self.socket.close()
                return
            kind = envelope["payload"].get("type", envelope["type"])
            await self.socket.send_json({"envelope_id": envelope["envelope_id"], "payload": self.answers.get(kind, {})})

    def payloads(self, kind: str) -> list[dict[str, Any]]:
        return [envelope["payload"] for envelope in self.got if envelope["payload"].get("type") == kind]


@asynccontextmanager
async def connected(site: Site) -> AsyncIterator[Listener]:
    link = await site.call("apps.connections.open", APP.app_token)
    async with site.session.ws_connect(link["url"]) as socket:
        await socket.receive_json()
        app = Listener(socket)
        running = asyncio.create_task(app.run())
        try:
            yield app
        finally:
            await socket.close()
            await running


@asynccontextmanager
async def serving(**more: Any) -> AsyncIterator[Site]:
    slack = make_slack(**{"timings": Timings(ack_s=5.0), **more})
    async with slack.serving(), aiohttp.ClientSession() as session:
        yield Site(slack, session)
