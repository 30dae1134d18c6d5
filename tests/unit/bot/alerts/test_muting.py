"""Mutes put on and lifted, over alerts that are open then."""

from bot.alerts.commands.muting import lift, put_on
from db.store.alerts.records import Mute
from db.store.store import Store
from tests.unit.db.store.alerts.samples import begun, found, later
from tests.unit.db.store.conftest import copied_url, file_url, server, store, template, url
from tests.unit.db.store.samples import NOON

__all__ = ["copied_url", "file_url", "server", "store", "template", "url"]

HOUR = Mute("pipeline", "unet*", later(60), "U1", NOON)


async def muted(store: Store) -> set[str]:
    return {alert.name for alert in await store.alerts.open() if alert.is_muted}


async def test_what_is_open_is_muted_as_what_comes(store: Store) -> None:
    await begun(store.alerts, found("unet-1"), found("unet-2"), found("yolo"))
    await put_on(store, HOUR)
    assert await muted(store) == {"unet-1", "unet-2"}
    assert await store.mutes.holding(NOON) == [HOUR]
    clicks = [one.action for alert in await store.alerts.open() for one in await store.alerts.clicks(alert.alert_id)]
    assert clicks == ["mute", "mute"], "who has muted it is kept with each"


async def test_what_holds_as_long_already_is_not_written_twice(store: Store) -> None:
    for minutes, count in ((60, 1), (60, 1), (30, 1), (90, 2), (None, 3), (600, 3), (None, 3)):
        until = None if minutes is None else later(minutes)
        await put_on(store, Mute("project", "웨이퍼", until, "U1", NOON))
        assert len(await store.mutes.holding(NOON)) == count
    await put_on(store, Mute("project", "나무", later(1), "U1", NOON))
    assert len(await store.mutes.holding(NOON)) == 4


async def test_what_another_mute_covers_stays_muted(store: Store) -> None:
    await begun(store.alerts, found("unet-1"), found("unet-2"), found("yolo"))
    one = Mute("pipeline", "unet-1", None, "U2", NOON)
    await put_on(store, HOUR)
    await put_on(store, one)
    await lift(store, [HOUR], "U3", later(1))
    assert await muted(store) == {"unet-1"}
    await lift(store, [one], "U3", later(2))
    assert await muted(store) == set()
    assert await store.mutes.holding(later(3)) == []
