"""Failed pipelines told in the playground's alert channel, by the whole bot."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.playground.faults import Fault
from bot.playground.local_slack import LocalSlack
from bot.playground.team import ALERTS, APP
from bot.services import Services
from bot.settings import Settings
from bot.slack import run_slack
from db.catalog.sample.play import fail_a_pipeline
from tests.parts import NOW, frozen_clock, open_parts
from tests.scripted import ScriptedModel, says
from tests.ticks import Ticks

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack(clock=frozen_clock, has_rates=False).serving() as served:
        yield served


@asynccontextmanager
async def running(folder: Path, slack: LocalSlack, **more: Any) -> AsyncIterator[Ticks]:
    """The bot after its first tick; the next ones come when the test says so."""
    tokens = {"slack_bot_token": APP.bot_token, "slack_app_token": APP.app_token, "slack_api_url": slack.api_url}
    settings = Settings.model_validate({**tokens, "port": 0, "alert_channel": ALERTS, **more})
    async with open_parts(folder, [ScriptedModel(says("로그를 보세요."))]) as parts:
        services = Services(settings, parts.catalog, parts.store, parts.agent, frozen_clock)
        stop, ticks = asyncio.Event(), Ticks()
        serving = asyncio.create_task(run_slack(services, stop, wait=ticks.pause))
        try:
            await ticks.first()
            yield ticks
        finally:
            stop.set()
            async with asyncio.timeout(20):
                await serving


def heads(slack: LocalSlack) -> list[str]:
    return [message["blocks"][0]["text"]["text"] for message in slack.messages(ALERTS)]


def fail(folder: Path, name: str = "catalog.db") -> str:
    return f"🔴 파이프라인 실패: {fail_a_pipeline(folder / name, NOW)}"


async def test_a_pipeline_that_fails_is_told_once(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack) as ticks:
        assert heads(slack) == [], "what failed before the first start is not told"
        head = fail(tmp_path)
        await ticks.next()
        await ticks.next()
        assert heads(slack) == [head]
        assert slack.journal.broadcasts == []
    async with running(tmp_path, slack) as ticks:
        assert heads(slack) == [head], "nor is it after a restart"


async def test_a_question_in_the_thread_of_an_alert_is_answered(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack) as ticks:
        fail(tmp_path)
        await ticks.next()
        (alert,) = slack.messages(ALERTS)
        await slack.person("U0MINJUN").mention("왜 실패했어?", ALERTS, alert["ts"])
        answers = await slack.journal.until(lambda: slack.messages(ALERTS, alert["ts"])[1:], "an answer")
        assert "로그를 보세요." in answers[0]["text"]


@pytest.mark.parametrize("fault", [Fault(status=503, takes_effect=True), Fault(drops=True, takes_effect=True)])
async def test_a_lost_answer_gives_one_message(tmp_path: Path, slack: LocalSlack, fault: Fault) -> None:
    async with running(tmp_path, slack) as ticks:
        head = fail(tmp_path)
        slack.break_next("chat.postMessage", fault)
        await ticks.next()
        await ticks.next()
        assert heads(slack) == [head]


async def test_a_bot_that_is_invited_late_tells_what_it_has_kept(
    tmp_path: Path, slack: LocalSlack, caplog: pytest.LogCaptureFixture
) -> None:
    members = slack.workspace.channels[ALERTS].members
    async with running(tmp_path, slack) as ticks:
        members.discard(APP.user)
        expected = [fail(tmp_path), fail(tmp_path)]
        await ticks.next()
        assert heads(slack) == []
        assert caplog.text.count("/invite @mlops") == 1
        members.add(APP.user)
        await ticks.next()
        assert heads(slack) == expected


async def test_a_stop_does_not_wait_for_the_next_tick(tmp_path: Path, slack: LocalSlack) -> None:
    async with asyncio.timeout(10), running(tmp_path, slack, alert_every_s=86_400):
        pass


@pytest.mark.parametrize("lands", [False, True], ids=["before it arrives", "before its answer arrives"])
async def test_a_kill_at_the_post_gives_one_message_after_the_restart(tmp_path: Path, lands: bool) -> None:
    (tmp_path / "data").mkdir()
    async with LocalSlack(has_rates=False).serving() as slack:
        async with running(tmp_path / "data", slack):
            pass
        head = fail(tmp_path / "data")
        held = asyncio.Event()
        slack.break_next("chat.postMessage", Fault(waits_for=held, drops=True, takes_effect=lands))
        async with process(tmp_path, slack, signal.SIGKILL):
            await slack.journal.until(lambda: slack.journal.of("chat.postMessage"), "a post under way")
        held.set()
        if lands:
            await slack.journal.until(lambda: heads(slack), "a message that nobody knows of")
        async with process(tmp_path, slack, signal.SIGTERM):
            await slack.journal.until(lambda: slack.journal.of("conversations.history"), "a look for it")
            await slack.journal.until(lambda: heads(slack), "an alert")
        assert heads(slack) == [head]


@asynccontextmanager
async def process(folder: Path, slack: LocalSlack, ends_by: signal.Signals) -> AsyncIterator[None]:
    """The bot as it is run, with the catalogue and the store in `folder`/data, until it is ended by a signal."""
    environ = {
        **{name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COV")},
        "PYTHONPATH": str(ROOT),
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": APP.bot_token,
        "SLACK_APP_TOKEN": APP.app_token,
        "ALERT_CHANNEL": ALERTS,
        "ALERT_EVERY_S": "1",
        "LLM_ENGINE": "offline",
        "PORT": "0",
    }
    bot = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", cwd=folder, env=environ)
    try:
        yield
    finally:
        bot.send_signal(ends_by)
        await bot.wait()
