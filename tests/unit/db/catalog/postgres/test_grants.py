"""`catalog grants`: the role that its SQL makes reads what is public, and doctor finds nothing else."""

from pathlib import Path

import psycopg
import pytest

from bot.role import warn_of_powers
from bot.terminal.checks import diagnose, without_password
from bot.terminal.findings import Finding
from db.catalog.catalog import Catalog
from db.catalog.engines import grants_for, role_at
from db.catalog.errors import QueryRefused
from db.catalog.postgres.powers import Role
from db.catalog.sample import SAMPLE_SEMANTICS
from tests.postgres import PASSWORD, READER, Server, give_reader
from tests.terminal import Outcome, run_cli, services_with
from tests.unit.db.catalog.postgres.opened import Home

PRIVATE = """
about: {ko: 회사, en: a company}
tables:
  users: {columns: {email: {private: true}}}
  metrics: {private: true}
"""


@pytest.fixture
def semantics(tmp_path: Path) -> Path:
    path = tmp_path / "catalog.yml"
    path.write_text(PRIVATE, encoding="utf-8")
    return path


async def role_of(home: Home, role: str = READER, semantics: Path | None = None) -> Role:
    async with await Catalog.open(home.url(role), semantics) as catalog:
        shown = {table.name: tuple(each.name for each in table.columns) for table in catalog.schema.tables}
    return await role_at(home.url(role), shown)


async def test_the_role_reads_the_sample_and_can_do_nothing_else(sample: Home) -> None:
    async with await Catalog.open(sample.url(), SAMPLE_SEMANTICS) as catalog:
        assert len(catalog.schema.tables) == 7
        found = await catalog.query(
            "SELECT u.name FROM users u JOIN projects p ON p.user_id = u.id ORDER BY p.id LIMIT 1"
        )
    assert found.rows == (("김민준",),)
    role = await role_of(sample)
    assert (role.name, role.powers) == (READER, ())
    assert role.version.split(".")[0].isdecimal()


async def test_private_columns_and_tables_are_left_out(home: Home, semantics: Path) -> None:
    home.run("CREATE VIEW mails AS SELECT email FROM users")
    await give_reader(home.server, home.name, "catalogue", semantics)
    text = await grants_for(home.url("owner"), semantics, READER)
    assert f'GRANT SELECT ("id", "name", "team", "role") ON "catalogue"."users" TO "{READER}";' in text
    assert "mails" not in text
    assert '"metrics"' not in text
    async with await Catalog.open(home.url(), semantics) as catalog:
        assert set(catalog.private) >= {("users", "email"), ("mails", "email"), ("metrics", "id")}
        assert len((await catalog.query("SELECT * FROM users")).columns) == 4
        for sql in ("SELECT email FROM catalogue.mails", "SELECT recall FROM metrics"):
            with pytest.raises(QueryRefused):
                await catalog.query(sql)
    with psycopg.connect(home.url().replace("&schema=catalogue", "")) as reader:
        for sql in ("SELECT email FROM users", "SELECT * FROM metrics", "SELECT * FROM mails"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(sql.encode())
            reader.rollback()
    assert (await role_of(home, semantics=semantics)).powers == ()


async def test_the_reader_s_own_url_gives_the_same_text_as_the_owner_s(home: Home, semantics: Path) -> None:
    await give_reader(home.server, home.name, "catalogue", semantics)
    assert await grants_for(home.url(), semantics, READER) == await grants_for(home.url("owner"), semantics, READER)


async def test_run_again_it_takes_back_what_became_private(home: Home, semantics: Path) -> None:
    for _ in range(2):
        await give_reader(home.server, home.name, "catalogue", semantics)
    assert (await role_of(home, semantics=semantics)).powers == ()


async def test_whoever_else_is_there_keeps_what_everybody_had(server: Server, home: Home) -> None:
    with server.database("shared", "CREATE SCHEMA catalogue; CREATE TABLE catalogue.t (id serial, a int)"):
        with server.owner("shared") as owner:
            owner.execute("DROP ROLE IF EXISTS app")
            owner.execute(f"CREATE ROLE app LOGIN PASSWORD '{PASSWORD}'".encode())
            owner.execute("GRANT USAGE ON SCHEMA catalogue TO app; GRANT ALL ON catalogue.t, catalogue.t_id_seq TO app")
        await give_reader(server, "shared", "catalogue")
        with psycopg.connect(server.url("shared", "app")) as app:
            app.execute("INSERT INTO catalogue.t (a) VALUES (1)")
            app.execute("SELECT pg_advisory_lock(1), set_config('x.y', 'z', false), pg_notify('a', 'b')")
            app.execute("CREATE TEMP TABLE x (a int)")


async def test_names_that_need_quotes_are_quoted(server: Server) -> None:
    with server.database("quoting", 'CREATE SCHEMA "My ""Own"; CREATE TABLE "My ""Own"."T" (a int)'):
        text = await grants_for(server.url("quoting"), None, "o'reader\"x", 'My "Own')
        with server.owner("quoting") as owner:
            owner.execute(text.encode())
            can = "SELECT has_table_privilege('o''reader\"x', '\"My \"\"Own\".\"T\"', 'SELECT')"
            assert owner.execute(can.encode()).fetchone() == (True,)
            owner.execute('DROP OWNED BY "o\'reader""x"; DROP ROLE "o\'reader""x"')


POWERS = [
    ("ALTER ROLE much CREATEDB", "it is CREATEDB"),
    ("ALTER ROLE much CREATEROLE", "it is CREATEROLE"),
    ("ALTER ROLE much REPLICATION", "it is REPLICATION"),
    ("ALTER ROLE much BYPASSRLS", "it is BYPASSRLS"),
    ("GRANT pg_read_server_files TO much", "it is a member of pg_read_server_files"),
    ("GRANT INSERT, DELETE ON users TO much", "much may DELETE, INSERT on catalogue.users"),
    ("GRANT UPDATE (name) ON users TO PUBLIC", "PUBLIC may UPDATE on catalogue.users"),
    (
        "GRANT TRIGGER, REFERENCES, TRUNCATE ON users TO much",
        "much may REFERENCES, TRIGGER, TRUNCATE on catalogue.users",
    ),
    ("CREATE SEQUENCE s; GRANT USAGE ON SEQUENCE s TO much", "much may USAGE on catalogue.s"),
    ("GRANT CREATE ON SCHEMA catalogue TO much", "much may CREATE in schema catalogue"),
    ("GRANT CREATE ON DATABASE mine TO much", "much may CREATE in the database"),
    ("GRANT TEMPORARY ON DATABASE mine TO PUBLIC", "PUBLIC may TEMPORARY in the database"),
    (
        "CREATE SCHEMA b; CREATE TABLE b.t (a int); GRANT SELECT (a) ON b.t TO much",
        "much may SELECT b.t, which is beside",
    ),
    ("GRANT SELECT ON metrics TO PUBLIC", "PUBLIC may SELECT catalogue.metrics, which is beside"),
    ("GRANT SELECT ON users TO much", "much may SELECT email of catalogue.users, which catalog.yml calls private"),
    ("GRANT EXECUTE ON FUNCTION pg_sleep(float8) TO much", "it may call 1 functions that do more than read (pg_sleep"),
    (
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "it may call catalogue.f(), which runs",
    ),
    ("GRANT SELECT ON pg_settings TO much", "it may SELECT pg_settings"),
    ("ALTER ROLE much SET statement_timeout = 0", "its own default is statement_timeout=0"),
    ("CREATE SCHEMA c AUTHORIZATION much", "it owns 1 objects"),
    ("CREATE TABLE z (a int); ALTER TABLE z OWNER TO much", "it owns 1 objects (z …)"),
    ("UPDATE pg_extension SET extname = 'dblink' WHERE extname = 'plpgsql'", "the database has the extension dblink"),
]


async def test_each_power_is_found_and_its_statement_ends_it(home: Home, semantics: Path) -> None:
    text = await grants_for(home.url("owner"), semantics, "much")
    home.run(f"{text}; ALTER ROLE much PASSWORD '{PASSWORD}'")
    try:
        assert (await role_of(home, "much", semantics)).powers == ()
        for script, what in POWERS:
            home.run(script)
            powers = (await role_of(home, "much", semantics)).powers
            assert [each.what.startswith(what) for each in powers].count(True) == 1, (script, powers)
            for power in powers:
                home.run(power.mend)
            assert (await role_of(home, "much", semantics)).powers == (), script
    finally:
        home.run("DROP OWNED BY much CASCADE; DROP ROLE much")


async def findings(home: Home, role: str, tmp_path: Path, semantics: Path) -> list[Finding]:
    environ = {
        "CATALOG_URL": home.url(role),
        "CATALOG_SEMANTICS": str(semantics),
        "STORE_URL": f"sqlite:///{tmp_path}/s.db",
    }
    found = await diagnose(environ, None)
    assert PASSWORD not in "".join(map(str, found))
    assert "hush" not in "".join(map(str, found))
    return [each for each in found if each.part in ("catalogue", "catalogue's role")]


async def test_doctor_prints_one_line_for_a_good_role_and_fails_loudly_for_another(
    sample: Home, tmp_path: Path
) -> None:
    good = await findings(sample, READER, tmp_path, SAMPLE_SEMANTICS)
    assert [(each.state, each.part) for each in good] == [("ok", "catalogue"), ("ok", "catalogue's role")]
    assert good[1].detail.startswith("cat_ro reads the catalogue and nothing else; Postgres ")
    bad = await findings(sample, "owner", tmp_path, SAMPLE_SEMANTICS)
    assert bad[0].state == "ok"
    assert {each.state for each in bad[1:]} == {"FAIL"}
    assert "FAIL  catalogue's role        owner: it is SUPERUSER  -> ALTER ROLE owner NOSUPERUSER;" in map(str, bad)


async def test_doctor_looks_at_no_role_of_a_database_that_cannot_be_opened(sample: Home, tmp_path: Path) -> None:
    missing = Home(sample.server, "nowhere")
    found = await findings(missing, READER, tmp_path, SAMPLE_SEMANTICS)
    assert [each.state for each in found] == ["FAIL", "off"]


async def test_the_bot_says_at_its_start_that_its_role_can_do_more(
    sample: Home, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    async with await Catalog.open(sample.url(), SAMPLE_SEMANTICS) as catalog:
        await warn_of_powers(sample.url(), catalog)
        await warn_of_powers(f"sqlite:///{tmp_path}/x.db", catalog)
        assert caplog.records == []
        await warn_of_powers(sample.url("owner"), catalog)
        await warn_of_powers(sample.url().replace("hush", "push"), catalog)
    first, second = caplog.records
    assert first.getMessage() == "the catalogue's role can do more than read it; see mlops-bot doctor"
    assert "it is SUPERUSER" in getattr(first, "powers", ())
    assert second.getMessage() == "the catalogue's role was not looked at"
    assert "push" not in str(vars(second))


def test_a_password_among_a_url_s_options_is_not_shown_either() -> None:
    url = "postgresql://u@h/d?password=hush&schema=s&sslpassword=hush2"
    assert without_password(url) == "postgresql://***@h/d?password=***&schema=s&sslpassword=***"


def command(home: Home, *argv: str) -> Outcome:
    return run_cli(["catalog", "grants", *argv], {"CATALOG_URL": home.url("owner")}, services_with())


def test_the_command_prints_the_sql(sample: Home) -> None:
    printed = command(sample)
    assert (printed.code, printed.err) == (0, "")
    assert 'GRANT SELECT ON "catalogue"."users" TO "cat_ro";' in printed.out
    assert PASSWORD not in printed.out
    named = command(sample, "--role", "other", "--schema", "public").out
    assert 'GRANT USAGE ON SCHEMA "public" TO "other";' in named
    assert "GRANT SELECT" not in named.partition("-- The catalogue's tables")[2]


def test_a_file_has_no_roles_to_grant_to(tmp_path: Path) -> None:
    refused = run_cli(["catalog", "grants"], {"CATALOG_URL": f"sqlite:///{tmp_path}/x.db"}, services_with())
    assert (refused.code, refused.out) == (2, "")
    assert "no roles" in refused.err
