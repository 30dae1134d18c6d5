"""The turns of each thread."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.store.database import as_json
from db.store.store import Store
from tests.unit.db.store.samples import NOON, PRICED, UNPRICED, a_turn, answered


async def test_a_finished_turn_comes_back_as_it_was_saved(store: Store) -> None:
    await store.turns.start(a_turn("t1", source_ts="1.5"))
    assert await store.turns.finish(answered("t1"), [PRICED]) is True
    (turn,) = await store.turns.history("T1", "C1", "1.0", 5)
    assert turn == replace(answered("t1"), source_ts="1.5", status="done")


async def test_history_is_the_last_answered_turns_of_that_thread_oldest_first(store: Store) -> None:
    for minute in range(5):
        await store.turns.start(a_turn(f"t{minute}", minute=minute))
        await store.turns.finish(answered(f"t{minute}"))
    await store.turns.start(a_turn("running", minute=9))
    await store.turns.start(a_turn("elsewhere", minute=8, thread_ts="2.0"))
    await store.turns.finish(answered("elsewhere"))
    assert [turn.turn_id for turn in await store.turns.history("T1", "C1", "1.0", 3)] == ["t2", "t3", "t4"]
    assert [turn.turn_id for turn in await store.turns.history("T1", "C1", "2.0", 3)] == ["elsewhere"]
    assert await store.turns.history("T1", "C2", "1.0", 3) == []


async def test_a_turn_and_the_claims_on_its_event_are_written_together_or_not_at_all(store: Store) -> None:
    assert await store.turns.start(a_turn("t1"), ["event", "message"]) is True
    assert await store.turns.start(a_turn("t2"), ["another event", "message"]) is False
    assert [turn.turn_id for turn in await store.turns.unfinished()] == ["t1"]
    assert await store.claims.first(["another event"], NOON) is True


async def test_turns_asked_at_the_same_moment_keep_the_order_they_were_started_in(store: Store) -> None:
    for turn_id in ("z", "a", "m"):
        await store.turns.start(a_turn(turn_id))
        await store.turns.finish(answered(turn_id))
    assert [turn.turn_id for turn in await store.turns.history("T1", "C1", "1.0", 2)] == ["a", "m"]


async def test_times_come_back_in_utc_whatever_zone_they_had(store: Store) -> None:
    seoul = timezone(timedelta(hours=9))
    await store.turns.start(a_turn("t1", asked_at=NOON.astimezone(seoul)))
    await store.turns.finish(answered("t1"))
    (turn,) = await store.turns.history("T1", "C1", "1.0", 1)
    assert turn.asked_at == NOON
    assert turn.asked_at.utcoffset() == timedelta(0)


async def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="without a zone"):
        await store.turns.start(a_turn("t1", asked_at=datetime(2026, 1, 1)))


async def test_a_failed_turn_keeps_its_place_in_the_thread_and_its_cost(store: Store) -> None:
    await store.turns.start(a_turn("t1", source_ts="1.5"))
    assert await store.turns.fail("t1", "model_unavailable", NOON, [UNPRICED]) is True
    [remembered] = await store.turns.history("T1", "C1", "1.0", 5)
    turn = await store.turns.by_source("T1", "C1", "1.5")
    assert turn is not None
    assert turn == remembered == await store.turns.by_id("t1")
    assert await store.turns.by_id("t2") is None
    assert (turn.status, turn.error, turn.finished_at) == ("failed", "model_unavailable", NOON)
    assert [total.model for total in await store.usage.totals(NOON, NOON + timedelta(1))] == ["house-model"]


async def test_the_turn_of_a_slack_message_is_found_for_its_edit_or_deletion(store: Store) -> None:
    await store.turns.start(a_turn("first", source_ts="1.5"))
    await store.turns.start(a_turn("again", minute=1, source_ts="1.5"))
    await store.turns.set_reply("again", ["1.7", "1.8"])
    turn = await store.turns.by_source("T1", "C1", "1.5")
    assert turn is not None
    assert (turn.turn_id, turn.reply_ts) == ("again", ("1.7", "1.8"))
    assert await store.turns.by_source("T1", "C2", "1.5") is None


async def test_a_forgotten_turn_keeps_no_word_of_it(store: Store) -> None:
    await store.turns.start(a_turn("t1", source_ts="1.5"))
    await store.turns.finish(answered("t1"), [PRICED])
    await store.turns.forget("t1")
    turn = await store.turns.by_source("T1", "C1", "1.5")
    assert turn is not None
    assert turn.status == "forgotten"
    kept = (turn.question, turn.answer, turn.queries, turn.result, turn.focus, turn.frame)
    assert kept == ("", "", (), None, (), None)
    assert await store.turns.history("T1", "C1", "1.0", 5) == []


async def test_a_turn_forgotten_while_it_ran_stays_empty_and_its_cost_is_kept_once(store: Store) -> None:
    await store.turns.start(a_turn("t1", source_ts="1.5"))
    await store.turns.forget("t1")
    assert await store.turns.finish(answered("t1"), [PRICED]) is False
    assert await store.turns.finish(answered("t1"), [PRICED]) is False
    turn = await store.turns.by_source("T1", "C1", "1.5")
    assert turn is not None
    assert (turn.status, turn.answer) == ("forgotten", "")
    (total,) = await store.usage.totals(NOON, NOON + timedelta(1))
    assert total.turns == 1


async def test_what_was_never_started_is_not_finished(store: Store) -> None:
    assert await store.turns.finish(answered("ghost"), [PRICED]) is False
    assert await store.usage.totals(NOON, NOON + timedelta(1)) == []


async def test_the_bot_is_engaged_where_it_has_a_turn_that_is_not_forgotten(store: Store) -> None:
    assert await store.turns.engaged("T1", "C1", "1.0") is False
    await store.turns.start(a_turn("t1"))
    assert await store.turns.engaged("T1", "C1", "1.0") is True
    assert await store.turns.engaged("T1", "C1", "2.0") is False
    await store.turns.forget("t1")
    assert await store.turns.engaged("T1", "C1", "1.0") is False


async def test_only_one_of_two_may_interrupt_a_turn(store: Store) -> None:
    await store.turns.start(a_turn("t1"))
    assert [turn.turn_id for turn in await store.turns.unfinished()] == ["t1"]
    assert await store.turns.interrupt("t1", NOON) is True
    assert await store.turns.interrupt("t1", NOON) is False
    assert await store.turns.unfinished() == []


async def test_half_a_character_is_replaced_and_not_refused(store: Store) -> None:
    await store.turns.start(a_turn("t1", question="a\ud800b"))
    await store.turns.finish(answered("t1", answer="c\ud800", frame={"x": "\ud800"}))
    (turn,) = await store.turns.history("T1", "C1", "1.0", 1)
    assert (turn.question, turn.answer, turn.frame) == ("a?b", "c?", {"x": "?"})


@given(st.recursive(st.none() | st.booleans() | st.text(), st.lists, max_leaves=5))
def test_whatever_is_kept_as_json_can_be_stored_as_utf8(value: object) -> None:
    assert as_json(value).encode()


async def test_a_message_of_ours_tells_which_turn_it_answers(store: Store) -> None:
    await store.turns.start(a_turn("t1"))
    await store.turns.set_reply("t1", ["1.7", "1.8"])
    found = await store.turns.by_reply("T1", "C1", "1.8")
    assert found is not None
    assert found.turn_id == "t1"
    assert await store.turns.by_reply("T1", "C1", "1.9") is None
    assert await store.turns.by_reply("T1", "C2", "1.8") is None
    await store.turns.set_reply("t1", ["1.7"])
    assert await store.turns.by_reply("T1", "C1", "1.8") is None


async def test_what_is_added_to_a_reply_stands_behind_it_and_goes_with_it(store: Store) -> None:
    await store.turns.start(a_turn("t1", source_ts="1.5"))
    await store.turns.set_reply("t1", ["1.7"])
    added = await asyncio.gather(store.turns.add_reply("t1", ["1.8"]), store.turns.add_reply("t1", ["1.9"]))
    assert all(added)
    found = await store.turns.by_reply("T1", "C1", "1.9")
    assert found is not None
    assert (found.reply_ts[0], set(found.reply_ts)) == ("1.7", {"1.7", "1.8", "1.9"})
    assert await store.turns.forget("t1") == found.reply_ts
    assert await store.turns.forget("ghost") == ()


async def test_nothing_is_added_to_a_forgotten_reply(store: Store) -> None:
    await store.turns.start(a_turn("t1", source_ts="1.5"))
    await store.turns.forget("t1")
    assert await store.turns.add_reply("t1", ["1.8"]) is False
    assert await store.turns.add_reply("ghost", ["1.8"]) is False
    assert await store.turns.by_reply("T1", "C1", "1.8") is None


async def test_a_message_that_is_overwritten_answers_the_later_turn(store: Store) -> None:
    for name in ("t1", "t2"):
        await store.turns.start(a_turn(name))
        await store.turns.set_reply(name, ["1.7"])
    found = await store.turns.by_reply("T1", "C1", "1.7")
    assert found is not None
    assert found.turn_id == "t2"
