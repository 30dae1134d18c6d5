"""Statements written by hand, against each layer by itself."""

from collections.abc import Iterator
from typing import Final

import pytest

from tests.fuzz.sqlite import SqliteArena, opened
from tests.fuzz.written import CLASSES, hostile, legitimate

HOSTILE: Final = hostile("sqlite")
LEGITIMATE: Final = legitimate("sqlite")
HARMLESS: Final = ("EXPLAIN", "EXPLAIN/**/", "SELECT ((((", "SELECT 1 IN (1", "SELECT 1 /* NOT CLOSED", ";;SELECT 1")
"""What the engine alone may run: a plan, deep brackets, a long list, a comment without an end, semicolons ahead."""


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteArena]:
    with opened(tmp_path_factory.mktemp("statements")) as made:
        yield made


def test_there_are_enough_of_each_kind() -> None:
    assert len({sql for _, sql in HOSTILE}) >= 200
    assert len(set(LEGITIMATE)) >= 100
    assert {kind for kind, _ in HOSTILE} == set(CLASSES)


@pytest.mark.parametrize("kind", CLASSES)
def test_the_guard_alone_refuses_each_hostile_statement(arena: SqliteArena, kind: int) -> None:
    assert [sql for each, sql in HOSTILE if each == kind and not arena.judged(sql).rule] == []


@pytest.mark.parametrize("kind", CLASSES)
def test_the_engine_alone_stops_the_harm_of_each(arena: SqliteArena, kind: int) -> None:
    outcomes = {sql: arena.tried(sql) for each, sql in HOSTILE if each == kind}
    assert [sql for sql, outcome in outcomes.items() if arena.leaks(outcome)] == []
    assert [sql for sql, outcome in outcomes.items() if outcome.ran and not sql.upper().startswith(HARMLESS)] == []
    assert arena.changes() == []


def test_both_layers_let_each_legitimate_statement_through(arena: SqliteArena) -> None:
    refused = {sql: verdict.text for sql in LEGITIMATE if (verdict := arena.judged(sql)).rule}
    failed = {sql: outcome.text for sql in LEGITIMATE if not (outcome := arena.tried(sql)).ran}
    assert (refused, failed) == ({}, {})
