"""What is said of statements that found nothing or failed, in Postgres's words; the commands on a catalogue there."""

from pathlib import Path
from typing import Final

import pytest

from db.catalog.alerts.queries import RunQueries, with_since
from db.catalog.alerts.rules import load_rules
from db.catalog.catalog import Catalog
from db.catalog.describe import describe
from db.catalog.diagnose import explain_empty, explain_zero, note_dead_literals
from db.catalog.errors import QueryFailed
from db.catalog.lint import lint
from db.catalog.sample import SAMPLE_RULES, SAMPLE_SEMANTICS, build_sample
from db.catalog.semantics import load_layer
from db.catalog.skeleton import skeleton
from tests.unit.db.catalog.postgres.opened import Home

HOURS: Final = "extract(epoch FROM finished_at - started_at)"


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("name LIKE 'YOLO%'", "pipelines.name LIKE 'YOLO%' matches no row; LIKE tells cases apart: use ILIKE"),
        (f"{HOURS} < 60", "< 60 matches no row; differences in epoch are seconds."),
        ("status = 'fail'", "pipelines.status = 'fail' matches no row; nearest: 'failed'."),
        ("finished_at = NULL", "pipelines.finished_at = NULL matches no row; use IS NULL."),
        ("started_at > '2030-01-01'", "pipelines.started_at > '2030-01-01' matches no row."),
        ("status = 'failed' AND gpu_type = 'A100'", "not together; with gpu_type = 'T4' instead there are rows."),
    ],
)
async def test_the_filter_that_emptied_a_result_is_named(sample: Home, condition: str, said: str) -> None:
    async with await Catalog.open(sample.url(), SAMPLE_SEMANTICS) as catalog:
        told = str(await explain_empty(catalog, f"SELECT name FROM pipelines WHERE {condition}"))
    assert said in told
    assert "julianday" not in told


async def test_a_count_of_nought_and_a_dead_join_are_explained(sample: Home) -> None:
    dead = "LEFT JOIN metrics t ON t.model_id = m.id AND m.stage = 'prod'"
    async with await Catalog.open(sample.url(), SAMPLE_SEMANTICS) as catalog:
        zero = await explain_zero(catalog, "SELECT count(*) FROM users WHERE name = '김민춘'")
        note = await note_dead_literals(catalog, f"SELECT m.name FROM models m {dead}")
    assert zero == "users.name = '김민춘' matches no row; nearest: '김민준'."
    assert note is not None
    assert note.startswith("Note: models.stage = 'prod' matches no row; nearest: 'production'")


async def test_what_postgres_alone_minds_is_said_with_what_to_write(sample: Home) -> None:
    async with await Catalog.open(sample.url(), SAMPLE_SEMANTICS) as catalog:
        with pytest.raises(QueryFailed, match=r"an interval is no number: extract\(epoch FROM a - b\) / 3600 is hours"):
            await catalog.query("SELECT name FROM pipelines WHERE finished_at - started_at > 5")
        with pytest.raises(QueryFailed, match="must appear in the GROUP BY clause"):
            await catalog.query("SELECT name, count(*) FROM pipelines GROUP BY status")


async def test_tables_with_capitals_or_reserved_names_are_probed_and_joined_in_quotes(blank: Home) -> None:
    blank.run(
        'CREATE TABLE "User" (id int PRIMARY KEY, name text);'
        'CREATE TABLE "order" (id int PRIMARY KEY, user_id int REFERENCES "User", "Title" text);'
        "INSERT INTO \"User\" VALUES (1, 'kim'); INSERT INTO \"order\" VALUES (1, 1, 'x')"
    )
    async with await Catalog.open(blank.url("owner")) as catalog:
        empty = "SELECT u.name FROM \"User\" u WHERE u.name = 'kin'"
        assert "nearest: 'kim'" in str(await explain_empty(catalog, empty))
        with pytest.raises(QueryFailed, match=r'JOIN "order" ON "order"\.user_id = u\.id'):
            await catalog.query('SELECT u."Title" FROM "User" u')


async def test_a_skeleton_fits_the_schema_that_it_came_from_and_the_file_is_linted_alike(
    sample: Home, tmp_path: Path
) -> None:
    build_sample(tmp_path / "catalog.db")
    file = tmp_path / "catalog.yml"
    async with (
        await Catalog.open(sample.url(), SAMPLE_SEMANTICS) as ours,
        await Catalog.open(f"sqlite:///{tmp_path}/catalog.db", SAMPLE_SEMANTICS) as files,
    ):
        file.write_text(skeleton(ours.schema), encoding="utf-8")
        layer = load_layer(file, ours.schema)
        roles = {column.ref: column.role for table in layer.tables for column in table.columns}
        assert roles["pipelines", "started_at"] == "date"
        assert roles["datasets", "num_samples"] == "measure"
        assert lint(ours.semantics, ours.values, ()) == lint(files.semantics, files.values, ())
        told = describe(ours.semantics, ours.values.values_of)
        assert "started_at timestamp without time zone" in told
        assert "completed|running|failed" in told


async def test_what_alerts_ask_gives_the_same_rows_from_both(sample: Home, tmp_path: Path) -> None:
    build_sample(tmp_path / "catalog.db")
    rules = load_rules(SAMPLE_RULES)
    async with (
        await Catalog.open(sample.url()) as ours,
        await Catalog.open(f"sqlite:///{tmp_path}/catalog.db") as files,
    ):
        both = [RunQueries(rules, catalog.dialect) for catalog in (ours, files)]
        for mine, theirs in zip(*map(_asked, both), strict=True):
            found, expected = await ours.query(mine), await files.query(theirs)
            assert found.columns == expected.columns
            assert found.rows == expected.rows
            assert found.rows


def _asked(queries: RunQueries) -> list[str]:
    new = with_since(queries.rules.new_models or "", "2024-01-01 00:00:00", queries.dialect)
    return [
        queries.failed(""),
        queries.failed("2024-01-01 00:00:00"),
        queries.newest_failed(),
        queries.running(),
        queries.by_id(["1", "8"]),
        queries.done_since("2024-06-01 00:00:00", ["yolov8-wafer-exp01"]),
        queries.done_of_family("yolov8-wafer", ""),
        queries.of_family("yolov8-wafer", "2024-06-01"),
        queries.of_dataset("syslog-2024h1"),
        queries.ended_since("2024-06-01 00:00:00"),
        queries.by_day("2024-06-01 00:00:00"),
        new,
    ]
