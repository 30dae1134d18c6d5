"""Columns and rows that are some people's alone: to all others it is as if they weren't there."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, closing
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.catalog.catalog import Catalog
from db.catalog.conditions import rehomed
from db.catalog.database import MOST_VIEWS
from db.catalog.describe import describe
from db.catalog.diagnose import explain_empty, explain_zero, note_dead_literals
from db.catalog.errors import CatalogUnavailable, QueryError
from db.catalog.limits import QueryLimits
from db.catalog.reader import Reader
from db.catalog.sqlite.deadline import Deadline
from db.catalog.sqlite.functions import SQLITE
from db.catalog.sqlite.guarded import connect_guarded
from db.catalog.sqlite.shadows import HOME
from tests.postgres import READER, Server, give_reader, server
from tests.unit.db.catalog.shop import CANARY, KINDS, NLP, SECRETS, SEMANTICS, STATEMENTS, Kind, build, script

__all__ = ["server"]


def owner_runs(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as owner, owner:
        owner.execute(sql)


class Twins:
    """Two catalogues that differ in nothing that one kind of reader sees."""

    def __init__(self, one: Catalog, other: Catalog) -> None:
        self.one = one
        self.other = other

    async def seen_by(self, kind: Kind) -> "Twins":
        reader = kind.reader(self.one.engine_dialect)
        return Twins(await self.one.for_reader(reader), await self.other.for_reader(reader))

    async def told(self, sql: str) -> tuple[str, str]:
        return await told(self.one, sql), await told(self.other, sql)


async def told(catalog: Catalog, sql: str) -> str:
    try:
        table = await catalog.query(sql)
    except QueryError as error:
        return f"{type(error).__name__}: {error}"
    return repr((table.columns, table.rows, table.truncated))


@pytest.fixture(params=["sqlite", "postgres"])
async def twins(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Twins]:
    file = tmp_path / "catalog.yml"
    file.write_text(SEMANTICS, encoding="utf-8")
    async with AsyncExitStack() as stack:
        urls = [f"sqlite:///{build(tmp_path / f'{is_other}.db', is_other=is_other)}" for is_other in (False, True)]
        if request.param == "postgres":
            urls = [await served(request.getfixturevalue("server"), stack, is_other) for is_other in (False, True)]
        one, other = [await stack.enter_async_context(await Catalog.open(url, file)) for url in urls]
        yield Twins(one, other)


async def served(server: Server, stack: AsyncExitStack, is_other: bool) -> str:
    name = f"shop_{is_other}".lower()
    stack.enter_context(server.database(name, script("catalogue", is_other=is_other)))
    await give_reader(server, name, "catalogue")
    return server.url(name, READER, schema="catalogue")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
async def test_no_statement_tells_of_what_a_reader_does_not_see(twins: Twins, kind: Kind) -> None:
    seen = await twins.seen_by(kind)
    ran = 0
    for sql in STATEMENTS:
        one, other = await seen.told(sql)
        assert one == other, sql
        assert [secret for secret in SECRETS if secret in one and secret not in sql] == [], sql
        ran += one.startswith("((")
    assert ran >= 90


async def test_what_is_made_of_schema_and_values_has_nothing_hidden(twins: Twins) -> None:
    for kind in KINDS:
        seen = await twins.seen_by(kind)
        for one, other in ((seen.one, seen.other),):
            assert one.schema == other.schema
            assert one.semantics == other.semantics
            assert one.private == other.private
            columns = one.values.columns()
            assert columns == other.values.columns()
            assert [one.values.values_of(*ref) for ref in columns] == [other.values.values_of(*ref) for ref in columns]
            assert describe(one.semantics, one.values.values_of) == describe(other.semantics, other.values.values_of)
            assert all(each.values.nearest(secret) == () for each in (one, other) for secret in SECRETS)
            assert {table.name: table.row_count for table in one.schema.tables}["users"] is None


async def test_why_nothing_was_found_is_told_by_what_the_reader_sees(twins: Twins) -> None:
    seen = await twins.seen_by(NLP)
    for sql in STATEMENTS:
        one, other = [
            [await say(each, sql) for say in (explain_empty, explain_zero, note_dead_literals)]
            for each in (seen.one, seen.other)
        ]
        assert one == other, sql


async def test_a_column_that_is_open_is_there_for_that_reader_alone(twins: Twins) -> None:
    lead = await twins.one.for_reader(Reader(opens=frozenset({("users", "SALARY")})))
    assert (await lead.query("SELECT max(salary) FROM users")).rows == ((7 * 4711,),)
    assert lead.private == (("projects", "budget"),)
    assert lead.semantics.column(("users", "salary")).unit == "원"
    assert "no such column: salary" in await told(twins.one, "SELECT salary FROM users")
    assert "no such column: budget" in await told(lead, "SELECT budget FROM projects")


async def test_a_view_shows_what_it_has_a_condition_of_its_own_for(twins: Twins) -> None:
    rows = {*NLP.reader().rows, ("everybody", "team = 'nlp'")}
    seen = await twins.one.for_reader(Reader(rows=frozenset(rows)))
    assert (await seen.query("SELECT name FROM everybody ORDER BY name")).rows == (("김민준",), ("이서연",))
    assert "not in the catalogue" in await told(seen, "SELECT * FROM all_of_them")


async def test_words_for_a_name_in_hidden_rows_are_not_known(twins: Twins) -> None:
    seen = await twins.seen_by(NLP)
    assert twins.one.may_name("users", "name", CANARY)
    assert not seen.one.may_name("users", "name", CANARY)
    assert seen.one.may_name("users", "name", "김민준")
    assert seen.one.may_name("tags", "name", "anything")


async def test_readers_alike_share_a_view_and_the_one_unused_for_longest_goes(twins: Twins) -> None:
    readers = [Reader(rows=frozenset({("users", f"id = {i}")})) for i in range(MOST_VIEWS + 2)]
    first = await twins.one.for_reader(readers[0])
    assert (await first.query("SELECT id FROM users")).rows == ()
    runner = first._view.runner
    assert (await twins.one.for_reader(Reader(readers[0].opens, readers[0].rows)))._view.runner is runner
    for each in readers[1:]:
        assert (await (await twins.one.for_reader(each)).query("SELECT 1")).rows == ((1,),)
    await twins.one.settled()
    assert first.schema.table("users") is not None
    assert (await first.query("SELECT count(*) FROM users")).rows == ((0,),)
    assert first._view.runner is not runner, "it was closed, and made anew"
    assert (await twins.one.query("SELECT count(*) FROM users")).rows == ((4,),)


async def test_a_reader_follows_the_catalogue(tmp_path: Path) -> None:
    path = build(tmp_path / "shop.db", is_other=False)
    async with await Catalog.open(f"sqlite:///{path}") as catalog:
        seen = await catalog.for_reader(NLP.reader())
        runner, values = seen._view.runner, seen.values
        assert (await seen.query("SELECT count(*) FROM users")).rows == ((2,),)
        owner_runs(path, "INSERT INTO users VALUES (50, '새사람', 'nlp', 1), (51, 'hidden-4711', 'vision', 1)")
        assert await seen.refresh() is True
        await catalog.settled()
        assert (await seen.query("SELECT count(*) FROM users")).rows == ((3,),)
        assert seen.values is not values
        assert [bool(seen.values.exact(name)) for name in ("새사람", "hidden-4711")] == [True, False]
        assert seen._view.runner is runner
        owner_runs(path, "ALTER TABLE users ADD COLUMN level TEXT")
        await seen.refresh()
        assert (await seen.query("SELECT level FROM users LIMIT 1")).rows == ((None,),)
        assert seen._view.runner is not runner
        assert list(await catalog.look_up("users", "salary", "name = '새사람'", 2)) == [1]
    with pytest.raises(CatalogUnavailable, match="closed"):
        await catalog.for_reader(Reader(rows=frozenset({("users", "1 = 0")})))
    with pytest.raises(CatalogUnavailable, match="closed"):
        await catalog.look_up("users", "salary", "", 2)


async def test_a_condition_that_no_longer_runs_lets_nothing_through(tmp_path: Path) -> None:
    path = build(tmp_path / "shop.db", is_other=False)
    async with await Catalog.open(f"sqlite:///{path}") as catalog:
        seen = await catalog.for_reader(NLP.reader())
        owner_runs(path, "ALTER TABLE users RENAME COLUMN team TO crew")
        await seen.refresh()
        with pytest.raises(CatalogUnavailable, match="no such column"):
            await seen.query("SELECT name FROM users")


async def test_a_view_that_is_made_while_the_catalogue_changes_is_of_the_new_one(tmp_path: Path) -> None:
    path = build(tmp_path / "shop.db", is_other=False)
    async with await Catalog.open(f"sqlite:///{path}") as catalog:
        owner_runs(path, "ALTER TABLE users ADD COLUMN level TEXT")
        refreshing = asyncio.create_task(catalog.refresh())
        made: list[asyncio.Task[Catalog]] = []
        while not refreshing.done():
            reader = Reader(rows=frozenset({("users", f"id > {len(made)}")}))
            made += [asyncio.create_task(catalog.for_reader(reader)) for _ in range(2)]
            await asyncio.wait((refreshing, made[-1]), return_when=asyncio.FIRST_COMPLETED)
        for seen in await asyncio.gather(*made):
            assert (await seen.query("SELECT count(level) FROM users")).rows == ((0,),)
        await catalog.settled()


WHAT: Final = ("*", "u.*", "name", "count(*)", "max(u.id)", "json(note)", "salary", "rowid", "1", "title")
FROM: Final = (
    *("users u", "main.users u", "users", "(SELECT * FROM users) u", "runs u", "projects u", "everybody u", "x u"),
    *("users u, projects", "(users u)", "(VALUES (2, 'nlp')) u"),
)
JOIN: Final = (
    *("", "NATURAL JOIN projects", "LEFT JOIN tags USING (team)", "JOIN users w USING (id)", "CROSS JOIN runs"),
    *("LEFT JOIN runs r ON json(r.note) IS NOT NULL", f"NATURAL JOIN (SELECT '{CANARY}' AS name)"),
)
END: Final = (
    *("", "WHERE team = 'vision'", f"WHERE name = '{CANARY}'", "WHERE json(note) IS NOT NULL", "GROUP BY team"),
    *("WHERE EXISTS (SELECT 1 FROM users v WHERE v.team <> 'nlp')", "WHERE u.id IN (SELECT id FROM users)"),
    *("ORDER BY name", "ORDER BY 1 LIMIT 1", "LIMIT (SELECT count(*) FROM users)", "UNION SELECT id FROM users"),
    *("EXCEPT SELECT name FROM users", "WHERE abs(CASE WHEN team = 'vision' THEN -9223372036854775807 - 1 END) > 0"),
)
WITH: Final = (
    *("", "WITH x AS (SELECT * FROM users) ", "WITH users AS (SELECT 2 AS id, 'nlp' AS team) "),
    *("WITH projects AS (SELECT 20 AS id, 1 AS user_id, 'a' AS title) ", "WITH x AS (SELECT * FROM runs) "),
)


@pytest.fixture(scope="module")
def connections(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, ...]]:
    """As a worker has them, without the guard."""
    folder = tmp_path_factory.mktemp("connections")
    rows = {table: rehomed(condition, SQLITE, HOME.strip('"')) for table, condition in NLP.reader().rows}
    columns = {"users": ("id", "name", "team"), "projects": ("id", "title", "user_id"), "everybody": ()}
    columns |= {"runs": ("id", "project_id", "gpu", "note"), "tags": ("id", "name", "team"), "all_of_them": ()}
    with ExitStack() as stack:
        yield tuple(
            stack.enter_context(closing(connect_guarded(path, columns, QueryLimits(), Deadline(), rows)))
            for path in (build(folder / f"{is_other}.db", is_other=is_other) for is_other in (False, True))
        )


@settings(deadline=None)
@given(*map(st.sampled_from, (WITH, WHAT, FROM, JOIN, END)))
def test_no_combination_tells_of_hidden_rows_even_without_the_guard(
    connections: tuple[sqlite3.Connection, ...], start: str, what: str, source: str, join: str, end: str
) -> None:
    one, other = [outcome(each, f"{start}SELECT {what} FROM {source} {join} {end}") for each in connections]
    assert one == other


@pytest.mark.parametrize("sql", STATEMENTS)
def test_no_statement_tells_of_hidden_rows_even_without_the_guard(
    connections: tuple[sqlite3.Connection, ...], sql: str
) -> None:
    one, other = [outcome(each, sql) for each in connections]
    assert one == other


def outcome(connection: sqlite3.Connection, sql: str) -> str:
    try:
        said = repr(connection.execute(sql).fetchall())
    except (sqlite3.Error, sqlite3.Warning) as error:
        said = str(error)
    return re.sub(r"\bc[0-9a-f]{32}\b", "main", said)


async def test_words_of_the_file_for_values_that_are_not_shown_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "catalog.yml"
    words = "{nlp: {synonyms: [말팀]}, vision: {synonyms: [눈팀]}}"
    file.write_text(f"tables: {{users: {{columns: {{team: {{role: category, values: {words}}}}}}}}}", encoding="utf-8")
    async with await Catalog.open(f"sqlite:///{build(tmp_path / 'shop.db', is_other=False)}", file) as catalog:
        seen = await catalog.for_reader(NLP.reader())
        assert [value.value for value in seen.semantics.column(("users", "team")).values] == ["nlp"]
        assert len(catalog.semantics.column(("users", "team")).values) == 2
        layer = seen.semantics
        owner_runs(tmp_path / "shop.db", "UPDATE users SET name = '다른' WHERE id = 1")
        await seen.refresh()
        await catalog.settled()
        assert seen.semantics is layer, "an equal layer is the same"
