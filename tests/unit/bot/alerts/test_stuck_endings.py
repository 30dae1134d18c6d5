"""How a run that took too long has ended is kept: well, in failure, or not at all."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.alerts.finding.pages import Finder
from bot.alerts.finding.recovery import Recoveries
from tests.unit.bot.alerts.desk import SEOUL, open_desk
from tests.unit.bot.messages.alerts.samples import STUCK


@pytest.mark.parametrize(
    ("status", "has_failed"), [("completed", False), ("cancelled", False), ("failed", True), ("running", None)]
)
async def test_a_long_run_that_fails_is_not_well(tmp_path: Path, status: str, *, has_failed: bool | None) -> None:
    async with open_desk(tmp_path) as desk:
        with closing(sqlite3.connect(desk.path)) as rows, rows:
            rows.execute("UPDATE pipelines SET status = ?, finished_at = '2026-11-21 12:00:00' WHERE id = 8", (status,))
        await desk.catalog.refresh()
        rule = desk.rules.rule("stuck-pipelines")
        assert rule is not None
        recoveries, stuck = Recoveries(Finder(desk.rules, desk.catalog, SEOUL)), [replace(STUCK, run_id="8")]
        outlook = await recoveries.of(rule, stuck, "", desk.now)
        endings = [bool(how.get("has_failed")) for how in outlook.over.values()]
        assert endings == ([] if has_failed is None else [has_failed])
