"""Statements for Postgres over what no file has: enums, truths, uuids, times with zones, dates as text, capitals."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import pytest

from agent.offline.query.query import COUNTED, Filter, Order, Query
from agent.offline.query.sql import render
from db.catalog.catalog import Catalog
from db.catalog.table import Cell
from tests.postgres import READER, Server, give_reader, server
from tests.unit.agent.offline.talk import Talk

__all__ = ["server"]

SCRIPT: Final = r"""
CREATE SCHEMA odd; SET search_path = odd;
CREATE TYPE mood AS ENUM ('calm', 'tense');
CREATE TABLE "user" (id uuid PRIMARY KEY, name varchar(40), "isActive" boolean, mood mood, tags text[]);
CREATE TABLE "Runs" (
    id int PRIMARY KEY, owner uuid REFERENCES "user", title text NOT NULL, "order" int, good int, bad int,
    waits interval, note text, began timestamptz, ended timestamptz, "day" date, since text, until text
);
INSERT INTO "user" VALUES
    ('00000000-0000-0000-0000-000000000001', '김민준', true, 'calm', '{a}'),
    ('00000000-0000-0000-0000-000000000002', '이서연', false, 'tense', '{}'),
    ('00000000-0000-0000-0000-000000000003', NULL, NULL, NULL, NULL);
INSERT INTO "Runs" VALUES
    (1, '00000000-0000-0000-0000-000000000001', 'Alpha-1', 3, 1, 0, '1 h', 'a\b', '2024-01-01 09:00+09',
     '2024-01-01 03:00+00', '2024-01-01', '2024-01-01 00:00:00', '2024-01-02 12:00:00'),
    (2, '00000000-0000-0000-0000-000000000002', 'beta', NULL, 1, 3, NULL, 'a%b', '2024-12-30 00:00+00', NULL,
     '2024-12-30', 'unknown', '2024-01-02'),
    (3, NULL, 'gamma', 1, NULL, 2, NULL, NULL, NULL, NULL, '2023-01-01', NULL, '');
RESET search_path;
"""
SEMANTICS: Final = """
tables:
  user: {label: {ko: 사람, en: user}, columns: {"isActive": {values: {"1": {label: {ko: 활성, en: active}}}}}}
  Runs:
    label: {ko: 실행, en: run}
    display: [title]
    columns: {note: {role: text}, good: {role: measure}, since: {role: date}, until: {role: date}}
spans:
  length: {label: {ko: 길이, en: length}, table: Runs, start: began, end: ended, unit: hours}
  age: {label: {ko: 나이, en: age}, table: Runs, start: since, end: until, unit: days}
"""
ONE, TWO = (f"00000000-0000-0000-0000-00000000000{n}" for n in (1, 2))


@pytest.fixture(scope="module")
def url(server: Server) -> Iterator[str]:
    with server.database("odd", SCRIPT):
        asyncio.run(give_reader(server, "odd", "odd"))
        yield server.url("odd", READER, schema="odd")


@pytest.fixture
async def catalog(url: str, tmp_path: Path) -> AsyncIterator[Catalog]:
    file = tmp_path / "catalog.yml"
    file.write_text(SEMANTICS, encoding="utf-8")
    async with await Catalog.open(url, file) as opened:
        yield opened


def runs(*filters: Filter) -> Query:
    return Query("Runs", columns=(("Runs", "title"),), filters=filters)


def people(*filters: Filter) -> Query:
    return Query("user", columns=(("user", "name"),), filters=filters)


FILTERS: Final[list[tuple[Query, list[Cell]]]] = [
    (people(Filter(("user", "isActive"), "=", (1,))), [ONE]),
    (people(Filter(("user", "isActive"), "=", ("true",), negated=True)), [TWO]),
    (people(Filter(("user", "mood"), "=", ("calm",))), [ONE]),
    (people(Filter(("user", "mood"), "=", ("calm", "unheard of"))), [ONE]),
    (people(Filter(("user", "mood"), "like", ("TEN%",))), [TWO]),
    (people(Filter(("user", "id"), "=", (5,))), []),
    (people(Filter(("user", "id"), "=", (ONE,))), [ONE]),
    (runs(Filter(("user", "name"), "=", ("김민준",))), [1]),
    (runs(Filter(("Runs", "title"), "like", ("ALPHA%",))), [1]),
    (runs(Filter(("Runs", "note"), "like", ("a\\b",))), [1]),
    (runs(Filter(("Runs", "title"), "=", (7,))), []),
    (runs(Filter(("Runs", "order"), "=", (3.0,))), [1]),
    (runs(Filter(("Runs", "order"), "=", ("third",))), []),
    (runs(Filter(("Runs", "order"), ">", (2,))), [1]),
    (runs(Filter(("Runs", "bad"), ">avg")), [2, 3]),
    (runs(Filter(("Runs", "bad"), ">column", ("Runs", "good"))), [2]),
    (runs(Filter(("Runs", "day"), "between", ("2024-01-01", "2025-01-01"))), [1, 2]),
    (runs(Filter(("Runs", "began"), "between", ("2024-12-30", "2024-12-31"))), [2]),
    (runs(Filter(("Runs", "title"), "rows", ("beta", "gamma"))), [2, 3]),
    (runs(Filter(("user", "id"), "alike", ("Runs", "title", "beta"))), []),
    (runs(Filter(("", "length"), ">", (1,))), [1]),
    (runs(Filter(("", "age"), "null")), [2, 3]),
]


@pytest.mark.parametrize(("query", "keys"), FILTERS)
async def test_a_filter_finds_its_rows_whatever_the_type(catalog: Catalog, query: Query, keys: list[Cell]) -> None:
    found = await catalog.query(render(query, catalog.semantics, "postgres"))
    assert sorted(str(row[0]) for row in found.rows) == [str(key) for key in keys]


GRAINS: Final = {
    "year": ["2023", "2024", "2024"],
    "quarter": ["2023-Q1", "2024-Q1", "2024-Q4"],
    "month": ["2023-01", "2024-01", "2024-12"],
    "week": ["2023-W00", "2024-W01", "2024-W53"],
    "day": ["2023-01-01", "2024-01-01", "2024-12-30"],
}


@pytest.mark.parametrize("grain", GRAINS)
async def test_dates_are_grouped_as_in_sqlite(catalog: Catalog, grain: str) -> None:
    query = Query("Runs", measure="count", groups=(("Runs", "day"),), grain=grain)  # type: ignore[arg-type] # a key
    found = await catalog.query(render(query, catalog.semantics, "postgres"))
    assert found.columns == (grain, "Runs_count")
    assert [row[0] for row in found.rows] == sorted(set(GRAINS[grain]))


async def test_no_ranking_begins_with_what_is_not_known(catalog: Catalog) -> None:
    layer = catalog.semantics
    for descending, orders in ((True, [3, 1]), (False, [1, 3])):
        query = Query("Runs", columns=(("Runs", "order"),), order=(Order(("Runs", "order"), descending),))
        assert [row[-1] for row in (await catalog.query(render(query, layer, "postgres"))).rows] == orders
    title = (("Runs", "title"),)
    most = Query("Runs", measure="sum", of=(("Runs", "order"),), groups=title, order=(Order(COUNTED, True),))
    found = await catalog.query(render(most, layer, "postgres"))
    assert [row[0] for row in found.rows] == ["Alpha-1", "gamma", "beta"]


async def test_a_part_of_nought_and_a_length_of_words_are_null(catalog: Catalog) -> None:
    ratio = Query("Runs", measure="per", of=(("Runs", "good"), ("Runs", "bad")))
    found = await catalog.query(render(ratio, catalog.semantics, "postgres"))
    assert found.columns[-1] == "good_per_bad"
    assert sorted(map(str, (row[-1] for row in found.rows))) == ["0.3333333333333333", "None", "None"]
    mean = Query("Runs", measure="avg", of=(("", "age"), ("", "length")))
    assert (await catalog.query(render(mean, catalog.semantics, "postgres"))).rows == ((1.5, 3.0),)


async def test_names_are_those_that_people_say(catalog: Catalog) -> None:
    assert set(catalog.values.columns()) == {("user", "name"), ("user", "mood"), ("Runs", "title")}
    roles = {name: catalog.semantics.column(("Runs", name)).role for name in ("waits", "began", "owner", "order")}
    assert roles == {"waits": "text", "began": "date", "owner": "key", "order": "measure"}
    assert catalog.semantics.column(("user", "tags")).role == "text"


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("김민준 실행 보여줘", "Alpha-1"),
        ("활성 사람 보여줘", "김민준"),
        ("가장 오래 걸린 실행 길이", "Alpha-1"),
        ("show beta", "beta"),
    ],
)
async def test_questions_reach_such_a_catalogue(catalog: Catalog, question: str, cell: str) -> None:
    told = await Talk(catalog).answer(question)
    assert any(cell in row for table in told.tables for row in table.rows), told.text
