"""What alerts ask of the catalogue, and the runs that come back."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.catalog.alerts.queries import RunQueries, earlier, family_of
from db.catalog.alerts.rules import load_rules
from db.catalog.alerts.runs import Run, group_of, runs_of, when
from db.catalog.catalog import Catalog
from db.catalog.sample import SAMPLE_RULES, SAMPLE_SEMANTICS, build_sample
from db.catalog.sample.play import fail_a_pipeline

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 21, 15, tzinfo=SEOUL)


@pytest.fixture
async def catalog(tmp_path: Path) -> AsyncIterator[Catalog]:
    build_sample(tmp_path / "catalog.db")
    async with await Catalog.open(f"sqlite:///{tmp_path / 'catalog.db'}", SAMPLE_SEMANTICS) as opened:
        yield opened


def queries(dialect: str = "sqlite") -> RunQueries:
    return RunQueries(load_rules(SAMPLE_RULES), dialect)


async def asked(catalog: Catalog, sql: str) -> list[Run]:
    return runs_of(await catalog.query(sql), SEOUL)


async def test_failed_runs_come_in_the_order_in_which_they_failed(catalog: Catalog, tmp_path: Path) -> None:
    late = fail_a_pipeline(tmp_path / "catalog.db", NOW)
    failed = await asked(catalog, queries().failed(""))
    assert [run.status for run in failed] == ["failed", "failed"]
    assert failed[-1].name == late
    assert failed[-1].finished_at == NOW.astimezone(UTC)
    (newest,) = await asked(catalog, queries().newest_failed())
    assert newest.name == late
    assert [run.name for run in await asked(catalog, queries().failed(newest.moment))] == [late]
    assert await asked(catalog, queries().failed("", offset=2)) == []


async def test_a_run_tells_what_a_message_needs(catalog: Catalog) -> None:
    (run,) = await asked(catalog, queries().newest_failed())
    assert (run.text("project"), run.text("owner"), run.text("dataset")) == ("log-anomaly", "정하은", "syslog-2024h1")
    assert run.text("log_path").endswith("error.log")
    assert run.text("model") == run.text("no such column") == ""
    assert run.took_s == 15 * 60


async def test_runs_are_found_by_how_they_stand_by_id_name_family_and_dataset(catalog: Catalog) -> None:
    ask = queries()
    (running,) = await asked(catalog, ask.running())
    assert (running.status, running.finished_at, running.took_s) == ("running", None, None)
    assert [run.run_id for run in await asked(catalog, ask.by_id(["8", "1", "999"]))] == ["1", "8"]
    assert await asked(catalog, ask.by_id([])) == []
    family = family_of(running.name)
    assert [run.name for run in await asked(catalog, ask.done_of_family(family, "2024-06-05"))] == [
        "yolov8-wafer-exp02"
    ]
    assert len(await asked(catalog, ask.of_family(family))) == 3
    assert len(await asked(catalog, ask.of_family(family, "2024-06-10"))) == 1
    assert [run.name for run in await asked(catalog, ask.done_since("", ["yolov8-wafer-exp01"]))] == [
        "yolov8-wafer-exp01"
    ]
    assert {run.text("dataset") for run in await asked(catalog, ask.of_dataset(running.text("dataset")))} == {
        running.text("dataset")
    }
    assert {run.status for run in await asked(catalog, ask.ended_since("2024-01-01"))} <= {"failed", "completed"}


async def test_ended_runs_are_counted_by_day(catalog: Catalog) -> None:
    table = await catalog.query(queries().by_day("2024-06-01"))
    assert table.columns == ("day", "status", "runs")
    assert ("2024-09-10", "failed", 1) in table.rows


@given(st.text(max_size=60))
def test_no_value_is_more_than_a_value(value: str) -> None:
    """Whatever a cell holds, the statement has one literal more, and no other part."""
    import sqlglot

    for dialect in ("sqlite", "postgres"):
        statement = sqlglot.parse(queries(dialect).of_dataset(value), dialect=dialect)
        assert len(statement) == 1
        assert isinstance(statement[0], sqlglot.exp.Expression)
        literals = [one.this for one in statement[0].find_all(sqlglot.exp.Literal) if one.is_string]
        assert value.replace("\0", "") in literals


async def test_hostile_values_find_nothing_and_break_nothing(catalog: Catalog) -> None:
    for value in ("it's", "x' OR '1'='1", "a;b", "\\", "%", "한글'"):
        assert await asked(catalog, queries().of_dataset(value)) == []
        assert await asked(catalog, queries().done_of_family(value, value)) == []


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("yolov8-wafer-exp04", "yolov8-wafer"),
        ("bert-ner-v2.1", "bert-ner"),
        ("train_2026-11-21", "train"),
        ("churn", "churn"),
        ("42", "42"),
        ("resnet50", "resnet"),
        ("", ""),
    ],
)
def test_a_family_is_a_name_without_its_counter(name: str, family: str) -> None:
    assert family_of(name) == family


@pytest.mark.parametrize(
    ("moment", "before"),
    [
        ("2026-11-21 06:00:00", "2026-11-21 00:00:00"),
        ("2026-11-21T06:00:00.123456", "2026-11-21T00:00:00"),
        ("2026-11-21T06:00:00Z", "2026-11-21T00:00:00Z"),
        ("2026-11-21 06:00:00+09:00", "2026-11-21 00:00:00+09:00"),
        ("2026-11-21 06:00", "2026-11-21 00:00"),
        ("2026-11-21", "2026-11-20"),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_an_earlier_time_is_written_as_the_catalogue_writes_them(moment: str, before: str) -> None:
    assert earlier(moment, timedelta(hours=6)) == before


def test_times_without_a_zone_are_the_catalogues() -> None:
    assert when("2026-11-21 09:00:00", SEOUL) == datetime(2026, 11, 21, tzinfo=UTC)
    assert when("2026-11-21T09:00:00+00:00", SEOUL) == datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert when(datetime(2026, 11, 21, 9), SEOUL) == datetime(2026, 11, 21, tzinfo=UTC)
    assert [when(value, SEOUL) for value in (None, "soon", 7, "0001-01-01 00:00:00")] == [None] * 4


def test_failures_belong_together_by_the_columns_of_the_group() -> None:
    assert group_of({"name": "a", "dataset": None, "n": 3}, ("name", "dataset", "n", "x")) == ("a", "", "3", "")


def test_a_run_that_ended_before_it_began_took_no_time() -> None:
    assert Run("1", "a", "failed", NOW, NOW - timedelta(hours=1), {}).took_s is None
