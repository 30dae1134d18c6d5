"""What the bot's role can do more than read the catalogue, each with the statement that ends it."""

from dataclasses import dataclass
from typing import Final

import psycopg

from db.catalog.postgres.connecting import read, unavailable
from db.catalog.postgres.denied import DEFAULTS, DENIED_FUNCTIONS, EXTENSIONS, VIEWS
from db.catalog.postgres.engine import PostgresEngine
from db.catalog.schema import Columns

_ME: Final = "(SELECT oid FROM pg_roles WHERE rolname = current_user)"
_HOLDERS: Final = """(
    SELECT oid AS id, quote_ident(rolname) AS named FROM pg_roles WHERE rolname = current_user
    UNION ALL SELECT 0, 'PUBLIC')
"""
_RELATIONS: Final = """(
    SELECT c.oid, c.relname::text AS table_name, n.nspname::text AS home, c.relkind, c.relacl,
        quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS named
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname NOT IN ('pg_catalog', 'information_schema'))
"""

_ATTRIBUTES: Final = """
SELECT 'it is ' || what, 'ALTER ROLE ' || quote_ident(current_user) || ' NO' || what || ';'
FROM pg_roles CROSS JOIN LATERAL (VALUES ('SUPERUSER', rolsuper), ('CREATEDB', rolcreatedb),
    ('CREATEROLE', rolcreaterole), ('REPLICATION', rolreplication), ('BYPASSRLS', rolbypassrls)) AS power(what, has)
WHERE rolname = current_user AND has
"""

_MEMBERSHIPS: Final = f"""
SELECT 'it is a member of ' || quote_ident(g.rolname),
    'REVOKE ' || quote_ident(g.rolname) || ' FROM ' || quote_ident(current_user) || ';'
FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid WHERE m.member = {_ME}
"""

_OWNED: Final = f"""
SELECT 'it owns ' || count(*) || ' objects' || coalesce(' (' || min(c.relname) || ' …)', ''),
    'REASSIGN OWNED BY ' || quote_ident(current_user) || ' TO CURRENT_USER; -- as another role, in each database'
FROM pg_shdepend AS d
LEFT JOIN pg_class AS c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
    AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
WHERE d.deptype = 'o' AND d.refclassid = 'pg_authid'::regclass AND d.refobjid = {_ME}
HAVING count(*) > 0
"""

_WRITES: Final = f"""
SELECT holder.named || ' may ' || string_agg(DISTINCT held.privilege, ', ') || ' on ' || r.named,
    'REVOKE ' || string_agg(DISTINCT held.privilege, ', ') || ' ON ' || r.named || ' FROM ' || holder.named || ';'
FROM {_RELATIONS} AS r
CROSS JOIN LATERAL (
    SELECT grantee, privilege_type AS privilege FROM aclexplode(r.relacl)
    UNION ALL
    SELECT held.grantee, held.privilege_type FROM pg_attribute AS a CROSS JOIN LATERAL aclexplode(a.attacl) AS held
    WHERE a.attrelid = r.oid) AS held
JOIN {_HOLDERS} AS holder ON holder.id = held.grantee
WHERE held.privilege <> 'SELECT' OR r.relkind = 'S'
GROUP BY r.named, holder.named
"""

_READS: Final = f"""
WITH shown AS (SELECT * FROM unnest(%(tables)s::text[], %(columns)s::text[]) AS pair(table_name, column_name))
SELECT holder.named || ' may SELECT ' || r.named || ', which is beside the catalogue',
    'REVOKE SELECT ON ' || r.named || ' FROM ' || holder.named || ';'
FROM {_RELATIONS} AS r
JOIN {_HOLDERS} AS holder ON EXISTS (
    SELECT FROM aclexplode(r.relacl) WHERE grantee = holder.id AND privilege_type = 'SELECT' AND r.relkind <> 'S')
    OR EXISTS (SELECT FROM pg_attribute AS a CROSS JOIN LATERAL aclexplode(a.attacl) AS held
        WHERE a.attrelid = r.oid AND held.grantee = holder.id AND held.privilege_type = 'SELECT')
WHERE r.home <> %(schema)s OR r.table_name NOT IN (SELECT table_name FROM shown)
"""

_PRIVATE: Final = f"""
WITH shown AS (SELECT * FROM unnest(%(tables)s::text[], %(columns)s::text[]) AS pair(table_name, column_name)),
column_of AS (
    SELECT r.oid, r.named, r.table_name, r.relacl, a.attname::text AS name, a.attacl, a.attnum,
        EXISTS (SELECT FROM shown AS s WHERE s.table_name = r.table_name AND s.column_name = a.attname) AS is_shown
    FROM {_RELATIONS} AS r JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE r.home = %(schema)s AND r.table_name IN (SELECT table_name FROM shown))
SELECT holder.named || ' may SELECT ' || string_agg(quote_ident(c.name), ', ') FILTER (WHERE NOT c.is_shown)
        || ' of ' || c.named || ', which catalog.yml calls private',
    'REVOKE SELECT ON ' || c.named || ' FROM ' || holder.named || '; GRANT SELECT ('
        || string_agg(quote_ident(c.name), ', ' ORDER BY c.attnum) FILTER (WHERE c.is_shown) || ') ON ' || c.named
        || ' TO ' || quote_ident(current_user) || ';'
FROM column_of AS c CROSS JOIN {_HOLDERS} AS holder
WHERE c.is_shown OR EXISTS (SELECT FROM aclexplode(c.relacl) WHERE grantee = holder.id AND privilege_type = 'SELECT')
    OR EXISTS (SELECT FROM aclexplode(c.attacl) WHERE grantee = holder.id AND privilege_type = 'SELECT')
GROUP BY c.named, holder.named HAVING NOT bool_and(c.is_shown)
"""

_CREATES: Final = f"""
SELECT holder.named || ' may CREATE in schema ' || quote_ident(n.nspname),
    'REVOKE CREATE ON SCHEMA ' || quote_ident(n.nspname) || ' FROM ' || holder.named || ';'
FROM pg_namespace AS n CROSS JOIN LATERAL aclexplode(n.nspacl) AS held
JOIN {_HOLDERS} AS holder ON holder.id = held.grantee
WHERE held.privilege_type = 'CREATE'
UNION ALL
SELECT holder.named || ' may ' || held.privilege_type || ' in the database',
    'REVOKE ' || held.privilege_type || ' ON DATABASE ' || quote_ident(d.datname) || ' FROM ' || holder.named || ';'
FROM pg_database AS d CROSS JOIN LATERAL aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS held
JOIN {_HOLDERS} AS holder ON holder.id = held.grantee
WHERE d.datname = current_database() AND held.privilege_type IN ('CREATE', 'TEMPORARY')
"""

_DENIED: Final = DENIED_FUNCTIONS.replace("%", "%%")
_FUNCTIONS: Final = f"""
SELECT 'it may call ' || count(*) || ' functions that do more than read (' || min(f.oid::text) || ' …)',
    'REVOKE EXECUTE ON FUNCTION ' || min(f.oid::text) || ' FROM PUBLIC, ' || quote_ident(current_user)
        || '; -- all of them: mlops-bot catalog grants'
FROM ({_DENIED}) AS f(oid) WHERE has_function_privilege(f.oid, 'EXECUTE') HAVING count(*) > 0
"""

_OTHERS_RIGHTS: Final = """
SELECT 'it may call ' || p.oid::regprocedure || ', which runs with the rights of ' || quote_ident(o.rolname),
    'REVOKE EXECUTE ON ROUTINE ' || p.oid::regprocedure || ' FROM PUBLIC, ' || quote_ident(current_user) || ';'
FROM pg_proc AS p JOIN pg_roles AS o ON o.oid = p.proowner JOIN pg_namespace AS n ON n.oid = p.pronamespace
WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND has_function_privilege(p.oid, 'EXECUTE')
"""

_VIEWS: Final = """
SELECT 'it may SELECT ' || v.name || ', which tells of the server and of other sessions',
    'REVOKE SELECT ON ' || v.name || ' FROM PUBLIC, ' || quote_ident(current_user) || ';'
FROM unnest(%(views)s::text[]) AS v(name) WHERE has_table_privilege(v.name, 'SELECT')
"""

_DEFAULTS: Final = f"""
SELECT 'its own default is ' || given, 'ALTER ROLE ' || quote_ident(current_user)
    || CASE WHEN s.setdatabase <> 0 THEN ' IN DATABASE ' || quote_ident(current_database()) ELSE '' END
    || ' RESET ' || quote_ident(split_part(given, '=', 1)) || ';'
FROM pg_db_role_setting AS s CROSS JOIN LATERAL unnest(s.setconfig) AS given
WHERE s.setrole = {_ME} AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
    AND given <> ALL (%(defaults)s::text[]) AND split_part(given, '=', 1) <> 'search_path'
"""

_EXTENSIONS: Final = """
SELECT 'the database has the extension ' || quote_ident(extname) || ', which reaches beyond it',
    'DROP EXTENSION ' || quote_ident(extname) || ';'
FROM pg_extension WHERE extname = ANY (%(extensions)s::text[])
"""

_LOOKS: Final = (
    _ATTRIBUTES,
    _MEMBERSHIPS,
    _OWNED,
    _WRITES,
    _READS,
    _PRIVATE,
    _CREATES,
    _FUNCTIONS,
    _OTHERS_RIGHTS,
    _VIEWS,
    _DEFAULTS,
    _EXTENSIONS,
)


@dataclass(frozen=True, slots=True)
class Power:
    """What the role can do, and the statement that ends it, for a superuser to run."""

    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Role:
    """The role that CATALOG_URL names, on a server of this version."""

    name: str
    version: str
    powers: tuple[Power, ...]


async def look_at_role(engine: PostgresEngine, shown: Columns) -> Role:
    """What the engine's role can do beside reading the columns that are `shown`. Raises CatalogUnavailable."""
    pairs = [(table, column) for table, own in shown.items() for column in own]
    given = {
        "schema": engine.dialect.home,
        "tables": [table for table, _ in pairs],
        "columns": [column for _, column in pairs],
        "views": list(VIEWS),
        "defaults": [f"{name}={value}" for name, value in DEFAULTS.items()],
        "extensions": list(EXTENSIONS),
    }
    try:
        ((name, version),) = await read(engine.connection, "SELECT current_user, split_part(version(), ' ', 2)")
        found = [Power(*row) for look in _LOOKS for row in await read(engine.connection, look, given)]
    except psycopg.Error as error:
        raise unavailable(engine.address, error) from error
    return Role(name, version, tuple(found))
