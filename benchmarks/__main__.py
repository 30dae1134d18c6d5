"""`python -m benchmarks`: every arm in fresh processes, in one run, side by side. Prints figures, fails nothing."""

import asyncio
import json
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.exchange import AT_ONCE, ONE_BY_ONE, QUESTIONS
from benchmarks.ours import make_empty_store, system_prompt
from db.catalog.sample import build_sample

ROUNDS = 2
WARM_UP = 32
ASKED = WARM_UP + ROUNDS * (ONE_BY_ONE + QUESTIONS)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one arm needs: CPU of its own process and its workers, the best of the rounds."""

    cpu_ms: float
    crowd_ms: float
    per_second: float
    rss_mb: float
    cold_s: float


class Child:
    """A process of the benchmark that is spoken to in lines of JSON."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def ask(self, **order: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        await self._process.stdin.drain()
        return await self.hear()

    async def hear(self) -> dict[str, Any]:
        """Its next line. Raises RuntimeError when it has ended."""
        line = await self.line()
        told: dict[str, Any] = json.loads(line)
        return told

    async def line(self) -> str:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError("a process of the benchmark has ended; what it said stands above")
        return line.decode().strip()


@asynccontextmanager
async def started(module: str, *arguments: str) -> AsyncIterator[Child]:
    """A fresh process, told to end by the end of its input."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", module, *arguments, stdin=PIPE, stdout=PIPE)
    try:
        yield Child(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(20):
                await process.wait()
        except TimeoutError:
            process.kill()


Ask = Callable[[int, int], Awaitable[dict[str, float]]]
"""(questions, at once) -> wall_s, cpu_s, rss_mb"""


async def measure(ask: Ask, cold_s: float) -> Figures:
    """Warms up, then asks one at a time and in a crowd."""
    await ask(WARM_UP, 8)
    single = [await ask(ONE_BY_ONE, 1) for _ in range(ROUNDS)]
    crowd = [await ask(QUESTIONS, AT_ONCE) for _ in range(ROUNDS)]
    return Figures(
        min(each["cpu_s"] for each in single) * 1000 / ONE_BY_ONE,
        min(each["cpu_s"] for each in crowd) * 1000 / QUESTIONS,
        QUESTIONS / min(each["wall_s"] for each in crowd),
        crowd[-1]["rss_mb"],
        cold_s,
    )


async def measure_loop(module: str, *arguments: str) -> Figures:
    """An arm that asks itself."""
    began = time.perf_counter()
    async with started(module, *arguments) as child:
        await child.hear()
        cold_s = time.perf_counter() - began
        return await measure(lambda count, at_once: child.ask(count=count, at_once=at_once), cold_s)


async def measure_slack(base_url: str, folder: str) -> Figures:
    """The whole bot, asked by people in Slack."""
    async with started("benchmarks.slack_server") as slack:
        where = await slack.hear()
        tokens = (where["url"], where["bot_token"], where["app_token"])
        began = time.perf_counter()
        async with started("benchmarks.slack_bot", base_url, folder, *tokens) as bot:
            await bot.hear()
            cold_s = time.perf_counter() - began

            async def ask(count: int, at_once: int) -> dict[str, float]:
                before = await bot.ask()
                took = await slack.ask(count=count, at_once=at_once)
                after = await bot.ask()
                return {**took, "cpu_s": after["cpu_s"] - before["cpu_s"], "rss_mb": after["rss_mb"]}

            return await measure(ask, cold_s)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="mlops-bench-") as folder:
        database, system = Path(folder, "catalog.db"), Path(folder, "system.txt")
        build_sample(database)
        asyncio.run(make_empty_store(folder))
        system.write_text(asyncio.run(system_prompt(folder)), encoding="utf-8")
        asyncio.run(compare(folder, str(database), str(system)))
        asyncio.run(show_worker_hop(str(database)))


async def compare(folder: str, database: str, system: str) -> None:
    """Measures and prints arm after arm, the hand loop first."""
    async with started("benchmarks.model_server") as server:
        base_url = await server.line()
        hand = ("benchmarks.hand", base_url, database, system)
        ours = ("benchmarks.ours", base_url, folder)
        print(HEADER)
        base = await measure_loop(*hand, "plain")
        _print("hand loop, openai SDK", base, base)
        _print("hand loop, SDK streaming", await measure_loop(*hand, "streaming"), base)
        _print("our agent alone", await measure_loop(*ours, "alone"), base)
        _print("our agent, memory and store", await measure_loop(*ours, "store"), base)
        _print("our whole bot in Slack", await measure_slack(base_url, folder), base)
    print(FOOTER)


async def show_worker_hop(database: str) -> None:
    """Prints what a query pays for its worker process."""
    async with started("benchmarks.worker_hop", database) as child:
        told = await child.hear()
    print(f"\n{'query, median ms':<28}{'plain':>8}{'worker':>8}{'hop':>8}")
    for name, (plain, pooled) in told["hops"].items():
        print(f"{name:<28}{plain:>8.2f}{pooled:>8.2f}{pooled - plain:>8.2f}")
    print(f"ordinary queries a second: {told['alone']:.0f}; beside one that never stops: {told['beside']:.0f}")


HEADER = f"{'arm':<28}{'CPU ms':>8}{'ratio':>7}{'crowd':>8}{'ratio':>7}{'q/s':>6}{'RSS MB':>8}{'cold s':>8}"
FOOTER = (
    f"CPU ms: the arm's process and its workers, a question, one at a time; crowd: with {AT_ONCE} at once, as q/s is.\n"
    f"Best of {ROUNDS} rounds. All run on uvloop; ours streams.\n"
    f"RSS: the highest, without workers (some 15 MB each), after {ASKED} questions, each in a thread of its own."
)


def _print(name: str, each: Figures, base: Figures) -> None:
    print(
        f"{name:<28}{each.cpu_ms:>8.2f}{each.cpu_ms / base.cpu_ms:>7.2f}{each.crowd_ms:>8.2f}"
        f"{each.crowd_ms / base.crowd_ms:>7.2f}{each.per_second:>6.0f}{each.rss_mb:>8.0f}{each.cold_s:>8.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
