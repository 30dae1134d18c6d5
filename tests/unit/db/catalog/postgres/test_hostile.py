"""Statements that mean harm, past no guard: the role, the transaction, the protocol and the brackets hold them."""

import pytest

from db.catalog.errors import CatalogError, QueryError
from tests.unit.db.catalog.postgres.opened import QUICK, Home

HOSTILE = [
    line.strip()
    for line in """
INSERT INTO users (id, name, email) VALUES (99, 'x', 'x')
INSERT INTO users (id, name, email) VALUES (99, 'x', 'x') RETURNING *
UPDATE users SET name = 'x' RETURNING name
DELETE FROM metrics
TRUNCATE metrics
DROP TABLE metrics CASCADE
CREATE TABLE x (a int)
CREATE TEMP TABLE x AS SELECT 1
CREATE TABLE x AS SELECT * FROM users
SELECT * INTO x FROM users
SELECT * INTO TEMP x FROM users
WITH x AS (INSERT INTO users (id, name, email) VALUES (99, 'x', 'x') RETURNING *) SELECT * FROM x
WITH x AS (DELETE FROM metrics RETURNING *) SELECT * FROM x
WITH x AS (UPDATE users SET name = 'x' RETURNING *) SELECT count(*) FROM x
SELECT 1; DELETE FROM metrics
SELECT 1; COMMIT; DELETE FROM metrics
SELECT 1); DELETE FROM metrics; --
SELECT 1) AS q(c1); DELETE FROM metrics; SELECT (1
COMMIT
ROLLBACK
BEGIN READ WRITE
SET TRANSACTION READ WRITE
SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE
SET statement_timeout = 0
RESET ALL
SHOW ALL
SHOW search_path
EXPLAIN SELECT * FROM users
EXPLAIN ANALYZE DELETE FROM metrics
COPY users TO '/tmp/x'
COPY users TO STDOUT
COPY users TO PROGRAM 'id'
COPY users FROM PROGRAM 'id'
DO $$ BEGIN DELETE FROM catalogue.metrics; END $$
CALL x()
PREPARE x AS SELECT 1
EXECUTE x
DECLARE x CURSOR FOR SELECT 1
LISTEN x
NOTIFY x
LOCK TABLE users
VACUUM
GRANT ALL ON users TO PUBLIC
ALTER ROLE cat_ro SET statement_timeout = 0
ALTER ROLE cat_ro SUPERUSER
SET ROLE owner
SET SESSION AUTHORIZATION owner
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'
CREATE EXTENSION dblink
SELECT * FROM users FOR UPDATE
SELECT * FROM users FOR SHARE
SELECT lo_create(0)
SELECT lo_from_bytea(0, 'x')
SELECT set_config('statement_timeout', '0', false)
SELECT set_config('transaction_read_only', 'off', true)
SELECT set_config('default_transaction_read_only', 'off', false)
SELECT set_config('role', 'owner', false)
SELECT set_config('session_authorization', 'owner', false)
SELECT pg_notify('x', 'y')
SELECT pg_advisory_lock(1)
SELECT pg_try_advisory_lock(1)
SELECT pg_export_snapshot()
SELECT pg_logical_emit_message(false, 'x', 'y')
SELECT txid_current()
SELECT pg_current_xact_id()
SELECT pg_sleep(100)
SELECT pg_sleep_for('1 hour')
SELECT pg_read_file('/etc/passwd')
SELECT pg_read_binary_file('PG_VERSION')
SELECT pg_ls_dir('.')
SELECT pg_stat_file('PG_VERSION')
SELECT * FROM pg_ls_logdir()
SELECT pg_terminate_backend(pg_backend_pid())
SELECT pg_cancel_backend(pg_backend_pid())
SELECT pg_reload_conf()
SELECT current_setting('data_directory')
SELECT query_to_xml('DELETE FROM catalogue.metrics', true, true, '')
SELECT query_to_xml('SELECT * FROM catalogue.users', true, true, '')
SELECT database_to_xml(true, true, '')
SELECT schema_to_xml('catalogue', true, true, '')
SELECT table_to_xml('catalogue.users', true, true, '')
SELECT * FROM ts_stat('SELECT to_tsvector(name) FROM catalogue.users')
SELECT * FROM pg_settings
SELECT * FROM pg_stat_activity
SELECT * FROM pg_authid
SELECT * FROM pg_shadow
SELECT rolpassword FROM pg_authid
SELECT * FROM pg_hba_file_rules
SELECT nextval('x')
SELECT $1
SELECT FROM users
SELECT * FROM users WHERE id = $1
""".splitlines()
    if line.strip()
]
"""All refused by the engine alone, for a role that `catalog grants` made."""

LAX = (
    "SELECT set_config('statement_timeout', '0', false)",
    "SELECT set_config('default_transaction_read_only', 'off', false)",
    "SELECT set_config('search_path', 'public', false), set_config('timezone', 'Asia/Seoul', false)",
    "SELECT set_config('datestyle', 'German', false), set_config('work_mem', '1GB', false)",
    "SELECT pg_try_advisory_lock(7)",
)
"""What a role keeps that nobody took the functions from: it runs, and is gone with its transaction."""
SETTINGS = (
    "statement_timeout",
    "lock_timeout",
    "transaction_read_only",
    "default_transaction_read_only",
    "search_path",
    "timezone",
    "datestyle",
    "work_mem",
    "jit",
    "max_parallel_workers_per_gather",
)
SHOW = "SELECT " + ", ".join(f"current_setting('{name}')" for name in SETTINGS)


async def test_nothing_is_written_and_nothing_told(sample: Home) -> None:
    before = sample.state()
    passed = []
    async with sample.runner(limits=QUICK) as runner:
        for sql in HOSTILE:
            try:
                fetched = await runner.fetch(sql)
            except CatalogError:
                continue
            passed.append((sql, fetched.rows[:1]))
        assert (await runner.fetch("SELECT count(*) FROM users")).rows == ((8,),)
    assert passed == []
    assert sample.state() == before


async def test_what_is_written_is_refused_whoever_the_role_is(home: Home) -> None:
    before = home.state()
    async with home.runner("owner", limits=QUICK) as runner:
        for sql in HOSTILE[: HOSTILE.index("SELECT lo_create(0)")]:
            with pytest.raises(CatalogError):
                await runner.fetch(sql)
        for sql in ("SELECT nextval('catalogue.s')", "SELECT set_config('transaction_read_only', 'off', true)"):
            with pytest.raises(CatalogError):
                await runner.fetch(sql)
    assert home.state() == before


async def test_no_setting_outlives_its_statement(lax: Home) -> None:
    async with lax.runner("lax", limits=QUICK) as runner:
        before = await runner.fetch(SHOW)
        assert before.rows[0][:3] == ("1s", "500ms", "on")
        assert before.rows[0][4:9] == ("catalogue, pg_temp", "UTC", "ISO, YMD", "8MB", "off")
        for sql in LAX:
            await runner.fetch(sql)
            assert await runner.fetch(SHOW) == before
        locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
        assert (await runner.fetch(locks)).rows == ((0,),)


async def test_the_time_limit_cannot_be_lifted_from_within(lax: Home) -> None:
    async with lax.runner("lax", limits=QUICK) as runner:
        with pytest.raises(QueryError, match="ran longer than 1 s"):
            await runner.fetch("SELECT set_config('statement_timeout', '0', false), pg_sleep(60)")


async def test_two_statements_are_told_apart_from_one(sample: Home) -> None:
    async with sample.runner() as runner:
        with pytest.raises(CatalogError) as caught:
            await runner.fetch("SELECT 1; SELECT 2")
        assert getattr(caught.value, "kind", None) == "several"
        assert (await runner.fetch("SELECT 'a;b' AS x; ; -- that is all; really\n")).rows == (("a;b",),)
        assert (await runner.fetch("SELECT 1 /* ; */ -- ;")).rows == ((1,),)
