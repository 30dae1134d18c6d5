"""A catalogue that is written to, changed, damaged or taken away while the bot answers."""

import asyncio
import logging
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogUnavailable, QueryRefused
from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from db.catalog.semantics_file import SemanticsError

ONE_MORE = "INSERT INTO users VALUES (9, '송이레', 'x', 'x', 'x')"
MANY = (
    "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
    "INSERT INTO users SELECT i, 'name ' || i, i, 'x', 'x' FROM n"
)


def owner_runs(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as owner:
        for statement in statements:
            owner.execute(statement)
        owner.commit()


def take_away(path: Path) -> Path:
    return path.rename(path.with_name("away.db"))


def bring_back(away: Path) -> None:
    away.rename(away.with_name("catalog.db"))


def overwrite(path: Path, content: bytes | None) -> bytes:
    """Writes into the same file; None is garbage of the same size. Returns what was there."""
    before = path.read_bytes()
    path.write_bytes(b"x" * len(before) if content is None else content)
    return before


def put_a_folder_at(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.fixture
async def plain(sample: Path) -> AsyncIterator[Catalog]:
    """Without a catalog.yml."""
    async with await Catalog.open(f"sqlite:///{sample}") as opened:
        yield opened


async def test_written_rows_are_read_behind_the_questions(catalog: Catalog, sample: Path) -> None:
    owner_runs(sample, ONE_MORE)
    assert await catalog.refresh() is True
    assert not catalog.values.exact("송이레")
    assert (await catalog.query("SELECT count(*) FROM users")).rows == ((9,),)
    await catalog.settled()
    assert catalog.values.exact("송이레")
    users = catalog.schema.table("users")
    assert users is not None
    assert users.row_count == 9
    assert await catalog.refresh() is False


async def test_questions_are_answered_while_many_names_are_read(catalog: Catalog, sample: Path) -> None:
    owner_runs(sample, MANY)
    await catalog.refresh()
    for _ in range(3):
        assert (await catalog.query("SELECT 1")).rows == ((1,),)
        assert await catalog.refresh() is True
    assert not catalog.values.exact("name 20000")
    await catalog.settled()
    assert catalog.values.exact("name 20000")


async def test_there_is_one_rebuild_at_a_time(catalog: Catalog, sample: Path) -> None:
    owner_runs(sample, ONE_MORE)
    await asyncio.gather(*(catalog.refresh() for _ in range(5)))
    owner_runs(sample, "UPDATE users SET name = '송이재' WHERE id = 9")
    await catalog.refresh()
    assert len(catalog._database._tasks) == 1
    await catalog.settled()
    await catalog.refresh()
    await catalog.settled()
    assert catalog.values.exact("송이재")
    assert await catalog.refresh() is False


async def test_rows_that_bring_no_new_name_leave_index_layer_and_connections(catalog: Catalog, sample: Path) -> None:
    values, layer, workers = catalog.values, catalog.semantics, catalog._view.runner
    owner_runs(sample, "UPDATE metrics SET recall = 0.5")
    assert await catalog.refresh() is True
    await catalog.settled()
    assert catalog.values is values
    assert catalog.semantics is layer
    assert catalog._view.runner is workers


async def test_a_changed_schema_is_waited_for(plain: Catalog, sample: Path) -> None:
    owner_runs(sample, "ALTER TABLE users RENAME COLUMN team TO crew")
    with pytest.raises(Exception, match="no such column"):
        await plain.query("SELECT team FROM users")
    assert await plain.refresh() is True
    assert (await plain.query("SELECT DISTINCT crew FROM users")).rows
    assert await plain.refresh() is False


async def test_a_schema_that_changes_during_a_rebuild_is_waited_for_too(plain: Catalog, sample: Path) -> None:
    owner_runs(sample, MANY)
    await plain.refresh()
    owner_runs(sample, "CREATE TABLE notes (body TEXT)")
    questions = [asyncio.create_task(plain.refresh()) for _ in range(3)]
    assert await asyncio.gather(*questions) == [True, True, True]
    assert plain.schema.table("notes")
    assert plain.values.exact("name 20000")


@pytest.mark.parametrize("turns", [0, 1, 2, 5, 10, 50])
async def test_a_question_that_goes_away_leaves_the_catalogue_whole(plain: Catalog, sample: Path, turns: int) -> None:
    owner_runs(sample, "CREATE TABLE notes (body TEXT)")
    asking = asyncio.create_task(plain.refresh())
    for _ in range(turns):
        await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await plain.settled()
    await plain.refresh()
    assert plain.schema.table("notes")
    assert (await plain.query("SELECT count(*) FROM notes")).rows == ((0,),)


async def test_a_rebuild_that_fails_is_logged_and_tried_again(
    catalog: Catalog, sample: Path, caplog: pytest.LogCaptureFixture
) -> None:
    owner_runs(sample, ONE_MORE)
    await catalog.refresh()
    away = take_away(sample)
    await catalog.settled()
    assert ["not read anew" in record.message for record in caplog.records] == [True]
    assert not catalog.values.exact("송이레")
    bring_back(away)
    await catalog.refresh()
    await catalog.settled()
    assert catalog.values.exact("송이레")


async def test_closing_waits_for_a_rebuild(sample: Path) -> None:
    catalog = await Catalog.open(f"sqlite:///{sample}")
    owner_runs(sample, ONE_MORE)
    await catalog.refresh()
    await catalog.close()
    assert catalog.values.exact("송이레")
    with pytest.raises(CatalogUnavailable, match="closed"):
        await catalog.refresh()


async def test_a_renamed_column_costs_its_meaning_and_no_question(
    catalog: Catalog, sample: Path, caplog: pytest.LogCaptureFixture
) -> None:
    owner_runs(sample, "ALTER TABLE metrics RENAME COLUMN recall TO hit_rate")
    assert await catalog.refresh() is True
    assert (await catalog.query("SELECT max(hit_rate) FROM metrics")).rows
    assert catalog.semantics.table("models").label.of("ko") == "모델"
    assert "recall" not in {criterion.column[1] for criterion in catalog.semantics.criteria}
    owner_runs(sample, ONE_MORE)
    await catalog.refresh()
    await catalog.settled()
    [warning] = [record for record in caplog.records if record.levelno == logging.WARNING]
    problem = warning.__dict__["problem"]
    assert problem.startswith(f"{SAMPLE_SEMANTICS}:")
    assert "no column 'recall'" in problem
    with pytest.raises(SemanticsError, match="no column 'recall'"):
        await Catalog.open(f"sqlite:///{sample}", SAMPLE_SEMANTICS)


async def test_every_table_may_go_and_refresh_still_answers(catalog: Catalog, sample: Path) -> None:
    for table in ("metrics", "artifacts", "models", "pipelines", "datasets", "projects"):
        owner_runs(sample, "PRAGMA foreign_keys = OFF", f"DROP TABLE {table}")
        assert await catalog.refresh() is True
        assert table not in {each.name for each in catalog.semantics.tables}
    owner_runs(sample, "DROP TABLE users")
    with pytest.raises(CatalogUnavailable, match="has no tables"):
        await catalog.refresh()


async def test_a_yaml_that_breaks_later_is_passed_over(sample: Path, tmp_path: Path) -> None:
    semantics = tmp_path / "catalog.yml"
    shutil.copy(SAMPLE_SEMANTICS, semantics)
    async with await Catalog.open(f"sqlite:///{sample}", semantics) as catalog:
        layer = catalog.semantics
        semantics.write_text("tables: [", encoding="utf-8")
        owner_runs(sample, ONE_MORE)
        await catalog.refresh()
        await catalog.settled()
        assert catalog.semantics is layer
        assert catalog.values.exact("송이레")


async def test_a_file_that_vanishes_is_missed_by_refresh_and_not_by_open_connections(
    catalog: Catalog, sample: Path
) -> None:
    await catalog.query("SELECT 1")
    away = take_away(sample)
    assert (await catalog.query("SELECT count(*) FROM users")).rows == ((8,),)
    with pytest.raises(CatalogUnavailable, match=r"catalog\.db does not exist"):
        await catalog.refresh()
    bring_back(away)
    await catalog.refresh()
    assert (await catalog.query("SELECT count(*) FROM users")).rows == ((8,),)


async def test_a_file_replaced_after_the_look_is_read_with_its_own_schema(plain: Catalog, sample: Path) -> None:
    other = sample.with_name("other.db")
    owner_runs(other, "CREATE TABLE teams (name TEXT)", "INSERT INTO teams VALUES ('vision')")
    os.replace(other, sample)
    with pytest.raises(QueryRefused, match="teams"):
        await plain.query("SELECT count(*) FROM users")
    assert (await plain.query("SELECT name FROM teams")).rows == (("vision",),)
    assert plain.values.exact("vision")


async def test_an_open_connection_stays_with_the_file_it_was_opened_on_until_the_next_look(
    plain: Catalog, sample: Path
) -> None:
    await plain.query("SELECT 1")
    other = sample.with_name("other.db")
    build_sample(other)
    owner_runs(other, ONE_MORE)
    os.replace(other, sample)
    assert (await plain.query("SELECT count(*) FROM users")).rows == ((8,),)
    assert await plain.refresh() is True
    assert (await plain.query("SELECT count(*) FROM users")).rows == ((9,),)
    assert plain.values.exact("송이레")


@pytest.mark.parametrize("is_warm", [True, False])
async def test_a_file_overwritten_with_something_else_is_unavailable_until_it_is_mended(
    catalog: Catalog, sample: Path, is_warm: bool
) -> None:
    if is_warm:
        await catalog.query("SELECT count(*) FROM users")
    good = overwrite(sample, None)
    with pytest.raises(CatalogUnavailable):
        await catalog.query("SELECT count(*) FROM users")
    with pytest.raises(CatalogUnavailable, match="cannot be read"):
        await catalog.refresh()
    overwrite(sample, good)
    await catalog.refresh()
    assert (await catalog.query("SELECT count(*) FROM users")).rows == ((8,),)


async def test_a_file_emptied_by_a_copy_over_it_is_unavailable(catalog: Catalog, sample: Path) -> None:
    good = overwrite(sample, b"")
    with pytest.raises(CatalogUnavailable):
        await catalog.refresh()
    overwrite(sample, good)
    await catalog.refresh()
    assert (await catalog.query("SELECT count(*) FROM users")).rows == ((8,),)


async def test_a_folder_in_the_files_place_is_unavailable(catalog: Catalog, sample: Path) -> None:
    put_a_folder_at(sample)
    with pytest.raises(CatalogUnavailable, match="not a regular file"):
        await catalog.refresh()
    with pytest.raises(CatalogUnavailable, match="could not be opened"):
        await catalog.query("SELECT 1")


async def test_the_dialect_is_the_one_the_guard_reads(catalog: Catalog) -> None:
    assert catalog.dialect == "sqlite"
