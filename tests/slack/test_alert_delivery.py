"""Letters delivered by processes of their own, which are killed: to a file's, and to several on one Postgres store."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.watch.faults import Fault
from bot.playground.workspace.records import Channel
from bot.playground.workspace.state import Change
from db.store.alerts.records import Letter
from db.store.store import Store
from tests.parts import NOW
from tests.postgres import Server, server
from tests.slack.deliverer import delivering
from tests.slack.workspace import BOT, KIM, small_slack

__all__ = ["server"]

POST = "chat.postMessage"
HASTE = 60
"""A minute of a lease is a second."""


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with small_slack(has_rates=False).serving() as served:
        for n in range(50):
            served.workspace.channels[f"CA{n}"] = Channel(f"CA{n}", f"alerts-{n}", members={KIM, BOT})
        yield served


@pytest.fixture
def store_url(server: Server) -> Iterator[str]:
    with server.database("letters"):
        yield server.url("letters")


async def put(url: str, *letters: Letter) -> list[str]:
    """Puts letters, and returns their ids in that order."""
    async with await Store.open(url) as store:
        await store.outbox.put(letters, NOW)
        return [each.outbox_id for each in reversed(await store.outbox.deliveries(len(letters)))]


async def states(url: str) -> Counter[str]:
    async with await Store.open(url) as store:
        return Counter(each.state for each in await store.outbox.deliveries(10_000))


def marks(slack: LocalSlack) -> Counter[str]:
    """How often each letter stands in Slack."""
    everywhere = (m for channel in slack.workspace.channels.values() for m in channel.messages.values())
    return Counter(m["metadata"]["event_payload"]["o"] for m in everywhere if "metadata" in m)


async def all_stand(slack: LocalSlack, count: int) -> None:
    await slack.journal.until(lambda: len(marks(slack)) == count, "all letters", 240)


async def test_a_letter_is_sent_by_a_process_that_does_nothing_else(tmp_path: Path, slack: LocalSlack) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    letters = await put(url, Letter("root", "root", "C1"), Letter("dm", "root", KIM))
    async with delivering(url, slack):
        await slack.journal.until(lambda: len(marks(slack)) == 2, "both", 30)
    assert marks(slack) == Counter(letters)


@pytest.mark.parametrize(
    "fate",
    [
        Fault(drops=True),
        Fault(drops=True, takes_effect=True),
        Fault(drops=True, lands_after_s=0.8),
        Fault(drops=True, lands_after_s=2.5),
    ],
    ids=["never landed", "landed", "lands late", "lands when it has been sent again"],
)
async def test_a_kill_in_the_middle_of_a_call_leaves_one_message(
    tmp_path: Path, slack: LocalSlack, fate: Fault
) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    (outbox_id,) = await put(url, Letter("k", "root", "C1"))
    held = asyncio.Event()
    slack.break_next(POST, Fault(**{**{name: getattr(fate, name) for name in fate.__slots__}, "waits_for": held}))
    async with delivering(url, slack, HASTE) as killed:
        await slack.journal.until(lambda: slack.journal.of(POST), "a call under way", 30)
        killed.kill()
        await killed.wait()
    held.set()
    async with delivering(url, slack, HASTE):
        await slack.journal.until(lambda: is_settled(slack, outbox_id), "one message and no doubt", 60)
    assert marks(slack) == {outbox_id: 1}
    assert (await states(url)) == {"sent": 1}


def is_settled(slack: LocalSlack, outbox_id: str) -> bool:
    """It stands once, and was looked for; where it was sent again, so were copies of it, twice."""
    looks, posts = len(slack.journal.of("conversations.history")), len(slack.journal.of(POST))
    return marks(slack)[outbox_id] == 1 and looks >= (1 if posts == 1 else 3)


@pytest.mark.timeout(300)
async def test_two_processes_on_one_store_send_a_thousand_letters_once_each(slack: LocalSlack, store_url: str) -> None:
    overlaps = watch_overlaps(slack)
    roots = [Letter(f"root {n}", "root", f"CA{n % 50}") for n in range(800)]
    ids = await put(store_url, *roots)
    replies = [Letter(f"reply {n}", "reply", f"CA{n % 50}", depends_on=ids[n % 20]) for n in range(200)]
    await put(store_url, *replies)
    slack.break_next(POST, *(Fault(delay_s=0.01) for _ in range(1_100)))
    async with delivering(store_url, slack), delivering(store_url, slack):
        await all_stand(slack, 1_000)
    assert set(marks(slack).values()) == {1}
    assert len({call.peer for call in slack.journal.of(POST)}) > 1
    assert overlaps == []
    assert (await states(store_url)) == {"sent": 1_000}
    assert in_order(slack)


def watch_overlaps(slack: LocalSlack) -> list[str]:
    """The channels in which a second call was under way when one was carried out."""
    found: list[str] = []

    def look(change: Change) -> None:
        flying = [
            call for call in slack.journal.of(POST) if call.args.get("channel") == change.channel and not call.answer
        ]
        if change.kind == "posted" and len(flying) > 1:
            found.append(str(change.channel))

    slack.workspace.listen(look)
    return found


def in_order(slack: LocalSlack) -> bool:
    """Whether the lines of each thread stand as they were put."""
    for channel in slack.workspace.channels.values():
        threads: dict[str, list[int]] = {}
        for message in channel.messages.values():
            if message.get("thread_ts", message["ts"]) != message["ts"]:
                threads.setdefault(message["thread_ts"], []).append(int(message["text"].split()[-1]))
        if any(lines != sorted(lines) for lines in threads.values()):
            return False
    return True


async def test_what_a_killed_process_had_in_flight_is_settled_by_another(slack: LocalSlack, store_url: str) -> None:
    await put(store_url, *(Letter(f"{n}", "root", f"CA{n}") for n in range(40)))
    held = asyncio.Event()
    slack.break_next(POST, *(Fault(waits_for=held, takes_effect=n % 2 == 0, drops=True) for n in range(16)))
    async with delivering(store_url, slack) as killed:
        await slack.journal.until(lambda: len(slack.journal.of(POST)) == 16, "a full load", 30)
        killed.kill()
        await killed.wait()
    held.set()
    async with delivering(store_url, slack):
        async with asyncio.timeout(30):
            while await states(store_url) != {"sent": 24, "sending": 16}:
                pass
        pass_time(store_url)
        await all_stand(slack, 40)
    assert set(marks(slack).values()) == {1}
    assert (await states(store_url)) == {"sent": 40}


def pass_time(url: str) -> None:
    """As if the leases had ended some time ago: the server's clock can't be turned."""
    with psycopg.connect(url) as owner:
        changed: Any = owner.execute(
            "UPDATE outbox SET state = 'unknown', next_at = now(), lease_owner = NULL,"
            " lease_until = lease_until - interval '2 minutes',"
            " first_attempt_at = first_attempt_at - interval '2 minutes' WHERE state = 'sending'"
        )
        assert changed.rowcount == 16
