"""What became of a letter is written by who still has it; that it stands, by whoever knows."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.store.alerts.outbox_records import may_stand
from db.store.alerts.records import Posting
from db.store.alerts.tables import receipts
from db.store.store import Store
from tests.unit.db.store.alerts.samples import begun, found
from tests.unit.db.store.outbox.samples import NONE, NOW, alter, claimed, letter, put, row, sent

HOUR = timedelta(hours=1)


async def seen(store: Store, posting: Posting) -> list[tuple[str, str]]:
    """The receipts of a letter: ts and how it is known."""
    async with store.outbox._database.reading() as connection:
        mine = select(receipts.c.ts, receipts.c.via).where(receipts.c.outbox_id == posting.outbox_id)
        return sorted((ts, via) for ts, via in await connection.execute(mine))


async def unknown(store: Store, key: str = "k", **more: object) -> Posting:
    """A letter of which nobody knows, claimed to be looked for."""
    await put(store, letter(key))
    assert await store.outbox.unsure(await claimed(store), NOW, "TimeoutError")
    await alter(store, key, next_at=NOW, **more)
    posting = await store.outbox.claim_unknown("looker", NOW)
    assert posting is not None
    return posting


async def test_a_letter_that_stands_has_a_receipt(store: Store) -> None:
    await put(store, letter("k", "U1"))
    posting = await claimed(store)
    assert await store.outbox.sent(posting, "D1", "1.5", NOW)
    stands = await row(store, "k")
    assert (stands.state, stands.ts, stands.conversation, stands.rendered_version) == ("sent", "1.5", "D1", 1)
    assert (stands.lease_owner, stands.lease_until, stands.sweep_at, stands.refresh_at) == (None, None, None, None)
    assert await seen(store, posting) == [("1.5", "reply")]


async def test_what_changed_while_it_was_sent_is_shown_soon(store: Store) -> None:
    await put(store, letter("k"))
    posting = await claimed(store)
    await alter(store, "k", wanted_version=4)
    assert await store.outbox.sent(posting, "C1", "1.5", NOW)
    assert (await row(store, "k")).refresh_at is not None


@pytest.mark.parametrize("state", ["sending", "unknown", "pending", "dead", "dropped"])
async def test_it_stands_whatever_was_made_of_it_since(store: Store, state: str) -> None:
    await put(store, letter("k"))
    posting = await claimed(store)
    await alter(store, "k", state=state, lease_owner="another")
    assert await store.outbox.sent(posting, "C1", "1.5", NOW)
    assert (await row(store, "k")).state == "sent"


async def test_of_two_that_sent_it_both_have_a_receipt_and_one_message_will_go(store: Store) -> None:
    await put(store, letter("k"))
    zombie = await claimed(store, "zombie")
    await alter(store, "k", state="pending", lease_owner=None)
    other = await claimed(store, "other", NOW + HOUR)
    assert may_stand(other)
    assert await store.outbox.sent(other, "C1", "2.2", NOW)
    assert not await store.outbox.sent(zombie, "C1", "1.1", NOW)
    stands = await row(store, "k")
    assert (stands.ts, stands.sweep_at is not None) == ("2.2", True)
    assert await seen(store, zombie) == [("1.1", "reply"), ("2.2", "reply")]


async def test_only_who_still_has_it_settles_it(store: Store) -> None:
    await put(store, letter("k"))
    late = await claimed(store, "late")
    await alter(store, "k", state="pending", lease_owner=None)
    await claimed(store, "now")
    outbox = store.outbox
    assert not await outbox.later(late, NOW, HOUR)
    assert not await outbox.unsure(late, NOW, "odd")
    assert not await outbox.drop(late, NOW)
    assert not await outbox.refuse(late, NOW, "odd", is_of_channel=True, notices=[letter("notice")])
    assert [each.state for each in await outbox.deliveries()] == ["sending"]


async def test_what_surely_was_not_taken_leaves_no_doubt(store: Store) -> None:
    await put(store, letter("k"))
    assert await store.outbox.later(await claimed(store), NOW, timedelta(), "ratelimited")
    again = await claimed(store)
    assert (again.attempts, again.error) == (2, "ratelimited")
    assert not may_stand(again)
    assert await store.outbox.unsure(again, NOW, "TimeoutError")
    await alter(store, "k", next_at=NOW, first_attempt_at=again.first_attempt_at and again.first_attempt_at - HOUR)
    looked_for = await store.outbox.claim_unknown("looker", NOW)
    assert looked_for is not None
    assert await store.outbox.again(looked_for, NOW)
    third = await claimed(store)
    assert may_stand(third)
    assert await store.outbox.later(third, NOW, timedelta())
    assert may_stand(await claimed(store)), "an earlier try may still stand"


async def test_a_letter_with_nothing_more_to_say_is_dropped(store: Store) -> None:
    await put(store, letter("k"))
    assert await store.outbox.drop(await claimed(store), NOW)
    assert (await row(store, "k")).state == "dropped"


async def test_a_channel_that_takes_nothing_takes_none_of_its_letters(store: Store) -> None:
    await put(store, letter("first"), letter("second"), letter("held", not_before=NOW + HOUR), letter("c2", "C2"))
    posting = await claimed(store)
    told = [letter("notice", "U9", kind="notice")]
    assert await store.outbox.refuse(posting, NOW, "not_in_channel", is_of_channel=True, notices=told)
    keys = ("first", "second", "held", "c2", "notice")
    assert [(await row(store, key)).state for key in keys] == ["dead", "dead", "pending", "pending", "pending"]
    assert {(await row(store, key)).error for key in keys[:2]} == {"not_in_channel"}


async def test_a_letter_that_is_refused_for_itself_dies_alone(store: Store) -> None:
    await put(store, letter("first"), letter("second"))
    assert await store.outbox.refuse(await claimed(store), NOW, "msg_too_long", is_of_channel=False)
    assert [(await row(store, key)).state for key in ("first", "second")] == ["dead", "pending"]


async def test_a_letter_that_is_found_stands_at_its_earliest(store: Store) -> None:
    posting = await unknown(store)
    assert await store.outbox.found(posting, "C1", ["1.1", "2.2"], NOW)
    stands = await row(store, "k")
    assert (stands.state, stands.ts, stands.sweep_at is not None) == ("sent", "1.1", True)
    assert await seen(store, posting) == [("1.1", "history"), ("2.2", "history")]


async def test_one_that_was_tried_once_and_found_once_needs_no_sweep(store: Store) -> None:
    posting = await unknown(store)
    assert await store.outbox.found(posting, "C1", ["1.1"], NOW)
    assert (await row(store, "k")).sweep_at is None


async def test_what_could_not_be_looked_for_is_looked_for_later(store: Store) -> None:
    posting = await unknown(store)
    assert await store.outbox.unread(posting, NOW, HOUR, "internal_error")
    left = await row(store, "k")
    assert (left.state, left.error, left.lease_owner) == ("unknown", "internal_error", None)
    assert await store.outbox.claim_unknown("b", NOW) is None
    assert not await store.outbox.again(posting, NOW), "its claim is over"


async def test_what_is_said_again_unseen_is_marked_as_a_repeat(store: Store) -> None:
    posting = await unknown(store)
    assert await store.outbox.again(posting, NOW, is_repeat=True)
    again = await claimed(store)
    assert again.is_repeat
    assert await store.outbox.sent(again, "C1", "2.2", NOW)
    assert (await row(store, "k")).sweep_at is not None


async def test_nobody_ever_knows_of_what_is_forgotten(store: Store) -> None:
    assert await store.outbox.forget(await unknown(store), NOW, "too_many_pages")
    assert (await row(store, "k")).state == "dropped"


@pytest.mark.parametrize("kind", ["root", "digest"])
async def test_the_copy_that_stays_is_the_message_from_then_on(store: Store, kind: str) -> None:
    await sent(store, ts="2.2", kind=kind)
    await alter(store, "k", sweep_at=NOW, is_repeat=True)
    posting = await store.outbox.claim_sweep("a", NOW)
    assert posting is not None
    assert await store.outbox.swept(posting, NOW, ["1.1", "2.2"], HOUR)
    stands = await row(store, "k")
    assert (stands.ts, stands.is_repeat, stands.sweep_at is not None) == ("1.1", True, True)
    assert (stands.refresh_at is not None) is (kind == "root"), "it is an earlier message, with what was so then"
    assert ("1.1", "history") in await seen(store, posting)


async def test_a_repeat_that_stands_alone_is_none(store: Store) -> None:
    await sent(store)
    await alter(store, "k", sweep_at=NOW, is_repeat=True)
    posting = await store.outbox.claim_sweep("a", NOW)
    assert posting is not None
    assert await store.outbox.swept(posting, NOW, [], None)
    stands = await row(store, "k")
    assert (stands.ts, stands.is_repeat, stands.sweep_at, stands.rendered_version) == ("1.1", False, None, 0)


async def test_an_edit_that_slack_never_takes_is_given_up(store: Store) -> None:
    await sent(store)
    await alter(store, "k", wanted_version=2, refresh_at=NOW)
    posting = await store.outbox.claim_edit("a", NOW)
    assert posting is not None
    assert await store.outbox.edit_later(posting, NOW, timedelta(), "internal_error")
    posting = await store.outbox.claim_edit("b", NOW)
    assert posting is not None
    assert await store.outbox.edited(posting, NOW, "msg_too_long")
    stands = await row(store, "k")
    assert (stands.error, stands.rendered_version, stands.state) == ("msg_too_long", 2, "sent")


async def lost(store: Store, key: str, version: int = 9) -> bool:
    await alter(store, key, wanted_version=version, refresh_at=NOW)
    posting = await store.outbox.claim_edit("a", NOW)
    assert posting is not None
    return await store.outbox.lose(posting, NOW, "message_not_found")


async def test_a_message_that_is_gone_goes_on_in_a_new_one(store: Store) -> None:
    (alert,) = await begun(store.alerts, found("yolo"))
    root = await store.outbox.claim("a", NOW)
    assert root is not None
    assert await store.outbox.sent(root, "C1", "1.1", NOW)
    await put(store, letter("reply", kind="reply", depends_on=root.outbox_id))
    assert await lost(store, root.dedupe_key)
    old, (new,) = await row(store, root.dedupe_key), await store.outbox.roots(alert.alert_id)
    assert (old.state, old.error) == ("dropped", "message_not_found")
    assert (new.state, new.payload["continued"], new.wanted_version) == ("pending", True, 9)
    assert (await row(store, "reply")).depends_on == new.outbox_id
    posting = await claimed(store)
    assert await store.outbox.sent(posting, "C1", "2.2", NOW)
    assert await lost(store, posting.dedupe_key, 10), "and again"
    assert [each.state for each in await store.outbox.roots(alert.alert_id)] == ["pending"]


async def test_what_is_over_and_was_taken_away_is_not_said_again(store: Store) -> None:
    (alert,) = await begun(store.alerts, found("yolo"))
    root = await store.outbox.claim("a", NOW)
    assert root is not None
    assert await store.outbox.sent(root, "C1", "1.1", NOW)
    await store.alerts.resolve(alert.alert_id, NOW, {})
    assert await lost(store, root.dedupe_key)
    assert await store.outbox.roots(alert.alert_id) == []


@pytest.mark.parametrize("kind", ["reply", "digest", "storm"])
async def test_a_line_that_was_taken_away_stays_away(store: Store, kind: str) -> None:
    await sent(store, kind=kind, storm_id="closed long ago" if kind == "storm" else None)
    assert await lost(store, "k")
    assert [each.state for each in await store.outbox.deliveries()] == ["dropped"]


async def test_only_who_has_the_edit_loses_the_message(store: Store) -> None:
    await sent(store)
    await alter(store, "k", wanted_version=2, refresh_at=NOW)
    posting = await store.outbox.claim_edit("a", NOW)
    assert posting is not None
    await alter(store, "k", lease_owner="b")
    assert not await store.outbox.lose(posting, NOW, "message_not_found")
    await store.outbox.tidy(NOW, NONE, NONE)
    assert (await row(store, "k")).state == "sent"
