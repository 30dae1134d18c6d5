"""Questions with SQL that serve as examples."""

from db.store.records import Example
from db.store.store import Store
from tests.unit.db.store.samples import NOON, a_turn

FIRST = Example("t1", "실패한 파이프라인은?", "SELECT 1", "U1", NOON)
SECOND = Example("t2", "모델 몇 개야?", "SELECT 2", "U1", NOON)


async def test_the_newest_example_comes_first_and_each_turn_is_one_once(store: Store) -> None:
    assert await store.examples.add(FIRST)
    assert await store.examples.add(SECOND)
    assert not await store.examples.add(FIRST)
    assert await store.examples.all() == [SECOND, FIRST]


async def test_an_example_is_dropped_once(store: Store) -> None:
    await store.examples.add(FIRST)
    assert await store.examples.drop("t1")
    assert not await store.examples.drop("t1")
    assert await store.examples.all() == []


async def test_a_question_that_is_withdrawn_is_no_example_any_more(store: Store) -> None:
    await store.turns.start(a_turn("t1"))
    await store.examples.add(FIRST)
    await store.turns.forget("t1")
    assert await store.examples.all() == []
