"""Feedback: one rating a person and turn, the last one counts."""

from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import column, create_engine, insert, table

from db.store import upgrade
from db.store.errors import StoreUnavailable
from db.store.feedback import Saved
from db.store.records import Feedback
from db.store.store import Store
from tests.unit.db.store.owner import owner_reads, owner_runs
from tests.unit.db.store.samples import NOON, a_turn, answered

GOOD = Feedback("t1", "U1", "good", NOON)
BAD = Feedback("t1", "U1", "bad", NOON)
WHY = replace(BAD, reason="slow", expected="5초 안에")
LATER = timedelta(minutes=3)


@pytest.fixture(autouse=True)
async def turn(store: Store) -> None:
    await store.turns.start(a_turn("t1"))
    await store.turns.finish(answered("t1"))


async def save(store: Store, given: Feedback) -> Saved:
    return await store.feedback.save(given, "T1", "C1")


def kept(url: str) -> list[tuple[str | None, ...]]:
    return owner_reads(url, "SELECT user_id, rating, reason, expected FROM feedback ORDER BY user_id")


def times(url: str) -> tuple[str, str]:
    ((rated_at, updated_at),) = owner_reads(url, "SELECT rated_at, updated_at FROM feedback")
    return str(rated_at)[11:16], str(updated_at)[11:16]


async def test_a_rating_is_kept_once_for_each_person(store: Store, url: str) -> None:
    assert await save(store, GOOD) == "saved"
    assert await save(store, GOOD) == "unchanged"
    assert await save(store, replace(BAD, user_id="U2")) == "saved"
    assert kept(url) == [("U1", "good", None, None), ("U2", "bad", None, None)]


async def test_a_change_of_mind_replaces_the_rating_with_its_reason_and_time(store: Store, url: str) -> None:
    await save(store, WHY)
    assert await save(store, replace(GOOD, at=NOON + LATER)) == "saved"
    assert kept(url) == [("U1", "good", None, None)]
    assert times(url) == ("12:03", "12:03")


async def test_a_reason_that_follows_is_added_and_the_rating_keeps_its_time(store: Store, url: str) -> None:
    await save(store, BAD)
    assert await save(store, replace(WHY, at=NOON + LATER)) == "saved"
    assert kept(url) == [("U1", "bad", "slow", "5초 안에")]
    assert times(url) == ("12:00", "12:03")


async def test_the_same_reason_again_changes_nothing_and_another_one_replaces_it(store: Store, url: str) -> None:
    await save(store, WHY)
    assert await save(store, replace(WHY, at=NOON + LATER)) == "unchanged"
    assert await save(store, replace(WHY, reason="other", expected=None)) == "saved"
    assert kept(url) == [("U1", "bad", "other", None)]


async def test_a_bare_rating_does_not_lose_the_reason_given_before(store: Store, url: str) -> None:
    await save(store, WHY)
    assert await save(store, BAD) == "unchanged"
    assert kept(url) == [("U1", "bad", "slow", "5초 안에")]


@pytest.mark.parametrize(
    ("turn_id", "team", "channel"),
    [("ghost", "T1", "C1"), ("", "T1", "C1"), ("t1", "T2", "C1"), ("t1", "T1", "C2")],
    ids=["no such turn", "no turn at all", "another team's", "another channel's"],
)
async def test_a_turn_that_is_not_there_is_not_rated(
    store: Store, url: str, turn_id: str, team: str, channel: str
) -> None:
    assert await store.feedback.save(replace(GOOD, turn_id=turn_id), team, channel) == "unknown"
    assert kept(url) == []


async def test_a_withdrawn_turn_is_not_rated_any_more(store: Store, url: str) -> None:
    await store.turns.forget("t1")
    assert await save(store, GOOD) == "unknown"
    assert kept(url) == []


async def test_a_withdrawn_turn_keeps_its_ratings_but_no_word_of_them(store: Store, url: str) -> None:
    await store.turns.start(a_turn("t2"))
    await save(store, WHY)
    await store.feedback.save(replace(WHY, turn_id="t2", user_id="U2"), "T1", "C1")
    await store.turns.forget("t1")
    assert kept(url) == [("U1", "bad", "slow", None), ("U2", "bad", "slow", "5초 안에")]


async def test_half_a_character_in_feedback_is_replaced(store: Store, url: str) -> None:
    await save(store, replace(WHY, expected="a\ud800b"))
    assert kept(url) == [("U1", "bad", "slow", "a?b")]


async def test_a_store_made_before_there_was_feedback_gets_its_table(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/old.db")
    config = Config()
    config.set_main_option("script_location", str(Path(upgrade.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        first = {
            name: value for name, value in asdict(a_turn("t1")).items() if name not in ("prompt_version", "replica")
        }
        connection.execute(
            insert(table("turns", *map(column, first))), first | {"reply_ts": "[]", "queries": "[]", "focus": "[]"}
        )
    engine.dispose()
    async with await Store.open(f"sqlite:///{tmp_path}/old.db") as store:
        assert await save(store, GOOD) == "saved"


async def test_feedback_without_a_store_is_told_as_such(store: Store, url: str) -> None:
    owner_runs(url, "DROP TABLE feedback")
    with pytest.raises(StoreUnavailable):
        await save(store, GOOD)


async def test_how_well_the_question_was_understood_is_kept_with_the_words(store: Store) -> None:
    assert await save(store, replace(WHY, understanding=2)) == "saved"
    assert await save(store, replace(WHY, understanding=2)) == "unchanged"
    assert await save(store, replace(WHY, understanding=4)) == "saved"
    (rated,) = await store.feedback.rated("T1", NOON)
    assert (rated.bad, rated.reasons, rated.expected, rated.understanding) == (1, ("slow",), ("5초 안에",), 4.0)


async def test_a_reaction_that_is_taken_back_takes_its_rating_with_it(store: Store) -> None:
    reaction = replace(GOOD, source="reaction")
    await save(store, reaction)
    assert not await store.feedback.withdraw("t1", "U1", "bad")
    assert await store.feedback.withdraw("t1", "U1", "good")
    assert not await store.feedback.withdraw("t1", "U1", "good")
    assert await store.feedback.rated("T1", NOON) == []


async def test_a_rating_by_button_or_with_words_outlives_a_reaction_that_is_taken_back(store: Store) -> None:
    await save(store, GOOD)
    assert not await store.feedback.withdraw("t1", "U1", "good")
    await save(store, replace(WHY, source="reaction"))
    assert not await store.feedback.withdraw("t1", "U1", "bad")


async def test_the_worst_answer_comes_first_with_what_answered_it(store: Store) -> None:
    for name in ("t2", "t3"):
        await store.turns.start(a_turn(name))
        await store.turns.finish(answered(name, prompt_version="p1"))
    await save(store, GOOD)
    for person in ("U1", "U2"):
        await save(store, replace(BAD, turn_id="t2", user_id=person))
    await save(store, replace(BAD, turn_id="t3", user_id="U1"))
    await save(store, replace(GOOD, turn_id="t3", user_id="U2"))
    found = await store.feedback.rated("T1", NOON)
    assert [(one.turn_id, one.good, one.bad) for one in found] == [("t2", 0, 2), ("t3", 1, 1), ("t1", 1, 0)]
    worst = found[0]
    assert (worst.question, worst.sql, worst.tables) == ("질문 t2", "SELECT 1", ("models",))
    assert (worst.engine, worst.prompt_version, worst.understanding) == ("llm", "p1", None)
    assert await store.feedback.rated("T2", NOON) == []
    assert await store.feedback.rated("T1", NOON + LATER) == []


async def test_a_forgotten_answer_is_in_no_list(store: Store) -> None:
    await save(store, BAD)
    await store.turns.forget("t1")
    assert await store.feedback.rated("T1", NOON) == []
