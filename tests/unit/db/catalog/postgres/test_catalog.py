"""The whole catalogue over Postgres: the same walks as over a file."""

import asyncio
import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from db.catalog.catalog import Catalog
from db.catalog.engines import open_engine
from db.catalog.errors import CatalogUnavailable, QueryFailed, QueryRefused
from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from tests.postgres import PASSWORD, Server, give_reader, installations, sample_in
from tests.unit.db.catalog.postgres.opened import Home

QUESTIONS = (
    "SELECT name, status, started_at FROM pipelines ORDER BY id",
    "SELECT count(*) AS n, avg(size_gb) AS size FROM datasets",
    "SELECT name, map50 FROM models m JOIN metrics t ON t.model_id = m.id ORDER BY map50 DESC NULLS LAST, m.id LIMIT 3",
    "SELECT type, sum(size_mb) AS mb FROM artifacts GROUP BY type ORDER BY type",
    "SELECT name, created_at FROM projects WHERE created_at >= '2024-01-01' ORDER BY created_at",
    "WITH x AS (SELECT status, count(*) AS n FROM pipelines GROUP BY status) SELECT * FROM x ORDER BY n DESC, status",
)


async def test_the_sample_gives_the_same_answers_as_its_file_does(sample: Home, tmp_path: Path) -> None:
    build_sample(tmp_path / "catalog.db")
    async with (
        await Catalog.open(sample.url(), SAMPLE_SEMANTICS) as ours,
        await Catalog.open(f"sqlite:///{tmp_path}/catalog.db", SAMPLE_SEMANTICS) as files,
    ):
        assert ours.dialect == "postgres"
        assert [table.name for table in ours.schema.tables] == [table.name for table in files.schema.tables]
        assert [table.row_count for table in ours.schema.tables] == [table.row_count for table in files.schema.tables]
        assert ours.schema.foreign_keys == files.schema.foreign_keys
        assert len(ours.values) == len(files.values)
        for sql in QUESTIONS:
            mine, theirs = await ours.query(sql), await files.query(sql)
            assert (mine.columns, mine.rows) == (theirs.columns, theirs.rows), sql


async def test_what_was_wrong_is_said_with_the_nearest_names(sample: Home) -> None:
    async with await Catalog.open(sample.url(), SAMPLE_SEMANTICS) as catalog:
        with pytest.raises(QueryFailed, match=r"no such column: nam. users has: .* Nearest: name"):
            await catalog.query("SELECT nam FROM users")
        with pytest.raises(QueryFailed, match=r"ambiguous column name: id. Write one of users.id, projects.id"):
            await catalog.query("SELECT id FROM users, projects")
        with pytest.raises(QueryRefused, match="not in the catalogue"):
            await catalog.query("SELECT * FROM pg_authid")


async def test_new_rows_and_tables_are_seen(home: Home) -> None:
    async with await Catalog.open(home.url(), SAMPLE_SEMANTICS) as catalog:
        assert not await catalog.refresh()
        home.run("CREATE TABLE more (id int PRIMARY KEY); GRANT SELECT ON more TO cat_ro")
        home.run("INSERT INTO users (id, name, email) VALUES (99, '새사람', 'x@example.com')")
        async with asyncio.timeout(15):
            for _ in itertools.count():
                await catalog.refresh()
                if catalog.schema.table("more") and catalog.values.exact("새사람"):
                    break
                await asyncio.sleep(0)
        await catalog.settled()
        assert (await catalog.query("SELECT * FROM more")).rows == ()


def until_active(server: Server) -> None:
    """Asks the server until it works on a statement of the reader's."""
    with server.owner() as owner:
        busy = "SELECT FROM pg_stat_activity WHERE usename = 'cat_ro' AND state = 'active' AND query LIKE '%AS q(%'"
        while not owner.execute(busy.encode()).fetchall():
            pass


async def test_a_server_killed_in_mid_query_is_told_and_a_restart_is_survived() -> None:
    server = Server.start(installations()[0])
    try:
        with server.database("mine", sample_in("catalogue")):
            await give_reader(server, "mine", "catalogue")
            async with await Catalog.open(Home(server, "mine").url(), SAMPLE_SEMANTICS) as catalog:
                count = "SELECT count(*) FROM users"
                assert (await catalog.query(count)).rows == ((8,),)
                endless = f"SELECT count(*) FROM {', '.join(f'generate_series(1, 1000) AS g{n}' for n in range(6))}"
                running = asyncio.create_task(catalog.query(endless))
                await asyncio.to_thread(until_active, server)
                await asyncio.to_thread(server.down)
                with pytest.raises(CatalogUnavailable):
                    await running
                with pytest.raises(CatalogUnavailable) as caught:
                    await catalog.query(count)
                assert PASSWORD not in str(caught.value)
                server.up()
                assert (await catalog.query(count)).rows == ((8,),)
                await catalog.refresh()
                assert (await catalog.query(count)).rows == ((8,),)
    finally:
        server.remove()


async def test_the_oldest_server_at_hand_does_as_well() -> None:
    server = Server.start(installations()[-1])
    try:
        with server.database("mine", sample_in("catalogue")):
            await give_reader(server, "mine", "catalogue")
            home = Home(server, "mine")
            before = home.state()
            async with await Catalog.open(home.url(), SAMPLE_SEMANTICS) as catalog:
                assert len((await catalog.query(QUESTIONS[0])).rows) == 14
            async with home.runner() as runner:
                for sql in ("SELECT lo_create(0)", "SELECT lo_from_bytea(0, 'x')", "DELETE FROM users RETURNING id"):
                    with pytest.raises(Exception, match=r"denied|syntax|syntax error"):
                        await runner.fetch(sql)
            assert home.state() == before
    finally:
        server.remove()


_WITHOUT = """
import asyncio, sys
sys.modules["psycopg"] = None
from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogUnavailable
try:
    asyncio.run(Catalog.open("postgresql://u:hush@h/d"))
except CatalogUnavailable as error:
    print(error)
"""


def test_without_the_driver_the_error_names_the_extra() -> None:
    said = subprocess.run([sys.executable, "-c", _WITHOUT], capture_output=True, text=True, check=True)
    assert said.stdout == (
        "CATALOG_URL names a Postgres database, and its driver is not installed: pip install 'mlops-bot[postgres]'\n"
    )


def test_without_postgres_nobody_imports_the_driver(tmp_path: Path) -> None:
    code = "import sys, bot.cli, bot.__main__; print('psycopg' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"


async def test_other_schemes_are_refused_as_before() -> None:
    with pytest.raises(CatalogUnavailable, match="not supported"):
        await open_engine("mysql://h/d")


async def test_a_table_that_changed_since_the_last_look_is_read_anew_for_the_question_under_way(home: Home) -> None:
    async with await Catalog.open(home.url()) as catalog:
        home.run("ALTER TABLE users ADD COLUMN nickname text DEFAULT 'x'; GRANT SELECT ON users TO cat_ro")
        assert (await catalog.query("SELECT count(*) FROM users")).rows
        assert (await catalog.query("SELECT DISTINCT nickname FROM users")).rows == (("x",),)
