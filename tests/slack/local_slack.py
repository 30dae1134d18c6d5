"""A local Slack: Web API, Socket Mode and signed HTTP requests, as strict as bot/slack_api.yml and manifest.yml say."""

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import yaml
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from tests.slack.blocks import calls_somebody, refuse
from tests.slack.journal import Call, Delivery, Journal

ROOT = Path(__file__).parents[2]
TEAM, BOT, BOT_ID, BOT_TOKEN, APP_TOKEN, SECRET = "T1", "UBOT", "BBOT", "xoxb-local", "xapp-local", "signing-secret"
JSON_TYPES = {"string": str, "boolean": bool, "number": int, "array": list, "blocks": list}


@dataclass(frozen=True)
class Fault:
    """What goes wrong with the next call of a method.

    `error` is an answer of Slack's; `status` an HTTP status; `drops` cuts the
    connection; `takes_effect`: only after the call was carried out.
    """

    error: str | None = None
    status: int = 200
    drops: bool = False
    takes_effect: bool = False
    retry_after: str | None = None
    waits_for: asyncio.Event | None = None


@dataclass
class Channel:
    """A conversation; the bot may post where it is a member."""

    kind: str = "channel"
    has_bot: bool = True
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)


class LocalSlack:
    """The server's state. Tests act through tests.slack.people and read `journal` and `channels`."""

    def __init__(self) -> None:
        self.methods: Mapping[str, Any] = yaml.safe_load((ROOT / "bot/slack_api.yml").read_text())["methods"]
        manifest = yaml.safe_load((ROOT / "manifest.yml").read_text())
        self.scopes = set(manifest["oauth_config"]["scopes"]["bot"])
        self.journal = Journal()
        self.channels = {"C1": Channel(), "C2": Channel(), "D1": Channel("im"), "CX": Channel(has_bot=False)}
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.sockets: list[web.WebSocketResponse] = []
        self.request_url: str | None = None
        self.base = ""
        self._numbers = count(1)
        self._http: aiohttp.ClientSession | None = None

    @property
    def api_url(self) -> str:
        return f"{self.base}/api/"

    def number(self) -> int:
        return next(self._numbers)

    def new_ts(self) -> str:
        return f"1764000000.{self.number():06d}"

    def messages(self, channel: str = "C1", thread_ts: str | None = None) -> list[dict[str, Any]]:
        """The bot's messages of a channel, or of one thread in it, oldest first."""
        posted = self.channels[channel].messages.values()
        return [m for m in posted if m.get("bot_id") == BOT_ID and thread_ts in (None, m.get("thread_ts"))]

    def break_next(self, method: str, *faults: Fault) -> None:
        self.faults[method].extend(faults)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["LocalSlack"]:
        site = web.Application()
        site.router.add_route("*", "/api/{method}", self._on_call)
        site.router.add_get("/socket", self._on_socket)
        site.router.add_post("/respond/{id}", self._on_response)
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        async with aiohttp.ClientSession() as self._http:
            try:
                yield self
            finally:
                await runner.cleanup()

    async def deliver(self, kind: str, payload: dict[str, Any], *, retry: int = 0) -> Delivery:
        """Sends an event ("events_api") or a command ("slash_commands") the way the bot is connected."""
        delivery = Delivery(payload, asyncio.get_running_loop().time(), f"env-{self.number()}")
        self.journal.deliveries.append(delivery)
        if self.request_url is not None:
            await self._post_signed(kind, delivery, retry)
            return delivery
        envelope = {
            "envelope_id": delivery.envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": True,
        }
        if retry:
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout"}
        await self.sockets[-1].send_json(envelope)
        return delivery

    async def acked(self) -> None:
        """Waits until every delivery so far is acked."""
        await self.journal.until(lambda: all(d.ack is not None for d in self.journal.deliveries), "all acked")

    async def _post_signed(self, kind: str, delivery: Delivery, retry: int) -> None:
        assert self._http is not None
        assert self.request_url is not None
        body, content = json.dumps(delivery.payload), "application/json"
        if kind == "slash_commands":
            form = aiohttp.FormData(delivery.payload)()
            body, content = form._value.decode(), "application/x-www-form-urlencoded"
        stamp = str(int(time.time()))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
        headers = {"Content-Type": content, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature or ""}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        async with self._http.post(self.request_url, data=body, headers=headers) as response:
            text = await response.text()
            delivery.status = response.status
            if response.status == 200:
                delivery.ack = json.loads(text) if text.startswith("{") else {"text": text}
                delivery.acked_at = asyncio.get_running_loop().time()
        await self.journal.note()

    async def _on_socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json({"type": "hello", "num_connections": len(self.sockets)})
        await self.journal.note()
        async for message in socket:
            reply = json.loads(message.data)
            delivery = next(d for d in self.journal.deliveries if d.envelope_id == reply["envelope_id"])
            delivery.ack = reply.get("payload") or {}
            delivery.status, delivery.acked_at = 200, asyncio.get_running_loop().time()
            await self.journal.note()
        self.sockets.remove(socket)
        await self.journal.note()
        return socket

    async def _on_response(self, request: web.Request) -> web.Response:
        body = await request.json()
        used = sum(seen["id"] == request.match_info["id"] for seen in self.journal.responses)
        problem = "used_url" if used >= 5 else refuse(body.get("text") or "", body.get("blocks") or [])
        self.journal.responses.append({"id": request.match_info["id"], "error": problem, **body})
        await self.journal.note()
        return web.Response(text=problem or "ok", status=404 if problem else 200)

    async def _on_call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        peer = str(request.transport.get_extra_info("peername")) if request.transport else ""
        call = Call(method, await _args(request), peer, asyncio.get_running_loop().time())
        self.journal.calls.append(call)
        fault = self.faults[method].popleft() if self.faults[method] else Fault()
        if fault.waits_for is not None:
            await self.journal.note()
            await fault.waits_for.wait()
        whole = fault.error is None and fault.status == 200 and not fault.drops
        if whole or fault.takes_effect:
            call.answer = self._carry_out(method, call.args, request.headers.get("Authorization", ""))
        return await self._answer(request, call, fault, whole)

    async def _answer(self, request: web.Request, call: Call, fault: Fault, whole: bool) -> web.StreamResponse:
        if not whole:
            call.answer = {"ok": False, "error": fault.error or "broken"}
        await self.journal.note()
        if fault.drops and request.transport is not None:
            request.transport.close()
        headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
        if fault.status >= 500:
            return web.Response(
                text="<html>sorry</html>", status=fault.status, content_type="text/html", headers=headers
            )
        return web.json_response(call.answer, status=fault.status, headers=headers)

    def _carry_out(self, method: str, args: dict[str, Any], authorization: str) -> dict[str, Any]:
        problem = self._refuse_call(method, args, authorization)
        if problem:
            return {"ok": False, "error": problem}
        answer: dict[str, Any] = getattr(self, "_" + method.replace(".", "_"))(args)
        return {"ok": "error" not in answer, **answer}

    def _refuse_call(self, method: str, args: dict[str, Any], authorization: str) -> str | None:
        table = self.methods.get(method)
        if table is None or not hasattr(self, "_" + method.replace(".", "_")):
            return "unknown_method"
        if authorization != f"Bearer {APP_TOKEN if table['token'] == 'app' else BOT_TOKEN}":
            return "invalid_auth"
        any_of = set(table.get("any_of", ()))
        if not set(table.get("scopes", ())) <= self.scopes or (any_of and not any_of & self.scopes):
            return "missing_scope"
        types = {name.rstrip("!"): kind for name, kind in table["args"].items()}
        missing = [name for name in table["args"] if name.endswith("!") and name.rstrip("!") not in args]
        wrong = [name for name, value in args.items() if not isinstance(value, JSON_TYPES.get(types.get(name, ""), ()))]
        return f"invalid_arguments: {wrong + missing}" if wrong or missing else self._refuse_channel(args)

    def _refuse_channel(self, args: dict[str, Any]) -> str | None:
        channel = args.get("channel") or args.get("channel_id")
        if channel is None:
            return None
        if channel not in self.channels:
            return "channel_not_found"
        return None if self.channels[channel].has_bot else "not_in_channel"

    def _auth_test(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"team_id": TEAM, "user_id": BOT, "bot_id": BOT_ID, "url": self.base, "team": "Local", "user": "mlops"}

    def _apps_connections_open(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"url": self.base.replace("http", "ws", 1) + "/socket"}

    def _chat_postMessage(self, args: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - Slack's name
        if error := refuse(args.get("text") or "", args.get("blocks") or []):
            return {"error": error}
        ts = self.new_ts()
        message = {**self._content(args), "ts": ts, "user": BOT, "bot_id": BOT_ID, "edits": 0}
        if "thread_ts" in args:
            message["thread_ts"] = args["thread_ts"]
        self.channels[args["channel"]].messages[ts] = message
        return {"channel": args["channel"], "ts": ts, "message": message}

    def _chat_update(self, args: dict[str, Any]) -> dict[str, Any]:
        message = self.channels[args["channel"]].messages.get(args["ts"])
        if message is None or message.get("bot_id") != BOT_ID:
            return {"error": "message_not_found" if message is None else "cant_update_message"}
        if error := refuse(args.get("text") or "", args.get("blocks") or []):
            return {"error": error}
        message.update(self._content(args), edits=message["edits"] + 1)
        return {"channel": args["channel"], "ts": args["ts"], "text": message["text"]}

    def _content(self, args: dict[str, Any]) -> dict[str, Any]:
        text, blocks = args.get("text") or "", args.get("blocks") or []
        return {"text": text, "blocks": blocks, "calls": calls_somebody(text, blocks)}

    def _chat_delete(self, args: dict[str, Any]) -> dict[str, Any]:
        gone = self.channels[args["channel"]].messages.pop(args["ts"], None)
        return {"ts": args["ts"]} if gone else {"error": "message_not_found"}

    def _reactions_add(self, args: dict[str, Any]) -> dict[str, Any]:
        message = self.channels[args["channel"]].messages.get(args["timestamp"])
        if message is None:
            return {"error": "message_not_found"}
        message.setdefault("reactions", []).append(args["name"])
        return {}

    def _reactions_remove(self, args: dict[str, Any]) -> dict[str, Any]:
        message = self.channels[args["channel"]].messages.get(args["timestamp"], {})
        if args["name"] not in message.get("reactions", ()):
            return {"error": "no_reaction"}
        message["reactions"].remove(args["name"])
        return {}

    def _assistant_threads_setStatus(self, args: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - Slack's name
        return {"error": "invalid_arguments"} if len(args.get("loading_messages", ())) > 10 else {}

    def _conversations_history(self, args: dict[str, Any]) -> dict[str, Any]:
        roots = [m for m in self.channels[args["channel"]].messages.values() if m.get("thread_ts", m["ts"]) == m["ts"]]
        return {"messages": roots[::-1][: args.get("limit", 100)]}

    def _conversations_replies(self, args: dict[str, Any]) -> dict[str, Any]:
        thread = self.channels[args["channel"]].messages.values()
        found = [m for m in thread if args["ts"] in (m["ts"], m.get("thread_ts"))]
        return {"messages": found} if found else {"error": "thread_not_found"}


async def _args(request: web.Request) -> dict[str, Any]:
    """A call's arguments, however they came; texts that stand for numbers and flags are read as such."""
    if request.content_type == "application/json":
        return dict(await request.json())
    sent = {**request.query, **(await request.post())}
    return {name: int(value) if isinstance(value, str) and value.isdigit() else value for name, value in sent.items()}
