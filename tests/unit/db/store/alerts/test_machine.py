"""Whatever happens to alerts, in any order, by two bots at once: the same always holds of them."""

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select, update

from db.store.alerts.records import Alert, AlertAction, Press, Pressed
from db.store.alerts.rows import in_line
from db.store.alerts.tables import alert_sources, outbox
from db.store.store import Store
from tests.unit.db.store.alerts.samples import found, to
from tests.unit.db.store.samples import NOON

CHANNELS = ("C1", "C2")
ACTIONS: tuple[tuple[AlertAction, ...], ...] = (
    ("acknowledge",),
    ("acknowledge", "unacknowledge"),
    ("snooze",),
    ("acknowledge", "snooze", "wake"),
    ("wake",),
    ("assign",),
    ("mute",),
    ("mute", "unmute"),
    ("unacknowledge",),
    ("resolve",),
    ("resolve", "reopen"),
    ("reopen",),
)
NAMES = st.sampled_from(["a", "b", "c"])
BOTH = st.booleans()


class Alerts(RuleBasedStateMachine):
    """Two stores on one database. `both`: the two do the same thing at once."""

    url: str
    runs = 0

    @initialize()
    def open(self) -> None:
        Alerts.runs += 1
        self.prefix = f"{Alerts.runs}-"
        self.rule_name = f"rule-{Alerts.runs}"
        self.loop = asyncio.new_event_loop()
        self.now = NOON
        self.failures: set[str] = set()
        self.known: dict[str, Alert] = {}
        self.firsts: Counter[str] = Counter()
        self.watermark = ""
        self.stores = [self.wait(Store.open(self.url)) for _ in range(2)]
        self.wait(self.stores[0].alerts.record(self.rule_name, [], self.now, to()))
        self.fail(["a", "b"], 0, both=True, is_muted=False)

    def wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    def do(self, both: bool, work: Callable[[Store], Awaitable[Any]]) -> list[Any]:
        async def all_of_it() -> list[Any]:
            return await asyncio.gather(*(work(store) for store in (self.stores if both else self.stores[:1])))

        self.stores.reverse()
        results: list[Any] = self.wait(all_of_it())
        return results

    @rule(names=st.lists(NAMES, min_size=1, max_size=4), minute=st.integers(-3, 3), both=BOTH, is_muted=BOTH)
    def fail(self, names: list[str], minute: int, both: bool, is_muted: bool) -> None:
        at = minute + (self.now - NOON) / timedelta(minutes=1)
        failures = [
            found(self.prefix + name, at + place / 100, at=self.now + timedelta(minutes=minute, seconds=place))
            for place, name in enumerate(names)
        ]
        route = to(
            *CHANNELS,
            is_muted=is_muted,
            remind_at=self.now + timedelta(minutes=5),
            escalate_at=self.now + timedelta(minutes=9),
            storm_key=self.prefix,
            storm_after=3,
        )
        recorded = self.do(both, lambda store: store.alerts.record(self.rule_name, failures, self.now, route))
        new = {one.source for one in failures} - self.failures
        self.failures |= new
        assert sum(len(one.opened) + len(one.fed) for one in recorded) <= len(new)

    @rule(seconds=st.sampled_from([1, 60, 400, 4000, -300]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(place=st.integers(0, 2), actions=st.sampled_from(ACTIONS), both=BOTH, is_old=BOTH)
    def press(self, place: int, actions: tuple[AlertAction, ...], both: bool, is_old: bool) -> None:
        for action in actions:
            if alert := self.pick(place):
                self._press(alert, action, both, is_old)
                self.known[alert.alert_id] = self.wait(self.stores[0].alerts.by_id(alert.alert_id))

    def _press(self, alert: Alert, action: AlertAction, both: bool, is_old: bool) -> None:
        version = max(1, alert.version - is_old)
        until = self.now + timedelta(minutes=3)

        async def one(store: Store) -> Pressed:
            user = f"U{self.stores.index(store)}"
            press = Press(alert.alert_id, action, version, user, self.now, until, user)
            return await store.alerts.press(press)

        pressed = self.do(both, one)
        firsts = [one for one in pressed if one.is_first]
        assert len(firsts) <= 1
        self.firsts[alert.alert_id] += len(firsts)

    @rule(place=st.integers(0, 2), both=BOTH)
    def recover(self, place: int, both: bool) -> None:
        alert = self.pick(place)
        if alert is not None:
            resolution = {"run_id": "9", "finished_at": self.now.isoformat()}
            resolved = self.do(both, lambda store: store.alerts.resolve(alert.alert_id, self.now, resolution))
            assert len([one for one in resolved if one]) == (alert.state != "resolved")

    @rule(place=st.integers(0, 2), both=BOTH)
    def cause(self, place: int, both: bool) -> None:
        alert = self.pick(place)
        if alert is not None:
            kept = self.do(both, lambda store: store.alerts.keep_cause(alert.alert_id, {"code": "oom"}, self.now))
            assert len([one for one in kept if one]) == (alert.cause is None)

    @rule(both=BOTH)
    def upkeep(self, both: bool) -> None:
        async def one(store: Store) -> int:
            done = 0
            for alert in await store.alerts.due(self.now):
                done += await store.alerts.wake(alert.alert_id, self.now) is not None
                done += await store.alerts.remind(alert.alert_id, self.now, None) is not None
                done += await store.alerts.escalate(alert.alert_id, self.now, to("C3")(alert).destinations) is not None
            await store.storms.close_quiet(self.now)
            return done

        self.do(both, one)
        assert self.mine(self.wait(self.stores[0].alerts.due(self.now))) == []

    @rule()
    def deliver(self) -> None:
        async def all_sent() -> None:
            async with in_line(self.stores[0]._database) as connection:
                sent = {"state": "sent", "rendered_version": outbox.c.wanted_version, "refresh_at": None}
                await connection.execute(update(outbox).where(outbox.c.state == "pending").values(sent))

        self.wait(all_sent())

    def pick(self, place: int) -> Alert | None:
        """One of the newest."""
        alerts = list(self.known.values())
        return alerts[-1 - place % len(alerts)] if alerts else None

    def mine(self, alerts: list[Alert]) -> list[Alert]:
        return [alert for alert in alerts if alert.rule == self.rule_name]

    @invariant()
    def all_holds(self) -> None:
        alerts = self.mine(self.wait(self.stores[0].alerts.recent(limit=10_000)))
        self._versions_rise(alerts)
        self._one_episode_is_open(alerts)
        for alert in alerts:
            self._its_fields_agree(alert)
        self.wait(self._each_is_told_in_one_place(alerts))
        self.wait(self._each_failure_counts_once(alerts))
        watermark = self.wait(self.stores[0].alerts.watermark(self.rule_name))
        assert watermark >= self.watermark
        self.watermark = watermark

    def _versions_rise(self, alerts: list[Alert]) -> None:
        for alert in alerts:
            before = self.known.get(alert.alert_id)
            assert before is None or alert.version > before.version or _shown(alert) == _shown(before)
        assert {alert.alert_id for alert in alerts} >= set(self.known)
        self.known = {alert.alert_id: alert for alert in reversed(alerts)}

    def _one_episode_is_open(self, alerts: list[Alert]) -> None:
        episodes: dict[str, list[Alert]] = {}
        for alert in reversed(alerts):
            episodes.setdefault(alert.fingerprint, []).append(alert)
        for each in episodes.values():
            assert [alert.episode for alert in each] == list(range(1, len(each) + 1))
            assert all(alert.state == "resolved" for alert in each[:-1])

    def _its_fields_agree(self, alert: Alert) -> None:
        assert (alert.state == "snoozed") == (alert.snoozed_until is not None) == (alert.snoozed_by is not None)
        assert (alert.state == "resolved") == (alert.resolved_at is not None) == (alert.resolution is not None)
        assert alert.state != "acknowledged" or alert.acknowledged_by is not None
        assert alert.state != "open" or alert.acknowledged_by is None
        assert alert.first_at <= alert.last_at
        clicks = self.wait(self.stores[0].alerts.clicks(alert.alert_id))
        assert len(clicks) == self.firsts[alert.alert_id]

    async def _each_is_told_in_one_place(self, alerts: list[Alert]) -> None:
        async with self.stores[0]._database.reading() as connection:
            rows = (await connection.execute(select(outbox))).all()
        roots = Counter((row.alert_id, row.channel) for row in rows if row.kind == "root")
        joined: Counter[tuple[str, str]] = Counter()
        for row in rows:
            if row.kind == "storm":
                storm = await self.stores[0].storms.by_id(row.storm_id)
                assert storm is not None
                assert row.wanted_version == storm.version
                joined.update((one.alert_id, row.channel) for one in await self.stores[0].storms.members(row.storm_id))
        for alert in alerts:
            places = [roots[alert.alert_id, channel] + joined[alert.alert_id, channel] for channel in CHANNELS]
            assert places in ([1, 1], [0, 0])
            mine = [row for row in rows if row.alert_id == alert.alert_id and row.kind == "root"]
            live = [row for row in mine if row.state != "dropped"]
            assert all(row.wanted_version == alert.version for row in live)
            is_untold = alert.resolution is not None and alert.resolution.get("untold", False)
            assert alert.state != "resolved" or is_untold or all(row.state != "pending" for row in live)

    async def _each_failure_counts_once(self, alerts: list[Alert]) -> None:
        async with self.stores[0]._database.reading() as connection:
            mine = select(alert_sources).where(alert_sources.c.rule == self.rule_name)
            rows = (await connection.execute(mine)).all()
        assert {row.source for row in rows} == self.failures
        assert Counter(row.alert_id for row in rows) == {alert.alert_id: alert.count for alert in alerts}

    def teardown(self) -> None:
        if hasattr(self, "loop"):
            for store in self.stores:
                self.wait(store.close())
            self.loop.close()


def _shown(alert: Alert) -> object:
    """What no message shows may change by itself."""
    return (alert.state, alert.count, alert.assignee, alert.is_muted, alert.cause, alert.details)


MACHINE = settings(
    max_examples=30,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def test_any_order_of_events_leaves_alerts_sound_in_a_file() -> None:
    with tempfile.TemporaryDirectory() as folder:
        seed = Path(folder) / "seed.db"
        asyncio.run(_made(f"sqlite:///{seed}"))

        class OfAFile(Alerts):
            @initialize()
            def open(self) -> None:
                path = Path(folder) / f"{Alerts.runs}.db"
                shutil.copy(seed, path)
                OfAFile.url = f"sqlite:///{path}"
                super().open()

        run_state_machine_as_test(OfAFile, settings=MACHINE)


def test_any_order_of_events_leaves_alerts_sound_on_a_server(postgres_url: str) -> None:
    class OnAServer(Alerts):
        url = postgres_url

    run_state_machine_as_test(OnAServer, settings=settings(MACHINE, max_examples=6))


async def _made(url: str) -> None:
    async with await Store.open(url):
        pass
