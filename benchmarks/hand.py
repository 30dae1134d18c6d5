"""The yardstick: a loop written by hand over the openai SDK, without memory, store or Slack."""

import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import uvloop
from openai import AsyncOpenAI

from benchmarks.exchange import ANSWER, MODEL, QUESTION
from benchmarks.probe import serve

TOOL: dict[str, Any] = {
    "type": "function",
    "function": {
        "name": "execute_sql",
        "description": "Runs one read-only SELECT and returns its rows.",
        "parameters": {"type": "object", "properties": {"sql": {"type": "string"}}, "required": ["sql"]},
    },
}


class HandLoop:
    """Two completions and one query. `streams`: the SDK's own streaming, pieces put together by hand."""

    def __init__(self, client: AsyncOpenAI, database: sqlite3.Connection, system: str, *, streams: bool) -> None:
        self._create: Any = client.chat.completions.create  # its overloads refuse plain objects
        self._database = database
        self._system = system
        self._complete = self._streamed if streams else self._whole

    async def ask(self, _: int) -> None:
        messages: list[Any] = [{"role": "system", "content": self._system}, {"role": "user", "content": QUESTION}]
        while True:
            text, calls = await self._complete(messages)
            if not calls:
                assert text == ANSWER
                return
            messages.append({"role": "assistant", "content": None, "tool_calls": calls})
            for call in calls:
                sql = json.loads(call["function"]["arguments"])["sql"]
                rows = self._database.execute(sql).fetchall()
                content = json.dumps(rows, ensure_ascii=False)
                messages.append({"role": "tool", "tool_call_id": call["id"], "content": content})

    async def _whole(self, messages: list[Any]) -> tuple[str, list[Any]]:
        reply = await self._create(model=MODEL, messages=messages, tools=[TOOL])
        message = reply.choices[0].message
        return message.content or "", [call.model_dump() for call in message.tool_calls or ()]

    async def _streamed(self, messages: list[Any]) -> tuple[str, list[Any]]:
        stream = await self._create(
            model=MODEL,
            messages=messages,
            tools=[TOOL],
            stream=True,
            stream_options={"include_usage": True},
        )
        text, calls = "", []
        async for chunk in stream:
            for choice in chunk.choices:
                text += choice.delta.content or ""
                calls += [call.model_dump(exclude={"index"}) for call in choice.delta.tool_calls or ()]
        return text, calls


async def main(base_url: str, database: str, system: str, kind: str) -> None:
    async with AsyncOpenAI(api_key="local", base_url=base_url) as client:
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        try:
            await serve(HandLoop(client, connection, system, streams=kind == "streaming").ask)
        finally:
            connection.close()


if __name__ == "__main__":
    base_url, database, system, kind = sys.argv[1:]
    uvloop.run(main(base_url, database, Path(system).read_text(encoding="utf-8"), kind))
