"""Jobs and the clock that starts them: found by folder, never overlapping, never ended by an error."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

import bot.jobs
from bot.jobs import Job, find_jobs
from bot.schedule import pause, ticking
from bot.settings import SettingsError
from bot.tasks import Tasks
from tests.parts import NOW
from tests.unit.bot import dropped_jobs
from tests.unit.bot.bound import bound_parts


class Waits:
    """A pause that ends when the test says so; `asked` are the seconds of each."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self._changed = asyncio.Condition()
        self._passed = 0

    async def __call__(self, stop: asyncio.Event, seconds: float) -> None:
        async with self._changed:
            self.asked.append(seconds)
            mine = len(self.asked)
            self._changed.notify_all()
            await self._changed.wait_for(lambda: self._passed >= mine or stop.is_set())

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(is_so)

    async def elapse(self) -> None:
        """Ends the pause under way, and waits for the next one."""
        async with self._changed:
            self._passed += 1
            self._changed.notify_all()
        await self.until(lambda: len(self.asked) > self._passed)


async def test_a_file_in_the_folder_is_a_job_that_runs(tmp_path: Path) -> None:
    async with bound_parts(tmp_path) as parts:
        jobs = find_jobs(parts, dropped_jobs)
        assert list(jobs) == ["greeting"], "None leaves a job out"
        waits = Waits()
        async with ticking(jobs, parts.tasks, waits):
            await waits.until(lambda: waits.asked == [5])
        assert not await parts.services.store.claims.first(("greeted",), NOW)
        await parts.tasks.cancel()


async def test_the_bots_own_jobs_are_off_until_their_settings_say_so(tmp_path: Path) -> None:
    async with bound_parts(tmp_path) as parts:
        assert find_jobs(parts) == {}
    async with bound_parts(tmp_path, alert_channel="C1", alert_every_s=7) as parts:
        assert {name: job.every_s for name, job in find_jobs(parts, bot.jobs).items()} == {"failed_pipelines": 7}


async def test_a_rule_file_that_is_wrong_is_told_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "alerts.yml").write_text("rules: []", encoding="utf-8")
    async with bound_parts(tmp_path, alert_channel="C1", alert_rules=tmp_path / "alerts.yml") as parts:
        with pytest.raises(SettingsError, match=r"ALERT_RULES: .*alerts\.yml:1: 'rules'"):
            find_jobs(parts)


async def test_a_tick_that_fails_is_logged_and_the_next_one_runs(caplog: pytest.LogCaptureFixture) -> None:
    ticks: list[str] = []

    async def tick() -> None:
        ticks.append("tick")
        if len(ticks) == 1:
            raise RuntimeError("odd")

    waits, tasks = Waits(), Tasks()
    async with ticking({"odd": Job(60, tick)}, tasks, waits):
        await waits.until(lambda: waits.asked == [60])
        assert "job odd: a tick failed" in caplog.text
        await waits.elapse()
        assert len(ticks) == 2
    await tasks.cancel()


async def test_a_tick_waits_for_the_one_before_it() -> None:
    """The pause begins when a tick has ended, so that two of a job never run at once."""
    began, may_end = asyncio.Event(), asyncio.Event()

    async def tick() -> None:
        began.set()
        await may_end.wait()

    waits, tasks = Waits(), Tasks()
    async with ticking({"slow": Job(1, tick)}, tasks, waits):
        await began.wait()
        assert waits.asked == []
        may_end.set()
        await waits.until(lambda: waits.asked == [1])
    await tasks.cancel()


async def test_a_stop_ends_the_wait_at_once_and_lets_a_tick_end() -> None:
    began, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def idle() -> None:
        began.set()

    async def busy() -> None:
        await may_end.wait()
        ended.set()

    tasks = Tasks()
    async with ticking({"idle": Job(86_400, idle), "busy": Job(86_400, busy)}, tasks):
        await began.wait()
    may_end.set()
    async with asyncio.timeout(5):
        await tasks.drain(60)
    assert ended.is_set()


async def test_a_pause_ends_by_itself() -> None:
    async with asyncio.timeout(5):
        await pause(asyncio.Event(), 0.001)
