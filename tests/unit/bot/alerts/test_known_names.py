"""Conditions are held against what the catalogue has; where nobody can tell, nothing is said."""

from pathlib import Path

from bot.alerts.commands.known_names import unmet
from db.catalog.alerts.queries import PAGE
from tests.unit.bot.alerts.runs_world import FAILED, runs_world


async def test_what_no_run_is_of_is_said_with_what_is_near(tmp_path: Path) -> None:
    async with runs_world(tmp_path) as world:
        for project in ("웨이퍼 결함", "로그", None):
            world.run("a", project=project)
        rules, catalog = world.alerting.rules, world.alerting.catalog
        [lacking] = await unmet({"project": ["*웨이퍼결한*"], "severity": ["high"]}, rules, catalog)
        assert (lacking.key, lacking.patterns, lacking.near) == ("project", ["*웨이퍼결한*"], ["웨이퍼 결함"])
        for known in (
            {"project": ["*웨이퍼*"]},
            {"project": ["없음", "로그"]},
            {"dataset": ["lots"]},
            {"pipeline": ["x"]},
        ):
            assert await unmet(known, rules, catalog) == []


async def test_what_cannot_be_looked_at_is_taken_as_it_is(tmp_path: Path) -> None:
    async with runs_world(tmp_path, FAILED.replace(", project FROM", " FROM")) as world:
        rules, catalog = world.alerting.rules, world.alerting.catalog
        assert await unmet({"project": ["x"]}, rules, catalog) == [], "there is no such column"
        assert await unmet({"project": ["x"]}, rules.model_copy(update={"runs": None}), catalog) == []
        for number in range(PAGE):
            world.run("a", dataset=f"lots {number}")
        assert await unmet({"dataset": ["x"]}, rules, catalog) == [], "there are too many"
