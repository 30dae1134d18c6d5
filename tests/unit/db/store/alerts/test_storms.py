"""Many alerts of one group at once are one message that grows."""

from datetime import timedelta
from typing import Any

from db.store.alerts.reads import MOST_TOLD
from db.store.alerts.records import Press
from db.store.store import Store
from tests.unit.db.store.alerts.samples import begun, found, later, letters, lines, stand, to
from tests.unit.db.store.samples import NOON

STORMY: dict[str, Any] = {"storm_key": "failed", "storm_after": 5, "storm_within_s": 60}


async def fail(store: Store, numbers: range, at: Any = NOON, channels: tuple[str, ...] = ("C1",), **more: Any) -> None:
    names = (found(f"run {number:03}", at=at) for number in numbers)
    await begun(store.alerts, *names, at=at, route=to(*channels, **STORMY | more))


async def storm_id_of(store: Store) -> str:
    [storm] = {row.storm_id for row in await letters(store, "storm")}
    return str(storm)


async def test_up_to_so_many_each_has_a_message_of_its_own(store: Store) -> None:
    await fail(store, range(3))
    await fail(store, range(3, 5), later(0.5))
    assert [row.kind for row in await letters(store)] == ["root"] * 5


async def test_more_within_the_window_become_one_message_with_a_list(store: Store) -> None:
    await fail(store, range(30), mention=("owner",))
    assert [row.kind for row in await letters(store)] == ["storm"] + ["storm_list"] * 2
    [message], pages = await letters(store, "storm"), await letters(store, "storm_list")
    assert (message.channel, message.payload, message.wanted_version) == ("C1", {"mention": ["owner"]}, 1)
    assert [(page.payload, page.depends_on, page.channel) for page in pages] == [
        ({"page": 1}, message.outbox_id, "C1"),
        ({"page": 2}, message.outbox_id, "C1"),
    ]
    storm = await store.storms.by_id(message.storm_id)
    assert storm is not None
    assert (storm.channel, storm.key, storm.opened_at, storm.closed_at) == ("C1", "failed", NOON, None)
    members = await store.storms.members(message.storm_id)
    assert [alert.name for alert in members] == [f"run {number:03}" for number in range(30)]
    assert await store.storms.by_id("none") is None


async def test_those_that_had_a_message_of_their_own_count_and_keep_it(store: Store) -> None:
    await fail(store, range(4))
    await fail(store, range(4, 6), later(0.5))
    assert [row.kind for row in await letters(store)] == ["root"] * 4 + ["storm", "storm_list"]


async def test_a_storm_grows_and_shows_it_once_for_all_that_come_together(store: Store) -> None:
    await fail(store, range(10))
    await stand(store)
    await fail(store, range(10, 30), later(2))
    [message], pages = await letters(store, "storm"), await letters(store, "storm_list")
    assert (message.wanted_version, message.refresh_at) == (2, later(2) + timedelta(seconds=5))
    assert [(page.payload["page"], page.wanted_version, page.state) for page in pages] == [
        (1, 2, "sent"),
        (2, 2, "pending"),
    ]
    await fail(store, range(30, 31), later(3))
    pages = await letters(store, "storm_list")
    assert [page.wanted_version for page in pages] == [2, 3], "the page that has not changed is left alone"
    assert len(await store.storms.members(message.storm_id)) == 31


async def test_what_comes_slowly_is_no_storm(store: Store) -> None:
    for minute in range(8):
        await fail(store, range(minute * 2, minute * 2 + 2), later(minute))
    assert await letters(store, "storm") == []


async def test_groups_and_channels_have_storms_of_their_own(store: Store) -> None:
    await fail(store, range(7), channels=("C1", "C2"))
    await fail(store, range(7, 12), storm_key="other")
    await fail(store, range(12, 20), storm_key="")
    assert [(row.channel, row.kind) for row in await letters(store, "storm")] == [("C1", "storm"), ("C2", "storm")]
    assert len([row for row in await letters(store, "root") if row.channel == "C1"]) == 5 + 8


async def test_a_storm_is_over_after_a_long_quiet(store: Store) -> None:
    await fail(store, range(7))
    storm_id = await storm_id_of(store)
    await stand(store)
    assert await store.storms.close_quiet(later(10)) == 0
    assert await store.storms.close_quiet(later(10.1)) == 1
    assert await store.storms.close_quiet(later(10.2)) == 0
    storm = await store.storms.by_id(storm_id)
    assert storm is not None
    assert storm.closed_at == later(10.1)
    assert (await letters(store, "storm"))[0].wanted_version == 2
    await fail(store, range(7, 9), later(10.3))
    assert len(await store.storms.members(storm_id)) == 7


async def test_what_comes_after_the_quiet_is_told_by_itself_though_nobody_has_closed_the_storm(store: Store) -> None:
    await fail(store, range(7))
    storm_id = await storm_id_of(store)
    await fail(store, range(7, 9), later(11))
    storm = await store.storms.by_id(storm_id)
    assert storm is not None
    assert storm.closed_at == later(11)
    assert [row.kind for row in await letters(store)][-2:] == ["root", "root"]


async def test_a_clock_that_jumps_back_makes_no_storm(store: Store) -> None:
    await fail(store, range(5), later(60 * 24 * 365))
    await fail(store, range(5, 8), NOON)
    assert await letters(store, "storm") == []


async def test_a_change_of_a_member_shows_in_the_storm_and_on_its_page(store: Store) -> None:
    await fail(store, range(30))
    await stand(store)
    storm_id = await storm_id_of(store)
    last = (await store.storms.members(storm_id))[-1]
    await store.alerts.resolve(last.alert_id, later(1), {"run_id": "9"})
    assert [page.wanted_version for page in await letters(store, "storm_list")] == [1, 2]
    assert [row.wanted_version for row in await letters(store, "storm")] == [2]
    assert await lines(store) == [], "no thread of its own to say it in"


async def test_a_press_on_a_storm_goes_for_all_that_it_holds_once(store: Store) -> None:
    await fail(store, range(30))
    await stand(store)
    storm_id = await storm_id_of(store)
    members = await store.storms.members(storm_id)
    await store.alerts.resolve(members[0].alert_id, later(1), {"run_id": "9"})
    press = Press(storm_id, "acknowledge", 2, "U1", later(2))
    assert (await store.alerts.press_storm(storm_id, press)).is_first
    states = [alert.state for alert in await store.storms.members(storm_id)]
    assert states == ["resolved"] + ["acknowledged"] * 29
    assert await lines(store) == [{"line": "acknowledge", "by": "U1"}]
    assert [row.wanted_version for row in await letters(store, "storm", "storm_list")] == [3, 3, 3]
    again = await store.alerts.press_storm(storm_id, Press(storm_id, "acknowledge", 2, "U2", later(3)))
    assert (again.alert, again.is_first, again.by) == (None, False, "U1")
    newer = await store.alerts.press_storm(storm_id, Press(storm_id, "acknowledge", 3, "U2", later(3)))
    assert (newer.is_first, newer.by) == (False, "U1")
    assert [click.user_id for click in await store.alerts.clicks(storm_id)] == ["U1"]


async def test_a_storm_with_nobody_in_charge_is_reminded_of_once_for_all(store: Store) -> None:
    await fail(store, range(8), remind_at=later(30))
    await stand(store)
    for alert in await store.alerts.due(later(30)):
        await store.alerts.remind(alert.alert_id, later(30), later(90))
    replies = await letters(store, "reply")
    assert [(row.storm_id, row.payload) for row in replies if row.alert_id is None] == [
        (await storm_id_of(store), {"line": "reminder", "count": 1})
    ]
    assert len(replies) == 1


async def test_a_thread_below_a_storm_knows_all_that_it_tells(store: Store) -> None:
    await fail(store, range(30))
    await stand(store, "1.5")
    told = await store.alerts.by_message("C1", "1.5")
    assert [alert.name for alert in told] == [f"run {number:03}" for number in range(30)]
    assert [one["name"] for one in await store.alerts.standing("C1", "1.5")] == [alert.name for alert in told]
    assert await store.alerts.by_message("C1", "1.6") == []


async def test_of_a_storm_of_very_many_one_more_than_the_most_is_read(store: Store) -> None:
    await fail(store, range(MOST_TOLD + 5))
    await stand(store, "1.5")
    assert len(await store.alerts.by_message("C1", "1.5")) == MOST_TOLD + 1
