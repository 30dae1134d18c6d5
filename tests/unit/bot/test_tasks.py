"""Background tasks are kept, logged and drained."""

import asyncio

import pytest

from bot.tasks import Tasks


async def test_a_task_that_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise RuntimeError("boom")

    tasks = Tasks()
    tasks.launch(fail(), "the failing one")
    await tasks.drain(1)
    assert "task the failing one failed" in caplog.text


async def test_draining_waits_for_tasks_started_meanwhile() -> None:
    tasks, done = Tasks(), []

    async def second() -> None:
        done.append("second")

    async def first() -> None:
        tasks.launch(second(), "second")
        done.append("first")

    tasks.launch(first(), "first")
    await tasks.drain(1)
    assert done == ["first", "second"]


async def test_a_drain_is_over_when_its_time_is() -> None:
    tasks, never = Tasks(), asyncio.Event()

    async def wait() -> None:
        await never.wait()

    task = tasks.spawn(wait(), "waiting")
    await tasks.drain(0.01)
    assert not task.done()
    await tasks.cancel()
    assert task.cancelled()
