"""Failed pipelines told in the alert channel, by the whole bot."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.workspace.records import Message
from db.catalog.sample.play import fail_a_pipeline, recover_pipeline, stick_a_pipeline, storm
from db.store.alerts.records import Alert
from tests.parts import NOW
from tests.slack.alerting import ALERTS, Clock, Desk, alerting, said
from tests.slack.bot import TestModel
from tests.slack.workspace import KIM

pytestmark = pytest.mark.unpaced


def fails_again(desk: Desk) -> None:
    """The run that failed last fails once more, by the clock as it now stands."""
    at = f"{desk.clock.now:%Y-%m-%d %H:%M:%S}"
    with closing(sqlite3.connect(desk.folder / "catalog.db")) as owner, owner:
        owner.execute(
            "UPDATE pipelines SET finished_at = ? WHERE id = (SELECT max(id) FROM pipelines WHERE status = 'failed')",
            (at,),
        )


async def looked(desk: Desk) -> None:
    """Waits until each rule has looked at what there is now."""
    began = desk.clock.now
    desk.clock.passes(minutes=5)
    heartbeats = desk.bot.services.store.heartbeats
    async with asyncio.timeout(30):
        while min(at for name, at in (await heartbeats.all()).items() if name.startswith("scan:")) <= began:
            await desk.bot.services.store.ping()


def roots(desk: Desk) -> list[Message]:
    """What stands in the channel itself."""
    return [message for message in desk.roots() if message.get("thread_ts") in (None, message["ts"])]


def heads(desk: Desk) -> list[str]:
    return [said(message).splitlines()[0] for message in roots(desk)]


def failures(desk: Desk) -> list[str]:
    """The heads of what failed; a clock that jumps ahead also finds runs that take too long."""
    return [head for head in heads(desk) if "🔴" in head]


def is_over(alert: Alert) -> bool:
    return alert.state == "resolved"


async def test_a_pipeline_that_fails_is_told_once(tmp_path: Path, slack: LocalSlack) -> None:
    async with alerting(tmp_path, slack) as desk:
        assert roots(desk) == [], "what failed before the first start is not told"
        message = await desk.failed()
        name = (await desk.alert()).name
        assert name in said(message)
        await looked(desk)
        assert len(roots(desk)) == 1
        assert slack.journal.broadcasts == []
    async with alerting(tmp_path, slack, clock=desk.clock) as desk:
        await looked(desk)
        assert len(roots(desk)) == 1, "nor is it after a restart"


async def test_a_failure_within_an_episode_is_said_in_its_thread(tmp_path: Path, slack: LocalSlack) -> None:
    async with alerting(tmp_path, slack) as desk:
        message = await desk.failed()
        desk.clock.passes(minutes=3)
        fails_again(desk)
        assert "2" in await desk.line(message, "2")
        await desk.stands(lambda alert: alert.count == 2)
        assert len(roots(desk)) == 1


async def test_a_recovery_makes_the_message_green_and_the_next_failure_is_told_anew(
    tmp_path: Path, slack: LocalSlack
) -> None:
    async with alerting(tmp_path, slack) as desk:
        first = await desk.failed()
        desk.clock.passes(hours=2)
        assert recover_pipeline(tmp_path / "catalog.db", desk.clock.now) == (await desk.alert()).name
        resolved = await desk.stands(is_over)
        assert "복구" in await desk.shows(first, "복구")
        await desk.line(first, "복구")
        desk.clock.passes(minutes=10)
        fails_again(desk)
        second = await slack.journal.until(lambda: roots(desk)[1:], "another message")
        assert (await desk.alert()).episode == resolved.episode + 1
        assert second[0]["ts"] != first["ts"]


async def test_a_run_that_hangs_is_told(tmp_path: Path, slack: LocalSlack) -> None:
    async with alerting(tmp_path, slack) as desk:
        await looked(desk)
        name = stick_a_pipeline(tmp_path / "catalog.db", desk.clock.now)
        desk.clock.passes(minutes=5)
        [message] = await slack.journal.until(lambda: roots(desk), "an alert")
        assert name in said(message)
        assert (await desk.alert()).kind == "stuck"


async def test_many_at_once_are_told_in_one_message_that_turns_green(tmp_path: Path, slack: LocalSlack) -> None:
    async with alerting(tmp_path, slack) as desk:
        desk.clock.passes(seconds=1)
        names = storm(tmp_path / "catalog.db", desk.clock.now, 12)
        await slack.journal.until(lambda: roots(desk), "one message")
        [last] = roots(desk)
        assert "12" in said(last)
        await slack.journal.until(lambda: names[-1] in "".join(desk.lines(last)), "the list in its thread")
        with closing(sqlite3.connect(tmp_path / "catalog.db")) as owner, owner:
            owner.execute("UPDATE pipelines SET status = 'completed' WHERE status = 'failed'")
        desk.clock.passes(minutes=1)
        await desk.stands(is_over)
        assert "복구" in await desk.shows(last, "복구")


async def test_six_hours_of_downtime_are_told_once_and_in_order(tmp_path: Path, slack: LocalSlack) -> None:
    clock = Clock()
    async with alerting(tmp_path, slack, clock=clock):
        pass
    names = [fail_a_pipeline(tmp_path / "catalog.db", NOW + timedelta(hours=hour)) for hour in (1, 2, 5)]
    clock.passes(hours=6)
    async with alerting(tmp_path, slack, clock=clock) as desk:
        await slack.journal.until(lambda: roots(desk)[2:], "three messages")
        assert [name for head in heads(desk) for name in names if name in head] == names
        await looked(desk)
        assert len(roots(desk)) == 3


@pytest.mark.parametrize("jump", [timedelta(days=365), timedelta(minutes=-5)])
async def test_a_clock_that_jumps_and_comes_back_loses_and_doubles_nothing(
    tmp_path: Path, slack: LocalSlack, jump: timedelta
) -> None:
    async with alerting(tmp_path, slack) as desk:
        right = desk.clock.now
        desk.clock.now += jump
        fail_a_pipeline(tmp_path / "catalog.db", right + timedelta(seconds=1))
        await slack.journal.until(lambda: failures(desk), "an alert")
        desk.clock.now = right + timedelta(seconds=2)
        fail_a_pipeline(tmp_path / "catalog.db", desk.clock.now)
        await slack.journal.until(lambda: failures(desk)[1:], "another one")
        await looked(desk)
        assert len(failures(desk)) == len(set(failures(desk))) == 2


async def test_a_catalogue_that_is_gone_and_back_is_made_up_for(
    tmp_path: Path, slack: LocalSlack, caplog: pytest.LogCaptureFixture
) -> None:
    async with alerting(tmp_path, slack) as desk:
        with closing(sqlite3.connect(tmp_path / "catalog.db")) as owner, owner:
            owner.execute("ALTER TABLE pipelines RENAME TO away")
        async with asyncio.timeout(30):
            while "finds nothing" not in caplog.text:
                await desk.bot.services.store.ping()
        with closing(sqlite3.connect(tmp_path / "catalog.db")) as owner, owner:
            owner.execute("ALTER TABLE away RENAME TO pipelines")
        await desk.failed()
        assert len(roots(desk)) == 1


async def test_a_question_in_the_thread_of_an_alert_is_answered(tmp_path: Path, slack: LocalSlack) -> None:
    async with alerting(tmp_path, slack, TestModel(text=lambda _: "로그를 보세요.")) as desk:
        message = await desk.failed()
        await slack.person(KIM).mention("왜 실패했어?", ALERTS, message["ts"])
        assert "로그를 보세요." in await desk.line(message, "로그를 보세요.")


async def test_a_stop_does_not_wait_for_the_next_tick(tmp_path: Path, slack: LocalSlack) -> None:
    async with asyncio.timeout(30), alerting(tmp_path, slack, alert_every_s=86_400):
        pass
