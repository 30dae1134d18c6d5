"""Words that were not understood, and what was decided of them."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from db.store.records import Decision, TurnNotes, Unplaced
from db.store.store import Store
from tests.unit.db.store.samples import NOON, a_turn, answered

FAILED = {"table": "pipelines", "column": "status", "value": "failed"}
CONFIRMED = Decision("불량", "불량", "confirmed", "T1", "UADMIN", NOON, **FAILED)


async def asked(store: Store, turn_id: str, *words: str, **given: Any) -> None:
    notes = TurnNotes(unplaced=tuple(Unplaced(word.casefold(), word, (FAILED,)) for word in words))
    await store.turns.start(a_turn(turn_id, **given))
    await store.turns.finish(answered(turn_id), notes=notes)


async def test_unplaced_words_come_with_how_often_and_by_whom_the_most_frequent_first(store: Store) -> None:
    await asked(store, "t1", "불량")
    await asked(store, "t2", "망가진", "NG", user_id="U2")
    await asked(store, "t3", "ng", user_id="U3")
    ng, broken, bad = await store.synonyms.unplaced("T1", 10)
    assert (ng.word, ng.surface, ng.times, ng.users) == ("ng", "ng", 2, ("U3", "U2"))
    assert (broken.word, bad.word) == ("망가진", "불량"), "of equally frequent ones the newest first"
    assert (bad.question, bad.nearest, bad.at) == ("질문 t1", (FAILED,), NOON + timedelta(seconds=5))
    assert [one.word for one in await store.synonyms.unplaced("T1", 1)] == ["ng"]


async def test_a_team_sees_its_own_words_and_the_operator_all(store: Store) -> None:
    await asked(store, "t1", "불량")
    await asked(store, "t2", "불량", team="T2", user_id="U9")
    assert [one.users for one in await store.synonyms.unplaced("T2", 10)] == [("U9",)]
    assert [one.times for one in await store.synonyms.unplaced(None, 10)] == [2]


async def test_a_word_is_noted_once_a_turn_and_not_for_a_turn_that_was_forgotten(store: Store) -> None:
    await asked(store, "t1", "불량", "불량")
    await store.turns.start(a_turn("t2"))
    await store.turns.forget("t2")
    await store.turns.finish(answered("t2"), notes=TurnNotes(unplaced=(Unplaced("새말", "새말"),)))
    assert [(one.word, one.times) for one in await store.synonyms.unplaced("T1", 10)] == [("불량", 1)]


async def test_a_forgotten_turn_takes_its_words_along(store: Store) -> None:
    await asked(store, "t1", "불량")
    await store.turns.forget("t1")
    assert await store.synonyms.unplaced("T1", 10) == ()


async def test_words_of_long_ago_are_pruned(store: Store) -> None:
    await asked(store, "t1", "불량")
    assert await store.synonyms.prune(NOON) == 0
    await store.prune(NOON + timedelta(days=91))
    assert await store.synonyms.unplaced("T1", 10) == ()


async def test_a_confirmed_word_is_learnt_once_and_no_longer_unplaced(store: Store) -> None:
    await asked(store, "t1", "불량")
    assert await store.synonyms.decide(CONFIRMED) == "saved"
    assert await store.synonyms.decide(replace(CONFIRMED, user_id="UOTHER")) == "unchanged"
    assert await store.synonyms.confirmed() == (CONFIRMED,), "who was first shows"
    assert await store.synonyms.unplaced("T1", 10) == ()


async def test_clicks_at_the_same_moment_are_one_decision(store: Store) -> None:
    outcomes = await asyncio.gather(*(store.synonyms.decide(CONFIRMED) for _ in range(5)))
    assert sorted(outcomes) == ["saved", *["unchanged"] * 4]
    assert len(await store.synonyms.history(10)) == 1


async def test_a_word_has_one_meaning_until_that_is_undone(store: Store) -> None:
    other = replace(CONFIRMED, value="cancelled")
    undone = replace(CONFIRMED, verdict="undone", table="", column="", value="", user_id="U2")
    await store.synonyms.decide(CONFIRMED)
    assert await store.synonyms.decide(other) == "taken"
    assert await store.synonyms.decide(undone) == "saved"
    assert await store.synonyms.decide(undone) == "unchanged"
    assert await store.synonyms.decide(other) == "saved"
    assert await store.synonyms.confirmed() == (other,)
    verdicts = [(one.verdict, one.user_id, one.value) for one in await store.synonyms.history(10)]
    assert verdicts == [
        ("confirmed", "UADMIN", "cancelled"),
        ("undone", "U2", "failed"),
        ("confirmed", "UADMIN", "failed"),
    ]
    assert len(await store.synonyms.history(2)) == 2


async def test_a_dropped_word_is_asked_about_no_more_until_that_is_undone(store: Store) -> None:
    await asked(store, "t1", "불량")
    dropped = Decision("불량", "불량", "dropped", "T1", "UADMIN", NOON)
    assert [await store.synonyms.decide(dropped) for _ in range(2)] == ["saved", "unchanged"]
    assert await store.synonyms.dropped() == (dropped,)
    assert await store.synonyms.unplaced("T1", 10) == ()
    await store.synonyms.decide(replace(dropped, verdict="undone"))
    assert len(await store.synonyms.unplaced("T1", 10)) == 1


async def test_nothing_is_undone_where_nothing_was_decided(store: Store) -> None:
    assert await store.synonyms.decide(replace(CONFIRMED, verdict="undone")) == "unchanged"
    assert await store.synonyms.history(10) == ()


@pytest.mark.parametrize("status", ["done", "failed"])
async def test_how_a_turn_was_read_outlives_the_bot(store: Store, url: str, status: str) -> None:
    await store.turns.start(a_turn("t1"))
    notes = TurnNotes(explanation={"engine": "offline"})
    if status == "done":
        await store.turns.finish(answered("t1"), notes=notes)
    else:
        await store.turns.fail("t1", "turn_deadline", NOON, notes=notes)
    async with await Store.open(url) as again:
        found = await again.explanations.last_of("T1", "C1", "U1")
    assert found is not None
    assert (found.turn_id, found.question, found.explanation) == ("t1", "질문 t1", {"engine": "offline"})
    assert found.error == (None if status == "done" else "turn_deadline")


async def test_explanations_are_found_by_asker_by_thread_and_by_turn_in_their_channel(store: Store) -> None:
    for turn_id, user, thread in (("t1", "U1", "1.0"), ("t2", "U2", "1.0"), ("t3", "U1", "2.0")):
        await asked(store, turn_id, user_id=user, thread_ts=thread)
    await store.turns.start(a_turn("running"))
    explained = store.explanations
    found = (
        await explained.last_of("T1", "C1", "U1"),
        await explained.last_in("T1", "C1", "1.0"),
        await explained.of_turn("T1", "C1", "t1"),
    )
    assert [one and one.turn_id for one in found] == ["t3", "t2", "t1"]
    assert await explained.last_of("T1", "C2", "U1") is None
    assert await explained.of_turn("T1", "C2", "t1") is None
    assert await explained.of_turn("T2", "C1", "t1") is None


async def test_a_forgotten_turn_explains_nothing(store: Store) -> None:
    await store.turns.start(a_turn("t1"))
    await store.turns.finish(answered("t1"), notes=TurnNotes(explanation={"question": "secret"}))
    await store.turns.forget("t1")
    assert await store.explanations.of_turn("T1", "C1", "t1") is None
