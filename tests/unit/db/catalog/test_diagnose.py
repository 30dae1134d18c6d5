"""Why a query found nothing."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from agent.limits import Limits
from agent.llm.protocol import ToolCall
from agent.schema_prompt import CurrentSchema
from agent.tool import Toolbox, ToolContext
from agent.tools.execute_sql import execute_sql
from db.catalog.catalog import Catalog
from db.catalog.diagnose import explain_empty, explain_zero, note_dead_literals
from tests.unit.db.catalog.statements import HOSTILE, LEGITIMATE


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "SELECT * FROM users u JOIN projects p ON p.user_id = u.id WHERE u.name LIKE '%이서 연%'",
            "users.name LIKE '%이서 연%' matches no row; nearest: '이서연'.",
        ),
        (
            "SELECT * FROM projects WHERE user_id = (SELECT id FROM users WHERE name = '김민춘')",
            "users.name = '김민춘' matches no row; nearest: '김민준'.",
        ),
        (
            "SELECT p.* FROM pipelines p WHERE p.status = 'fail' AND gpu_type = 'A100'",
            "pipelines.status = 'fail' matches no row; nearest: 'failed'.",
        ),
        (
            "WITH m AS (SELECT * FROM models WHERE stage IN ('prod', 'x')) SELECT * FROM m WHERE name LIKE 'wafer%'",
            "models.stage IN ('prod', 'x') matches no row; 'prod': nearest 'production'",
        ),
        ("SELECT * FROM users WHERE team = 'defect-detection-v2'", "'defect-detection-v2' stands in projects.name."),
        ("SELECT * FROM users WHERE name = '송이레'", "users.name has: '김민준', '이서연'"),
        ("SELECT * FROM metrics WHERE map50 > 2", "metrics.map50 > 2 matches no row."),
        (
            "SELECT * FROM metrics x JOIN models m ON m.id = x.model_id AND m.version = 'v9'",
            "models.version = 'v9' matches",
        ),
        (
            "SELECT * FROM pipelines WHERE (status = 'failed' AND gpu_type = 'A100') AND id > 0",
            "Each filter matches rows by itself, but not together; with gpu_type = 'T4' instead there are rows.",
        ),
        (
            "SELECT u.name FROM users u LEFT JOIN projects p ON p.user_id = u.id "
            "WHERE p.id IS NULL AND u.name = '김민준'",
            "not together; there are rows without p.id IS NULL.",
        ),
    ],
)
async def test_the_filter_that_emptied_the_result_is_named(catalog: Catalog, sql: str, said: str) -> None:
    assert (await catalog.query(sql)).is_empty
    assert said in str(await explain_empty(catalog, sql))


async def test_filters_that_only_fail_all_together_are_said_to(catalog: Catalog) -> None:
    sql = "SELECT * FROM users u JOIN models m ON m.id = u.id + 100 WHERE u.id > 0 AND m.id > 0"
    assert await explain_empty(catalog, sql) == "Each filter matches rows by itself, but not together."


async def test_an_empty_table_is_named(tmp_path: Path) -> None:
    path = tmp_path / "catalog.db"
    with closing(sqlite3.connect(path)) as owner:
        owner.execute("CREATE TABLE users (name TEXT)")
    async with await Catalog.open(f"sqlite:///{path}") as catalog:
        assert await explain_empty(catalog, "SELECT * FROM users WHERE name = 'x'") == "Table users has no rows."


@pytest.mark.parametrize(
    "sql", ["", "garbage (", "SELECT 1 WHERE 0", "DELETE FROM users", "SELECT 1 FROM users LIMIT 0"]
)
async def test_where_nothing_can_be_said_nothing_is_said(catalog: Catalog, sql: str) -> None:
    assert await explain_empty(catalog, sql) is None


async def test_trouble_with_the_catalogue_costs_the_explanation_and_no_more(sample: Path) -> None:
    catalog = await Catalog.open(f"sqlite:///{sample}")
    await catalog.close()
    assert await explain_empty(catalog, "SELECT * FROM users WHERE name = 'x'") is None


async def test_no_statement_makes_it_raise(catalog: Catalog) -> None:
    for sql in (*HOSTILE, *LEGITIMATE):
        await explain_empty(catalog, sql)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "SELECT * FROM models WHERE version IN ('2.0', '3.0')",
            "models.version IN ('2.0', '3.0') matches no row; '2.0': nearest 'v2.0'; '3.0': nearest 'v3.0'.",
        ),
        (
            "SELECT * FROM models WHERE version LIKE '%2.0%' AND (stage = 'prod' OR stage = 'zz')",
            "(models.stage = 'prod' OR models.stage = 'zz') matches no row; 'prod': nearest 'production'; "
            "models.stage has: 'archived', 'production', 'staging', 'development'.",
        ),
        (
            "SELECT * FROM users WHERE role LIKE '%qq%' AND role LIKE '%zz%'",
            "users.role LIKE '%qq%' matches no row; "
            "users.role has: 'ML Engineer', 'Data Scientist', 'MLOps Engineer', 'Team Lead'. "
            "users.role LIKE '%zz%' matches no row.",
        ),
    ],
)
async def test_each_offer_is_said_once_beside_its_literal(catalog: Catalog, sql: str, said: str) -> None:
    assert await explain_empty(catalog, sql) == said


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("julianday(finished_at) - julianday(started_at) > 24", "matches no row; julianday differences are days."),
        ("(finished_at - started_at) * 24 > 10", "matches no row; dates are text: use julianday."),
        ("finished_at = NULL", "pipelines.finished_at = NULL matches no row; use IS NULL."),
        ("finished_at <> NULL", "pipelines.finished_at <> NULL matches no row; use IS NOT NULL."),
        ("julianday(started_at) > 9e9", "> 9e9 matches no row."),
        ("id - dataset_id > 50", "pipelines.id - pipelines.dataset_id > 50 matches no row."),
    ],
)
async def test_a_filter_that_no_date_or_null_can_pass_is_mended(catalog: Catalog, condition: str, said: str) -> None:
    assert str(await explain_empty(catalog, f"SELECT name FROM pipelines WHERE {condition}")).endswith(said)


async def test_dates_kept_as_numbers_may_be_subtracted(tmp_path: Path) -> None:
    path = tmp_path / "catalog.db"
    with closing(sqlite3.connect(path)) as owner:
        owner.executescript("CREATE TABLE runs (begun_at INTEGER, ended_at INTEGER); INSERT INTO runs VALUES (1, 2)")
    async with await Catalog.open(f"sqlite:///{path}") as catalog:
        said = await explain_empty(catalog, "SELECT * FROM runs WHERE ended_at - begun_at > 5")
    assert said == "runs.ended_at - runs.begun_at > 5 matches no row."


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (
            "name = 'wafer-defect-yolov8m' AND version = 'v2.0' AND stage = 'production'",
            "with stage = 'archived' instead there are rows.",
        ),
        (
            "name = 'wafer-defect-yolov8m' AND version = 'v3.0'",
            "with version IN ('v2.0', 'v2.1') instead there are rows.",
        ),
        ("stage = 'development' AND parameters_m = 110.0", "with stage = 'production' instead there are rows."),
        ("name = 'wafer-defect-yolov8m' AND parameters_m > 100", "there are rows without parameters_m > 100."),
        ("id = 1 AND name = 'intent-kobert'", "with name = 'wafer-defect-yolov8m' instead there are rows."),
        ("parameters_m < 10 AND id < 6", "there are rows without parameters_m < 10 or id < 6."),
        ("name > 'p' AND name = 'intent-kobert'", "there are rows without name > 'p'."),
        ("rowid = 1 AND length(name) < 15", "with rowid = 4 instead there are rows."),
        ("rowid + 0 = 1 AND length(name) < 15", "there are rows without rowid + 0 = 1 or LENGTH(name) < 15."),
    ],
)
async def test_what_the_pinned_row_has_instead_is_told(catalog: Catalog, where: str, said: str) -> None:
    together = "Each filter matches rows by itself, but not together; "
    assert str(await explain_empty(catalog, f"SELECT * FROM models WHERE {where}")).startswith(together + said)


async def test_many_other_values_are_not_listed(catalog: Catalog) -> None:
    sql = "SELECT path FROM artifacts WHERE size_mb = 52.1 AND id > 5"
    assert "there are rows without" in str(await explain_empty(catalog, sql))


async def test_a_group_keeps_its_filters_named(catalog: Catalog) -> None:
    sql = "SELECT stage, count(*) FROM models WHERE stage = 'archived' AND parameters_m > 100 GROUP BY stage"
    assert "there are rows without stage = 'archived' or parameters_m > 100." in str(await explain_empty(catalog, sql))


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "SELECT count(*) FROM models WHERE stage = 'prod'",
            "models.stage = 'prod' matches no row; nearest: 'production'.",
        ),
        (
            "SELECT COUNT(DISTINCT m.id) AS n FROM models m WHERE m.name = 'intent-kobert' AND m.stage = 'staging'",
            "Each filter matches rows by itself, but not together; with m.stage = 'production' instead there are rows.",
        ),
        (
            "SELECT count(CASE WHEN stage = 'prod' THEN 1 END) FROM models",
            "NOT CASE WHEN models.stage = 'prod' THEN 1 END IS NULL matches no row; nearest: 'production'.",
        ),
        (
            "SELECT count(a.id) FROM pipelines p LEFT JOIN artifacts a ON a.pipeline_id = p.id "
            "WHERE p.name = 'rtdetr-pallet-exp02' AND p.id > 2",
            "Each filter matches rows by itself, but not together; there are rows without NOT a.id IS NULL.",
        ),
        ("SELECT 0", None),
        ("SELECT 0 UNION SELECT 0", None),
        ("SELECT count(*), 1 FROM models WHERE stage = 'prod'", None),
        ("SELECT count(*) FROM models WHERE stage = 'prod' GROUP BY name", None),
        ("garbage (", None),
    ],
)
async def test_a_count_of_zero_is_explained_like_no_rows(catalog: Catalog, sql: str, said: str | None) -> None:
    assert await explain_zero(catalog, sql) == said


OUTER = "SELECT p.name, a.path FROM pipelines p LEFT JOIN artifacts a ON a.pipeline_id = p.id AND "


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (OUTER + "a.type = 'error_log'", "Note: artifacts.type = 'error_log' matches no row; nearest: 'log'."),
        (
            OUTER + "a.type IN ('log', 'error_log')",
            "Note: artifacts.type = 'error_log' matches no row; nearest: 'log'.",
        ),
        (OUTER + "'Config' = a.type", "Note: artifacts.type = 'Config' matches no row; nearest: 'config'."),
        (
            OUTER + "(a.type = 'qqq' OR a.type = 'production')",
            "Note: artifacts.type = 'qqq' matches no row; artifacts.type has: 'checkpoint', 'log', 'config'. "
            "artifacts.type = 'production' matches no row; 'production' stands in models.stage.",
        ),
        (
            "SELECT 1 FROM artifacts a RIGHT JOIN pipelines p ON p.id = a.pipeline_id AND a.type = 'error_log'",
            "Note: artifacts.type = 'error_log' matches no row; nearest: 'log'.",
        ),
        (OUTER + "a.type = 'log'", None),
        (OUTER + "NOT a.type = 'error_log'", None),
        (OUTER + "a.type IN (SELECT 'error_log')", None),
        (OUTER + "a.path = 'nowhere'", None),
        (OUTER + "lower(a.type) = 'error_log'", None),
        (OUTER + "a.size_mb = 7", None),
        (OUTER + "a.rowid = 'x'", None),
        (OUTER + "nothing.type = 'x'", None),
        (OUTER.replace("LEFT ", "") + "a.type = 'error_log'", None),
        ("SELECT 1 FROM users LEFT JOIN projects USING (id)", None),
        ("SELECT 'join' FROM users WHERE name = 'x'", None),
        ("SELECT name FROM users", None),
        ("LEFT JOIN (", None),
    ],
)
async def test_a_literal_that_leaves_an_outer_join_empty_is_noted(catalog: Catalog, sql: str, said: str | None) -> None:
    assert await note_dead_literals(catalog, sql) == said


async def test_a_value_outside_the_index_is_looked_up_before_it_is_called_dead(tmp_path: Path) -> None:
    path = tmp_path / "catalog.db"
    with closing(sqlite3.connect(path)) as owner:
        owner.executescript(
            "CREATE TABLE runs (id INTEGER PRIMARY KEY);"
            "CREATE TABLE files (run_id INTEGER, kind TEXT COLLATE NOCASE);"
            "INSERT INTO runs VALUES (1); INSERT INTO files VALUES (1, 'log')"
        )
    join = "SELECT * FROM runs LEFT JOIN files ON files.run_id = runs.id AND files.kind = "
    async with await Catalog.open(f"sqlite:///{path}") as catalog:
        assert await note_dead_literals(catalog, join + "'LOG'") is None
        assert "matches no row" in str(await note_dead_literals(catalog, join + "'lag'"))


async def test_no_statement_makes_the_other_two_raise(catalog: Catalog) -> None:
    for sql in (*HOSTILE, *LEGITIMATE):
        await explain_zero(catalog, sql)
        await note_dead_literals(catalog, sql)


@pytest.mark.parametrize(
    ("sql", "ending"),
    [
        (
            OUTER + "a.type = 'error_log' LIMIT 1",
            "</data>\n<data>\nNote: artifacts.type = 'error_log' matches no row; nearest: 'log'.\n</data>",
        ),
        (
            "SELECT count(*) FROM models WHERE stage = 'prod'",
            "0\n</data>\n<data>\nmodels.stage = 'prod' matches no row; nearest: 'production'.\n</data>",
        ),
        (
            OUTER.replace("p.name, a.path", "count(a.id)") + "a.type = 'error_log'",
            "0\n</data>\n<data>\nartifacts.type = 'error_log' matches no row; nearest: 'log'.\n</data>",
        ),
        ("SELECT 0", "0\n</data>"),
        ("SELECT count(*) FROM models", "9\n</data>"),
    ],
)
async def test_the_model_reads_the_note_after_the_rows(catalog: Catalog, sql: str, ending: str) -> None:
    limits = Limits()
    toolbox = Toolbox([execute_sql], ToolContext(catalog, CurrentSchema(catalog, limits), limits))
    observation = await toolbox.run(ToolCall("c", "execute_sql", json.dumps({"sql": sql})))
    assert observation.ok
    assert observation.text.endswith(ending)
