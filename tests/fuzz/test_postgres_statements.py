"""Statements written by hand, against each layer of Postgres's by itself."""

import asyncio
import re
from collections.abc import Iterator
from typing import Final

import pytest

from db.catalog.errors import CatalogError
from tests.fuzz.postgres import PostgresArena, opened
from tests.fuzz.written import CLASSES, hostile, legitimate
from tests.postgres import Server

HOSTILE: Final = hostile("postgres")
LEGITIMATE: Final = legitimate("postgres")
NEVER_RUN: Final = (1, 3, 6, 12)
"""Of the other classes there are statements that tell what every role may know, or waste no more than their limit."""
HARMLESS: Final = ("SELECT 1;;", ";;SELECT 1", "EXPLAIN")
_PASSING: Final = re.compile(r"(?i)now\(|current_|local|random|clock|age\(|timestamp\(|tablesample|xmin|ctid|tableoid")
"""What does not come to the same twice, or means the place where a row lies."""


@pytest.fixture(scope="module")
def arena(server: Server) -> Iterator[PostgresArena]:
    with opened(server) as made:
        yield made


def test_there_are_enough_of_each_kind() -> None:
    assert len({sql for _, sql in HOSTILE}) >= 300
    assert len(set(LEGITIMATE)) >= 150
    assert {kind for kind, _ in HOSTILE} == set(CLASSES)


@pytest.mark.parametrize("kind", CLASSES)
def test_the_guard_alone_refuses_each_hostile_statement(arena: PostgresArena, kind: int) -> None:
    assert [sql for each, sql in HOSTILE if each == kind and not arena.judged(sql).rule] == []


@pytest.mark.parametrize("kind", CLASSES)
def test_the_engine_alone_stops_the_harm_of_each(arena: PostgresArena, kind: int) -> None:
    outcomes = {sql: arena.tried(sql) for each, sql in HOSTILE if each == kind}
    assert [sql for sql, outcome in outcomes.items() if arena.leaks(outcome)] == []
    ran = [sql for sql, outcome in outcomes.items() if outcome.ran and not sql.startswith(HARMLESS)]
    assert kind not in NEVER_RUN or ran == []
    assert arena.changes() == []


def test_both_layers_let_each_legitimate_statement_through(arena: PostgresArena) -> None:
    refused = {sql: verdict.text for sql in LEGITIMATE if (verdict := arena.judged(sql)).rule}
    failed = {sql: outcome.text for sql in LEGITIMATE if not (outcome := arena.tried(sql)).ran}
    assert (refused, failed) == ({}, {})


def test_what_passes_the_guard_calls_nothing_that_is_not_listed(arena: PostgresArena) -> None:
    denied = {sql: outcome.text for sql in LEGITIMATE if not (outcome := arena.tried(sql, has_passed=True)).ran}
    assert denied == {}


def test_what_is_rewritten_for_private_tables_gives_the_same_rows(arena: PostgresArena) -> None:
    steady = [sql for sql in LEGITIMATE if not _PASSING.search(sql)]
    plain = {sql: arena.tried(sql).text for sql in steady}
    rewritten = asyncio.run(_through_the_pool(arena, steady))
    assert {sql: (rewritten[sql], text) for sql, text in plain.items() if rewritten[sql] != text} == {}
    assert len(steady) > 150


async def _through_the_pool(arena: PostgresArena, statements: list[str]) -> dict[str, str]:
    pool = arena.pool()
    found = {}
    try:
        for sql in statements:
            try:
                found[sql] = repr((await pool.fetch(sql)).rows)
            except CatalogError as error:
                found[sql] = str(error)
    finally:
        await pool.close()
    return found
