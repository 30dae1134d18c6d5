"""The numbers of a summary: what is counted, from when to when, of whose projects."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.alerts.telling.daybook import Daybook
from bot.messages.alerts.report import Day, ProjectDay, Report
from db.catalog.alerts.rules import Digest
from db.store.alerts.records import Destination, Found, Press, Routed
from db.store.records import StoredTurn, UsageEntry
from tests.unit.bot.alerts.desk import SEOUL, Desk, open_desk

UNTIL = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
SINCE = UNTIL - timedelta(days=1)
MORNING = Digest(name="morning")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as made:
        yield made


def add(desk: Desk, *runs: tuple[str, str, str], dataset: int = 1) -> None:
    """Runs by name, status and end, on a dataset."""
    with closing(sqlite3.connect(desk.path)) as rows, rows:
        for name, status, end in runs:
            rows.execute(
                "INSERT INTO pipelines (id, dataset_id, name, status, started_at, finished_at) "
                "VALUES ((SELECT max(id) + 1 FROM pipelines), ?, ?, ?, '2026-11-19 00:00:00', ?)",
                (dataset, name, status, end),
            )


async def reckoned(desk: Desk, digest: Digest = MORNING, since: datetime = SINCE) -> Report:
    return await Daybook(desk.store, desk.catalog, desk.rules, SEOUL).report(digest, since, UNTIL)


def failure(name: str, at: datetime, **more: Any) -> Found:
    given: dict[str, Any] = {
        "source": name, "fingerprint": name, "run_id": name, "name": name, "project": "p1", "moment": f"{at:%F %T}",
        "at": at, "details": {"started_at": "2026-11-21 00:00:00", "usual_s": 3_600},
    }  # fmt: skip
    return Found(**given | more)


async def alerts(desk: Desk, found: Sequence[Found], **routed: Any) -> dict[str, str]:
    """Recorded alerts, by their names."""
    await desk.store.alerts.record("r", [], UNTIL, lambda _: Routed())
    routed_all = Routed((Destination("C1"),), **routed)
    made = await desk.store.alerts.record("r", found, UNTIL, lambda _: routed_all)
    return {alert.name: alert.alert_id for alert in made.opened}


async def test_runs_that_ended_in_the_time_are_counted_by_project(desk: Desk) -> None:
    add(
        desk,
        ("a", "completed", "2026-11-20 09:00:00"),
        ("b", "completed", "2026-11-21 08:59:59"),
        ("c", "failed", "2026-11-20 23:00:00"),
        ("too early", "completed", "2026-11-20 08:59:59"),
        ("too late", "completed", "2026-11-21 09:00:00"),
        ("cancelled", "cancelled", "2026-11-20 12:00:00"),
    )
    add(desk, ("d", "completed", "2026-11-20 10:00:00"), dataset=6)
    report = await reckoned(desk)
    assert report.done == 3
    assert report.projects == (
        ProjectDay(name="defect-detection-v2", failed=1, done=2),
        ProjectDay(name="demand-forecast", done=1),
    )
    assert not report.is_cut
    assert report.unknown == ()


async def test_a_catalogue_that_writes_its_times_otherwise_is_counted_as_well(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.path)) as rows, rows:
        rows.execute("UPDATE pipelines SET finished_at = replace(finished_at, ' ', 'T') || 'Z'")
    add(
        desk,
        ("a", "failed", "2026-11-20T00:00:00Z"),
        ("b", "completed", "2026-11-20T23:59:59Z"),
        ("c", "completed", "2026-11-19T23:59:59Z"),
    )
    report = await reckoned(desk)
    assert (report.done, report.projects[0].failed) == (1, 1)


async def test_each_of_the_last_days_is_counted(desk: Desk) -> None:
    add(desk, ("a", "failed", "2026-11-07 00:00:00"), ("b", "completed", "2026-11-20 23:59:00"))
    add(desk, ("not yet", "completed", "2026-11-21 01:00:00"), ("too old", "failed", "2026-11-06 23:59:00"))
    for digest in (MORNING, Digest(name="one", project="defect*")):
        days = (await reckoned(desk, digest)).days
        assert len(days) == 14
        assert days[0] == Day(day="2026-11-07", failed=1)
        assert days[-1] == Day(day="2026-11-20", done=1)


async def test_a_summary_of_a_project_counts_its_own_alone(desk: Desk) -> None:
    add(desk, ("a", "completed", "2026-11-20 10:00:00"))
    add(desk, ("b", "completed", "2026-11-20 10:00:00"), dataset=6)
    await alerts(desk, [failure("x", SINCE), failure("y", SINCE, project="Demand-Forecast")])
    report = await reckoned(desk, Digest(name="one", project="demand-*"))
    assert report.projects == (ProjectDay(name="demand-forecast", done=1),)
    assert [one.name for one in report.failures] == ["y"]


async def test_alerts_are_told_as_they_stand(desk: Desk) -> None:
    ids = await alerts(
        desk,
        [
            failure("old", SINCE - timedelta(days=2)),
            failure("open", SINCE + timedelta(hours=1)),
            failure("well", SINCE + timedelta(hours=2)),
            failure("taken", SINCE + timedelta(hours=3)),
            failure("later", UNTIL + timedelta(minutes=1)),
        ],
    )
    await desk.store.alerts.resolve(ids["well"], SINCE + timedelta(hours=4), {})
    await desk.store.alerts.press(Press(ids["taken"], "acknowledge", 1, "U1", UNTIL))
    report = await reckoned(desk)
    assert (report.opened, report.resolved, report.still_open) == (3, 1, 3)
    assert [(one.name, one.state, one.span_s) for one in report.failures] == [
        ("taken", "acknowledged", 21 * 3_600.0),
        ("open", "open", 23 * 3_600.0),
        ("old", "open", 72 * 3_600.0),
        ("well", "resolved", 2 * 3_600.0),
    ]


async def test_what_is_muted_is_not_told(desk: Desk) -> None:
    await alerts(desk, [failure("x", SINCE)], is_muted=True)
    assert (await reckoned(desk)).is_quiet


async def test_runs_that_take_too_long_are_told_against_their_history(desk: Desk) -> None:
    await alerts(desk, [failure("slow", SINCE, kind="stuck")])
    await alerts(desk, [failure("odd", SINCE, kind="stuck", details={})])
    slow, odd = sorted((await reckoned(desk)).long_runs, key=lambda one: one.name, reverse=True)
    assert (slow.name, slow.now_s, slow.usual_s) == ("slow", 9 * 3_600.0, 3_600.0)
    assert (odd.now_s, odd.usual_s) == (None, None)


async def test_new_models_are_told_once_by_their_day(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.path)) as rows, rows:
        for number, day in enumerate(("2026-11-19", "2026-11-20", "2026-11-21")):
            rows.execute(
                "INSERT INTO models (id, pipeline_id, name, version, stage, registered_at) "
                "VALUES (?, 1, 'wafer', ?, 'production', ?)",
                (900 + number, f"v{number}", day),
            )
    assert [one.version for one in (await reckoned(desk)).models] == ["v1"]
    assert [one.project for one in (await reckoned(desk, Digest(name="x", project="defect*"))).models] == [
        "defect-detection-v2"
    ]
    timed = "SELECT 'm' AS name, '2026-11-20 23:00' AS registered_at UNION SELECT 'late', '2026-11-21 09:00'"
    assert [one.name for one in (await reckoned(desk, Digest(name="x", new_models=timed))).models] == ["m"]
    untimed = "SELECT 'm' AS name"
    assert len((await reckoned(desk, Digest(name="x", new_models=untimed))).models) == 1


async def test_what_the_bot_cost_is_told(desk: Desk) -> None:
    turn = StoredTurn("t1", "T1", "C1", "1.1", "U1", "?", asked_at=SINCE)
    await desk.store.turns.start(turn)
    usage = UsageEntry("m", 1, 1_000, 0, 200, Decimal("0.0123"))
    done = replace(turn, status="done", engine="llm", finished_at=SINCE + timedelta(hours=1))
    await desk.store.turns.finish(done, [usage])
    cost = (await reckoned(desk)).cost
    assert (cost.answers, cost.tokens, cost.usd) == (1, 1_200, 0.0123)
    assert (await reckoned(desk, since=SINCE + timedelta(hours=2))).cost.usd is None


@pytest.mark.parametrize(
    ("given", "unknown"),
    [
        ({"runs": "SELECT id FROM nowhere"}, ("runs", "days")),
        ({"new_models": "SELECT name FROM nowhere"}, ("models",)),
        ({"runs": None, "new_models": None}, ()),
    ],
)
async def test_what_cannot_be_looked_up_is_named(desk: Desk, given: Any, unknown: Any) -> None:
    desk.rules = desk.rules.model_copy(update=given)
    assert (await reckoned(desk)).unknown == unknown


async def test_a_catalogue_that_is_gone_leaves_the_alerts(desk: Desk) -> None:
    await alerts(desk, [failure("x", SINCE)])
    desk.path.unlink()
    assert [one.name for one in (await reckoned(desk)).failures] == ["x"]


async def test_a_very_busy_day_is_counted_as_far_as_it_is_read(desk: Desk) -> None:
    add(desk, *((f"r{at}", "completed", "2026-11-20 12:00:00") for at in range(2_050)))
    report = await reckoned(desk)
    assert report.is_cut
    assert report.done == 2_000
    assert report.days[-1].done == 2_050


async def test_a_catalogue_in_which_nothing_has_failed_yet_is_counted(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.path)) as rows, rows:
        rows.execute("DELETE FROM pipelines WHERE status = 'failed'")
    add(desk, ("a", "completed", "2026-11-20 10:00:00"), ("odd", "completed", "soon"))
    report = await reckoned(desk)
    assert report.done == 1
    assert report.days[-1].done == 1
