"""Alerting that stands still is seen, and told to admins, by another way where its own is the trouble."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.alerts.watching.alarm import Alarm
from bot.alerts.watching.health import Health, Trouble
from bot.messages.alerts.facts import Voice
from bot.messages.answer import Message
from bot.wire import SlackUnreachable
from db.catalog.alerts.rules import AlertRules, Rule
from db.store.alerts.records import Letter
from db.store.errors import StoreUnavailable
from db.store.store import Store

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SEOUL = ZoneInfo("Asia/Seoul")
RULES = AlertRules(
    runs="SELECT 1",
    rules=(
        Rule(name="each-minute", find="failed"),
        Rule.model_validate({"name": "nightly", "find": "stuck", "cron": "0 3 * * *"}),
    ),
)


@dataclass
class Bench:
    """A store, a clock that the test turns, and what was said past the outbox."""

    store: Store
    now: datetime = NOON
    said: list[tuple[str, str]] = field(default_factory=list)
    is_deaf: bool = False
    woken: int = 0

    def health(self, silent_s: float = 900) -> Health:
        log = self.store
        return Health(
            RULES, log.heartbeats, log.outbox, every_s=60, silent_s=silent_s, zone=SEOUL, clock=lambda: self.now
        )

    def alarm(self, health: Health) -> Alarm:
        voice: Callable[[], Voice] = lambda: Voice("en", SEOUL, self.now)  # noqa: E731  # a callable of one line
        return Alarm(health, self.store.outbox, self._announce, ("U1", "U2"), voice, lambda: self.now, self._wake)

    async def beat(self, rule: str = "each-minute") -> None:
        await self.store.heartbeats.beat(f"scan:{rule}", self.now)

    async def notices(self) -> list[tuple[str, str, str]]:
        sent = await self.store.outbox.deliveries(50)
        return [(each.channel, each.payload["notice"], each.payload["what"]) for each in reversed(sent)]

    async def _announce(self, whom: str, message: Message, mark: str, tried_at: datetime | None) -> str:
        if self.is_deaf:
            raise SlackUnreachable("chat.postMessage: 503")
        assert message.blocks[0]["block_id"] == mark, "by which it is found again"
        self.said.append((whom, message.text))
        return "1.1"

    def _wake(self) -> None:
        self.woken += 1


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with await Store.open(f"sqlite:///{tmp_path}/store.db", clock=lambda: NOON) as store:
        yield Bench(store)


async def test_a_start_is_as_good_as_a_beat(bench: Bench) -> None:
    health = bench.health()
    await bench.store.heartbeats.beat("scan:each-minute", NOON - timedelta(days=3))
    assert await health.troubles() == ()
    bench.now += timedelta(minutes=14)
    assert await health.troubles() == ()


async def test_a_rule_that_has_not_looked_for_long_is_trouble(bench: Bench) -> None:
    health = bench.health()
    await bench.beat()
    bench.now += timedelta(minutes=16)
    assert await health.troubles() == (Trouble("scan:each-minute", NOON),)
    await bench.beat()
    assert await health.troubles() == ()


async def test_a_rule_that_looks_each_night_is_not_missed_by_day(bench: Bench) -> None:
    health = bench.health()
    bench.now = datetime(2026, 11, 21, 18, 14, tzinfo=UTC)  # 03:14 in Seoul
    await bench.beat()
    assert await health.troubles() == ()
    bench.now += timedelta(minutes=2)
    await bench.beat()
    assert await health.troubles() == (Trouble("scan:nightly", None),)


async def test_letters_that_wait_for_long_are_trouble_and_those_held_for_the_morning_are_not(bench: Bench) -> None:
    health = bench.health()
    await bench.store.outbox.put([Letter("a", "root", "C1", not_before=NOON + timedelta(hours=9))], NOON)
    bench.now += timedelta(minutes=20)
    await bench.beat()
    assert await health.troubles() == ()
    await bench.store.outbox.put([Letter("b", "root", "C2")], bench.now)
    late = bench.now
    bench.now += timedelta(minutes=20)
    await bench.beat()
    assert await health.troubles() == (Trouble("delivery", late),)


async def test_what_stands_still_is_told_to_each_admin_once_and_its_end_too(bench: Bench) -> None:
    health = bench.health()
    await bench.beat()
    bench.now += timedelta(minutes=16)
    alarm = bench.alarm(health)
    await alarm.tick()
    await alarm.tick()
    assert await bench.notices() == [("U1", "standstill", "scan:each-minute"), ("U2", "standstill", "scan:each-minute")]
    await bench.alarm(health).tick()
    assert len(await bench.notices()) == 2, "another process tells it no second time"
    await bench.beat()
    await alarm.tick()
    assert [told for told in await bench.notices() if told[1] == "recovered"] == [
        ("U1", "recovered", "scan:each-minute"),
        ("U2", "recovered", "scan:each-minute"),
    ]
    assert bench.woken == 3
    assert bench.said == []


async def test_of_a_delivery_that_stands_still_admins_hear_past_it(bench: Bench) -> None:
    health = bench.health()
    await bench.store.outbox.put([Letter("b", "root", "C2")], NOON)
    bench.now += timedelta(minutes=20)
    await bench.beat()
    alarm = bench.alarm(health)
    await alarm.tick()
    await alarm.tick()
    assert [whom for whom, _ in bench.said] == ["U1", "U2"]
    assert "20 min" in bench.said[0][1]


async def test_of_a_store_that_is_gone_admins_hear_past_it(bench: Bench, tmp_path: Path) -> None:
    alarm = bench.alarm(bench.health())
    await bench.store.close()
    (tmp_path / "store.db").unlink()
    (tmp_path / "store.db").mkdir()
    await alarm.tick()
    assert [whom for whom, _ in bench.said] == ["U1", "U2"]


async def test_an_admin_who_cannot_be_reached_stops_nothing(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    health = bench.health()
    await bench.store.outbox.put([Letter("b", "root", "C2")], NOON)
    bench.now += timedelta(minutes=20)
    await bench.beat()
    bench.is_deaf = True
    await bench.alarm(health).tick()
    assert caplog.text.count("an admin is not told") == 2


async def test_what_cannot_be_written_down_is_told_at_the_next_tick(bench: Bench, tmp_path: Path) -> None:
    class Forgetful(Health):
        """Sees trouble with a store that is gone by the time it is to be written down."""

        async def troubles(self) -> tuple[Trouble, ...]:
            return (Trouble("scan:each-minute", NOON),)

    log = bench.store
    health = Forgetful(RULES, log.heartbeats, log.outbox, every_s=60, silent_s=900, zone=SEOUL, clock=lambda: bench.now)
    alarm = bench.alarm(health)
    await bench.store.close()
    (tmp_path / "store.db").rename(tmp_path / "kept.db")
    (tmp_path / "store.db").mkdir()
    with pytest.raises(StoreUnavailable):
        await alarm.tick()
    (tmp_path / "store.db").rmdir()
    (tmp_path / "kept.db").rename(tmp_path / "store.db")
    await alarm.tick()
    assert len(await bench.notices()) == 2
