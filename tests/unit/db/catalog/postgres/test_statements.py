"""The guard over Postgres's statements: no server is needed to judge them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from db.catalog.errors import QueryRefused
from db.catalog.guard import Guard
from db.catalog.postgres.functions import POSTGRES
from db.catalog.schema import ColumnSchema, Schema, TableSchema

TABLES = {
    "users": "id name email team role",
    "t": "a b data x u",
    "models": "id name registered_at update_time deleted_at",
    "Größe": "id",
}
SCHEMA = Schema(tuple(TableSchema(name, tuple(map(ColumnSchema, own.split()))) for name, own in TABLES.items()))
GUARD = Guard(SCHEMA, POSTGRES)
STATEMENTS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("statements.yml").read_text(encoding="utf-8"))


def hostile() -> list[tuple[str, str]]:
    return [(rule, sql) for rule, statements in STATEMENTS["hostile"].items() for sql in statements]


@pytest.mark.parametrize("sql", STATEMENTS["legitimate"])
def test_a_legitimate_statement_passes(sql: str) -> None:
    GUARD.check(sql)


@pytest.mark.parametrize(("rule", "sql"), hostile())
def test_a_hostile_statement_is_refused_by_its_rule(rule: str, sql: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        GUARD.check(sql)
    assert refused.value.rule == rule


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT julianday(a) FROM t", "Use extract(epoch FROM a - b) / 86400, in days"),
        ("SELECT avgg(a) FROM t", "Nearest: avg"),
        ("SELECT 'x'::regclass", "Casts to regclass are not allowed; to numbers, text, dates"),
        ("SELECT * FROM pg_ls_dir('.')", "Table function pg_ls_dir is not allowed"),
        ("SELECT $$a$$", "write text in plain single quotes"),
        ('SELECT * FROM "USERS"', "Nearest: users"),
        ("SELECT x IN users FROM t", "After IN comes a list in brackets"),
        ("SELECT user", 'one of that name is written "user"'),
    ],
)
def test_a_refusal_says_what_would_be_allowed(sql: str, said: str) -> None:
    with pytest.raises(QueryRefused, match=r".") as refused:
        GUARD.check(sql)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "sql",
    [
        "WITH a AS (SELECT * FROM secrets), secrets AS (SELECT 1) SELECT * FROM a",
        "WITH secrets AS (SELECT * FROM secrets) SELECT * FROM secrets",
        "SELECT * FROM (WITH secrets AS (SELECT 1) SELECT 1) x, secrets",
        'WITH "Secrets" AS (SELECT 1) SELECT * FROM secrets',
    ],
)
def test_a_cte_hides_a_table_only_from_where_postgres_sees_it(sql: str) -> None:
    with pytest.raises(QueryRefused, match="Table secrets is not in the catalogue"):
        GUARD.check(sql)


def test_a_recursive_cte_sees_itself_and_those_after_it() -> None:
    GUARD.check("WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT 1 UNION ALL SELECT * FROM b) SELECT * FROM a")


def test_a_table_may_bear_the_name_of_its_own_schema_and_no_other() -> None:
    GUARD.check("SELECT * FROM public.users")
    with pytest.raises(QueryRefused, match="not in the catalogue"):
        GUARD.check("SELECT * FROM other.users")
