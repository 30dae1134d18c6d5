"""Failed pipelines told in the alert channel, by the whole bot."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.watch.faults import Fault
from db.catalog.sample.play import fail_a_pipeline
from tests.parts import NOW, frozen_clock
from tests.slack.bot import TestModel, running
from tests.slack.process import process
from tests.slack.workspace import BOT, KIM, small_slack
from tests.ticks import Ticks

ALERTS = "C1"


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with small_slack(clock=frozen_clock, has_rates=False).serving() as served:
        yield served


@asynccontextmanager
async def ticking(folder: Path, slack: LocalSlack, **more: Any) -> AsyncIterator[Ticks]:
    """The bot after its first tick; the next ones come when the test says so."""
    ticks = Ticks()
    model = TestModel(text=lambda _: "로그를 보세요.")
    async with running(folder, slack, model, wait=ticks.pause, alert_channel=ALERTS, **more):
        await ticks.first()
        yield ticks


def heads(slack: LocalSlack) -> list[str]:
    return [message["blocks"][0]["text"]["text"] for message in slack.messages(ALERTS)]


def fail(folder: Path, name: str = "catalog.db") -> str:
    return f"🔴 파이프라인 실패: {fail_a_pipeline(folder / name, NOW)}"


async def test_a_pipeline_that_fails_is_told_once(tmp_path: Path, slack: LocalSlack) -> None:
    async with ticking(tmp_path, slack) as ticks:
        assert heads(slack) == [], "what failed before the first start is not told"
        head = fail(tmp_path)
        await ticks.next()
        await ticks.next()
        assert heads(slack) == [head]
        assert slack.journal.broadcasts == []
    async with ticking(tmp_path, slack) as ticks:
        assert heads(slack) == [head], "nor is it after a restart"


async def test_a_question_in_the_thread_of_an_alert_is_answered(tmp_path: Path, slack: LocalSlack) -> None:
    async with ticking(tmp_path, slack) as ticks:
        fail(tmp_path)
        await ticks.next()
        (alert,) = slack.messages(ALERTS)
        await slack.person(KIM).mention("왜 실패했어?", ALERTS, alert["ts"])
        answers = await slack.journal.until(lambda: slack.messages(ALERTS, alert["ts"])[1:], "an answer")
        assert "로그를 보세요." in answers[0]["text"]


@pytest.mark.parametrize("fault", [Fault(status=503, takes_effect=True), Fault(drops=True, takes_effect=True)])
async def test_a_lost_answer_gives_one_message(tmp_path: Path, slack: LocalSlack, fault: Fault) -> None:
    async with ticking(tmp_path, slack) as ticks:
        head = fail(tmp_path)
        slack.break_next("chat.postMessage", fault)
        await ticks.next()
        await ticks.next()
        assert heads(slack) == [head]


async def test_a_bot_that_is_invited_late_tells_what_it_has_kept(
    tmp_path: Path, slack: LocalSlack, caplog: pytest.LogCaptureFixture
) -> None:
    members = slack.workspace.channels[ALERTS].members
    async with ticking(tmp_path, slack) as ticks:
        members.discard(BOT)
        expected = [fail(tmp_path), fail(tmp_path)]
        await ticks.next()
        assert heads(slack) == []
        assert caplog.text.count("/invite @mlops") == 1
        members.add(BOT)
        await ticks.next()
        assert heads(slack) == expected


async def test_a_stop_does_not_wait_for_the_next_tick(tmp_path: Path, slack: LocalSlack) -> None:
    async with asyncio.timeout(10), ticking(tmp_path, slack, alert_every_s=86_400):
        pass


@pytest.mark.parametrize("lands", [False, True], ids=["before it arrives", "before its answer arrives"])
async def test_a_kill_at_the_post_gives_one_message_after_the_restart(tmp_path: Path, lands: bool) -> None:
    (tmp_path / "data").mkdir()
    environ = {"STORE_URL": f"sqlite:///{tmp_path}/data/store.db", "ALERT_CHANNEL": ALERTS, "ALERT_EVERY_S": "1"}
    async with small_slack(has_rates=False).serving() as slack:
        async with ticking(tmp_path / "data", slack):
            pass
        head = fail(tmp_path / "data")
        held = asyncio.Event()
        slack.break_next("chat.postMessage", Fault(waits_for=held, drops=True, takes_effect=lands))
        async with process(tmp_path, slack, ends_by=signal.SIGKILL, more=environ):
            await slack.journal.until(lambda: slack.journal.of("chat.postMessage"), "a post under way")
        held.set()
        if lands:
            await slack.journal.until(lambda: heads(slack), "a message that nobody knows of")
        async with process(tmp_path, slack, more=environ):
            await slack.journal.until(lambda: slack.journal.of("conversations.history"), "a look for it")
            await slack.journal.until(lambda: heads(slack), "an alert")
        assert heads(slack) == [head]
