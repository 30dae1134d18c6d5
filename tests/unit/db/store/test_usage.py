"""The ledger of tokens and money."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.sqlite import dialect

from db.store.records import Spent, UsageBy, UsageEntry, UsageTotal
from db.store.store import Store
from db.store.tables import Usd
from tests.unit.db.store.samples import NOON, PRICED, UNPRICED, a_turn, answered

DAY = timedelta(days=1)


async def spend(store: Store, turn_id: str, entries: Sequence[UsageEntry], user: str = "U1", minute: int = 0) -> None:
    await store.turns.start(a_turn(turn_id, user_id=user, minute=minute))
    await store.turns.finish(answered(turn_id, minute=minute), entries)


async def test_totals_are_per_user_and_model(store: Store) -> None:
    await spend(store, "t1", [PRICED, UNPRICED])
    await spend(store, "t2", [PRICED])
    await spend(store, "t3", [PRICED], user="U2")
    assert await store.usage.totals(NOON, NOON + DAY) == [
        UsageTotal("U1", "house-model", 1, 1, 10, 0, 5, None, 1),
        UsageTotal("U1", "solar-pro3", 2, 4, 2000, 400, 100, Decimal("0.000246913578"), 0),
        UsageTotal("U2", "solar-pro3", 1, 2, 1000, 200, 50, Decimal("0.000123456789"), 0),
    ]


async def test_an_unknown_price_is_counted_and_never_guessed(store: Store) -> None:
    await spend(store, "t1", [UsageEntry("m", cost_usd=Decimal("0.5"))])
    await spend(store, "t2", [UsageEntry("m", cost_usd=None)])
    (total,) = await store.usage.totals(NOON, NOON + DAY)
    assert (total.turns, total.cost_usd, total.unpriced_turns) == (2, Decimal("0.5"), 1)


async def test_only_turns_inside_the_span_count_and_its_end_is_outside(store: Store) -> None:
    for minute in range(4):
        await spend(store, f"t{minute}", [PRICED], minute=minute)
    first, last = answered("", minute=1).finished_at, answered("", minute=3).finished_at
    assert first is not None
    assert last is not None
    (total,) = await store.usage.totals(first, last)
    assert total.turns == 2


@given(st.lists(st.decimals(0, 100, places=12), max_size=20))
def test_costs_add_up_exactly(costs: list[Decimal]) -> None:
    kept, sqlite = Usd(), dialect()
    stored = [kept.process_bind_param(cost, sqlite) or 0 for cost in costs]
    assert kept.process_result_value(sum(stored), sqlite) == sum(costs)


async def test_what_was_spent_is_one_sum_of_all(store: Store) -> None:
    assert await store.usage.spent(NOON, NOON + DAY) == Spent(0, Decimal(0))
    await spend(store, "t1", [PRICED, UNPRICED])
    await spend(store, "t2", [UNPRICED], user="U2", minute=5)
    assert await store.usage.spent(NOON, NOON + DAY) == Spent(1_080, Decimal("0.000123456789"))
    assert (await store.usage.spent(NOON, NOON + timedelta(minutes=5))).tokens == 1_065


async def test_what_each_took_is_told_by_user_channel_and_model_the_most_first(store: Store) -> None:
    await spend(store, "t1", [PRICED, UNPRICED])
    await spend(store, "t2", [PRICED])
    await spend(store, "t3", [PRICED], user="U2")
    priced = PRICED.cost_usd or Decimal(0)
    span = (NOON, NOON + DAY)
    assert await store.usage.by("user", *span) == [
        UsageBy("U1", 2, 5, 2115, 2 * priced, 1),
        UsageBy("U2", 1, 2, 1050, priced, 0),
    ]
    assert await store.usage.by("model", *span) == [
        UsageBy("solar-pro3", 3, 6, 3150, 3 * priced, 0),
        UsageBy("house-model", 1, 1, 15, None, 1),
    ]
    assert await store.usage.by("channel", *span) == [UsageBy("C1", 3, 7, 3165, 3 * priced, 1)]
    assert await store.usage.by("user", NOON + DAY, NOON + 2 * DAY) == []


async def test_how_many_answers_each_engine_gave(store: Store) -> None:
    await spend(store, "t1", [PRICED])
    await store.turns.start(a_turn("t2"))
    await store.turns.finish(answered("t2", engine="offline"))
    await store.turns.start(a_turn("t3"))
    await store.turns.fail("t3", "turn_deadline", NOON)
    assert await store.usage.answers(NOON, NOON + DAY) == {"llm": 1, "offline": 1}
    assert await store.usage.answers(NOON + DAY, NOON + 2 * DAY) == {}


async def test_what_nobody_asked_for_costs_and_is_no_answer(store: Store) -> None:
    turn = a_turn("c1", user_id="UBOT", channel="C7", thread_ts="cause:a1", asked_at=NOON)
    await store.usage.book(turn, [PRICED, UNPRICED])
    await store.usage.book(a_turn("c2", asked_at=NOON), [])
    until = NOON + timedelta(minutes=1)
    spent = await store.usage.spent(NOON, until)
    assert spent.tokens == sum(one.prompt_tokens + one.completion_tokens for one in (PRICED, UNPRICED))
    assert spent.cost_usd == PRICED.cost_usd
    assert [one.subject for one in await store.usage.by("channel", NOON, until)] == ["C7"]
    assert await store.usage.answers(NOON, until) == {}
    assert await store.turns.by_id("c2") is None
    kept = await store.turns.by_id("c1")
    assert kept is not None
    assert (kept.question, kept.status) == ("", "forgotten")
    assert await store.turns.unfinished() == []
