"""Start and stop: a bad token is told at once, running turns are drained, cut ones are told to the asker."""

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.watch.faults import Fault
from bot.settings import SettingsError
from bot.slack import identify, make_client
from bot.wire import SlackUnreachable
from db.store.errors import StoreUnavailable
from db.store.records import StoredTurn
from tests.llm_server import Hang, Reply, llm_server
from tests.parts import NOW, open_parts
from tests.slack.bot import TestModel, lose_store, running, settings_for
from tests.slack.process import process
from tests.slack.workspace import left


async def test_a_running_turn_is_finished_before_the_bot_stops(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    gate = model.hold("질문")
    async with running(tmp_path, slack, model) as bot:
        ts = await kim.mention("질문")
        await model.started("질문")
        bot.stop.set()
        await slack.journal.until(lambda: not slack.sockets.connections, "no more events are taken")
        gate.set()
    assert len(slack.messages("C1", ts)) == 1


async def two_under_way(slack: LocalSlack, kim: Person, model: TestModel) -> str:
    """A turn that the model holds, and one that waits behind it in its thread, whose ts is returned."""
    ts = await kim.mention("끝나지 않는 질문")
    await model.started("끝나지 않는 질문")
    await kim.mention("그 뒤의 질문", thread_ts=ts)
    await slack.deliveries.settled()
    return ts


async def test_a_turn_that_takes_too_long_at_the_stop_is_told_so(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = TestModel()
    model.hold("끝나지 않는 질문")
    async with running(tmp_path, slack, model, drain_s=0.05):
        ts = await two_under_way(slack, kim, model)
    replies = slack.messages("C1", ts)
    assert len(replies) == 2, "the one that ran and the one that waited"
    assert all("봇이 다시 시작되어" in reply["text"] for reply in replies)
    async with running(tmp_path, slack):
        pass
    assert len(slack.messages("C1", ts)) == 2, "the next start does not say it again"


async def test_a_stopped_bot_takes_no_more_events(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack):
        pass
    await slack.journal.until(lambda: not slack.sockets.connections)


@pytest.mark.parametrize("rounds", range(3))
async def test_a_question_at_the_moment_of_the_stop_is_answered_by_this_bot_or_the_next(
    tmp_path: Path, slack: LocalSlack, kim: Person, caplog: pytest.LogCaptureFixture, rounds: int
) -> None:
    async with running(tmp_path, slack) as bot:
        ts = await kim.mention("질문")
        for _ in range(rounds):  # how far the envelope has come by then
            await asyncio.sleep(0)
        bot.stop.set()
    async with running(tmp_path, slack):
        await slack.journal.until(lambda: slack.messages("C1", ts), "an answer")
        await slack.deliveries.settled()
    (reply,) = slack.messages("C1", ts)
    assert reply["text"].startswith("3건입니다")
    assert "Failed to run" not in caplog.text


async def test_turns_an_earlier_run_left_unfinished_are_told_once(tmp_path: Path, slack: LocalSlack) -> None:
    left(slack, "옛 질문", ts="9.1")
    async with open_parts(tmp_path, [TestModel()]) as parts:
        for team, thread in (("T1", "9.1"), ("terminal", "9.2")):
            await parts.store.turns.start(StoredTurn(f"old-{team}", team, "C1", thread, "U1", "옛 질문", NOW))
    for _ in range(2):
        async with running(tmp_path, slack) as bot:
            running_still = [turn.turn_id for turn in await bot.services.store.turns.unfinished()]
    assert running_still == ["old-terminal"], "a terminal beside the bot may be at it"
    (reply,) = slack.messages("C1")
    assert (reply["thread_ts"], "old-T1" in reply["text"]) == ("9.1", True)


@pytest.mark.parametrize(("name", "token"), [("SLACK_BOT_TOKEN", "xoxb-wrong"), ("SLACK_APP_TOKEN", "xapp-wrong")])
async def test_a_wrong_token_ends_the_start_with_a_sentence(
    tmp_path: Path, slack: LocalSlack, name: str, token: str
) -> None:
    wrong: dict[str, Any] = {name.lower(): token}
    with pytest.raises(SettingsError, match=f"{name}: Slack does not take it .invalid_auth.") as caught:
        async with running(tmp_path, slack, **wrong):
            raise AssertionError("unreachable")
    assert token not in str(caught.value)


async def test_no_slack_at_all_ends_the_start_with_a_sentence(slack: LocalSlack) -> None:
    settings = settings_for(slack, slack_api_url="http://127.0.0.1:1/api/")
    async with aiohttp.ClientSession() as session:
        with pytest.raises(SlackUnreachable, match=r"auth\.test: ClientConnectorError"):
            await identify(make_client(settings, session, None))


async def test_a_connection_lost_during_the_start_ends_with_a_sentence(tmp_path: Path, slack: LocalSlack) -> None:
    slack.break_next("apps.connections.open", Fault(drops=True))  # at this point auth.test has gone well
    with pytest.raises(SlackUnreachable, match=r"apps\.connections\.open"):
        async with running(tmp_path, slack):
            raise AssertionError("unreachable")


async def test_after_a_kill_the_next_start_tells_the_thread(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    asked = asyncio.Event()

    def hang(_: dict[str, Any]) -> Reply:
        asked.set()
        return Hang()

    async with llm_server(hang) as llm:
        async with process(tmp_path, slack, llm.base_url) as first:
            ts = await kim.mention("끝나지 않는 질문")
            await asked.wait()
            first.kill()
            await first.wait()
        await slack.journal.until(lambda: not slack.sockets.connections)
        async with process(tmp_path, slack, llm.base_url) as second:
            await slack.journal.until(lambda: slack.messages("C1", ts), "the news")
    (reply,) = slack.messages("C1")
    assert "봇이 다시 시작되어" in reply["text"]
    assert second.returncode == 0


async def test_a_second_bot_on_the_same_store_does_not_start_and_cuts_nothing_off(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = TestModel()
    gate = model.hold("질문")
    async with running(tmp_path, slack, model):
        ts = await kim.mention("질문")
        await model.started("질문")
        with pytest.raises(StoreUnavailable, match="another bot process uses this store"):
            async with running(tmp_path, slack):
                raise AssertionError("unreachable")
        gate.set()
        await slack.journal.until(lambda: slack.messages("C1", ts))
    (reply,) = slack.messages("C1", ts)
    assert reply["text"].startswith("3건입니다")


async def test_a_store_that_is_gone_at_the_stop_leaves_nobody_without_a_word(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = TestModel()
    model.hold("끝나지 않는 질문")
    async with running(tmp_path, slack, model, drain_s=0.05):
        ts = await two_under_way(slack, kim, model)
        await lose_store(tmp_path)
    assert ["봇이 다시 시작되어" in reply["text"] for reply in slack.messages("C1", ts)] == [True, True]


async def test_a_refreshed_connection_loses_no_question(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack):
        (old,) = slack.sockets.connections
        await slack.sockets.refresh()
        await slack.journal.until(lambda: slack.sockets.connections, "a new connection")
        assert old not in slack.sockets.connections
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
