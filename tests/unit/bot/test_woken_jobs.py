"""Jobs that are woken before their time, and told of the stop."""

import asyncio

from bot.jobs import Job
from bot.schedule import ticking
from bot.tasks import Tasks


async def test_a_job_that_is_woken_ticks_at_once() -> None:
    wake, ticked = asyncio.Event(), asyncio.Queue[None]()

    async def tick() -> None:
        wake.clear()
        ticked.put_nowait(None)

    tasks = Tasks()
    async with asyncio.timeout(10), ticking({"woken": Job(3_600, tick, wake=wake)}, tasks):
        await ticked.get()
        wake.set()
        await ticked.get()
    await tasks.drain(5)


async def test_a_job_that_is_not_woken_ticks_in_its_time() -> None:
    ticked = asyncio.Queue[None]()

    async def tick() -> None:
        ticked.put_nowait(None)

    tasks = Tasks()
    async with asyncio.timeout(10), ticking({"own time": Job(0.001, tick, wake=asyncio.Event())}, tasks):
        for _ in range(3):
            await ticked.get()
    await tasks.drain(5)


async def test_a_tick_that_goes_on_and_on_ends_when_it_is_told_of_the_stop() -> None:
    stopped, began = asyncio.Event(), asyncio.Event()

    async def tick() -> None:
        began.set()
        await stopped.wait()

    tasks = Tasks()
    async with asyncio.timeout(10):
        async with ticking({"long": Job(1, tick, stop=stopped.set)}, tasks):
            await began.wait()
        await tasks.drain(5)
    assert stopped.is_set()
