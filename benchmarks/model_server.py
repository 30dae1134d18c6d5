"""A local OpenAI-compatible model that answers each completion after 20 ms: a process of its own."""

import asyncio
import json
import sys
from typing import Any

import uvloop
from aiohttp import web

from benchmarks.exchange import ANSWER, MODEL, MODEL_DELAY_S, SQL

_PIECE = 16
_USAGE = {"prompt_tokens": 2000, "completion_tokens": 60, "total_tokens": 2060}
_CALL = {"id": "call_1", "type": "function", "function": {"name": "execute_sql", "arguments": json.dumps({"sql": SQL})}}


def _event(delta: dict[str, Any] | None, finish: str | None = None) -> str:
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": MODEL, "choices": choices}
    return f"data: {json.dumps(chunk | ({'usage': _USAGE} if delta is None else {}), ensure_ascii=False)}\n\n"


def _stream(deltas: list[dict[str, Any]], finish: str) -> bytes:
    events = [_event({"role": "assistant", "content": ""}), *map(_event, deltas), _event({}, finish), _event(None)]
    return ("".join(events) + "data: [DONE]\n\n").encode()


def _whole(message: dict[str, Any], finish: str) -> bytes:
    choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish}
    body = {"id": "c", "object": "chat.completion", "created": 1, "model": MODEL, "choices": [choice], "usage": _USAGE}
    return json.dumps(body, ensure_ascii=False).encode()


CALL_WHOLE = _whole({"content": None, "tool_calls": [_CALL]}, "tool_calls")
CALL_STREAM = _stream([{"tool_calls": [{"index": 0, **_CALL}]}], "tool_calls")
TEXT_WHOLE = _whole({"content": ANSWER}, "stop")
TEXT_STREAM = _stream([{"content": ANSWER[at : at + _PIECE]} for at in range(0, len(ANSWER), _PIECE)], "stop")


async def complete(request: web.Request) -> web.Response:
    """A tool call while the conversation ends with a person's words, the answer once a tool has spoken."""
    body = await request.json()
    await asyncio.sleep(MODEL_DELAY_S)
    is_answer = body["messages"][-1]["role"] == "tool"
    if body.get("stream"):
        return web.Response(body=TEXT_STREAM if is_answer else CALL_STREAM, content_type="text/event-stream")
    return web.Response(body=TEXT_WHOLE if is_answer else CALL_WHOLE, content_type="application/json")


async def main() -> None:
    """Prints its base URL, and serves until its standard input ends."""
    app = web.Application()
    app.router.add_post("/v1/chat/completions", complete)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}/v1", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    uvloop.run(main())
