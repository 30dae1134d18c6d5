"""A local OpenAI-compatible server: scripted completions over real HTTP, streamed as server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from aiohttp import web

Request: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Say:
    """The final text, streamed in pieces of `piece` characters."""

    text: str
    piece: int = 24
    prompt_tokens: int = 1000
    completion_tokens: int = 100


@dataclass(frozen=True)
class Call:
    """Tool calls; each is (name, arguments), arguments as an object or as raw text."""

    calls: tuple[tuple[str, Any], ...]
    prompt_tokens: int = 1000
    completion_tokens: int = 50


@dataclass(frozen=True)
class Fail:
    """An HTTP error, with Retry-After where given."""

    status: int
    retry_after: str | None = "0.01"
    body: str = '{"error": {"message": "secret detail sk-live-123", "type": "test"}}'


@dataclass(frozen=True)
class Break:
    """The connection is cut after the given raw text."""

    after: str = ""


@dataclass(frozen=True)
class Raw:
    """Exactly these bytes as the stream's body."""

    text: str


@dataclass(frozen=True)
class Hang:
    """Nothing comes, until the server is closed or the client leaves."""


Reply: TypeAlias = Say | Call | Fail | Break | Raw | Hang
Script: TypeAlias = Callable[[Request], Reply]


def call(name: str, /, **arguments: Any) -> Call:
    """One tool call."""
    return Call(((name, arguments),))


def sql(statement: str) -> Call:
    """One call of execute_sql."""
    return call("execute_sql", sql=statement)


def in_order(*replies: Reply) -> Script:
    """Each request gets the next reply; one too many is an error of the test."""
    left = list(replies)

    def script(_: Request) -> Reply:
        return left.pop(0) if left else Fail(500, body='{"error": {"message": "the script has ended"}}')

    return script


@dataclass
class LlmServer:
    """The server's address and every request it got, in order."""

    base_url: str
    requests: list[Request] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@asynccontextmanager
async def llm_server(script: Script, *, delay_s: float = 0.0) -> AsyncIterator[LlmServer]:
    """Serves `/v1/chat/completions` on a free loopback port."""
    server = LlmServer("")

    async def complete(request: web.Request) -> web.StreamResponse:
        body = await request.json()
        server.requests.append(body)
        server.headers.append(dict(request.headers))
        if delay_s:
            await asyncio.sleep(delay_s)
        return await _reply(request, body, script(body))

    app = web.Application()
    app.router.add_post("/v1/chat/completions", complete)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    server.base_url = f"http://127.0.0.1:{port}/v1"
    try:
        yield server
    finally:
        await runner.cleanup()


async def _reply(request: web.Request, body: Request, reply: Reply) -> web.StreamResponse:
    if isinstance(reply, Fail):
        headers = {"Retry-After": reply.retry_after} if reply.retry_after else {}
        return web.Response(status=reply.status, text=reply.body, headers=headers, content_type="application/json")
    if isinstance(reply, Hang):
        await asyncio.Event().wait()
    if not body.get("stream") and isinstance(reply, Say):
        return web.json_response(_whole(reply))
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    for piece in _events(reply):
        await response.write(piece.encode())
    if isinstance(reply, Break):
        assert request.transport is not None
        request.transport.abort()
    return response


def _events(reply: Reply) -> Sequence[str]:
    if isinstance(reply, Break):
        return [reply.after] if reply.after else []
    if isinstance(reply, Raw):
        return [reply.text]
    if isinstance(reply, Say):
        deltas: list[dict[str, Any]] = [
            {"content": reply.text[at : at + reply.piece]} for at in range(0, len(reply.text), reply.piece)
        ]
        finish = "stop"
    else:
        assert isinstance(reply, Call)
        deltas = _call_deltas(reply)
        finish = "tool_calls"
    usage = {
        "prompt_tokens": reply.prompt_tokens,
        "completion_tokens": reply.completion_tokens,
        "prompt_tokens_details": {"cached_tokens": 0},
    }
    chunks = [_chunk([{"index": 0, "delta": delta, "finish_reason": None}]) for delta in deltas]
    chunks.append(_chunk([{"index": 0, "delta": {}, "finish_reason": finish}]))
    chunks.append(_chunk([], usage))
    return [f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n" for chunk in chunks] + ["data: [DONE]\n\n"]


def _call_deltas(reply: Call) -> list[dict[str, Any]]:
    """Names first, then the arguments in two pieces, as providers stream them."""
    deltas = []
    for index, (name, arguments) in enumerate(reply.calls):
        text = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
        half = len(text) // 2
        first = {
            "index": index,
            "id": f"prov-{index}",
            "type": "function",
            "function": {"name": name, "arguments": text[:half]},
        }
        deltas.append({"tool_calls": [first]})
        deltas.append({"tool_calls": [{"index": index, "function": {"arguments": text[half:]}}]})
    return deltas


def _chunk(choices: list[dict[str, Any]], usage: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "m",
        "choices": choices,
        "usage": usage,
    }


def _whole(reply: Say) -> dict[str, Any]:
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": "m",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": reply.text}}],
        "usage": {
            "prompt_tokens": reply.prompt_tokens,
            "completion_tokens": reply.completion_tokens,
            "total_tokens": 0,
        },
    }
