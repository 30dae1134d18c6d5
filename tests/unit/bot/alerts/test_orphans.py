"""Alerts whose rule is gone from alerts.yml: a rule of another name that finds the same has them, or they close."""

from pathlib import Path

from bot.alerts.finding.finds import found_of
from bot.messages.alerts.listing import history
from db.catalog.alerts.runs import Run
from tests.unit.bot.alerts.runs_world import FAILED, START, STUCK, RunsWorld, runs_world
from tests.unit.bot.messages.alerts.samples import KO, shown

COLUMNS = "id, name, project, NULL AS owner, dataset, NULL AS gpu, started_at, finished_at"
OWN = f"timezone: UTC\nrules:\n  - name: own\n    sql: SELECT {COLUMNS} FROM runs WHERE status = 'failed'\n"
OTHER = FAILED.replace("name: failed", "name: other")


async def one_failed(world: RunsWorld, *, ended: float = 1) -> None:
    await world.tick(0)
    world.run("a", ended=ended)
    await world.tick(ended + 1)


async def test_the_alerts_of_a_rule_that_is_gone_are_closed_with_a_word(tmp_path: Path) -> None:
    async with runs_world(tmp_path, FAILED + STUCK) as world:
        await one_failed(world)
    async with runs_world(tmp_path, OTHER.replace("find: failed", "find: stuck")) as world:
        await world.tick(3)
        alert = await world.alert("a")
        assert (alert.state, alert.rule, alert.resolution) == ("resolved", "failed", {"rule_gone": True})
        assert await world.roots() == [("C1", "dropped")]
        assert world.alerting.wake.is_set()
        assert "규칙이 없어짐" in shown(history([alert], KO))


async def test_a_rule_under_another_name_takes_its_alerts_with_it(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await one_failed(world)
        world.run("late", ended=600)
        await world.tick(601)
    async with runs_world(tmp_path, OTHER) as world:
        assert await world.tick(602) == []
        for name in ("a", "late"):
            alert = await world.alert(name)
            assert (alert.state, alert.rule, alert.count) == ("open", "other", 1), "one is older than a look goes back"
        world.run("a", ended=603)
        world.run("late", "completed", ended=603)
        assert await world.tick(604) == []
        assert await world.states() == {"a": "open", "late": "resolved"}
        assert (await world.alert("a")).count == 2


async def test_a_rule_that_has_an_alert_of_the_same_takes_no_second_one(tmp_path: Path) -> None:
    both = FAILED + "  - name: other\n    find: failed\n"
    async with runs_world(tmp_path, both) as world:
        await one_failed(world)
    async with runs_world(tmp_path, OTHER) as world:
        await world.tick(3)
        found = {one.rule: one.state for one in await world.store.alerts.recent()}
        assert found == {"failed": "resolved", "other": "open"}


async def test_a_rule_whose_conditions_do_not_hold_is_no_other_name(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await one_failed(world)
    async with runs_world(tmp_path, f"{OTHER}    where: {{project: 로그}}\n") as world:
        await world.tick(3)
        assert await world.states() == {"a": "resolved"}


async def test_a_query_under_another_name_takes_what_it_still_finds(tmp_path: Path) -> None:
    async with runs_world(tmp_path, OWN) as world:
        await world.tick(0)
        world.run("a", ended=1)
        world.run("b", ended=1)
        await world.tick(2)
    narrower = OWN.replace("name: own", "name: other").replace("'failed'", "'failed' AND name = 'a'")
    async with runs_world(tmp_path, narrower) as world:
        await world.tick(3)
        assert await world.states() == {"a": "open", "b": "resolved"}
        assert (await world.alert("a")).rule == "other"


async def test_while_a_rule_has_not_looked_its_alerts_wait(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await one_failed(world)
    broken = OTHER.replace("dataset, project FROM runs", "nothing FROM runs")
    async with runs_world(tmp_path, broken) as world:
        await world.tick(3)
        assert await world.states() == {"a": "open"}


async def test_what_a_hook_has_reported_goes_to_the_rule_that_looks_for_failures(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        await world.tick(0)
        [rule] = world.alerting.rules.rules
        run = Run("77", "a", "failed", None, START, {"name": "a", "dataset": "lots"})
        route = (await world.alerting.router()).route
        await world.store.alerts.record("failed", [found_of(rule, run, "reported")], START, route, is_reported=True)
    async with runs_world(tmp_path, OTHER) as world:
        await world.tick(3)
        alert = await world.alert("a")
        assert (alert.state, alert.rule, alert.kind) == ("open", "other", "reported")


async def test_what_is_over_is_given_to_no_rule(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        assert await world.store.alerts.adopt("none", "other", "fingerprint", "source", START) is None
