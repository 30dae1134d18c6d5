"""Several bots on one store: processes of their own, on a real Postgres server."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

from bot.live.live import Beat
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.watch.faults import DeliveryFault
from tests.llm_server import Hang, Reply, llm_server
from tests.postgres import Server, server
from tests.slack.bot import TestModel, running
from tests.slack.process import process
from tests.slack.workspace import BOT

__all__ = ["server"]

NAME: Final = "replicas"
INTERRUPTED: Final = "봇이 다시 시작되어"


@pytest.fixture
def store_url(server: Server) -> Iterator[str]:
    with server.database(NAME):
        yield server.url(NAME)


async def both_connected(slack: LocalSlack) -> None:
    await slack.journal.until(lambda: len(slack.sockets.connections) == 2, "two bots")


def replicas(url: str) -> list[tuple[int, int]]:
    """How many turns each process has taken."""
    with psycopg.connect(url) as owner:
        return owner.execute("SELECT replica, count(*) FROM turns GROUP BY replica").fetchall()


async def test_two_bots_share_the_work_and_each_question_is_answered_once(
    tmp_path: Path, slack: LocalSlack, kim: Person, store_url: str
) -> None:
    more = {"STORE_URL": store_url}
    async with process(tmp_path, slack, more=more), process(tmp_path, slack, more=more):
        await both_connected(slack)
        slack.faults.break_next_delivery("events_api", *(DeliveryFault(duplicates=True) for _ in range(4)))
        asked = []
        for _ in range(12):
            asked.append(await kim.mention("GPU별 파이프라인 수"))
            slack.sockets.connections.reverse()  # of a mention's two events now this bot gets the first, now that one
        await slack.journal.until(lambda: all(slack.messages("C1", ts) for ts in asked), "all answers")
        await slack.deliveries.settled()
    assert [len(slack.messages("C1", ts)) for ts in asked] == [1] * 12
    shares = replicas(store_url)
    assert sum(count for _, count in shares) == 12
    assert len(shares) == 2, "both bots had questions"


async def test_when_a_bot_is_killed_another_one_tells_the_thread_once(
    tmp_path: Path, slack: LocalSlack, kim: Person, store_url: str
) -> None:
    asked = asyncio.Event()

    def hang(_: dict[str, Any]) -> Reply:
        asked.set()
        return Hang()

    def is_told() -> bool:
        return any(INTERRUPTED in reply["text"] for reply in slack.messages("C1", ts))

    more = {"STORE_URL": store_url}
    async with llm_server(hang) as llm, process(tmp_path, slack, llm.base_url, more=more) as first:
        ts = await kim.mention("끝나지 않는 질문")
        await asked.wait()
        async with process(tmp_path, slack, more=more), process(tmp_path, slack, more=more):
            await slack.journal.until(lambda: len(slack.sockets.connections) == 3, "three bots")
            assert not is_told(), "the one that works on it is alive"
            first.kill()
            await first.wait()
            with suppress(TimeoutError):  # it takes up to half a minute, which is what a test waits for
                await slack.journal.until(is_told, "the news")
            await slack.journal.until(is_told, "the news")
            await slack.deliveries.settled()
    (reply,) = slack.messages("C1", ts)
    assert INTERRUPTED in reply["text"]


async def test_what_is_deleted_at_another_bot_is_not_answered(
    tmp_path: Path, slack: LocalSlack, kim: Person, store_url: str
) -> None:
    model = TestModel()
    gate = model.hold("지울 질문")
    async with running(tmp_path, slack, model, store_url=store_url, beat=Beat(quiet_s=0)) as first:
        ts = await kim.mention("지울 질문")
        await model.started("지울 질문")
        await slack.journal.until(lambda: slack.messages("C1", ts), "an answer in the making")
        (connection,) = slack.sockets.connections
        async with running(tmp_path, slack, store_url=store_url):
            slack.sockets.connections.remove(connection)  # the other one gets the deletion
            await kim.delete(ts)
            await slack.journal.until(lambda: not slack.messages("C1", ts), "nothing of it")
            gate.set()
            first.stop.set()
            await slack.journal.until(connection.ended.done, "the first one's end")
        assert await first.services.store.turns.unfinished() == []
    assert slack.messages("C1", ts) == []


async def test_what_is_edited_at_another_bot_is_answered_once(
    tmp_path: Path, slack: LocalSlack, kim: Person, store_url: str
) -> None:
    model = TestModel()
    gate = model.hold("질문")
    async with running(tmp_path, slack, model, store_url=store_url, beat=Beat(quiet_s=0)) as first:
        ts = await kim.mention("질문")
        await model.started("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts), "an answer in the making")
        (connection,) = slack.sockets.connections
        async with running(tmp_path, slack, store_url=store_url):
            slack.sockets.connections.remove(connection)
            await kim.edit(ts, f"<@{BOT}> 다른 질문")
            await slack.journal.until(lambda: "다른 질문" in slack.messages("C1", ts)[0]["text"], "the other answer")
            gate.set()
            first.stop.set()
            await slack.journal.until(connection.ended.done, "the first one's end")
            await slack.deliveries.settled()
    (reply,) = slack.messages("C1", ts)
    assert "다른 질문" in reply["text"]


async def test_where_the_store_cannot_tell_whether_it_was_taken_back_the_answer_is_told(
    tmp_path: Path, slack: LocalSlack, kim: Person, store_url: str
) -> None:
    model = TestModel()
    gate = model.hold("질문")
    async with running(tmp_path, slack, model, store_url=store_url):
        ts = await kim.mention("질문")
        await model.started("질문")
        await asyncio.to_thread(lose_turns, store_url)
        gate.set()
        await slack.journal.until(lambda: slack.messages("C1", ts), "the answer")
        await slack.deliveries.settled()
    (reply,) = slack.messages("C1", ts)
    assert reply["text"].startswith("3건입니다")


def lose_turns(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("ALTER TABLE turns RENAME TO lost")
