"""Jobs and the clock that starts them: found by folder, never overlapping, never ended by an error."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

import bot.jobs
from bot.alerts.alerting import rules_of
from bot.jobs import Job, find_jobs
from bot.schedule import pause, ticking
from bot.settings import SettingsError
from bot.tasks import Tasks
from tests.parts import NOW
from tests.ticks import Ticks
from tests.unit.bot import dropped_jobs
from tests.unit.bot.alerts.runs_world import FAILED, runs_world
from tests.unit.bot.bound import bound_parts


async def test_a_file_in_the_folder_is_a_job_that_runs(tmp_path: Path) -> None:
    async with bound_parts(tmp_path) as parts:
        jobs = find_jobs(parts, dropped_jobs)
        assert list(jobs) == ["greeting"], "None leaves a job out"
        ticks = Ticks()
        async with ticking(jobs, parts.tasks, ticks.pause):
            await ticks.first()
            assert ticks.pauses == [5]
        assert not await parts.services.store.claims.first(("greeted",), NOW)
        await parts.tasks.cancel()


async def test_the_bots_own_jobs_are_off_until_their_settings_say_so(tmp_path: Path) -> None:
    async with bound_parts(tmp_path) as parts:
        assert find_jobs(parts) == {}
    async with runs_world(tmp_path, f"{FAILED}    every: 5s\n", alert_every_s=7) as world:
        parts = replace(parts, alerts=world.alerting)
        jobs = {name: job.every_s for name, job in find_jobs(parts, bot.jobs).items() if name.startswith("alert_")}
        assert jobs["alert_scan"] == 5
        assert jobs["alert_upkeep"] == 15
        assert len(jobs) == 6


async def test_a_rule_file_that_is_wrong_is_told_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"ALERT_RULES: .*alerts\.yml:1: 'rules'"):
        async with runs_world(tmp_path, "rules: []"):
            pass


async def test_alerts_are_on_where_somebody_says_where_they_are_told(tmp_path: Path) -> None:
    async with runs_world(tmp_path, FAILED) as world:
        without = world.services.settings.model_copy(update={"alert_channel": None})
        assert rules_of(world.services.settings) is not None
        assert rules_of(without) is None
        assert rules_of(without.model_copy(update={"alert_rules": None})) is None
        for place in (
            "    channel: C9\n",
            "    routes: [{project: a, person: U1}]\n",
            "digests: [{name: d, channel: C9}]\n",
        ):
            (tmp_path / "alerts.yml").write_text(f"{FAILED}{place}", encoding="utf-8")
            assert rules_of(without) is not None


async def test_a_tick_that_fails_is_logged_and_the_next_one_runs(caplog: pytest.LogCaptureFixture) -> None:
    ticks: list[str] = []

    async def tick() -> None:
        ticks.append("tick")
        if len(ticks) == 1:
            raise RuntimeError("odd")

    clock, tasks = Ticks(), Tasks()
    async with ticking({"odd": Job(60, tick)}, tasks, clock.pause):
        await clock.first()
        assert clock.pauses == [60]
        assert "job odd: a tick failed" in caplog.text
        await clock.next()
        assert len(ticks) == 2
    await tasks.cancel()


async def test_a_tick_waits_for_the_one_before_it() -> None:
    """The pause begins when a tick has ended, so that two of a job never run at once."""
    began, may_end = asyncio.Event(), asyncio.Event()

    async def tick() -> None:
        began.set()
        await may_end.wait()

    clock, tasks = Ticks(), Tasks()
    async with ticking({"slow": Job(1, tick)}, tasks, clock.pause):
        await began.wait()
        assert clock.pauses == []
        may_end.set()
        await clock.first()
        assert clock.pauses == [1]
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
