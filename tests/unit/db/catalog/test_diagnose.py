"""Why a query found nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.catalog.catalog import Catalog
from db.catalog.diagnose import explain_empty
from tests.unit.db.catalog.statements import HOSTILE, LEGITIMATE


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "SELECT * FROM users u JOIN projects p ON p.user_id = u.id WHERE u.name LIKE '%이서 연%'",
            "users.name LIKE '%이서 연%' matches no row; nearest in users.name: '이서연'.",
        ),
        (
            "SELECT * FROM projects WHERE user_id = (SELECT id FROM users WHERE name = '김민춘')",
            "users.name = '김민춘' matches no row; nearest in users.name: '김민준'.",
        ),
        (
            "SELECT p.* FROM pipelines p WHERE p.status = 'fail' AND gpu_type = 'A100'",
            "pipelines.status = 'fail' matches no row; nearest in pipelines.status: 'failed'.",
        ),
        (
            "WITH m AS (SELECT * FROM models WHERE stage IN ('prod', 'x')) SELECT * FROM m WHERE name LIKE 'wafer%'",
            "models.stage IN ('prod', 'x') matches no row; nearest in models.stage: 'production'",
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
            "Each filter matches rows by itself, but not together; there are rows without",
        ),
        (
            "SELECT u.name FROM users u LEFT JOIN projects p ON p.user_id = u.id "
            "WHERE p.id IS NULL AND u.name = '김민준'",
            "there are rows without p.id IS NULL or u.name = '김민준'.",
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
