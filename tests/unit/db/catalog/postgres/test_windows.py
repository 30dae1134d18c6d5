"""A table with private columns or rows is its window, whichever way a statement reaches it."""

import pytest
import sqlglot

from db.catalog.errors import CatalogError
from db.catalog.postgres.functions import POSTGRES
from db.catalog.rewriting import windowed
from db.catalog.schema import Window
from db.catalog.sqlite.functions import SQLITE
from db.catalog.table import Row
from tests.unit.db.catalog.postgres.opened import QUICK, Home

CANARY = "canary-0815"
SCHEMA = """
CREATE TABLE teams (id int PRIMARY KEY, name text);
CREATE TABLE users (id int PRIMARY KEY, name text, team text, ssn text);
CREATE TABLE contacts (id int, user_id int, ssn text);
CREATE TABLE vault (word text);
CREATE TABLE "Users" (id int, ssn text);
INSERT INTO teams VALUES (1, 'vision'), (2, 'nlp');
INSERT INTO users VALUES (1, 'kim', 'vision', 'CANARY'), (2, 'lee', 'nlp', 'CANARY-2'), (3, 'cho', 'vision', 'c');
INSERT INTO contacts VALUES (1, 1, 'public'), (2, 2, 'public');
INSERT INTO vault VALUES ('CANARY');
INSERT INTO "Users" VALUES (9, 'other');
""".replace("CANARY", CANARY)
PUBLIC = {
    "teams": Window(("id", "name")),
    "users": Window(("id", "name", "team")),
    "contacts": Window(("id", "user_id", "ssn")),
    "vault": Window(),
    "Users": Window(("id", "ssn")),
}
VISION = {**PUBLIC, "users": Window(("id", "name", "team"), "team = 'vision'")}
ALL = (("kim",), ("lee",), ("cho",))
OURS = (("kim",), ("cho",))


@pytest.fixture
def people(blank: Home) -> Home:
    blank.run(SCHEMA)
    return blank


ANSWERS: list[tuple[str, tuple[Row, ...]]] = [
    ("SELECT * FROM users ORDER BY id", ((1, "kim", "vision"), (3, "cho", "vision"))),
    ("SELECT u.* FROM users u ORDER BY 1", ((1, "kim", "vision"), (3, "cho", "vision"))),
    ("SELECT users.name FROM users ORDER BY id", OURS),
    ("SELECT catalogue.users.name FROM catalogue.users ORDER BY id", OURS),
    ('SELECT "users"."name" FROM "catalogue"."users" ORDER BY id', OURS),
    ("SELECT Name FROM USERS ORDER BY ID", OURS),
    ("SELECT ssn FROM \"Users\"", (("other",),)),
    ("SELECT users FROM users WHERE id = 1", (("(1,kim,vision)",),)),
    ("SELECT row_to_json(u) FROM users AS u WHERE id = 1", (('{"id":1,"name":"kim","team":"vision"}',),)),
    ("SELECT count(*) FROM users", ((2,),)),
    ("SELECT a, c FROM users AS x(a, b, c) ORDER BY a LIMIT 1", ((1, "vision"),)),
    ("SELECT u.name FROM teams t JOIN users u ON u.team = t.name ORDER BY u.id", OURS),
    ("SELECT u.name FROM teams t LEFT JOIN users u ON u.team = t.name WHERE t.id = 2", ((None,),)),
    ("SELECT u.name, v.name FROM users u, users v WHERE u.id < v.id", (("kim", "cho"),)),
    ("SELECT u.name FROM users u JOIN contacts c ON c.user_id = u.id", (("kim",),)),
    ("SELECT count(*) FROM users NATURAL JOIN contacts", ((1,),)),
    (f"SELECT count(*) FROM users NATURAL JOIN (SELECT '{CANARY}' AS ssn) AS g", ((2,),)),
    ("SELECT name FROM (SELECT * FROM users) AS q ORDER BY id", OURS),
    ("SELECT name FROM users WHERE id IN (SELECT id FROM users) ORDER BY id", OURS),
    ("SELECT name FROM teams t WHERE EXISTS (SELECT FROM users u WHERE u.team = t.name)", (("vision",),)),
    ("SELECT t.name, (SELECT count(*) FROM users u WHERE u.team = t.name) FROM teams t ORDER BY t.id",
     (("vision", 2), ("nlp", 0))),
    ("SELECT t.id, l.n FROM teams t, LATERAL (SELECT count(*) AS n FROM users u WHERE u.team = t.name) l ORDER BY 1",
     ((1, 2), (2, 0))),
    ("SELECT t.id, l.name FROM teams t CROSS JOIN LATERAL (SELECT * FROM users WHERE team = t.name LIMIT 1) l",
     ((1, "kim"),)),
    ("SELECT name FROM users UNION ALL SELECT name FROM users ORDER BY 1", (("cho",), ("cho",), ("kim",), ("kim",))),
    ("SELECT id FROM teams EXCEPT SELECT id FROM users ORDER BY 1", ((2,),)),
    ("WITH x AS (SELECT name, id FROM users) SELECT name FROM x ORDER BY id", OURS),
    ("WITH users AS (SELECT 'cte' AS name) SELECT name FROM users", (("cte",),)),
    ("WITH users AS (SELECT name, id FROM users) SELECT name FROM users ORDER BY id", OURS),
    ("WITH users AS (SELECT name, id FROM catalogue.users) SELECT name FROM users ORDER BY id", OURS),
    ("WITH users AS (SELECT 'cte' AS name) SELECT count(*) FROM catalogue.users", ((2,),)),
    ("WITH a AS (SELECT count(*) AS n FROM users), users AS (SELECT 1 AS one) SELECT n, one FROM a, users", ((2, 1),)),
    ("WITH users AS (SELECT 1 AS one), b AS (SELECT one FROM users) SELECT one FROM b", ((1,),)),
    ("WITH RECURSIVE users(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM users WHERE n < 3) SELECT max(n) FROM users",
     ((3,),)),
    ("WITH RECURSIVE b AS (SELECT n FROM users), users AS (SELECT 7 AS n) SELECT n FROM b", ((7,),)),
    ("WITH x AS (WITH users AS (SELECT 1 AS i) SELECT i FROM users) SELECT x.i, count(*) FROM x, users GROUP BY 1",
     ((1, 2),)),
    ("SELECT (WITH users AS (SELECT 5 AS n) SELECT n FROM users), count(*) FROM users", ((5, 2),)),
    ("SELECT name FROM users WHERE id = (WITH users AS (SELECT 3 AS n) SELECT n FROM users)", (("cho",),)),
    ("WITH \"Users\" AS (SELECT 1 AS one) SELECT count(*) FROM users", ((2,),)),
    ("SELECT name, row_number() OVER (ORDER BY id) FROM users ORDER BY id", (("kim", 1), ("cho", 2))),
    ("SELECT DISTINCT ON (team) name FROM users ORDER BY team, id DESC", (("cho",),)),
    ("SELECT count(*) FILTER (WHERE name LIKE 'k%') FROM users", ((1,),)),
    ("VALUES ((SELECT count(*) FROM users))", ((2,),)),
    ("SELECT count(*) FROM vault", ((0,),)),
]  # fmt: skip


async def test_every_way_leads_to_the_window(people: Home) -> None:
    got, wanted = {}, dict(ANSWERS)
    async with people.runner("owner", windows=VISION, limits=QUICK) as runner:
        for sql in wanted:
            try:
                got[sql] = (await runner.fetch(sql)).rows
            except CatalogError as error:
                got[sql] = ((str(error),),)
    assert got == wanted


CLOSED = [
    line.strip()
    for line in f"""
SELECT ssn FROM users
SELECT u.ssn FROM users u
SELECT catalogue.users.ssn FROM catalogue.users
SELECT catalogue.users.ssn FROM users
SELECT USERS.SSN FROM Users
SELECT name FROM users ORDER BY ssn
SELECT name FROM users WHERE ssn = '{CANARY}'
SELECT (u).ssn FROM users u
SELECT (users).ssn FROM users
SELECT count(*) FROM users JOIN (SELECT '{CANARY}' AS ssn) AS g USING (ssn)
SELECT max(ssn) FROM users
SELECT ctid FROM users
SELECT tableoid, xmin FROM users
SELECT ssn FROM (SELECT * FROM users) q
WITH x AS (SELECT * FROM users) SELECT ssn FROM x
WITH users AS (SELECT * FROM users) SELECT ssn FROM users
WITH users AS (SELECT * FROM catalogue.users) SELECT ssn FROM users
WITH "USERS" AS (SELECT 1 AS ssn) SELECT ssn FROM users
SELECT word FROM vault
SELECT (SELECT ssn FROM users LIMIT 1)
SELECT l.ssn FROM teams, LATERAL (SELECT * FROM users) l
SELECT ssn FROM ONLY users
SELECT ssn FROM users *
TABLE users
SELECT * FROM users TABLESAMPLE SYSTEM (100)
""".splitlines()
    if line.strip()
]
"""The owner asks, who may read everything: the window alone keeps what is private."""


async def outcomes(people: Home) -> dict[str, object]:
    found: dict[str, object] = {}
    async with people.runner("owner", windows=PUBLIC, limits=QUICK) as runner:
        for sql in CLOSED:
            try:
                found[sql] = (await runner.fetch(sql)).rows
            except CatalogError as error:
                found[sql] = str(error)
    return found


async def test_what_is_private_comes_by_no_way_and_changes_nothing(people: Home) -> None:
    first = await outcomes(people)
    assert CANARY not in str([outcome for sql, outcome in first.items() if CANARY not in sql])
    people.run("UPDATE users SET ssn = 'other' || id; DELETE FROM vault")
    assert await outcomes(people) == first


async def test_a_condition_that_fails_aloud_tells_nothing_of_other_rows(people: Home) -> None:
    async with people.runner("owner", windows=VISION, limits=QUICK) as runner:
        loud = "SELECT name FROM users WHERE 1 / (CASE name WHEN 'lee' THEN 0 ELSE 1 END) = 1 ORDER BY id"
        assert (await runner.fetch(loud)).rows == OURS


async def test_a_catalogue_without_private_columns_is_sent_as_it_is_written(people: Home) -> None:
    every = {**PUBLIC, "users": Window(("id", "name", "team", "ssn")), "vault": Window(("word",))}
    async with people.runner("owner", windows=every) as runner:
        assert (await runner.fetch("TABLE users")).columns == ("id", "name", "team", "ssn")


async def test_a_table_that_came_later_is_not_there(people: Home) -> None:
    async with people.runner("owner", windows={"teams": Window(("id", "name"))}) as runner:
        assert (await runner.fetch("SELECT * FROM contacts")).rows == ()


@pytest.mark.parametrize("sql", ["SELECT 1; SELECT 2", "DELETE FROM users", "", "SELECT FROM WHERE", "(" * 2000])
async def test_what_cannot_be_rewritten_is_not_run(people: Home, sql: str) -> None:
    async with people.runner("owner", windows=PUBLIC, limits=QUICK) as runner:
        with pytest.raises(CatalogError):
            await runner.fetch(sql)
        assert (await runner.fetch("SELECT count(*) FROM users")).rows == ((3,),)


def rewritten(sql: str, window: Window) -> str:
    tree = sqlglot.parse_one(sql, dialect="sqlite")
    before = tree.sql("sqlite")
    made = windowed(tree, {"Users": window}, SQLITE).sql("sqlite")
    assert tree.sql("sqlite") == before
    return made


def test_sqlite_s_ways_are_kept_too() -> None:
    own = Window(("id",), "team = 'x' OR id = 1")
    inner = '(SELECT "id" FROM "main"."Users" WHERE team = \'x\' OR id = 1 LIMIT -1)'
    assert rewritten('SELECT * FROM "USERS"', own) == f'SELECT * FROM {inner} AS "USERS"'
    assert rewritten("SELECT main.users.id FROM main.users", own) == f"SELECT users.id FROM {inner} AS users"
    later = "WITH a AS (SELECT * FROM users), users AS (SELECT 1) SELECT * FROM a"
    assert rewritten(later, own) == later
    assert rewritten("SELECT * FROM temp.users", own) == "SELECT * FROM temp.users"


def test_postgres_s_schema_is_the_dialects_home() -> None:
    tree = sqlglot.parse_one("SELECT * FROM users, other.users AS o, generate_series(1, 2)", dialect="postgres")
    made = windowed(tree, {"users": Window(("id",))}, POSTGRES).sql("postgres")
    assert made == (
        'SELECT * FROM (SELECT "id" FROM "public"."users") AS users, other.users AS o, GENERATE_SERIES(1, 2)'
    )
