"""First-come marks."""

import asyncio
from datetime import timedelta

from db.store.store import Store
from tests.unit.db.store.samples import NOON


async def test_the_first_claim_wins_and_every_later_one_loses(store: Store) -> None:
    assert await store.claims.first(["event", "message"], NOON) is True
    assert await store.claims.first(["event", "message"], NOON) is False


async def test_one_key_in_common_is_enough_to_lose_and_nothing_else_is_claimed(store: Store) -> None:
    assert await store.claims.first(["event 1", "message"], NOON) is True
    assert await store.claims.first(["event 2", "message"], NOON) is False
    assert await store.claims.first(["event 2"], NOON) is True


async def test_a_key_named_twice_is_one_key(store: Store) -> None:
    assert await store.claims.first(["event", "event"], NOON) is True


async def test_of_many_claims_at_once_by_two_stores_exactly_one_wins(url: str) -> None:
    async with await Store.open(url) as one, await Store.open(url) as other:
        tries = [store.claims.first(["event", f"own {number}"], NOON) for number in range(20) for store in (one, other)]
        assert sum(await asyncio.gather(*tries)) == 1


async def test_claims_are_dropped_while_the_store_stays_open(store: Store) -> None:
    await store.claims.first(["old"], NOON - timedelta(days=7))
    await store.prune(NOON)
    assert await store.claims.first(["old"], NOON) is False, "a week is not over yet"
    await store.prune(NOON + timedelta(seconds=1))
    assert await store.claims.first(["old"], NOON) is True


async def test_claims_older_than_a_week_are_dropped_when_the_store_opens(url: str) -> None:
    async with await Store.open(url, clock=lambda: NOON) as store:
        await store.claims.first(["old"], NOON - timedelta(days=8))
        await store.claims.first(["young"], NOON - timedelta(days=6))
    async with await Store.open(url, clock=lambda: NOON) as store:
        assert await store.claims.first(["old"], NOON) is True
        assert await store.claims.first(["young"], NOON) is False
