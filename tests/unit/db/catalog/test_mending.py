"""Engine errors in words a model can act on."""

import sqlite3

import pytest

from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogError, CatalogUnavailable, QueryFailed, QueryRefused
from db.catalog.mending import mended
from db.catalog.schema import Schema
from db.catalog.sqlite.functions import SQLITE
from db.catalog.sqlite.said import sorted_out
from db.catalog.values import ValueIndex


def without_schema(error: sqlite3.Error | sqlite3.Warning, sql: str) -> CatalogError:
    return mended(sorted_out(error), sql, Schema(), ValueIndex(()), SQLITE)


async def failure(catalog: Catalog, sql: str) -> str:
    with pytest.raises(QueryFailed) as failed:
        await catalog.query(sql)
    return str(failed.value)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "SELECT count(*) FROM pipelines p WHERE p.model_id IS NOT NULL",
            "pipelines (alias p) has: id, dataset_id, name, status, gpu_type, framework, started_at, finished_at. "
            "Ids of models are in models.id: JOIN models ON models.pipeline_id = p.id.",
        ),
        (
            "SELECT a.model_id FROM artifacts a",
            "artifacts (alias a) has: id, pipeline_id, type, path, size_mb. Ids of models are in models.id: "
            "JOIN pipelines ON a.pipeline_id = pipelines.id JOIN models ON models.pipeline_id = pipelines.id.",
        ),
        (
            "SELECT p.id, x.map50 FROM models JOIN pipelines p ON models.pipeline_id = p.id "
            "JOIN metrics x ON x.model_id = p.model_id",
            "pipelines (alias p) has: id, dataset_id, name, status, gpu_type, framework, started_at, finished_at. "
            "Ids of models are in models.id: ON models.pipeline_id = p.id.",
        ),
        (
            "SELECT p.pipeline_id FROM pipelines AS p JOIN artifacts a ON a.pipeline_id = p.id",
            "pipelines (alias p) has: id, dataset_id, name, status, gpu_type, framework, started_at, finished_at. "
            "Ids of pipelines are in p.id.",
        ),
        (
            "SELECT count(*) FROM pipelines p JOIN metrics ON metrics.model_id = p.model_id",
            "pipelines (alias p) has: id, dataset_id, name, status, gpu_type, framework, started_at, finished_at. "
            "Ids of models are in models.id: JOIN models ON models.pipeline_id = p.id.",
        ),
        (
            "SELECT u.name, (SELECT count(*) FROM pipelines p WHERE p.user_id = u.id) FROM users u",
            "pipelines (alias p) has: id, dataset_id, name, status, gpu_type, framework, started_at, finished_at. "
            "Ids of users are in u.id: JOIN datasets ON p.dataset_id = datasets.id "
            "JOIN projects ON datasets.project_id = projects.id AND projects.user_id = u.id.",
        ),
        (
            "SELECT d.id FROM datasets d JOIN projects pr ON d.project_id = pr.id JOIN users ON users.id = d.user_id",
            "datasets (alias d) has: id, project_id, name, format, num_samples, size_gb, created_at. "
            "Ids of users are in users.id: ON d.project_id = pr.id AND pr.user_id = users.id.",
        ),
    ],
)
async def test_a_missing_key_is_answered_with_the_way_to_its_parent(catalog: Catalog, sql: str, said: str) -> None:
    assert (await failure(catalog, sql)).partition(". ")[2] == said


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT nmae FROM users", "users has: id, name, email, team, role. Nearest: name."),
        ("SELECT users.missing FROM users", "users has: id, name, email, team, role."),
        (
            "SELECT nme FROM users u JOIN projects p ON p.user_id = u.id",
            "users (alias u) has: id, name, email, team, role. "
            "projects (alias p) has: id, user_id, name, type, status, created_at. Nearest: u.name, p.name.",
        ),
        (
            "SELECT u.size_gb FROM users u",
            "users (alias u) has: id, name, email, team, role. size_gb is in datasets: "
            "JOIN projects ON projects.user_id = u.id JOIN datasets ON datasets.project_id = projects.id.",
        ),
        (
            "SELECT size_mb, status FROM artifacts",
            "artifacts has: id, pipeline_id, type, path, size_mb. "
            "status is in pipelines: JOIN pipelines ON artifacts.pipeline_id = pipelines.id. "
            "status is in projects: JOIN pipelines ON artifacts.pipeline_id = pipelines.id "
            "JOIN datasets ON pipelines.dataset_id = datasets.id JOIN projects ON datasets.project_id = projects.id.",
        ),
        (
            "SELECT m.name FROM metrics m",
            "metrics (alias m) has: id, model_id, map50, f1_score, precision_val, recall, inference_ms, "
            "confidence_threshold, deploy_note. name is in models: JOIN models ON m.model_id = models.id. "
            "name is in pipelines: JOIN models ON m.model_id = models.id "
            "JOIN pipelines ON models.pipeline_id = pipelines.id. name is in users, projects, datasets.",
        ),
        (
            "SELECT m.recall FROM models m JOIN metrics x ON x.model_id = m.id",
            "models (alias m) has: id, pipeline_id, name, version, architecture, stage, parameters_m, registered_at. "
            "recall is in metrics (alias x): write x.recall.",
        ),
        (
            "SELECT m.name FROM models m JOIN metrics x ON x.model_id = m.id WHERE m.precision > 0.9",
            "models (alias m) has: id, pipeline_id, name, version, architecture, stage, parameters_m, registered_at. "
            "Nearest: x.precision_val, m.version.",
        ),
        (
            "SELECT inference_msec FROM models",
            "models has: id, pipeline_id, name, version, architecture, stage, parameters_m, registered_at. "
            "inference_ms is in metrics: JOIN metrics ON metrics.model_id = models.id.",
        ),
    ],
)
async def test_a_column_of_another_table_is_answered_with_sql_to_paste(catalog: Catalog, sql: str, said: str) -> None:
    assert (await failure(catalog, sql)).partition(". ")[2] == said


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "SELECT path FROM artifacts WHERE pipelines.id = 3",
            "pipelines is not in FROM: JOIN pipelines ON artifacts.pipeline_id = pipelines.id.",
        ),
        (
            "SELECT a.path FROM artifacts a WHERE a.id IN (SELECT id FROM pipelines) AND models.stages = 'x'",
            "models is not in FROM: JOIN pipelines ON a.pipeline_id = pipelines.id "
            "JOIN models ON models.pipeline_id = pipelines.id. "
            "models has: id, pipeline_id, name, version, architecture, stage, parameters_m, registered_at.",
        ),
        ("WITH t AS (SELECT 1 AS n) SELECT users.name FROM t", "users is not in FROM."),
        ("SELECT pipelines.id FROM pipelines AS p", "pipelines has the alias p: write p.id."),
        ("SELECT p.name FROM pipelines", "No table has the alias p; write pipelines.name or FROM pipelines AS p."),
        (
            "SELECT p.name FROM users JOIN projects ON projects.user_id = users.id",
            "No table has the alias p; write projects.name or JOIN projects AS p.",
        ),
        ("SELECT p.name FROM pipelines pl", "No table has the alias p; write pl.name."),
        (
            "SELECT p.name FROM artifacts a",
            "No table has the alias p: JOIN pipelines AS p ON a.pipeline_id = p.id.",
        ),
        ("SELECT z.name FROM users", "No table has the alias z; write users.name or FROM users AS z."),
        (
            "SELECT z.size_gb FROM projects z0",
            "No table has the alias z; there are: projects (alias z0). "
            "size_gb is in datasets: JOIN datasets ON datasets.project_id = z0.id.",
        ),
        ("SELECT z.size_gb", "No table has the alias z. size_gb is in datasets."),
    ],
)
async def test_a_table_or_alias_that_is_not_there_is_answered_alone(catalog: Catalog, sql: str, said: str) -> None:
    assert (await failure(catalog, sql)).partition(". ")[2] == said


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT m.name FROM models m WHERE m.status = 'production'", "'production' stands in models.stage."),
        ("SELECT name FROM models WHERE lower(env) IN ('production', 'x')", "'production' stands in models.stage."),
        (
            "SELECT a.path FROM artifacts a WHERE a.status = 'failed'",
            "'failed' stands in pipelines.status: JOIN pipelines ON a.pipeline_id = pipelines.id.",
        ),
        (
            "SELECT x.map50 FROM metrics x JOIN models m ON m.id = x.model_id WHERE x.stage_name = 'production'",
            "'production' stands in models.stage.",
        ),
        ("SELECT x.map50 FROM metrics x WHERE x.mode = 'completed'", "stands in projects.status, pipelines.status."),
    ],
)
async def test_a_missing_columns_literal_shows_where_it_stands(catalog: Catalog, sql: str, said: str) -> None:
    text = await failure(catalog, sql)
    assert text.endswith(said)
    assert " is in " not in text


async def test_a_literal_that_stands_nowhere_leaves_the_joins(catalog: Catalog) -> None:
    text = await failure(catalog, "SELECT a.path FROM artifacts a WHERE a.framework LIKE 'qqq%'")
    assert "framework is in pipelines: JOIN pipelines ON a.pipeline_id = pipelines.id." in text


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("WITH x AS (SELECT 1 AS a) SELECT x.b FROM x", "no such column: x.b. x has: a."),
        ("WITH x(a) AS (SELECT 1) SELECT b FROM x", "no such column: b. x has: a."),
        ("SELECT d.nme FROM (SELECT name FROM users) d", "no such column: d.nme. d has: name. Nearest: name."),
        ("WITH x AS (SELECT * FROM users) SELECT x.zzz FROM x", "no such column: x.zzz."),
        (
            "SELECT u.name FROM users u WHERE EXISTS (SELECT 1 FROM projects p WHERE p.user_id = u.idd)",
            "no such column: u.idd. users (alias u) has: id, name, email, team, role. Nearest: id.",
        ),
        (
            "SELECT name FROM users WHERE id IN (SELECT team_id FROM projects)",
            "no such column: team_id. projects has: id, user_id, name, type, status, created_at. "
            "users has: id, name, email, team, role. Nearest: users.team.",
        ),
    ],
)
async def test_only_what_the_place_can_see_is_named(catalog: Catalog, sql: str, said: str) -> None:
    assert await failure(catalog, sql) == said


async def test_a_column_outside_every_select_is_sought_in_all(catalog: Catalog) -> None:
    error = sqlite3.OperationalError("no such column: nmae")
    sql = "SELECT name FROM users UNION SELECT format FROM datasets ORDER BY nmae"
    text = str(mended(sorted_out(error), sql, catalog.schema, catalog.values, SQLITE))
    assert "users has: id, name, email, team, role. datasets has: " in text
    assert text.endswith("Nearest: users.name, datasets.name.")


async def test_an_ambiguous_column_is_answered_with_its_owners(catalog: Catalog) -> None:
    text = await failure(catalog, "SELECT id FROM users u JOIN projects p ON p.user_id = u.id")
    assert text == "ambiguous column name: id. Write one of u.id, p.id."
    text = await failure(catalog, "SELECT a FROM (SELECT 1 AS a) x, (SELECT 2 AS a) y")
    assert text == "ambiguous column name: a. Write one of x.a, y.a."
    unparsed = mended(
        sorted_out(sqlite3.OperationalError("ambiguous column name: a")), "SEL (", Schema(), ValueIndex(()), SQLITE
    )
    assert str(unparsed) == "ambiguous column name: a."


async def test_other_errors_keep_the_engines_words(catalog: Catalog) -> None:
    assert "misuse of aggregate" in await failure(catalog, "SELECT name FROM users WHERE count(*) > 1")


async def test_a_value_longer_than_the_catalogue_reads_is_explained(catalog: Catalog) -> None:
    grown = "WITH RECURSIVE g(t) AS (SELECT 'xxxxxxxxxx' UNION ALL SELECT t || t FROM g) SELECT length(t) FROM g"
    assert "leave that column out" in await failure(catalog, grown)


@pytest.mark.parametrize("text", ["database disk image is malformed", "disk I/O error", "database is locked"])
def test_trouble_with_the_file_is_not_the_models_fault(text: str) -> None:
    assert isinstance(
        without_schema(sqlite3.DatabaseError(text), "SELECT 1"),
        CatalogUnavailable,
    )


def test_a_second_statement_is_refused_whatever_pythons_version_calls_it() -> None:
    for error in (
        sqlite3.Warning("You can only execute one"),
        sqlite3.ProgrammingError("only execute one statement at a time"),
    ):
        assert isinstance(without_schema(error, "SELECT 1; SELECT 2"), QueryRefused)


def test_the_engines_denial_does_not_name_what_it_hides() -> None:
    error = mended(
        sorted_out(sqlite3.DatabaseError("access to secrets.word is prohibited")),
        "SELECT 1",
        Schema(),
        ValueIndex(()),
        SQLITE,
    )
    assert isinstance(error, QueryRefused)
    assert "secrets" not in str(error)


def test_newer_engines_wording_is_understood_and_unparsable_sql_is_survived() -> None:
    error = mended(
        sorted_out(sqlite3.OperationalError('no such column: "x" - should this be a string literal in single-quotes?')),
        "SEL (",
        Schema(),
        ValueIndex(()),
        SQLITE,
    )
    assert str(error) == "no such column: x."


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT blocked FROM pipelines", "no such column: blocked"),
        ("SELECT p.is_locked FROM pipelines p", "no such column: p.is_locked"),
        ("SELECT json_extract(name, '$.a') FROM users", "malformed JSON"),
    ],
)
async def test_a_slip_that_sounds_like_trouble_with_the_file_can_be_mended(
    catalog: Catalog, sql: str, said: str
) -> None:
    assert said in await failure(catalog, sql)
