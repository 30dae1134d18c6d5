"""The catalogue as a whole, on real files."""

import asyncio
import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogUnavailable, QueryError, QueryRefused, QueryTimeout
from db.catalog.limits import QueryLimits
from db.catalog.schema import ForeignKey
from tests.unit.db.catalog.statements import HOSTILE, LEGITIMATE

RUNAWAY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def owner_runs(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as owner:
        owner.executescript(script)


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def test_a_query_brings_rows_under_their_column_names(catalog: Catalog) -> None:
    table = await catalog.query("SELECT name, name, 1.5, NULL FROM users WHERE team = '비전팀' ORDER BY id")
    assert table.columns == ("name", "name", "1.5", "NULL")
    assert table.rows == (("김민준", "김민준", 1.5, None), ("박도현", "박도현", 1.5, None))
    assert not table.truncated
    assert table.elapsed_s > 0


async def test_every_legitimate_statement_is_answered(catalog: Catalog) -> None:
    for sql in LEGITIMATE:
        assert (await catalog.query(sql)).columns


async def test_every_hostile_statement_is_refused_and_the_file_stays_as_it_was(catalog: Catalog, sample: Path) -> None:
    before = fingerprint(sample)
    for sql in HOSTILE:
        with pytest.raises(QueryError):
            await catalog.query(sql)
    assert fingerprint(sample) == before
    assert os.listdir(sample.parent) == ["catalog.db"]


async def test_more_rows_than_the_limit_are_cut_and_said_to_be(catalog: Catalog) -> None:
    table = await catalog.query("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")
    assert (len(table.rows), table.truncated) == (200, True)


async def test_a_runaway_query_is_stopped_while_another_is_answered(sample: Path) -> None:
    limits = QueryLimits(deadline_s=1, connections=2)
    async with await Catalog.open(f"sqlite:///{sample}", limits=limits) as catalog:
        runaway = asyncio.create_task(catalog.query(RUNAWAY))
        assert (await catalog.query("SELECT count(*) FROM users")).rows == ((8,),)
        assert not runaway.done()
        with pytest.raises(QueryTimeout, match="longer than 1 s"):
            await runaway


async def test_a_cancelled_query_frees_its_place_at_once(sample: Path) -> None:
    limits = QueryLimits(deadline_s=60, connections=1)
    async with await Catalog.open(f"sqlite:///{sample}", limits=limits) as catalog:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(catalog.query(RUNAWAY), 0.1)
        async with asyncio.timeout(5):
            assert (await catalog.query("SELECT 1")).rows == ((1,),)


async def test_cancelling_before_the_connection_is_open_leaves_nothing_behind(sample: Path) -> None:
    async with await Catalog.open(f"sqlite:///{sample}") as catalog:
        asking = asyncio.create_task(catalog.query("SELECT 1"))
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert (await catalog.query("SELECT 1")).rows == ((1,),)


async def test_a_query_that_finds_no_free_connection_is_told_so(sample: Path) -> None:
    limits = QueryLimits(deadline_s=0.5, connections=1, wait_s=0.05)
    async with await Catalog.open(f"sqlite:///{sample}", limits=limits) as catalog:
        runaway = asyncio.create_task(catalog.query(RUNAWAY))
        await asyncio.sleep(0)
        with pytest.raises(QueryTimeout, match="busy"):
            await catalog.query("SELECT 1")
        with pytest.raises(QueryTimeout, match="longer"):
            await runaway


async def test_many_queries_share_few_connections(catalog: Catalog) -> None:
    tables = await asyncio.gather(*(catalog.query(f"SELECT {number}") for number in range(100)))
    assert [table.rows[0][0] for table in tables] == list(range(100))


async def test_the_schema_is_read_with_keys_and_counts(catalog: Catalog) -> None:
    assert [(table.name, table.row_count) for table in catalog.schema.tables] == [
        ("users", 8),
        ("projects", 10),
        ("datasets", 12),
        ("pipelines", 14),
        ("artifacts", 26),
        ("models", 9),
        ("metrics", 8),
    ]
    assert ForeignKey("metrics", "model_id", "models", "id") in catalog.schema.foreign_keys
    users = catalog.schema.table("users")
    assert users is not None
    assert [(c.name, c.type, c.nullable, c.primary_key) for c in users.columns[:2]] == [
        ("id", "INTEGER", False, True),
        ("name", "TEXT", False, False),
    ]


async def test_an_unwritten_catalogue_is_not_read_again(catalog: Catalog) -> None:
    schema = catalog.schema
    assert await catalog.refresh() is False
    assert catalog.schema is schema


async def test_rows_and_tables_written_by_others_are_seen_after_a_refresh(catalog: Catalog, sample: Path) -> None:
    owner_runs(sample, "CREATE TABLE notes (body TEXT); INSERT INTO notes VALUES ('hi')")
    owner_runs(sample, "INSERT INTO users VALUES (9, '송이레', 'x', 'x', 'x')")
    with pytest.raises(QueryRefused):
        await catalog.query("SELECT * FROM notes")
    assert await catalog.refresh() is True
    assert (await catalog.query("SELECT * FROM notes")).rows == (("hi",),)
    assert catalog.values.exact("송이레")
    assert await catalog.refresh() is False


async def test_a_replaced_file_is_read_after_a_refresh(catalog: Catalog, sample: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    owner_runs(other, "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)")
    catalog_without_yaml = await Catalog.open(f"sqlite:///{sample}")
    async with catalog_without_yaml:
        os.replace(other, sample)
        assert await catalog_without_yaml.refresh() is True
        assert [table.name for table in catalog_without_yaml.schema.tables] == ["users"]
        assert (await catalog_without_yaml.query("SELECT count(*) FROM users")).rows == ((0,),)


async def test_a_query_under_way_survives_a_refresh(catalog: Catalog, sample: Path) -> None:
    long = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) SELECT count(*) FROM n"
    running = asyncio.create_task(catalog.query(long))
    await asyncio.sleep(0)
    owner_runs(sample, "CREATE TABLE notes (body TEXT)")
    assert await catalog.refresh() is True
    assert (await running).rows == ((50000,),)


async def test_a_catalogue_that_is_gone_says_so(catalog: Catalog, sample: Path) -> None:
    os.unlink(sample)
    with pytest.raises(CatalogUnavailable, match=r"catalog\.db does not exist"):
        await catalog.refresh()


async def test_a_broken_yaml_closes_what_was_opened(sample: Path, tmp_path: Path) -> None:
    broken = tmp_path / "catalog.yml"
    broken.write_text("tables: [", encoding="utf-8")
    with pytest.raises(Exception, match="YAML"):
        await Catalog.open(f"sqlite:///{sample}", broken)


async def test_a_missing_or_foreign_file_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(CatalogUnavailable, match="does not exist"):
        await Catalog.open(f"sqlite:///{tmp_path}/none.db")
    (tmp_path / "text.db").write_text("this is no database, but it is long enough to look at" * 40)
    with pytest.raises(CatalogUnavailable, match="not a database"):
        await Catalog.open(f"sqlite:///{tmp_path}/text.db")
    with pytest.raises(CatalogUnavailable, match="not a regular file"):
        await Catalog.open(f"sqlite:///{tmp_path}")
    assert not (tmp_path / "none.db").exists()


async def test_a_closed_catalogue_refuses(sample: Path) -> None:
    catalog = await Catalog.open(f"sqlite:///{sample}")
    await catalog.close()
    with pytest.raises(CatalogUnavailable, match="closed"):
        await catalog.query("SELECT 1")


async def test_a_file_that_vanished_before_the_first_query_is_said_to_be_gone(sample: Path) -> None:
    async with await Catalog.open(f"sqlite:///{sample}") as catalog:
        os.unlink(sample)
        with pytest.raises(CatalogUnavailable, match="could not be opened"):
            await catalog.query("SELECT 1")


async def test_virtual_internal_and_broken_tables_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "odd.db"
    owner_runs(
        path,
        """
        CREATE TABLE parent (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
        CREATE TABLE child (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b TEXT, x REFERENCES nowhere,
                            FOREIGN KEY (a, b) REFERENCES parent);
        CREATE TABLE "odd ""name" (v, photo BLOB);
        INSERT INTO "odd ""name" VALUES ('one', x'01'), ('one', NULL), (NULL, NULL);
        CREATE VIEW seen AS SELECT v FROM "odd ""name";
        CREATE VIEW broken AS SELECT missing FROM seen;
        CREATE VIRTUAL TABLE words USING fts5(body);
        """,
    )
    async with await Catalog.open(f"sqlite:///{path}") as catalog:
        assert [table.name for table in catalog.schema.tables] == ["parent", "child", 'odd "name', "seen"]
        assert catalog.schema.foreign_keys == (
            ForeignKey("child", "a", "parent", "a"),
            ForeignKey("child", "b", "parent", "b"),
        )
        assert (await catalog.query('SELECT v FROM "odd ""name" WHERE v IS NOT NULL')).rows == (("one",), ("one",))
        assert (await catalog.query("SELECT count(*), max(v) FROM seen")).rows == ((3, "one"),)
        with pytest.raises(QueryRefused):
            await catalog.query("SELECT * FROM broken")


async def test_sample_semantics_are_read_with_the_catalogue(catalog: Catalog) -> None:
    assert {table.name for table in catalog.semantics.tables} == {table.name for table in catalog.schema.tables}


async def test_a_catalogue_locked_by_its_owner_says_so(sample: Path) -> None:
    with closing(sqlite3.connect(sample, isolation_level=None)) as owner:
        owner.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CatalogUnavailable, match="locked"):
            await Catalog.open(f"sqlite:///{sample}")


async def test_a_lock_taken_later_stops_queries_and_not_for_good(catalog: Catalog, sample: Path) -> None:
    with closing(sqlite3.connect(sample, isolation_level=None)) as owner:
        owner.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CatalogUnavailable):
            await catalog.query("SELECT count(*) FROM users")
    assert (await catalog.query("SELECT count(*) FROM users")).rows == ((8,),)


COUNTING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT i, 'x' || i FROM n"


async def test_a_file_takes_more_rows_than_an_answer_and_says_where_it_ends(catalog: Catalog) -> None:
    table = await catalog.read_out(COUNTING.format(3_000))
    assert (len(table.rows), table.rows[-1], table.truncated) == (3_000, (3_000, "x3000"), False)
    table = await catalog.read_out(COUNTING.format(20_000))
    assert (len(table.rows), table.truncated) == (10_000, True)


async def test_a_file_passes_the_same_guard_and_sees_a_new_file_as_a_query_does(catalog: Catalog, sample: Path) -> None:
    for sql in HOSTILE[:5]:
        with pytest.raises(QueryError):
            await catalog.read_out(sql)
    replacement = sample.with_name("other.db")
    shutil.copy(sample, replacement)
    owner_runs(replacement, "DELETE FROM users WHERE id > 1")
    os.replace(replacement, sample)
    assert len((await catalog.read_out("SELECT name FROM users")).rows) == 1
