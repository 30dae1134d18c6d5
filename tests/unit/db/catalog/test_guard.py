"""The check in front of the database."""

import logging
import pickle
import sqlite3
import time
from contextlib import closing, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.catalog.errors import QueryRefused
from db.catalog.guard import Guard
from db.catalog.schema import ColumnSchema, Schema, TableSchema
from db.catalog.sqlite.functions import FUNCTIONS, SQLITE
from tests.unit.db.catalog.statements import HOSTILE, LEGITIMATE, TABLES

COLUMNS = "id name email team role user_id type status format size_gb gpu_type started_at finished_at map50 model_id"
GUARD = Guard(Schema(tuple(TableSchema(name, tuple(map(ColumnSchema, COLUMNS.split()))) for name in TABLES)), SQLITE)


@pytest.mark.parametrize("sql", HOSTILE)
def test_a_hostile_statement_is_refused(sql: str) -> None:
    with pytest.raises(QueryRefused):
        GUARD.check(sql)


@pytest.mark.parametrize("sql", LEGITIMATE)
def test_a_legitimate_statement_passes(sql: str) -> None:
    GUARD.check(sql)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT * FROM pipeline", "Nearest: pipelines. Tables: users, projects"),
        ("SELECT printf('%d', 1)", "Function printf is not allowed. Use round"),
        ("SELECT strftme('%Y', 'now')", "Nearest: strftime"),
        ("SELECT xyzzyx(1)", "Function xyzzyx is not allowed. SQLite's"),
        ('SELECT "김민준"', "text goes in single quotes: '김민준'"),
        ("DELETE FROM users", "begins with DELETE"),
        ("SELECT * FROM pragma_table_info('users')", "json_each, json_tree are"),
        ("SELECT 1; SELECT 2", "This text holds 2 statements. Call the tool once for each."),
        ("SELECT datediff('2026-01-02', '2026-01-01')", "Use (julianday(a) - julianday(b)), in days; * 24 for hours."),
        ("SELECT timestampdiff('a', 'b', 'c')", "Use (julianday(a) - julianday(b)), in days; * 24 for hours."),
        ("SELECT ?", "write the value itself"),
        ("SELECT 1 WHERE 1 IN nowhere", "After IN comes a list in brackets"),
        ("SELECT name FRM users WHERE", "SQL syntax, line 1"),
        ("SELECT 'x", "not closed"),
        ("SELECT '" + "가" * 7000 + "'", "at most 20,000 are allowed"),
        ("", "is empty"),
    ],
)
def test_a_refusal_says_what_was_wrong_and_what_is_allowed(sql: str, said: str) -> None:
    with pytest.raises(QueryRefused) as refusal:
        GUARD.check(sql)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ("SELECT 1; SELECT 2", "one_statement"),
        ("", "only_select"),
        ("DELETE FROM users", "only_select"),
        ("WITH x AS (SELECT 1) DELETE FROM users", "only_select"),
        ("SELECT * FROM secrets", "unknown_table"),
        ("SELECT 1 WHERE 1 IN nowhere", "unknown_table"),
        ("SELECT load_extension('x')", "function"),
        ("SELECT * FROM pragma_table_info('users')", "function"),
        ("SELECT ?", "parameters"),
        ('SELECT "김민준"', "quotes"),
        ("SELECT " + "(" * 100 + "1" + ")" * 100, "nesting"),
        ("SELECT '" + "가" * 7000 + "'", "size"),
        ("SELECT name FRM users WHERE", "syntax"),
        ("SELECT '\0'", "text"),
        ("WITH secrets\u3000 AS (SELECT 1) SELECT * FROM secrets", "text"),
        ("SELECT 1 WHERE 'a' MATCH 'b'", "function"),
        ("SELECT 1 WHERE 'a' REGEXP 'b'", "function"),
        ("SELECT 'a' IN 'secrets'", "unknown_table"),
        ("SELECT 'a' NOT IN \"secrets\"", "unknown_table"),
        ("SELECT 'a' IN other.users", "unknown_table"),
        ("SELECT 'a' IN current_date", "unknown_table"),
        ("SELECT $x", "parameters"),
        ("SELECT $$x$$", "parameters"),
        ("SELECT 1;;", "one_statement"),
        ("\u017felect 1", "text"),
        ("SELECT 1 WHERE 1 IN (" + "1," * 2000 + "1)", "size"),
    ],
    ids=lambda value: value[:30],
)
def test_a_refusal_names_its_rule(sql: str, rule: str) -> None:
    with pytest.raises(QueryRefused) as refusal:
        GUARD.check(sql)
    assert refusal.value.rule == rule


def test_a_rule_goes_where_its_error_goes() -> None:
    sent = pickle.loads(pickle.dumps(QueryRefused("No.", "size")))
    assert (str(sent), sent.rule) == ("No.", "size")
    assert QueryRefused("No.").rule == "engine"


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(QueryRefused):
        GUARD.check(b"SELECT 1")  # type: ignore[arg-type]  # what a careless caller could pass


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 WHERE 1 IN users",
        "SELECT 1 WHERE 1 IN main.users",
        "WITH ids AS (SELECT 1) SELECT 1 WHERE 1 IN ids",
        'SELECT "oid", "_rowid_" FROM users',
        'SELECT "json", "root" FROM json_tree(\'[1]\')',
        'SELECT "column1" FROM (VALUES (1, 2))',
        'SELECT "count(*)", "max( id )" FROM (SELECT count(*), MAX(id) FROM users)',
        "SELECT '\u3000' AS \"\u3000\", 1 AS [\u3000] /* \u3000 */ -- \u3000",
        "SELECT 'DROP;;' ;",
        "SELECT id FROM users GROUP /* x */ BY id ORDER -- x ' ;\n BY 1",
        "SELECT 1 WHERE 1 IN (" + "1," * 1000 + "1)",
    ],
    ids=lambda value: value[:40],
)
def test_what_sqlite_reads_so_is_read_so_here(sql: str) -> None:
    GUARD.check(sql)


def test_a_name_is_the_same_in_both_cases_of_ascii_alone() -> None:
    guard = Guard(Schema((TableSchema("Größe", (ColumnSchema("Maß"),)),)), SQLITE)
    guard.check('SELECT "MAß" FROM GRößE')
    with pytest.raises(QueryRefused):
        guard.check("SELECT 1 FROM GRÖßE")


def test_each_function_of_the_engine_that_is_not_listed_is_refused() -> None:
    with closing(sqlite3.connect(":memory:")) as engine:
        found = engine.execute("SELECT DISTINCT name, narg FROM pragma_function_list").fetchall()
    calls = [f"{name}({', '.join('1' * max(count, 0))})" for name, count in found if name.lower() not in FUNCTIONS]
    assert len(calls) > 10
    for call in calls:
        with pytest.raises(QueryRefused):
            GUARD.check(f"SELECT {call}")


def test_ctes_by_the_hundred_are_judged_without_looking_at_each_for_each() -> None:
    clauses = ", ".join(f"c{number} AS (SELECT 1 FROM c{number - 1})" for number in range(1, 300))
    GUARD.check(f"WITH c0 AS (SELECT 1), {clauses} SELECT * FROM c299")


@pytest.mark.parametrize("opening", ["/* ", "[", "'\"", "SELECT [a"])
def test_what_is_never_closed_takes_no_longer_than_its_length(opening: str) -> None:
    def cpu_s(count: int) -> float:
        start = time.thread_time()
        with pytest.raises(QueryRefused):
            GUARD.check("SELECT 1 " + opening * count)
        return time.thread_time() - start

    least, most = (min(cpu_s(count) for _ in range(5)) for count in (200, 2_000))
    assert most < 50 * least + 0.01


def test_no_schema_stands_before_a_table_after_in_where_columns_are_private() -> None:
    guard = Guard(Schema((TableSchema("users", (ColumnSchema("id"),)),)), SQLITE, is_partial=True)
    guard.check("SELECT 1 WHERE 1 IN users")
    with pytest.raises(QueryRefused):
        guard.check("SELECT 1 WHERE 1 IN main.users")


def test_a_cte_name_reaches_no_further_than_its_own_query() -> None:
    GUARD.check("SELECT * FROM (WITH mine AS (SELECT 1) SELECT * FROM mine)")
    with pytest.raises(QueryRefused):
        GUARD.check("SELECT * FROM (WITH mine AS (SELECT 1) SELECT * FROM mine), mine")
    with pytest.raises(QueryRefused):
        GUARD.check("WITH mine AS (SELECT 1) SELECT * FROM main.mine")


def test_refused_statements_leave_no_trace_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for sql in ("WITH x AS (VACUUM INTO 'secret') SELECT 1", "EXPLAIN SELECT 'secret'"):
            with pytest.raises(QueryRefused):
                GUARD.check(sql)
    assert "secret" not in caplog.text


@given(st.text())
def test_any_text_is_judged_without_any_other_error(sql: str) -> None:
    with suppress(QueryRefused):
        GUARD.check(sql)


literals = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@given(literals)
def test_what_stands_in_a_literal_never_matters(text: str) -> None:
    quoted = text.replace("'", "''")
    GUARD.check(f"SELECT '{quoted}' AS 값 FROM users WHERE name = '{quoted}' OR name LIKE '%{quoted}%'")


verbs = st.sampled_from(["DELETE FROM users", "DROP TABLE users", "PRAGMA query_only=OFF", "ATTACH 'x' AS y", "VACUUM"])
gaps = st.sampled_from([";", ";;", " ;\n", "; -- x\n", "/* ; */;", ";\t/**/", "-- x\n;"])


@given(st.lists(st.tuples(gaps, st.one_of(verbs, st.just("SELECT 1"))), min_size=1, max_size=5))
def test_a_second_statement_is_refused_in_every_disguise(parts: list[tuple[str, str]]) -> None:
    with pytest.raises(QueryRefused):
        GUARD.check("SELECT 1" + "".join(gap + statement for gap, statement in parts))


names = st.sampled_from(["sqlite_master", "SQLITE_MASTER", "secrets", "pragma_table_list", "dbstat", "users2"])
spellings = st.sampled_from(["{}", '"{}"', "[{}]", "`{}`", "main.{}", "temp.{}", "'{}'"])
places = st.sampled_from(
    [
        "SELECT * FROM {}",
        "SELECT count(*) FROM users, {}",
        "SELECT * FROM users WHERE id IN (SELECT 1 FROM {})",
        "WITH a AS (SELECT * FROM {}) SELECT * FROM a",
        "SELECT (SELECT max(1) FROM {}) FROM users",
        "SELECT 1 UNION SELECT 1 FROM {}",
        "SELECT * FROM users ORDER BY (SELECT 1 FROM {})",
    ]
)


@given(names, spellings, places)
def test_a_table_off_the_list_is_refused_in_every_spelling_and_place(name: str, spelling: str, place: str) -> None:
    with pytest.raises(QueryRefused):
        GUARD.check(place.format(spelling.format(name)))
