"""What is taken away from an alert in each of its states: its message, its channel, the bot's token."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.watch.faults import Fault
from db.catalog.sample.play import fail_a_pipeline, recover_pipeline
from db.store.alerts.records import Alert
from tests.slack.alerting import ALERTS, Desk, alerting, is_now, said
from tests.slack.workspace import KIM

pytestmark = pytest.mark.unpaced

STATES: Final = {"open": "", "acknowledged": "acknowledge", "snoozed": "snooze_hour", "resolved": "resolve"}


@pytest.fixture
async def desk(tmp_path: Path, slack: LocalSlack) -> AsyncIterator[Desk]:
    async with alerting(tmp_path, slack, admins=(KIM,)) as opened:
        yield opened


def about_archive(desk: Desk) -> list[str]:
    """What the admin is told of a channel that is archived."""
    return [said(one) for one in desk.slack.messages("D1") if "보관" in said(one)]


def is_well(alert: Alert) -> bool:
    return alert.state == "resolved"


async def idle(desk: Desk) -> None:
    """Waits until no letter is on its way any more."""
    outbox = desk.bot.services.store.outbox
    for _ in range(30):
        desk.clock.passes(seconds=6)
        await desk.bot.services.store.ping()
    while any(one.state in ("pending", "sending", "unknown") for one in await outbox.deliveries()):
        await desk.bot.services.store.ping()


async def is_told_anew(desk: Desk) -> None:
    """The next failure of another pipeline has a message of its own."""
    before = {message["ts"] for message in desk.roots()}
    desk.clock.passes(hours=2)
    name = fail_a_pipeline(desk.folder / "catalog.db", desk.clock.now)

    def new() -> list[str]:
        return [said(one) for one in desk.roots() if one["ts"] not in before and name in said(one)]

    assert len(await desk.slack.journal.until(new, "the next failure")) == 1


@pytest.mark.parametrize("state", STATES)
async def test_an_alert_whose_message_was_deleted_lives_on_in_the_store(desk: Desk, state: str) -> None:
    message = await desk.failed()
    if action := STATES[state]:
        await desk.press(message, action)
        await desk.stands(is_now(state))
        await idle(desk)
    desk.slack.workspace.delete(desk.slack.workspace.channels[ALERTS], message["ts"], leaves_tombstone=True)
    desk.clock.passes(hours=1)
    recover_pipeline(desk.folder / "catalog.db", desk.clock.now)
    await desk.stands(is_well)
    await idle(desk)
    await is_told_anew(desk)


@pytest.mark.parametrize("state", STATES)
async def test_an_archived_channel_gets_what_it_missed_when_it_is_back(desk: Desk, state: str) -> None:
    message = await desk.failed()
    if action := STATES[state]:
        await desk.press(message, action)
        await desk.stands(is_now(state))
        await idle(desk)
    channel = desk.slack.workspace.channels[ALERTS]
    channel.is_archived = True
    desk.clock.passes(hours=2)
    name = fail_a_pipeline(desk.folder / "catalog.db", desk.clock.now)
    words = await desk.slack.journal.until(lambda: about_archive(desk), "a word to the admin")
    assert len(words) == 1
    channel.is_archived = False
    desk.clock.passes(hours=1)
    await desk.slack.journal.until(lambda: [one for one in desk.roots() if name in said(one)], "what was missed")


@pytest.mark.parametrize("code", ["token_revoked", "invalid_auth", "account_inactive"])
async def test_what_a_revoked_token_could_not_tell_the_next_one_tells(
    tmp_path: Path, slack: LocalSlack, code: str
) -> None:
    async with alerting(tmp_path, slack) as desk:
        slack.break_next("chat.postMessage", Fault(error=code))
        desk.clock.passes(seconds=1)
        name = fail_a_pipeline(desk.folder / "catalog.db", desk.clock.now)
        await slack.journal.until(lambda: slack.journal.of("chat.postMessage"), "a try")
        outbox = desk.bot.services.store.outbox
        async with asyncio.timeout(30):
            while [one.error for one in await outbox.deliveries()] != [code]:
                await desk.bot.services.store.ping()
    desk.clock.passes(hours=1)
    async with alerting(tmp_path, slack, clock=desk.clock) as desk:
        found = await slack.journal.until(lambda: [one for one in desk.roots() if name in said(one)], "the alert")
        assert len(found) == 1
