"""How an arm's process is told what to do, and what it tells of itself: lines of JSON."""

import asyncio
import json
import os
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

AskOnce: TypeAlias = Callable[[int], Awaitable[None]]
"""Asks the question once, in the thread of that number."""


def spent() -> dict[str, float]:
    """CPU seconds of this process and of its workers so far, and this process's highest RSS in MB."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    scale = 1 if sys.platform == "darwin" else 1024
    return {"cpu_s": used.ru_utime + used.ru_stime + _children_cpu_s(), "rss_mb": used.ru_maxrss * scale / 1e6}


def _children_cpu_s() -> float:
    """What the processes spent that this one started and still has; nothing where there is no /proc."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


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
