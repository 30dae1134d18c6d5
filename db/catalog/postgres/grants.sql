-- A role that reads this catalogue and does nothing else. To be run by a superuser in the database {database},
-- once, and again after tables or catalog.yml have changed: it may run as often as you like.

BEGIN;

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {role_text}) THEN
        CREATE ROLE {role};
    END IF;
END $$;
ALTER ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS CONNECTION LIMIT {most};
-- It has no password yet; in psql: \password {role}

-- Whoever else is here keeps what everybody had until now. Roles made later need it granted to them.
DO $$
DECLARE
    other name;
    denied regprocedure;
    shown regclass;
    all_denied regprocedure[] := ARRAY(
{denied_functions});
BEGIN
    FOR other IN SELECT rolname FROM pg_catalog.pg_roles
        WHERE rolname <> {role_text} AND rolname NOT LIKE 'pg\_%' AND NOT rolsuper
    LOOP
        IF pg_catalog.has_database_privilege('public', {database_text}, 'CONNECT') THEN
            EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO %I', {database_text}, other);
        END IF;
        IF pg_catalog.has_database_privilege('public', {database_text}, 'TEMPORARY') THEN
            EXECUTE pg_catalog.format('GRANT TEMPORARY ON DATABASE %I TO %I', {database_text}, other);
        END IF;
        IF pg_catalog.to_regnamespace('public') IS NOT NULL THEN
            IF pg_catalog.has_schema_privilege('public', 'public', 'USAGE') THEN
                EXECUTE pg_catalog.format('GRANT USAGE ON SCHEMA public TO %I', other);
            END IF;
        END IF;
        FOREACH denied IN ARRAY all_denied
        LOOP
            IF pg_catalog.has_function_privilege('public', denied, 'EXECUTE') THEN
                EXECUTE pg_catalog.format('GRANT EXECUTE ON FUNCTION %s TO %I', denied, other);
            END IF;
        END LOOP;
        FOREACH shown IN ARRAY ARRAY[{views}]::regclass[]
        LOOP
            IF pg_catalog.has_table_privilege('public', shown, 'SELECT') THEN
                EXECUTE pg_catalog.format('GRANT SELECT ON %s TO %I', shown, other);
            END IF;
        END LOOP;
    END LOOP;
    IF pg_catalog.to_regnamespace('public') IS NOT NULL THEN
        EXECUTE pg_catalog.format('REVOKE ALL ON SCHEMA public FROM PUBLIC, %I', {role_text});
    END IF;
    -- These write, wait, lock, run a text as a statement, or tell of the server.
    FOREACH denied IN ARRAY all_denied
    LOOP
        EXECUTE pg_catalog.format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC, %I', denied, {role_text});
    END LOOP;
END $$;
REVOKE ALL ON {views_listed} FROM PUBLIC, {role};

REVOKE ALL ON DATABASE {database} FROM PUBLIC, {role};
GRANT CONNECT ON DATABASE {database} TO {role};
REVOKE ALL ON SCHEMA {schema} FROM {role};
GRANT USAGE ON SCHEMA {schema} TO {role};

-- The catalogue's tables, without what catalog.yml calls private; who else reads them needs a grant of their own.
REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {role};
REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM PUBLIC, {role};
{tables}

-- In case that something else connects with this role; the bot sets its own limits for each query.
{defaults}

COMMIT;
