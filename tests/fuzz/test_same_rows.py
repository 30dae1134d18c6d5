"""What both engines take means the same to both: generated queries over the sample, by the catalogue's own way in."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

import pytest

from db.catalog.catalog import Catalog
from db.catalog.errors import QueryError
from db.catalog.sample import build_sample
from db.catalog.table import Cell, Table
from tests.fuzz.grammar import Vocabulary
from tests.postgres import READER, Server, give_reader, sample_in

COMMON: Final = Vocabulary.read(Path(__file__).with_name("common.yml"))
QUERIES: Final = 250

DIFFERENT: Final = {
    "text like 'A%' knows no case in SQLite": ("SELECT 1 WHERE 'abc' LIKE 'A%'", ((1,),), ()),
    "NULL comes first in SQLite, last in Postgres": (
        "SELECT gpu_type FROM pipelines ORDER BY gpu_type LIMIT 1",
        ((None,),),
        (("A100",),),
    ),
    "a whole number stays one among fractions in SQLite": (
        "SELECT coalesce(5, 0.5) / 2, CASE WHEN id = 1 THEN 5 ELSE 0.5 END / 2 FROM users WHERE id = 1",
        ((2, 2),),
        ((2.5, 2.5),),
    ),
    "half is rounded away from nought in SQLite, to even for Postgres's floats": (
        "SELECT round(CAST(2.5 AS real))",
        ((3,),),
        ((2,),),
    ),
    "a truth is a number in SQLite": ("SELECT (1 = 1) || ''", (("1",),), (("true",),)),
    "a comparison with a text that is no number fails in Postgres": ("SELECT 1 WHERE 1 < 'x'", ((1,),), None),
    "dividing by nought is NULL in SQLite, an error in Postgres": ("SELECT id / 0 FROM users", ((None,),) * 8, None),
    "columns that are not grouped by are some row's in SQLite": (
        "SELECT name, count(*) FROM users WHERE id = 1 GROUP BY team",
        (("김민준", 1),),
        None,
    ),
}
"""Queries of the shared words whose rows part, and why; None is an error that says how to mend it."""


@pytest.fixture(scope="module")
def urls(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    path = tmp_path_factory.mktemp("same") / "catalog.db"
    build_sample(path)
    with server.database("same", sample_in("catalogue")):
        asyncio.run(give_reader(server, "same", "catalogue"))
        yield f"sqlite:///{path}", server.url("same", READER, schema="catalogue")


async def both(urls: tuple[str, str], queries: list[str]) -> list[tuple[Table | None, Table | None]]:
    """Each query's results in SQLite and in Postgres; None for an error."""
    catalogs = [await Catalog.open(url) for url in urls]
    try:
        return [(await _rows(catalogs[0], sql), await _rows(catalogs[1], sql)) for sql in queries]
    finally:
        for catalog in catalogs:
            await catalog.close()


async def _rows(catalog: Catalog, sql: str) -> Table | None:
    try:
        return await catalog.query(sql)
    except QueryError:
        return None


def alike(table: Table | None) -> list[str] | None:
    """The rows in any order, numbers to nine digits."""
    return None if table is None else sorted(repr(tuple(map(_told, row))) for row in table.rows)


def _told(cell: Cell) -> object:
    return f"{cell:.9g}" if isinstance(cell, int | float) else cell


def test_generated_queries_of_the_shared_words_give_the_same_rows(urls: tuple[str, str]) -> None:
    dice = Random(20_260_102)
    queries = [COMMON.allowed(dice) for _ in range(QUERIES)]
    results = dict(zip(queries, asyncio.run(both(urls, queries)), strict=True))
    whole = {sql: pair for sql, pair in results.items() if not any(table and table.truncated for table in pair)}
    parted = {sql: pair for sql, pair in whole.items() if alike(pair[0]) != alike(pair[1])}
    assert parted == {}
    told = [pair for pair in whole.values() if pair[0] and pair[0].rows]
    assert len(told) > QUERIES / 2
    assert sum(pair[0] is None for pair in whole.values()) < QUERIES / 10


@pytest.mark.parametrize("reason", DIFFERENT)
def test_where_they_part_it_is_known_why(urls: tuple[str, str], reason: str) -> None:
    sql, in_sqlite, in_postgres = DIFFERENT[reason]
    ((first, second),) = asyncio.run(both(urls, [sql]))
    assert first is not None
    assert first.rows == in_sqlite
    assert (second.rows if second else None) == in_postgres
