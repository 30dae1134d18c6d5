"""Postgres's types as the catalogue shows them."""

import pytest

from db.catalog.errors import CatalogError, EngineError, QueryFailed
from db.catalog.postgres.said import Said, sorted_out
from db.catalog.table import Cell
from tests.unit.db.catalog.postgres.opened import Home

CELLS: list[tuple[str, Cell]] = [
    ("NULL", None),
    ("1", 1),
    ("9223372036854775807", 2**63 - 1),
    ("7::smallint", 7),
    ("1.5::real", 1.5),
    ("0.1::double precision", 0.1),
    ("1.50::numeric", 1.5),
    ("12::numeric", 12),
    ("-12::numeric", -12),
    ("9223372036854775808::numeric", 9223372036854775808.0),
    ("10::numeric ^ 500", "1" + "0" * 500),
    ("'NaN'::numeric", "NaN"),
    ("'NaN'::real", "NaN"),
    ("'-Infinity'::double precision", "-Infinity"),
    ("true", 1),
    ("false", 0),
    ("'2024-06-03 09:00:00'::timestamp", "2024-06-03 09:00:00"),
    ("'2024-06-03 09:00:00.25'::timestamp", "2024-06-03 09:00:00.25"),
    ("'2024-06-03 09:00:00+09'::timestamptz", "2024-06-03 00:00:00"),
    ("'2024-06-03'::date", "2024-06-03"),
    ("'09:30'::time", "09:30:00"),
    ("'1 day 2 hours'::interval", "1 day 02:00:00"),
    ("'{\"a\": [1]}'::json", '{"a": [1]}'),
    ("'{\"a\":[1]}'::jsonb", '{"a": [1]}'),
    ("ARRAY[1, 2]", "{1,2}"),
    ("ROW(1, 'x')", "(1,x)"),
    ("'\\x00ff'::bytea", "<blob 2 bytes>"),
    ("'가나다'", "가나다"),
    ("'x'::char(3)", "x"),
    ("'5'::money", "$5.00"),
    ("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
    ("'{1,2}'::int[]", "{1,2}"),
    ("users", '(1,김민준,minjun.kim@example.com,비전팀,"ML Engineer")'),
]


async def test_every_type_has_one_form(sample: Home) -> None:
    async with sample.runner() as runner:
        got = {sql: (await runner.fetch(f"SELECT {sql} FROM users WHERE id = 1")).rows[0][0] for sql, _ in CELLS}
    assert {sql: (cell, type(cell)) for sql, cell in got.items()} == {sql: (cell, type(cell)) for sql, cell in CELLS}


async def test_names_may_repeat_be_korean_or_missing_and_order_holds(sample: Home) -> None:
    async with sample.runner() as runner:
        found = await runner.fetch('SELECT id, id, name AS "이름", 1 + 1 FROM users ORDER BY name DESC, id LIMIT 2')
    assert found.columns == ("id", "id", "이름", "?column?")
    assert [row[2] for row in found.rows] == ["한승우", "최유진"]


async def test_an_empty_result_has_its_columns(sample: Home) -> None:
    async with sample.runner() as runner:
        found = await runner.fetch("SELECT id, name FROM users WHERE false")
    assert (found.columns, found.rows, found.truncated) == (("id", "name"), (), False)


@pytest.mark.parametrize(
    ("sql", "kind", "name"),
    [
        ("SELECT nam FROM users", "no_column", "nam"),
        ("SELECT u.Nam FROM users AS u", "no_column", "u.nam"),
        ('SELECT u."Nam""x" FROM users AS u', "no_column", 'u.Nam"x'),
        ("SELECT count(*) FROM users JOIN projects USING (nam)", "no_column", "nam"),
        ("SELECT id FROM users, projects", "ambiguous", "id"),
        ("SELECT * FROM pg_authid", "denied", ""),
        ("SELECT name FROM users FOR UPDATE", "denied", ""),
        ("SELECT 1; SELECT 2", "several", ""),
        ("SELECT repeat(name, 2000000000) FROM users", "too_big", ""),
        ("SELECT 1 / 0", "other", ""),
        ("SELECT * FROM nowhere", "other", ""),
        ("SELECT name = 1 FROM users", "other", ""),
        ("SELECT 'x\0'", "other", ""),
        ("SELECT '\ud800'", "other", ""),
        ("", "other", ""),
        (";", "other", ""),
        ("SELECT 'open;", "other", ""),
    ],
)
async def test_errors_are_sorted(sample: Home, sql: str, kind: str, name: str) -> None:
    async with sample.runner() as runner:
        with pytest.raises(EngineError) as caught:
            await runner.fetch(sql)
        assert (caught.value.kind, caught.value.name) == (kind, name)
        assert (await runner.fetch("SELECT 1")).rows == ((1,),)


async def test_a_type_error_says_what_to_write(sample: Home) -> None:
    async with sample.runner() as runner:
        with pytest.raises(EngineError, match=r"operator does not exist: text = integer; .*explicit type cast"):
            await runner.fetch("SELECT 1 FROM users WHERE name = 1")


async def test_a_hint_of_the_servers_names_nothing_that_was_not_asked_for(sample: Home) -> None:
    async with sample.runner() as runner:
        with pytest.raises(EngineError) as caught:
            await runner.fetch("SELECT emai FROM users")
    assert "email" not in str(caught.value)


@pytest.mark.parametrize("code", ["08006", "53300", "57P01", "55P03", "40001", "XX001", "28P01"])
def test_the_servers_own_troubles_are_not_the_statements(code: str) -> None:
    error = sorted_out(Said(code, "any text."), "SELECT 1")
    assert isinstance(error, EngineError)
    assert (error.kind, str(error)) == ("unavailable", "any text")


@pytest.mark.parametrize("code", ["53200", "53400"])
def test_what_a_statement_used_up_is(code: str) -> None:
    assert isinstance(sorted_out(Said(code, "out of memory"), "SELECT 1"), QueryFailed)


def test_an_error_without_a_place_or_a_name_is_sorted_all_the_same() -> None:
    error: CatalogError = sorted_out(Said("42703", "열이 없습니다"), "SELECT x")
    assert isinstance(error, EngineError)
    assert (error.kind, error.name) == ("no_column", "")
