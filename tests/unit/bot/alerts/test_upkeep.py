"""What time alone brings about in alerts."""

from datetime import timedelta
from pathlib import Path

from bot.alerts.upkeep import next_reminder
from db.catalog.alerts.rules import Reminder
from db.store.alerts.records import Mute, Press, ScheduledRun
from tests.unit.bot.alerts.runs_world import FAILED, START, RunsWorld, runs_world

LINES = """
    remind: {after: 30m, times: 3, backoff: 2}
    escalate: {after: 2h, channel: C9, mention: [S1]}
"""


async def lines(world: RunsWorld) -> list[tuple[str, str]]:
    """What is said in threads, and where, in order."""
    letters = reversed(await world.store.outbox.deliveries(limit=1000))
    return [(one.channel, str(one.payload["line"])) for one in letters if one.kind == "reply"]


async def failing(world: RunsWorld) -> None:
    await world.tick()
    world.run("a", ended=0)
    await world.tick(0)


def test_reminders_come_less_and_less_often_and_end() -> None:
    remind = Reminder(after=timedelta(minutes=30), times=4, backoff=2)
    waits = [next_reminder(remind, done, START) for done in range(1, 6)]
    assert waits == [START + timedelta(hours=1), START + timedelta(hours=2), START + timedelta(hours=4), None, None]
    assert next_reminder(None, 0, START) is None
    steep = Reminder(after=timedelta(days=6), times=20, backoff=10)
    assert next_reminder(steep, 19, START) == START + timedelta(days=7)


async def test_nobody_in_charge_is_reminded_until_it_is_enough_and_others_are_told(tmp_path: Path) -> None:
    async with runs_world(tmp_path, FAILED + LINES) as world:
        await failing(world)
        await world.keep_up(29)
        assert await lines(world) == []
        for minute in (30, 31, 89, 90, 119, 120, 209, 210, 999):
            await world.keep_up(minute)
        assert await lines(world) == [
            ("C1", "reminder"),
            ("C1", "reminder"),
            ("C1", "escalated"),
            ("C1", "reminder"),
            ("C9", "reminder"),
        ]
        assert await world.roots() == [("C1", "pending"), ("C9", "pending")]
        assert world.alerting.wake.is_set()


async def test_what_somebody_has_acknowledged_reminds_nobody(tmp_path: Path) -> None:
    async with runs_world(tmp_path, FAILED + LINES) as world:
        await failing(world)
        alert = await world.alert("a")
        await world.store.alerts.press(Press(alert.alert_id, "acknowledge", 1, "U1", world.clock()))
        await world.keep_up(999)
        assert await lines(world) == [("C1", "acknowledge")]


async def test_a_snooze_ends_by_itself(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await failing(world)
        alert = await world.alert("a")
        until = START + timedelta(hours=1)
        await world.store.alerts.press(Press(alert.alert_id, "snooze", 1, "U1", world.clock(), until))
        await world.keep_up(59)
        assert (await world.alert("a")).state == "snoozed"
        await world.keep_up(60)
        assert (await world.alert("a")).state == "open"
        assert await lines(world) == [("C1", "snooze"), ("C1", "snooze_over")]


async def test_quiet_hours_hold_a_reminder_unless_it_is_grave(tmp_path: Path) -> None:
    quiet = '    quiet: "12:15-20:00"\n    severity: {severity}\n'
    for severity, hours in (("high", 8), ("critical", 0.5)):
        folder = tmp_path / severity
        folder.mkdir()
        rules = FAILED + LINES + quiet.replace("{severity}", severity)
        async with runs_world(folder, rules) as world:
            await failing(world)
            await world.keep_up(30)
            [reminder] = [one for one in await world.store.outbox.deliveries() if one.kind == "reply"]
            assert reminder.next_at == START + timedelta(hours=hours)


async def test_the_reminder_of_a_rule_that_is_gone_is_the_last_one(tmp_path: Path) -> None:
    async with runs_world(tmp_path, FAILED + LINES) as world:
        await failing(world)
    async with runs_world(tmp_path, FAILED.replace("name: failed", "name: other")) as world:
        await world.keep_up(300)
        assert await lines(world) == [("C1", "reminder")]
        alert = await world.alert("a")
        assert (alert.remind_at, alert.escalate_at) == (None, None)


async def test_what_was_muted_for_a_while_is_told_when_it_still_fails(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.store.mutes.add(Mute("pipeline", "a", START + timedelta(hours=1), "U1", START))
        await world.store.mutes.add(Mute("pipeline", "b", START + timedelta(hours=1), "U1", START))
        await world.store.mutes.add(Mute("pipeline", "b", None, "U1", START))
        await failing(world)
        world.run("b", ended=0)
        await world.tick(1)
        await world.keep_up(59)
        assert await world.roots() == []
        await world.keep_up(60)
        await world.keep_up(61)
        assert await world.roots() == [("C1", "pending")]
        assert not (await world.alert("a")).is_muted
        assert (await world.alert("b")).is_muted, "another mute holds"


async def test_an_alert_that_was_told_and_muted_goes_on_in_its_thread(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await failing(world)
        alert, until = await world.alert("a"), START + timedelta(hours=1)
        await world.store.alerts.press(Press(alert.alert_id, "mute", 1, "U1", START, until))
        await world.keep_up(30)
        assert (await world.alert("a")).is_muted, "no mute of it has ended yet"
        await world.store.mutes.add(Mute("alert", alert.alert_id, until, "U1", START))
        await world.keep_up(60)
        assert await lines(world) == [("C1", "mute"), ("C1", "unmuted")]
        assert await world.roots() == [("C1", "pending")]


async def test_storms_end_and_old_runs_of_the_clock_are_dropped(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
        for number in range(7):
            world.run(f"run {number}", ended=0)
        await world.tick(0)
        [storm] = [one for one in await world.store.outbox.deliveries() if one.kind == "storm"]
        old = START - timedelta(days=20)
        for hour in range(2):
            at = old + timedelta(hours=hour)
            await world.store.schedule.claim(ScheduledRun("rule:failed", str(hour), at, "done", at))
        await world.keep_up(11)
        found = await world.store.storms.by_id(str(storm.storm_id))
        assert found is not None
        assert found.closed_at == START + timedelta(minutes=11)
        assert all(run.scheduled_for > old for run in await world.store.schedule.history())
