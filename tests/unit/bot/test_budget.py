"""Limits on questions: a minute's in memory, a day's from the ledger."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.messages.refusals import refusal
from bot.people.budget import Budget, End
from bot.people.refusals import Refusals
from bot.settings import Settings
from db.store.engines import database_at
from db.store.records import StoredTurn, UsageEntry
from db.store.store import Store
from db.store.usage import UsageLog

BEGIN = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with await Store.open(f"sqlite:///{tmp_path}/store.db") as opened:
        yield opened


def budget(store: Store, clock: Clock, **settings: Any) -> Budget:
    return Budget(Settings.model_validate(settings), store.usage, clock)


async def spend(store: Store, at: datetime, tokens: int, usd: str | None = None) -> None:
    turn = StoredTurn(f"t{at.timestamp()}{tokens}", "T1", "C1", "1", "U1", "?", at, finished_at=at)
    await store.turns.start(turn)
    cost = None if usd is None else Decimal(usd)
    await store.turns.finish(turn, [UsageEntry("m", 1, tokens - 1, 0, 1, cost)])


async def test_a_minute_slides(store: Store) -> None:
    clock = Clock()
    held = budget(store, clock, questions_per_minute=2)
    assert await held.take("U1") is None
    clock.now += timedelta(seconds=30)
    assert await held.take("U1") is None
    assert await held.take("U1") == End("too_many_questions", BEGIN + timedelta(seconds=60))
    assert await held.take("U2") is None, "each has a minute of their own"
    clock.now = BEGIN + timedelta(seconds=60)
    assert await held.take("U1") is None
    assert await held.end("U1") == End("too_many_questions", BEGIN + timedelta(seconds=90))


async def test_what_was_no_question_does_not_count(store: Store) -> None:
    held = budget(store, Clock(), questions_per_minute=1)
    assert await held.take("U1") is None
    held.give_back("U1")
    assert await held.take("U1") is None
    assert await held.take("U1") is not None


async def test_zero_is_no_limit(store: Store) -> None:
    held = budget(store, Clock(), questions_per_minute=0)
    assert [await held.take("U1") for _ in range(100)] == [None] * 100
    held.give_back("U1")


@pytest.mark.parametrize(
    ("settings", "is_over"),
    [
        ({}, False),
        ({"tokens_per_day": 101}, False),
        ({"tokens_per_day": 100}, True),
        ({"usd_per_day": "0.51"}, False),
        ({"usd_per_day": "0.50"}, True),
        ({"tokens_per_day": 101, "usd_per_day": "0.5"}, True),
    ],
)
async def test_a_day_ends_when_its_budget_is_spent_by_anybody(
    store: Store, settings: dict[str, Any], is_over: bool
) -> None:
    clock = Clock()
    await spend(store, BEGIN, 60, "0.5")
    await spend(store, BEGIN, 40)
    held = budget(store, clock, **settings)
    assert await held.take("U9") == (End("budget_spent", MIDNIGHT) if is_over else None)
    clock.now = MIDNIGHT
    assert await held.take("U9") is None


async def test_yesterday_costs_nothing_today(store: Store) -> None:
    await spend(store, MIDNIGHT - timedelta(days=1, seconds=1), 500)
    assert await budget(store, Clock(), tokens_per_day=100).take("U1") is None
    await spend(store, MIDNIGHT - timedelta(days=1), 500)
    assert await budget(store, Clock(), tokens_per_day=100).take("U1") is not None


async def test_a_ledger_that_cannot_be_read_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "store.db").mkdir()
    database = database_at(f"sqlite:///{tmp_path}/store.db")
    held = Budget(Settings.model_validate({"tokens_per_day": 1}), UsageLog(database), Clock())
    assert await held.take("U1") is None
    await database.close()


def test_each_reason_is_told_once_an_hour_to_each_person() -> None:
    clock = Clock()
    refusals = Refusals(Settings(), clock)
    assert refusals.is_due("U1", "not_listed")
    assert not refusals.is_due("U1", "not_listed")
    assert refusals.is_due("U1", "budget_spent")
    assert refusals.is_due("U2", "not_listed")
    clock.now += timedelta(hours=1)
    assert refusals.is_due("U1", "not_listed")


def test_a_sentence_says_when_in_the_bots_time_zone() -> None:
    message = Refusals(Settings(), Clock()).message("budget_spent", "en", MIDNIGHT)
    assert "from 2026-11-22 00:00:00 KST on" in message.text
    assert "whoever runs this bot" in message.text


def test_only_channels_are_named_and_not_more_than_three_people() -> None:
    message = refusal("not_here", "ko", admins=["U1", "U2", "U3", "U4"], channels=["D1"])
    assert "허용된 채널에서" in message.text
    assert "<@U3>" in message.text
    assert "U4" not in message.text
    assert "<#C1>, <#C2>" in refusal("not_here", "en", channels=["C1", "D1", "C2"]).text


async def test_each_question_tells_which_part_of_the_budget_is_spent(store: Store) -> None:
    told: list[tuple[object, float, int]] = []
    given = Settings.model_validate({"tokens_per_day": 100, "usd_per_day": "1"})
    held = Budget(given, store.usage, Clock(), lambda day, share, spent: told.append((day, share, spent.tokens)))
    await held.take("U1")
    await spend(store, BEGIN, 40, "0.85")
    await held.take("U1")
    day = MIDNIGHT.astimezone(given.timezone).date() - timedelta(days=1)
    assert told == [(day, 0.0, 0), (day, 0.85, 40)]
