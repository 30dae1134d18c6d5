"""How an arm's process is told what to do, and what it tells of itself: lines of JSON."""

import asyncio
import json
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

AskOnce: TypeAlias = Callable[[int], Awaitable[None]]
"""Asks the question once, in the thread of that number."""


def spent() -> dict[str, float]:
    """CPU seconds and the highest RSS in MB of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    scale = 1 if sys.platform == "darwin" else 1024
    return {"cpu_s": used.ru_utime + used.ru_stime, "rss_mb": used.ru_maxrss * scale / 1e6}


def tell(**facts: Any) -> None:
    print(json.dumps(facts), flush=True)


async def commands() -> Any:
    """The next line from the orchestrator as an object; None at the end."""
    line = await asyncio.to_thread(sys.stdin.readline)
    return json.loads(line) if line else None


async def serve(ask: AskOnce) -> None:
    """Says that the arm is ready, then asks as told: {"count", "at_once"} -> wall, CPU, RSS."""
    tell(ready=True, **spent())
    asked = 0
    while (order := await commands()) is not None:
        before, began = spent(), time.perf_counter()
        await ask_many(ask, order["count"], order["at_once"], first=asked)
        asked += order["count"]
        after = spent()
        tell(
            wall_s=time.perf_counter() - began,
            cpu_s=after["cpu_s"] - before["cpu_s"],
            rss_mb=after["rss_mb"],
        )


async def ask_many(ask: AskOnce, count: int, at_once: int, *, first: int = 0) -> None:
    """Asks in `count` different threads, `at_once` at any time."""
    numbers = iter(range(first, first + count))

    async def worker() -> None:
        for number in numbers:
            await ask(number)

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(worker())
