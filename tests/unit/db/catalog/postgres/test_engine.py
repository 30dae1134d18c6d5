"""What the engine tells of a schema, and how it notices that something was written."""

import asyncio
import itertools

import psycopg
import pytest

from db.catalog.errors import CatalogUnavailable, Replaced
from db.catalog.limits import QueryLimits
from db.catalog.postgres.engine import PostgresEngine
from db.catalog.postgres.functions import POSTGRES
from db.catalog.schema import ForeignKey, Schema, Window
from tests.postgres import PASSWORD
from tests.unit.db.catalog.postgres.opened import Home

THINGS = """
CREATE TABLE teams (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(40) NOT NULL);
CREATE TABLE people (id bigint PRIMARY KEY, team_id int REFERENCES teams, full_name text, ssn text, blob bytea,
    tail text GENERATED ALWAYS AS (right(ssn, 4)) STORED, doc json);
CREATE TABLE shifts (team_id int, day date, hours numeric(6, 2), PRIMARY KEY (team_id, day));
CREATE TABLE notes (a int, b date, FOREIGN KEY (a, b) REFERENCES shifts);
CREATE TABLE events (at timestamptz, what text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE VIEW names AS SELECT id, full_name FROM people;
CREATE MATERIALIZED VIEW per_team AS SELECT team_id, count(*) AS people FROM people GROUP BY team_id;
CREATE TABLE "Odd Name" ("Mixed Case" text);
CREATE TABLE secret (word text);
INSERT INTO teams (name) VALUES ('vision'), ('nlp');
INSERT INTO people (id, team_id, full_name, ssn) VALUES (1, 1, '김', '1234'), (2, 1, NULL, '5'), (3, 2, '이', '5');
INSERT INTO events VALUES ('2024-05-05', 'x');
INSERT INTO "Odd Name" VALUES ('x'), ('x'), (NULL), ('y');
REFRESH MATERIALIZED VIEW per_team;
DROP ROLE IF EXISTS half;
CREATE ROLE half LOGIN PASSWORD 'hush-0815/@'; GRANT USAGE ON SCHEMA catalogue TO half;
GRANT SELECT ON teams, shifts, notes, events, names, per_team, "Odd Name" TO half;
GRANT SELECT (id, team_id, full_name, blob, doc) ON people TO half;
"""


@pytest.fixture
def things(blank: Home) -> Home:
    blank.run(THINGS)
    return blank


def shape(schema: Schema) -> dict[str, list[str]]:
    return {table.name: [column.name for column in table.columns] for table in schema.tables}


async def test_tables_views_and_partitioned_tables_are_there_and_partitions_are_not(things: Home) -> None:
    async with things.engine("half") as engine:
        schema = await engine.schema()
    assert list(shape(schema)) == [
        "teams", "people", "shifts", "notes", "events", "names", "per_team", "Odd Name", "secret",
    ]  # fmt: skip
    assert {table.name: table.row_count for table in schema.tables} == {
        "teams": 2, "people": 3, "shifts": 0, "notes": 0, "events": 1, "names": 3, "per_team": 2, "Odd Name": 4,
        "secret": None,
    }  # fmt: skip


async def test_columns_have_their_types_keys_and_what_the_role_may_not_read(things: Home) -> None:
    async with things.engine("half") as engine:
        schema = await engine.schema()
    people = schema.table("people")
    assert people is not None
    assert [(each.name, each.type) for each in people.columns] == [
        ("id", "bigint"), ("team_id", "integer"), ("full_name", "text"), ("ssn", "text"), ("blob", "bytea"),
        ("tail", "text"), ("doc", "json"),
    ]  # fmt: skip
    assert [each.name for each in people.columns if each.denied] == ["ssn", "tail"]
    assert [each.name for each in people.columns if each.generated] == ["tail"]
    assert [(each.name, each.nullable) for each in people.columns if each.primary_key] == [("id", False)]
    shifts = schema.table("shifts")
    assert shifts is not None
    assert [(each.type, each.primary_key) for each in shifts.columns] == [
        ("integer", True), ("date", True), ("numeric(6,2)", False),
    ]  # fmt: skip
    assert schema.foreign_keys == (
        ForeignKey("people", "team_id", "teams", "id"),
        ForeignKey("notes", "a", "shifts", "team_id"),
        ForeignKey("notes", "b", "shifts", "day"),
    )


async def test_distinct_values_come_as_the_cells_do(things: Home) -> None:
    async with things.engine("half") as engine:
        assert sorted(map(str, await engine.distinct("people", "full_name", 10))) == ["김", "이"]
        assert len(await engine.distinct("people", "full_name", 1)) == 1
        assert await engine.distinct("people", "id", 10, "catalogue.people.team_id = 2") == [3]
        assert await engine.distinct("Odd Name", "Mixed Case", 10, "\"Mixed Case\" LIKE 'x%'") == ["x"]
        assert await engine.distinct("events", "at", 10) == ["2024-05-05 00:00:00"]
        for column in ("blob", "doc", "ssn", "gone"):
            assert await engine.distinct("people", column, 10) == []


async def test_a_table_that_takes_long_is_not_counted_and_has_no_values(things: Home) -> None:
    things.run(
        "CREATE VIEW endless AS SELECT count(*) AS n FROM "
        + ", ".join(f"generate_series(1, 1000) AS g{n}" for n in range(6))
        + "; GRANT SELECT ON endless TO half"
    )
    async with things.engine("half") as engine:
        table = (await engine.schema()).table("endless")
        assert table is not None
        assert table.row_count is None
        assert await engine.distinct("endless", "n", 10) == []


async def test_look_ups_side_by_side_do_not_mix(things: Home) -> None:
    async with things.engine("half") as engine:
        alone = (await engine.plan(), await engine.stamp(), await engine.distinct("people", "id", 10))
        for _ in range(3):
            found = await asyncio.gather(engine.plan(), engine.stamp(), engine.distinct("people", "id", 10))
            assert tuple(found) == alone


async def test_a_table_that_somebody_has_locked_has_no_values_and_holds_nobody_up(things: Home) -> None:
    async with things.engine("half") as engine:
        with things.owner() as owner, owner.transaction():
            owner.execute("LOCK TABLE people IN ACCESS EXCLUSIVE MODE")
            async with asyncio.timeout(4):
                assert await engine.distinct("people", "id", 10) == []
        assert sorted(map(str, await engine.distinct("people", "id", 10))) == ["1", "2", "3"]


async def test_a_foreign_table_is_there_even_if_its_server_cannot_be_asked(things: Home) -> None:
    things.run(
        "CREATE FOREIGN DATA WRAPPER far_wrapper; CREATE SERVER far FOREIGN DATA WRAPPER far_wrapper;"
        " CREATE FOREIGN TABLE away (a int) SERVER far; GRANT SELECT ON away TO half"
    )
    async with things.engine("half") as engine:
        table = (await engine.schema()).table("away")
        assert table is not None
        assert ([column.name for column in table.columns], table.row_count) == (["a"], None)
        assert await engine.distinct("away", "a", 5) == []


async def test_a_giant_is_not_counted(things: Home) -> None:
    things.run("UPDATE pg_class SET reltuples = 3e6 WHERE relname = 'teams'")
    async with things.engine("half") as engine:
        table = (await engine.schema()).table("teams")
    assert table is not None
    assert table.row_count is None


async def test_views_of_what_is_private_are_found_at_any_depth(things: Home) -> None:
    things.run(
        "CREATE VIEW ssns AS SELECT ssn FROM people; CREATE VIEW tails AS SELECT ssn || '!' AS t FROM ssns;"
        " CREATE VIEW whole AS SELECT p::text AS p FROM people AS p;"
        " CREATE VIEW rows AS SELECT row_to_json(p) AS p FROM people AS p;"
        " CREATE VIEW filtered AS SELECT id FROM people WHERE ssn = '5';"
        " CREATE VIEW plain AS SELECT t.name, p.full_name FROM people AS p JOIN teams AS t ON t.id = p.team_id;"
        " CREATE MATERIALIZED VIEW kept AS SELECT * FROM people"
    )
    async with things.engine("owner") as engine:
        columns = {table: tuple(own) for table, own in shape(await engine.schema()).items()}
        assert await engine.denied(columns) == frozenset()
        columns["people"] = tuple(each for each in columns["people"] if each != "ssn")
        assert await engine.denied(columns) == {"ssns", "tails", "whole", "rows", "filtered", "kept"}
        columns["people"] = ()
        assert await engine.denied(columns) >= {"names", "per_team", "plain"}


async def stamps_differ(engine: PostgresEngine, before: object) -> bool:
    """Whether a stamp comes that is another; the server tells of a write within some seconds."""
    async with asyncio.timeout(15):
        for _ in itertools.count():
            engine._stamp = None
            if await engine.stamp() != before:
                return True
    return False


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO teams (name) VALUES ('new')",
        "UPDATE people SET full_name = 'x'",
        "DELETE FROM people WHERE id = 2",
        "TRUNCATE notes",
        "INSERT INTO events VALUES ('2024-06-06', 'y')",
        "REFRESH MATERIALIZED VIEW per_team",
        "ALTER TABLE people ADD COLUMN more int",
        "CREATE OR REPLACE VIEW names AS SELECT id, full_name FROM people WHERE id > 1",
        "REVOKE SELECT ON teams FROM half",
        "DROP VIEW names",
    ],
)
async def test_a_stamp_changes_with_what_is_written(things: Home, change: str) -> None:
    async with things.engine("half") as engine:
        before = await engine.stamp()
        things.run(change)
        assert await stamps_differ(engine, before)


async def test_a_view_of_another_schema_s_table_is_written_to_with_it(things: Home) -> None:
    things.run("CREATE SCHEMA raw; CREATE TABLE raw.t (a int); CREATE VIEW far AS SELECT * FROM raw.t")
    async with things.engine("half") as engine:
        before = await engine.stamp()
        things.run("INSERT INTO raw.t VALUES (1)")
        assert await stamps_differ(engine, before)


async def test_a_second_look_within_a_second_asks_nobody(things: Home) -> None:
    async with things.engine("half") as engine:
        first = await engine.stamp()
        things.run("CREATE TABLE another (a int)")
        assert await engine.stamp() == first


async def test_a_plan_is_of_tables_and_privileges_and_not_of_rows(things: Home) -> None:
    async with things.engine("half") as engine:
        first = await engine.plan()
        things.run("INSERT INTO teams (name) VALUES ('new')")
        assert await engine.plan() == first
        seen = [first]
        for change in (
            "ALTER TABLE teams ADD COLUMN more int",
            "GRANT SELECT ON secret TO half",
            "CREATE OR REPLACE VIEW names AS SELECT id, full_name FROM people WHERE id > 1",
            "ALTER TABLE shifts ADD FOREIGN KEY (team_id) REFERENCES teams",
        ):
            things.run(change)
            plan = await engine.plan()
            assert plan not in seen
            seen.append(plan)


async def test_a_runner_refuses_a_database_that_is_not_the_one_that_was_read(things: Home) -> None:
    async with things.engine("half") as engine:
        await engine.plan()
        things.run("ALTER TABLE teams ADD COLUMN more int")
        runner = engine.runner({"teams": Window(("id",))}, QueryLimits())
        with pytest.raises(Replaced):
            await runner.fetch("SELECT 1")
        await runner.close()


async def test_a_database_that_goes_away_is_unavailable(things: Home) -> None:
    async with things.engine("half") as engine:
        with psycopg.connect(things.server.url("postgres"), autocommit=True) as owner:
            owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'half'")
        with pytest.raises(CatalogUnavailable, match="check CATALOG_URL"):
            await engine.distinct("teams", "name", 1)
        with pytest.raises(CatalogUnavailable) as caught:
            await engine.plan()
        assert PASSWORD not in str(caught.value)
        with pytest.raises(CatalogUnavailable):
            await engine.schema()


async def test_a_role_that_may_not_ask_for_the_systems_number_is_known_by_its_database(things: Home) -> None:
    things.run("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC")
    async with things.engine("half") as engine:
        assert await engine.plan() == await engine.plan()


async def test_names_are_those_of_the_schema_and_not_folded(blank: Home) -> None:
    blank.run('CREATE SCHEMA "My Own"; CREATE TABLE "My Own"."T" ("A" int); INSERT INTO "My Own"."T" VALUES (7)')
    url = blank.url("owner").replace("=catalogue", "=My%20Own")
    engine = await PostgresEngine.open(url, POSTGRES)
    assert shape(await engine.schema()) == {"T": ["A"]}
    assert await engine.distinct("T", "A", 5) == [7]
    runner = engine.runner({"T": Window(("A",))}, QueryLimits())
    assert (await runner.fetch('SELECT "A" FROM "T"')).rows == ((7,),)
    await runner.close()
    await engine.close()
