"""Letters are written once, change as what they tell of does, and are dropped with it."""

from datetime import timedelta

from db.store.alerts.outbox import add, drop, touch
from db.store.store import Store
from tests.unit.db.store.outbox.samples import NOW, alter, letter, put, row, sent


async def test_a_letter_is_written_once_whoever_writes_it(store: Store) -> None:
    assert await store.outbox.put([letter("k"), letter("k"), letter("other")], NOW) == 2
    assert await store.outbox.put([letter("k", channel="C2")], NOW) == 0
    assert await store.outbox.put([], NOW) == 0
    assert [each.dedupe_key for each in await store.outbox.deliveries()] == ["other", "k"]
    assert (await row(store, "k")).channel == "C1"


async def test_more_letters_than_a_statement_takes_keep_their_order(store: Store) -> None:
    assert await store.outbox.put([letter(f"{n:04}") for n in range(1_100)], NOW) == 1_100
    keys = [each.dedupe_key for each in await store.outbox.deliveries(2_000)]
    assert keys == sorted(keys, reverse=True)


async def test_a_letter_is_not_there_where_its_transaction_is_not(store: Store) -> None:
    try:
        async with store.outbox._database.writing() as connection:
            await add(connection, [letter("k")], NOW)
            raise LookupError
    except LookupError:
        assert await store.outbox.deliveries() == []


async def test_a_letter_is_held_until_its_time(store: Store) -> None:
    later = NOW + timedelta(hours=8)
    await put(store, letter("quiet", not_before=later), letter("past", not_before=NOW - timedelta(hours=1)))
    assert [(await row(store, key)).next_at for key in ("quiet", "past")] == [later, NOW]


async def test_only_a_persons_direct_channel_is_to_be_opened(store: Store) -> None:
    made = await put(store, *(letter(channel, channel) for channel in ("C1", "D1", "G1", "U1", "W1")))
    assert [each.conversation for each in made] == ["C1", "D1", "G1", None, None]


async def test_several_changes_are_one_edit_a_little_later(store: Store) -> None:
    await sent(store, "a", alert_id="A")
    await put(store, letter("still to come", alert_id="A", channel="C2"), letter("reply", alert_id="A", kind="reply"))
    for version, second in ((2, 0), (3, 4), (1, 9)):
        async with store.outbox._database.writing() as connection:
            await touch(connection, NOW + timedelta(seconds=second), alert_id="A", version=version)
    stands, waits, reply = [await row(store, key) for key in ("a", "still to come", "reply")]
    assert (stands.wanted_version, stands.refresh_at) == (3, NOW + timedelta(seconds=5))
    assert (waits.wanted_version, waits.refresh_at) == (3, None), "it is written as it then is"
    assert reply.wanted_version == 1


async def test_a_storm_and_a_page_of_it_are_touched_by_themselves(store: Store) -> None:
    await put(store, letter("storm", kind="storm", storm_id="S"), letter("page", kind="storm_list", storm_id="S"))
    async with store.outbox._database.writing() as connection:
        await touch(connection, NOW, storm_id="S", version=2)
        await touch(connection, NOW, dedupe_key="page", version=4)
    assert [(await row(store, key)).wanted_version for key in ("storm", "page")] == [2, 4]


async def test_what_is_not_sent_yet_is_dropped_with_its_alert(store: Store) -> None:
    await sent(store, "sent", alert_id="A")
    await put(
        store, letter("root", alert_id="A"), letter("reply", alert_id="A", kind="reply"), letter("b", alert_id="B")
    )
    async with store.outbox._database.writing() as connection:
        assert await drop(connection, "A", "root") == 1
        assert await drop(connection, "A") == 1
        assert await drop(connection, "A") == 0
    states = [(await row(store, key)).state for key in ("sent", "root", "reply", "b")]
    assert states == ["sent", "dropped", "dropped", "pending"]


async def test_the_outbox_tells_how_it_stands(store: Store) -> None:
    await sent(store, "sent", channel="C2", ts="2.2")
    quiet = NOW + timedelta(days=1)
    keys = ("late", "unknown", "dead", "quiet")
    await put(store, *(letter(key, alert_id="A") for key in keys[:3]), letter("quiet", not_before=quiet))
    await alter(store, "unknown", state="unknown")
    await alter(store, "dead", state="dead")
    await alter(store, "late", error="token_revoked", next_at=NOW - timedelta(hours=2))
    health = await store.outbox.health(NOW)
    assert (health.pending, health.unknown, health.dead) == (2, 1, 1)
    assert health.oldest_pending == NOW - timedelta(hours=2)
    assert list(health.last_sent) == ["C2"]
    assert health.held == {"token_revoked": 1}


async def test_letters_are_found_by_what_is_asked_of_them(store: Store) -> None:
    made = await put(
        store, letter("a", alert_id="A"), letter("b", "C2", alert_id="A"), letter("r", alert_id="A", kind="reply")
    )
    assert await store.outbox.by_id(made[1].outbox_id) == made[1]
    assert await store.outbox.by_id("nobody's") is None
    assert await store.outbox.roots("A") == made[:2]
    assert await store.outbox.deliveries(channel="C2") == [made[1]]
    assert await store.outbox.deliveries(1) == [made[2]]
