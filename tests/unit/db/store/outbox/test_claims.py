"""Who has a letter: one at a time, in order, one a channel."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import cast

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store.alerts.outbox import Outbox
from db.store.alerts.outbox_records import LEASE, SETTLED, may_stand
from db.store.database import Database
from db.store.store import Store
from tests.unit.db.store.outbox.samples import NONE, NOW, REVIVABLE, alter, claimed, letter, put, row, sent


async def test_a_claim_is_a_lease_and_the_first_try(store: Store) -> None:
    await put(store, letter("k"))
    posting = await claimed(store, "me")
    assert (posting.state, posting.lease_owner, posting.attempts) == ("sending", "me", 1)
    assert posting.lease_until is not None
    assert posting.first_attempt_at == posting.lease_until - LEASE
    assert not may_stand(posting)
    assert await store.outbox.claim("other", NOW) is None
    assert await row(store, "k") == posting


async def test_one_letter_of_a_channel_is_in_flight(store: Store) -> None:
    await put(store, letter("first"), letter("second"), letter("elsewhere", "C2"))
    assert [(await claimed(store)).dedupe_key for _ in range(2)] == ["first", "elsewhere"]
    assert await store.outbox.claim("a", NOW) is None


async def test_a_channel_that_is_spared_is_left_alone(store: Store) -> None:
    await put(store, letter("first"), letter("elsewhere", "C2"))
    posting = await store.outbox.claim("a", NOW, ["C1"])
    assert posting is not None
    assert posting.dedupe_key == "elsewhere"
    assert await store.outbox.claim("a", NOW, ["C1"]) is None


async def test_what_is_held_until_later_is_not_claimed(store: Store) -> None:
    await put(store, letter("quiet", not_before=NOW + timedelta(days=4)))
    assert await store.outbox.claim("a", NOW) is None


@pytest.mark.parametrize("state", ["pending", "sending", "unknown"])
async def test_a_reply_waits_for_its_root_and_those_before_it(store: Store, state: str) -> None:
    (root,) = await put(store, letter("root"))
    replies = [letter(f"reply {n}", kind="reply", depends_on=root.outbox_id) for n in (1, 2)]
    await put(store, *replies)
    assert (await claimed(store)).dedupe_key == "root"
    assert await store.outbox.claim("a", NOW) is None
    await alter(store, "root", state="sent", ts="1.1", lease_owner=None)
    await alter(store, "reply 1", state=state, channel="elsewhere", next_at=NOW + timedelta(hours=5))
    assert (await store.outbox.claim("a", NOW, ["elsewhere"])) is None, "the first line comes first"
    await alter(store, "reply 1", state="dead")
    assert (await claimed(store)).dedupe_key == "reply 2"


async def test_many_side_by_side_claim_each_letter_once_and_one_a_channel(store: Store) -> None:
    await put(store, *(letter(f"{n}", f"C{n % 7}") for n in range(70)))
    taken: list[str] = []
    flying: set[str] = set()

    async def work(owner: str) -> None:
        idle = 0
        while idle < 3:
            posting = await store.outbox.claim(f"{owner}-{len(taken)}", NOW)
            if posting is None:
                idle += 1
                continue
            assert posting.channel not in flying
            flying.add(posting.channel)
            taken.append(posting.dedupe_key)
            await asyncio.sleep(0)
            flying.discard(posting.channel)
            assert await store.outbox.sent(posting, posting.channel, f"{posting.seq}.1", NOW)

    await asyncio.gather(*(work(f"w{n}") for n in range(4)))
    assert sorted(taken, key=int) == [str(n) for n in range(70)]


async def test_who_comes_second_in_a_channel_takes_the_next(store: Store) -> None:
    await put(store, letter("k"))
    losses = [IntegrityError("UPDATE", {}, Exception("outbox_one_a_channel"))]

    class Racing:
        """A database in which somebody else is first, now and then."""

        @asynccontextmanager
        async def writing(self) -> AsyncIterator[AsyncConnection]:
            async with store.outbox._database.writing() as connection:
                if losses:
                    raise losses.pop()
                yield connection

    racing = Outbox(cast(Database, Racing()))
    assert (await racing.claim("a", NOW)) is not None
    losses += [IntegrityError("UPDATE", {}, Exception("outbox_one_a_channel"))] * 9
    assert await racing.claim("a", NOW) is None, "there is always another tick"


async def test_an_edit_is_claimed_once(store: Store) -> None:
    await sent(store)
    assert await store.outbox.claim_edit("a", NOW) is None, "it shows all"
    await alter(store, "k", wanted_version=2, refresh_at=NOW)
    assert await store.outbox.claim_edit("a", NOW, ["C1"]) is None
    posting = await store.outbox.claim_edit("a", NOW)
    assert posting is not None
    assert await store.outbox.claim_edit("b", NOW) is None
    assert await store.outbox.edited(posting, NOW)
    shown = await row(store, "k")
    assert (shown.rendered_version, shown.refresh_at, shown.lease_owner) == (2, None, None)


async def test_what_changes_during_an_edit_is_shown_by_the_next(store: Store) -> None:
    await sent(store)
    await alter(store, "k", wanted_version=2, refresh_at=NOW)
    posting = await store.outbox.claim_edit("a", NOW)
    assert posting is not None
    await alter(store, "k", wanted_version=3)
    assert await store.outbox.edited(posting, NOW)
    shown = await row(store, "k")
    assert shown.rendered_version == 2
    assert shown.refresh_at is not None


async def test_a_letter_is_looked_for_by_one(store: Store) -> None:
    await put(store, letter("k"))
    posting = await claimed(store)
    assert await store.outbox.unsure(posting, NOW, "TimeoutError")
    left = await row(store, "k")
    assert (left.state, left.error) == ("unknown", "TimeoutError")
    assert posting.lease_until is not None
    assert left.next_at == posting.lease_until + SETTLED
    assert await store.outbox.claim_unknown("a", NOW) is None, "it may still land"
    await alter(store, "k", next_at=NOW)
    assert await store.outbox.claim_unknown("a", NOW) is not None
    assert await store.outbox.claim_unknown("b", NOW) is None


async def test_a_sweep_is_claimed_by_one(store: Store) -> None:
    await sent(store)
    assert await store.outbox.claim_sweep("a", NOW) is None
    await alter(store, "k", sweep_at=NOW)
    assert await store.outbox.claim_sweep("a", NOW) is not None
    assert await store.outbox.claim_sweep("b", NOW) is None


async def test_a_lease_that_has_ended_leaves_nobody_knowing(store: Store) -> None:
    await put(store, letter("lost"), letter("here", "C2"), letter("fresh", "C3"))
    postings = [await claimed(store) for _ in range(3)]
    for key in ("lost", "here"):
        await alter(store, key, lease_until=NOW - timedelta(hours=1))
    assert "tidy" in await store.outbox.due(NOW, NONE)
    await store.outbox.tidy(NOW, [postings[1].outbox_id], NONE)
    states = [(await row(store, key)).state for key in ("lost", "here", "fresh")]
    assert states == ["unknown", "sending", "sending"]
    assert (await row(store, "lost")).error == "lease_ended"


async def test_a_lease_that_ends_in_a_year_is_of_a_clock_that_was_set_back(store: Store) -> None:
    await put(store, letter("k"))
    await claimed(store)
    await alter(store, "k", lease_until=NOW + timedelta(days=4_000))
    await store.outbox.tidy(NOW, NONE, NONE)
    assert (await row(store, "k")).state == "unknown"


@pytest.mark.parametrize("column", ["next_at", "created_at"])
async def test_a_letter_from_the_future_is_sent_at_once(store: Store, column: str) -> None:
    await put(store, letter("k"))
    await alter(store, "k", **{column: NOW + timedelta(days=4_000)})
    assert await store.outbox.due(NOW, NONE) == {"post"}
    assert (await claimed(store)).dedupe_key == "k"


@pytest.mark.parametrize(
    ("root", "reply"),
    [
        ({"state": "dropped"}, "dropped"),
        ({"state": "dead", "error": "msg_too_long"}, "dropped"),
        ({"state": "dead", "error": "not_in_channel"}, "pending"),
        ({"state": "dead", "error": "not_in_channel", "created_at": NOW - timedelta(days=2)}, "dropped"),
        ({"state": "unknown"}, "pending"),
    ],
)
async def test_a_reply_whose_message_never_comes_is_dropped(store: Store, root: dict[str, object], reply: str) -> None:
    (made,) = await put(store, letter("root"))
    await put(store, letter("reply", kind="reply", depends_on=made.outbox_id))
    await alter(store, "root", next_at=NOW + timedelta(hours=5), **root)
    assert ("tidy" in await store.outbox.due(NOW, REVIVABLE)) is (reply == "dropped")
    await store.outbox.tidy(NOW, NONE, REVIVABLE)
    assert (await row(store, "reply")).state == reply


async def test_what_a_channel_did_not_take_is_tried_again_while_it_is_young(store: Store) -> None:
    old = NOW - timedelta(days=2)
    await put(store, *(letter(key) for key in ("young", "old", "other", "soon")))
    await alter(store, "young", state="dead", error="not_in_channel", next_at=NOW)
    await alter(store, "old", state="dead", error="not_in_channel", next_at=NOW, created_at=old)
    await alter(store, "other", state="dead", error="msg_too_long", next_at=NOW)
    await alter(store, "soon", state="dead", error="not_in_channel", next_at=NOW + timedelta(hours=5))
    await store.outbox.tidy(NOW, NONE, REVIVABLE)
    assert [(await row(store, key)).state for key in ("young", "old", "other")] == ["pending", "dead", "dead"]
    assert await store.outbox.revive(NOW, "C9") == 0
    assert await store.outbox.revive(NOW) == 3, "somebody asks for all"
    assert {each.state for each in await store.outbox.deliveries()} == {"pending"}


async def test_nothing_is_due_where_there_is_nothing_to_do(store: Store) -> None:
    assert await store.outbox.due(NOW, REVIVABLE) == frozenset()
    await sent(store)
    assert await store.outbox.due(NOW, REVIVABLE) == frozenset()
    await alter(store, "k", wanted_version=2, refresh_at=NOW, sweep_at=NOW)
    await put(store, letter("unknown"))
    await alter(store, "unknown", state="unknown")
    assert await store.outbox.due(NOW, REVIVABLE) == {"edit", "sweep", "look"}
