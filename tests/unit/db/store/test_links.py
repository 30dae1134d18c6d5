"""Who people say they are: kept a person, and taken back."""

from datetime import UTC, datetime

from db.store.store import Store

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


async def test_the_last_link_holds_until_it_is_taken_back(store: Store) -> None:
    assert await store.links.of("T1", "U1") is None
    await store.links.put("T1", "U1", "kim@x.org", NOW)
    await store.links.put("T1", "U1", "lee@x.org", NOW)
    assert await store.links.of("T1", "U1") == "lee@x.org"
    assert await store.links.of("T1", "U2") is None
    assert await store.links.of("T2", "U1") is None
    assert await store.links.drop("T1", "U1")
    assert not await store.links.drop("T1", "U1")
    assert await store.links.of("T1", "U1") is None
