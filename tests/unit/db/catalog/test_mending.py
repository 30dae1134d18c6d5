"""Engine errors in words a model can act on."""

import sqlite3

import pytest

from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogUnavailable, QueryFailed, QueryRefused
from db.catalog.mending import mended
from db.catalog.schema import Schema


async def failure(catalog: Catalog, sql: str) -> str:
    with pytest.raises(QueryFailed) as failed:
        await catalog.query(sql)
    return str(failed.value)


async def test_a_missing_column_is_answered_with_those_there_are_and_the_way_to_it(
    catalog: Catalog,
) -> None:
    text = await failure(catalog, "SELECT count(*) FROM pipelines p WHERE p.model_id IS NOT NULL")
    assert text.startswith("no such column: p.model_id. pipelines (alias p) has: id, dataset_id, name, status")
    assert "model_id is in metrics." in text
    assert "Ids of models are in models.id." in text
    assert "Join pipelines to models by models.pipeline_id = pipelines.id." in text


async def test_a_misspelt_column_is_answered_with_the_nearest(catalog: Catalog) -> None:
    assert await failure(catalog, "SELECT nmae FROM users") == (
        "no such column: nmae. users has: id, name, email, team, role. Nearest: name."
    )
    assert "users has: id" in await failure(catalog, "SELECT users.missing FROM users")


async def test_a_column_of_no_known_table_is_still_named(catalog: Catalog) -> None:
    assert "no such column: x.b" in await failure(catalog, "WITH x AS (SELECT 1 AS a) SELECT x.b FROM x")


async def test_an_ambiguous_column_is_answered_with_its_owners(catalog: Catalog) -> None:
    text = await failure(catalog, "SELECT id FROM users u JOIN projects p ON p.user_id = u.id")
    assert text == "ambiguous column name: id. Write one of u.id, p.id."
    text = await failure(catalog, "SELECT a FROM (SELECT 1 AS a) x, (SELECT 2 AS a) y")
    assert text == "ambiguous column name: a."


async def test_other_errors_keep_the_engines_words(catalog: Catalog) -> None:
    assert "misuse of aggregate" in await failure(catalog, "SELECT name FROM users WHERE count(*) > 1")


async def test_a_value_longer_than_the_catalogue_reads_is_explained(catalog: Catalog) -> None:
    grown = "WITH RECURSIVE g(t) AS (SELECT 'xxxxxxxxxx' UNION ALL SELECT t || t FROM g) SELECT length(t) FROM g"
    assert "leave that column out" in await failure(catalog, grown)


@pytest.mark.parametrize("text", ["database disk image is malformed", "disk I/O error", "database is locked"])
def test_trouble_with_the_file_is_not_the_models_fault(text: str) -> None:
    assert isinstance(mended(sqlite3.DatabaseError(text), "SELECT 1", Schema()), CatalogUnavailable)


def test_a_second_statement_is_refused_whatever_pythons_version_calls_it() -> None:
    for error in (
        sqlite3.Warning("You can only execute one"),
        sqlite3.ProgrammingError("only execute one statement at a time"),
    ):
        assert isinstance(mended(error, "SELECT 1; SELECT 2", Schema()), QueryRefused)


def test_the_engines_denial_does_not_name_what_it_hides() -> None:
    error = mended(sqlite3.DatabaseError("access to secrets.word is prohibited"), "SELECT 1", Schema())
    assert isinstance(error, QueryRefused)
    assert "secrets" not in str(error)


def test_newer_engines_wording_is_understood_and_unparsable_sql_is_survived() -> None:
    error = mended(
        sqlite3.OperationalError('no such column: "x" - should this be a string literal in single-quotes?'),
        "SEL (",
        Schema(),
    )
    assert str(error) == "no such column: x."
