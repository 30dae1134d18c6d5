"""Feedback: one rating a person and turn, the last one counts."""

import sqlite3
from contextlib import closing
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, insert

from db.store import upgrade
from db.store.errors import StoreUnavailable
from db.store.feedback import Saved
from db.store.records import Feedback
from db.store.store import Store
from db.store.tables import turns
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
    with closing(sqlite3.connect(Path(url.removeprefix("sqlite:///")))) as owner:
        return owner.execute("SELECT user_id, rating, reason, expected FROM feedback ORDER BY user_id").fetchall()


def times(url: str) -> tuple[str, str]:
    with closing(sqlite3.connect(Path(url.removeprefix("sqlite:///")))) as owner:
        rated_at, updated_at = owner.execute("SELECT rated_at, updated_at FROM feedback").fetchone()
        return rated_at[11:16], updated_at[11:16]


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
        connection.execute(insert(turns), asdict(a_turn("t1")))
    engine.dispose()
    async with await Store.open(f"sqlite:///{tmp_path}/old.db") as store:
        assert await save(store, GOOD) == "saved"


async def test_feedback_without_a_store_is_told_as_such(store: Store, url: str) -> None:
    with closing(sqlite3.connect(Path(url.removeprefix("sqlite:///")))) as owner:
        owner.execute("DROP TABLE feedback")
    with pytest.raises(StoreUnavailable):
        await save(store, GOOD)
