"""The clock's jobs: a task each, ticking until the bot stops."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import TypeAlias

from bot.jobs import Job
from bot.tasks import Tasks

log = logging.getLogger(__name__)

Pause: TypeAlias = Callable[[asyncio.Event, float], Awaitable[None]]


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Returns after `seconds`, or at once when `stop` is set."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()


@asynccontextmanager
async def ticking(jobs: Mapping[str, Job], tasks: Tasks, pause: Pause = pause) -> AsyncIterator[None]:
    """Runs every job while open, the first tick at once; the ticks of one job never overlap.

    At the end nothing is waited for: ticks under way belong to `tasks`, which drains them.
    """
    stop = asyncio.Event()
    for name, job in jobs.items():
        tasks.launch(_repeat(name, job, stop, pause), f"job {name}")
    try:
        yield
    finally:
        stop.set()
        for job in jobs.values():
            job.stop()


async def _repeat(name: str, job: Job, stop: asyncio.Event, pause: Pause) -> None:
    while not stop.is_set():
        try:
            await job.tick()
        except Exception:
            log.exception("job %s: a tick failed", name)
        await _until_next(job, stop, pause)


async def _until_next(job: Job, stop: asyncio.Event, pause: Pause) -> None:
    if job.wake is None:
        await pause(stop, job.every_s)
        return
    waits = [asyncio.ensure_future(each) for each in (pause(stop, job.every_s), job.wake.wait())]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
