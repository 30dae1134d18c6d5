"""What the scan tells: each failure once, whatever the clock and the catalogue do."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.alerts.finding.finds import found_of, source_of
from db.catalog.alerts.runs import Run
from db.store.alerts.records import AGAIN, Subscription
from tests.unit.bot.alerts.runs_world import FAILED, START, STUCK, runs_world, written

YEAR = 60 * 24 * 365


async def test_what_failed_before_the_first_start_is_not_told(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        world.run("old", ended=-600)
        world.run("just now", ended=-1)
        assert await world.tick() == []
        assert await world.tick(1) == []
        world.run("new", ended=1)
        assert await world.tick(2) == ["new"]
        assert await world.tick(3) == []
        assert await world.roots() == [("C1", "pending")]
    async with runs_world(tmp_path) as world:
        assert await world.tick(4) == [], "nor is it after a restart"


async def test_a_catalogue_without_a_failure_is_a_beginning_too(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        world.run("well", "completed")
        assert await world.tick() == []
        world.run("bad", ended=1)
        assert await world.tick(2) == ["bad"]


async def test_what_fails_while_a_first_look_is_tried_in_vain_is_told(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        world.run("before", ended=-1)
        world.rename("runs", "away")
        assert await world.tick() == []
        world.rename("away", "runs")
        world.run("meanwhile", ended=5)
    async with runs_world(tmp_path) as world:
        world.run("later", ended=600)
        assert await world.tick(601) == ["meanwhile", "later"], (
            "also where the bot was started anew before it could look"
        )
        assert await world.tick(602) == []


@pytest.mark.parametrize(("hours", "told"), [(3, ["b", "c"]), (30, ["a", "b", "c"]), (0.1, [])])
async def test_from_a_given_time_on_what_was_there_before_is_told(
    tmp_path: Path, hours: float, told: list[str]
) -> None:
    async with runs_world(tmp_path, since=START - timedelta(hours=hours)) as world:
        for name, hour in (("a", 20), ("b", 2), ("c", 1)):
            world.run(name, ended=-60 * hour)
        assert await world.tick() == told
        assert await world.tick(1) == []


async def test_six_hours_of_downtime_are_told_once_and_in_order(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
    async with runs_world(tmp_path) as world:
        for minute in (350, 10, 200):
            world.run(f"run {minute}", ended=minute)
        assert await world.tick(360) == ["run 10", "run 200", "run 350"]
        assert await world.tick(361) == []


async def test_more_than_a_page_is_read_to_its_end(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
        for number in range(450):
            world.run(f"run {number:03}", ended=7)
        assert len(await world.tick(8)) == 450
        assert await world.tick(9) == []


async def test_a_row_that_is_committed_late_is_told(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
        world.run("second", ended=20)
        assert await world.tick(21) == ["second"]
        world.run("first", ended=2)
        assert await world.tick(22) == ["first"]


@pytest.mark.parametrize("jump", [YEAR, -YEAR, -5, 5])
async def test_a_clock_that_jumps_and_comes_back_loses_and_doubles_nothing(tmp_path: Path, jump: float) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
        world.run("a", ended=1)
        assert await world.tick(2) == ["a"]
        world.run("b", ended=3)
        assert await world.tick(4 + jump) == ["b"]
        world.run("c", ended=5)
        assert await world.tick(6 + jump) == ["c"]
        world.run("d", ended=7)
        assert await world.tick(8) == ["d"]
        world.run("e", ended=9)
        assert await world.tick(10) == ["e"]
        assert await world.tick(11) == []


async def test_a_row_with_a_mistyped_year_hides_no_other(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
        world.run("in the future", ended=YEAR)
        assert await world.tick(1) == ["in the future"]
        world.run("now", ended=2)
        assert await world.tick(3) == ["now"]


async def test_a_failure_without_an_end_is_told_once(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        world.run("before", ended=None)
        await world.tick()
        world.run("after", ended=None)
        assert await world.tick(1) == ["after"]
        assert await world.tick(2) == []


async def test_a_run_that_is_no_longer_failed_is_well(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
        run = world.run("a", ended=1)
        await world.tick(2)
        world.change(run, status="cancelled", finished_at=None)
        await world.tick(3)
        alert = await world.alert("a")
        assert (alert.state, alert.resolution) == (
            "resolved",
            {"run_id": str(run), "name": "a", "status": "cancelled", "finished_at": None},
        )
        world.change(run, status="failed", finished_at=written(4))
        assert await world.tick(5) == ["a"], "it has failed again"
        assert (await world.alert("a")).episode == 2


async def test_a_failed_run_that_runs_again_is_not_well_before_it_has_completed(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
        run = world.run("a", ended=1)
        await world.tick(2)
        world.change(run, status="running", started_at=written(3), finished_at=None)
        for minute in (4, 5):
            await world.tick(minute)
            alert = await world.alert("a")
            assert (alert.state, alert.version) == ("open", 2)
            assert alert.details[AGAIN] == (START + timedelta(minutes=3)).isoformat()
        world.change(run, status="failed", finished_at=written(6))
        assert await world.tick(7) == []
        alert = await world.alert("a")
        assert (alert.state, alert.count, AGAIN in alert.details) == ("open", 2, False), "the alert counts on"
        world.change(run, status="running", finished_at=None)
        await world.tick(8)
        assert (await world.alert("a")).details[AGAIN] == (START + timedelta(minutes=8)).isoformat(), "when it was seen"
        world.change(run, status="completed", finished_at=written(9))
        await world.tick(10)
        assert (await world.alert("a")).state == "resolved"
        letters = reversed(await world.store.outbox.deliveries())
        assert [one.payload["line"] for one in letters if one.kind == "reply"] == ["again", "fed", "again"]


async def test_a_run_that_failed_again_just_as_before_no_longer_runs(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
        run = world.run("a", ended=1)
        await world.tick(2)
        world.change(run, status="running")
        await world.tick(3)
        world.change(run, status="failed")
        await world.tick(4)
        alert = await world.alert("a")
        assert (alert.state, alert.count, AGAIN in alert.details) == ("open", 1, False)


async def test_a_later_run_of_the_same_group_that_completes_makes_it_well(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
        world.run("a", ended=1)
        await world.tick(2)
        world.run("a", "completed", ended=0)
        world.run("a", "completed", ended=3, dataset="other")
        world.run("b", "completed", ended=3)
        await world.tick(4)
        assert (await world.alert("a")).state == "open"
        done = world.run("a", "completed", ended=5)
        world.run("a", "completed", ended=6)
        await world.tick(7)
        resolution = (await world.alert("a")).resolution
        assert resolution is not None
        assert (resolution["run_id"], resolution["finished_at"]) == (
            str(done),
            (START + timedelta(minutes=5)).isoformat(),
        )


@pytest.mark.parametrize(
    ("group", "state"), [("[family]", "resolved"), ("[project]", "resolved"), ("[id]", "open"), ("[name]", "open")]
)
async def test_what_belongs_together_is_said_by_the_rule(tmp_path: Path, group: str, state: str) -> None:
    async with runs_world(tmp_path, f"{FAILED}    group: {group}\n") as world:
        await world.tick()
        world.run("unet-exp01", ended=1)
        await world.tick(2)
        world.run("unet-exp02", "completed", ended=3)
        await world.tick(4)
        assert (await world.alert("unet-exp01")).state == state


async def test_what_is_gone_from_the_catalogue_stays_open(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
        world.run("a", ended=None)
        run = world.run("b", ended=1)
        await world.tick(2)
        with closing(sqlite3.connect(world.path)) as owner, owner:
            owner.execute("DELETE FROM runs WHERE id = ?", (run,))
        await world.tick(3)
        assert await world.states() == {"a": "open", "b": "open"}


async def test_what_failed_and_recovered_while_nobody_looked_is_recorded_and_not_told(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
        world.run("a", ended=1)
        world.run("a", "completed", ended=2)
        assert await world.tick(3) == ["a"]
        assert (await world.alert("a")).state == "resolved"
        assert await world.roots() == [("C1", "dropped")]


async def test_what_failed_and_recovered_in_a_downtime_is_told_once_as_well(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
    async with runs_world(tmp_path) as world:
        world.run("a", ended=10)
        world.run("a", "completed", ended=40)
        world.run("b", ended=20)
        await world.tick(60)
        assert await world.states() == {"a": "resolved", "b": "open"}
        assert await world.roots() == [("C1", "pending")] * 2
        well = (await world.alert("a")).resolution
        assert well is not None
        assert (well["untold"], well["finished_at"]) == (True, (START + timedelta(minutes=40)).isoformat())
        assert [one.kind for one in await world.store.outbox.deliveries()] == ["root"] * 2, "its thread says nothing"


async def test_what_quiet_hours_hold_is_not_told_once_it_is_well(tmp_path: Path) -> None:
    async with runs_world(tmp_path, f"{FAILED}    quiet: 00:00-23:00\n") as world:
        await world.tick()
        world.run("a", ended=10)
        world.run("a", "completed", ended=40)
        await world.tick(60)
        assert await world.roots() == [("C1", "dropped")]


async def test_a_run_that_takes_far_longer_than_others_is_told_until_it_ends(tmp_path: Path) -> None:
    async with runs_world(tmp_path, FAILED + STUCK) as world:
        await world.tick()
        for number in range(1, 6):
            world.run(f"unet-exp0{number}", "completed", ended=-600 * number, started=-600 * number - 30 - number)
        slow = world.run("unet-exp06", "running", ended=None, started=0)
        world.run("unet-exp07", "running", ended=None, started=60)
        unknown = world.run("other", "running", ended=None, started=0)
        world.run("when?", "running", ended=None, started_at=None)
        assert await world.tick(69) == []
        assert await world.tick(71) == ["unet-exp06"]
        alert = await world.alert("unet-exp06")
        assert (alert.kind, alert.rule, alert.run_id) == ("stuck", "stuck", str(slow))
        assert alert.details["usual_s"] == 33 * 60
        assert alert.details["history"] == [31 * 60, 32 * 60, 33 * 60, 34 * 60, 35 * 60]
        world.change(slow, status="failed", finished_at=written(80))
        assert await world.tick(81) == ["unet-exp06"], "now it has failed"
        assert [one.state for one in await world.store.alerts.recent(limit=2)] == ["open", "resolved"]
        assert await world.tick(60 * 48 + 1) == ["other", "unet-exp07"]
        with closing(sqlite3.connect(world.path)) as owner, owner:
            owner.execute("DELETE FROM runs WHERE id = ?", (unknown,))
        await world.tick(60 * 48 + 2)
        assert (await world.alert("other")).resolution == {"is_gone": True}


async def test_a_rule_looks_when_its_schedule_says_so_and_makes_up_for_what_it_missed(tmp_path: Path) -> None:
    rules = f"{FAILED}    every: 5m\n  - name: nightly\n    find: failed\n    cron: '0 3 * * *'\n"
    async with runs_world(tmp_path, rules) as world:
        await world.tick()
        world.run("a", ended=1)
        assert await world.tick(4) == []
        assert await world.tick(5) == ["a"]
        world.run("b", ended=6)
        assert await world.tick(9) == []
        history = await world.store.schedule.history("rule:failed")
        assert [(run.slot, run.outcome) for run in history] == [
            ("2026-11-21T12:05:00Z", "done"),
            ("2026-11-21T12:00:00Z", "done"),
        ]
        assert await world.tick(60 * 15) == ["b", "a", "b"], "the other rule tells them, too"
        [late, *_] = await world.store.schedule.history("rule:failed", 1)
        assert (late.slot, late.outcome) == ("2026-11-22T03:00:00Z", "done")
        assert await world.tick(60 * 72) == []
        [late, *_] = await world.store.schedule.history("rule:nightly", 1)
        assert (late.slot, late.outcome) == ("2026-11-24T03:00:00Z", "delayed")


@pytest.mark.parametrize(("day", "hour"), [("2026-11-01", 5), ("2026-03-08", 6)], ids=["twice", "never"])
async def test_an_hour_that_comes_twice_or_never_is_no_gap(tmp_path: Path, day: str, hour: int) -> None:
    """Clocks in New York go back, or forth, at the second hour of these."""
    rules = f"{FAILED}    cron: '*/30 * * * *'\n".replace("timezone: UTC", "timezone: America/New_York")
    begin = (datetime.fromisoformat(f"{day}T{hour:02}:00:00Z") - START) / timedelta(minutes=1)
    async with runs_world(tmp_path, rules) as world:
        await world.tick(begin)
        for half in range(1, 8):
            local = (START + timedelta(minutes=begin + 30 * half - 5)).astimezone(ZoneInfo("America/New_York"))
            world.run(f"run {half}", finished_at=f"{local:%Y-%m-%d %H:%M:%S%z}")
            assert await world.tick(begin + 30 * half + 1) == [f"run {half}"]


async def test_a_catalogue_that_is_gone_is_logged_and_made_up_for_when_it_is_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
        beats = await world.store.heartbeats.all()
        assert beats == {"scan:failed": START}
        world.run("a", ended=1)
        with closing(sqlite3.connect(world.path)) as owner, owner:
            owner.execute("ALTER TABLE runs RENAME TO gone")
        assert await world.tick(2) == []
        assert "rule failed finds nothing" in caplog.text
        assert await world.store.heartbeats.all() == beats
        with closing(sqlite3.connect(world.path)) as owner, owner:
            owner.execute("ALTER TABLE gone RENAME TO runs")
        assert await world.tick(3) == ["a"]
        assert await world.store.heartbeats.all() == {"scan:failed": START + timedelta(minutes=3)}
        file = world.path.rename(tmp_path / "away.db")
        assert await world.tick(4) == []
        assert "no rule finds anything" in caplog.text
        file.rename(world.path)


async def test_a_rule_with_a_query_of_its_own_finds_by_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    columns = "id, name, project, NULL AS owner, dataset, NULL AS gpu, started_at, finished_at"
    rules = (
        f"rules:\n  - name: own\n    sql: SELECT {columns} FROM runs WHERE status = 'odd' AND finished_at >= :since"
        " ORDER BY finished_at DESC\n    lookback: 1h\n  - name: unfit\n    sql: SELECT id FROM runs\n"
    )
    async with runs_world(tmp_path, f"timezone: UTC\n{rules}") as world:
        world.run("before", "odd", ended=-1)
        assert await world.tick() == []
        world.run("second", "odd", ended=3)
        world.run("first", "odd", ended=2)
        world.run("long ago", "odd", ended=-600)
        assert await world.tick(4) == ["first", "second"]
        assert (await world.alert("first")).kind == "found"
        assert "rule unfit finds nothing: its query returns no column name, project" in caplog.text
        assert list(await world.store.heartbeats.all()) == ["scan:own"]


async def test_a_rule_tells_only_what_its_own_conditions_are_met_by(tmp_path: Path) -> None:
    async with runs_world(tmp_path, f"{FAILED}    where: {{project: '*웨이퍼*'}}\n") as world:
        await world.tick()
        world.run("meant", ended=1)
        world.run("not meant", ended=1, project="로그")
        assert await world.tick(2) == ["meant"]


async def test_whoever_has_subscribed_is_told_too(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
        subscription = Subscription("U7", "project:웨이퍼", {"project": ["웨이퍼"]}, "U7", START)
        await world.store.subscriptions.add(subscription)
        world.run("a", ended=1)
        await world.tick(2)
        assert await world.roots() == [("C1", "pending"), ("U7", "pending")]
        assert world.alerting.wake.is_set()


async def test_what_an_older_bot_has_recorded_is_not_told_again(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick()
        run = world.run("a", ended=1)
        older = source_of("failed", str(run), None, written(1))
        [rule] = world.alerting.rules.rules
        recorded = Run(str(run), "a", "failed", None, None, {"finished_at": written(1)})
        kept = replace(found_of(rule, recorded), source=older)
        await world.store.alerts.record("failed", [kept], world.clock(), (await world.alerting.router()).route)
        assert await world.tick(2) == []
