"""The summary of a day, by the whole bot: at nine, with its chart, drawn by Slack or below it as a picture."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.watch.faults import Fault
from bot.playground.workspace.records import Message
from tests.slack.alerting import ALERTS, Clock, Desk, alerting, said

pytestmark = pytest.mark.unpaced


async def awaited(desk: Desk) -> None:
    """Waits until the bot knows from when on summaries are to be told."""
    schedule = desk.bot.services.store.schedule
    async with asyncio.timeout(30):
        while not any(run.job_key.startswith("digest:") for run in await schedule.history(limit=99)):
            await desk.bot.services.store.ping()


def summaries(slack: LocalSlack) -> list[Message]:
    return [one for one in slack.messages(ALERTS) if one.get("blocks") and "요약" in said(one).splitlines()[0]]


async def summary(desk: Desk) -> Message:
    found: list[Message] = await desk.slack.journal.until(lambda: summaries(desk.slack), "a summary")
    return found[0]


async def is_looked_at(desk: Desk) -> None:
    """Waits until the bot knows whether its chart is drawn."""
    (sent,) = [one for one in await desk.bot.services.store.outbox.deliveries(limit=50) if one.kind == "digest"]
    async with asyncio.timeout(30):
        while not await desk.bot.services.store.claims.is_taken(f"digest-chart:{sent.outbox_id}"):
            await desk.bot.services.store.ping()


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message["blocks"]]


def pictures(slack: LocalSlack, ts: str) -> list[Any]:
    return [file for one in slack.messages(ALERTS, ts) for file in one.get("files") or ()]


async def test_at_nine_the_day_is_summed_up_with_a_chart_and_once(tmp_path: Path, slack: LocalSlack) -> None:
    async with alerting(tmp_path, slack) as desk:
        await awaited(desk)
        await desk.failed()
        failed = (await desk.alert()).name
        desk.clock.passes(hours=23)
        message = await summary(desk)
        assert "☀️ 11월 22일(일) 요약" in said(message)
        assert f"🔴 {failed}" in said(message)
        assert "data_visualization" in kinds(message)
        await is_looked_at(desk)
        assert pictures(slack, message["ts"]) == []
        assert slack.journal.broadcasts == []
    async with alerting(tmp_path, slack, clock=Clock(desk.clock.now)) as desk:
        await awaited(desk)
        assert len(summaries(slack)) == 1, "a restart tells nothing twice"


async def test_where_slack_has_no_charts_the_chart_is_a_picture_in_the_thread(
    tmp_path: Path, slack: LocalSlack
) -> None:
    async with alerting(tmp_path, slack) as desk:
        await awaited(desk)
        with closing(sqlite3.connect(tmp_path / "catalog.db")) as rows, rows:
            rows.execute("UPDATE pipelines SET finished_at = '2026-11-20 12:00:00' WHERE id = 1")
        slack.break_next("chat.postMessage", Fault(error="invalid_blocks"))
        desk.clock.passes(hours=23)
        message = await summary(desk)
        assert "data_visualization" not in kinds(message)
        assert "header" in kinds(message)
        await slack.journal.until(lambda: pictures(slack, message["ts"]), "a picture")
        assert len(pictures(slack, message["ts"])) == 1
