"""What surrounds an alert: as far as it is known, looked up once, never guessed."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.store.alerts.records import Alert
from tests.unit.bot.alerts.desk import Desk, open_desk
from tests.unit.bot.messages.alerts.samples import ALERT, STUCK

RUN = {"id": 77, "name": "yolov8-wafer-exp03", "dataset": "wafer-image-2024q2-aug", "finished_at": None}


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as made:
        yield made


def stuck(**details: Any) -> Alert:
    return replace(STUCK, run_id="77", details={**RUN, "started_at": "2026-11-21 09:30:00", **details})


async def test_a_run_that_takes_too_long_is_told_with_what_the_scan_has_reckoned(desk: Desk) -> None:
    facts = await desk.backdrop().of(stuck(usual_s=7_200, history=[7_100, "x", None, True, -1, 7_300]))
    assert facts.usual_s == 7_200.0
    assert facts.history == (7_100.0, 7_300.0)
    assert facts.nth is None


@pytest.mark.parametrize("usual", [None, "two hours", True, float("nan"), -5, 1e30])
async def test_without_it_earlier_runs_of_the_same_pipeline_tell_what_is_usual(desk: Desk, usual: Any) -> None:
    facts = await desk.backdrop().of(stuck(usual_s=usual, history="none"))
    assert facts.history == (58_500.0,), "yolov8-wafer-exp02 ran on the same dataset, for 16 hours and a quarter"
    assert facts.usual_s == 58_500.0


async def test_a_long_run_that_is_over_ends_when_it_was_found_to(desk: Desk) -> None:
    over = replace(stuck(), state="resolved", resolution={"finished_at": "2026-11-21T12:30:00+00:00"})
    assert (await desk.backdrop().of(over)).ended == datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
    assert (await desk.backdrop().of(stuck())).ended is None


async def test_what_never_went_well_is_known_to_have_not(desk: Desk) -> None:
    facts = await desk.backdrop().of(replace(ALERT, name="brand-new-exp01", details={"name": "brand-new-exp01"}))
    assert facts.knows_successes
    assert facts.last_success is None


async def test_the_same_name_is_nearer_than_the_same_data_and_that_than_the_same_beginning(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.path)) as rows, rows:
        rows.execute(
            "INSERT INTO pipelines (id, dataset_id, name, status, started_at, finished_at) VALUES "
            "(901, 3, 'nightly', 'completed', '2026-11-01 00:00:00', '2026-11-01 01:00:00'), "
            "(902, 4, 'nightly-2', 'completed', '2026-11-02 00:00:00', '2026-11-02 01:00:00')"
        )
        (on_three, on_four) = [
            rows.execute(f"SELECT name FROM datasets WHERE id = {key}").fetchone()[0] for key in (3, 4)
        ]
    await desk.catalog.refresh()

    async def last(name: str, dataset: str) -> tuple[str, str]:
        details = {"name": name, "dataset": dataset, "finished_at": "2026-11-21 10:00:00"}
        found = (await desk.backdrop().of(replace(ALERT, name=name, details=details))).last_success
        assert found is not None
        return found.name, found.by

    assert await last("nightly", on_four) == ("nightly", "name"), "as a question below the alert is answered"
    assert await last("nightly-3", on_three) == ("nightly", "dataset")
    assert await last("nightly-3", "elsewhere") == ("nightly-2", "family")


async def test_runs_that_tell_of_no_datasets_are_compared_by_their_names(desk: Desk) -> None:
    runs = "SELECT id, name, status, started_at, finished_at FROM pipelines"
    desk.rules = desk.rules.model_copy(update={"runs": runs})
    details = {"name": "yolov8-wafer-exp99", "dataset": "lots", "finished_at": "2026-11-21 10:00:00"}
    last = (await desk.backdrop().of(replace(ALERT, name="yolov8-wafer-exp99", details=details))).last_success
    assert last is not None
    assert last.by == "family"


async def test_of_many_alerts_the_oldest_are_forgotten(desk: Desk) -> None:
    desk.rules = desk.rules.model_copy(update={"runs": None})
    backdrop = desk.backdrop()
    for at in range(203):
        await backdrop.of(replace(ALERT, alert_id=str(at), details={"usual_s": at}))
    assert (await backdrop.of(replace(ALERT, alert_id="0", details={"usual_s": 999}))).usual_s == 999
    assert (await backdrop.of(replace(ALERT, alert_id="202", details={"usual_s": 999}))).usual_s == 202
    fed = replace(ALERT, alert_id="202", count=2, details={"usual_s": 999})
    assert (await backdrop.of(fed)).usual_s == 999, "another failure is looked around for anew"
