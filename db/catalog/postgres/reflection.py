"""What a schema of Postgres holds, asked of its own catalogue."""

from typing import Final

KINDS: Final = "('r', 'p', 'v', 'm', 'f')"
"""pg_class.relkind: tables, partitioned ones, views, materialised views, foreign tables."""

_HERE: Final = "(SELECT oid FROM pg_namespace WHERE nspname = %(schema)s)"

HOME: Final = f"""
SELECT s.name FROM unnest(CASE WHEN %(wanted)s = '' THEN current_schemas(false) ELSE ARRAY[%(wanted)s::name] END)
    WITH ORDINALITY AS s(name, place)
JOIN pg_namespace AS n ON n.nspname = s.name
ORDER BY EXISTS (SELECT FROM pg_class AS c WHERE c.relnamespace = n.oid AND c.relkind IN {KINDS}) DESC, s.place
LIMIT 1
"""
"""The schema of that name; for "" the first of the search path that has tables, else the first that is there."""

IDENTITY: Final = "SELECT oid::bigint, datname::text FROM pg_database WHERE datname = current_database()"
SYSTEM: Final = "SELECT system_identifier FROM pg_control_system()"

PLAN: Final = f"""
SELECT md5(concat(
    (SELECT string_agg(concat_ws('|', c.oid, c.relname, c.relkind, a.attname, a.atttypid, a.atttypmod, a.attnotnull,
            a.attgenerated, has_column_privilege(c.oid, a.attnum, 'SELECT')), ',' ORDER BY c.oid, a.attnum)
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = {_HERE} AND c.relkind IN {KINDS} AND NOT c.relispartition),
    (SELECT string_agg(concat_ws('|', k.oid, k.conrelid, k.confrelid, k.conkey, k.confkey), ',' ORDER BY k.oid)
        FROM pg_constraint AS k WHERE k.connamespace = {_HERE} AND k.contype IN ('p', 'f')),
    (SELECT string_agg(md5(r.ev_action::text), ',' ORDER BY r.oid) FROM pg_rewrite AS r
        JOIN pg_class AS c ON c.oid = r.ev_class WHERE c.relnamespace = {_HERE})))
"""

# A view's rows are those of what it reads, a partitioned table's those of its partitions.
STAMP: Final = f"""
WITH RECURSIVE read(oid) AS (
    SELECT c.oid FROM pg_class AS c WHERE c.relnamespace = {_HERE}
    UNION
    SELECT below.oid FROM read CROSS JOIN LATERAL (
        SELECT d.refobjid AS oid FROM pg_rewrite AS r
        JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
            AND d.refclassid = 'pg_class'::regclass
        WHERE r.ev_class = read.oid
        UNION ALL
        SELECT i.inhrelid FROM pg_inherits AS i WHERE i.inhparent = read.oid) AS below)
SELECT md5(string_agg(concat_ws('|', c.oid, c.xmin, c.relfilenode, pg_stat_get_tuples_inserted(c.oid),
        pg_stat_get_tuples_updated(c.oid), pg_stat_get_tuples_deleted(c.oid), pg_stat_get_live_tuples(c.oid)),
        ',' ORDER BY c.oid)),
    (SELECT count(*) || ':' || coalesce(sum(a.xmin::text::bigint), 0) FROM pg_attribute AS a
        JOIN pg_class AS c ON c.oid = a.attrelid WHERE c.relnamespace = {_HERE}),
    (SELECT count(*) || ':' || coalesce(sum(k.xmin::text::bigint), 0) FROM pg_constraint AS k
        WHERE k.connamespace = {_HERE}),
    (SELECT count(*) || ':' || coalesce(sum(r.xmin::text::bigint), 0) FROM pg_rewrite AS r
        JOIN pg_class AS c ON c.oid = r.ev_class WHERE c.relnamespace = {_HERE})
FROM read JOIN pg_class AS c ON c.oid = read.oid
"""

COLUMNS: Final = f"""
SELECT c.relname::text, c.reltuples::float8, a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull,
    EXISTS (SELECT FROM pg_constraint AS k
        WHERE k.conrelid = c.oid AND k.contype = 'p' AND a.attnum = ANY (k.conkey)),
    a.attgenerated <> '', has_column_privilege(c.oid, a.attnum, 'SELECT')
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = {_HERE} AND c.relkind IN {KINDS} AND NOT c.relispartition
ORDER BY c.oid, a.attnum
"""

KEYS: Final = f"""
SELECT child.relname::text, ca.attname::text, parent.relname::text, pa.attname::text
FROM pg_constraint AS k
JOIN pg_class AS child ON child.oid = k.conrelid AND NOT child.relispartition
JOIN pg_class AS parent ON parent.oid = k.confrelid AND parent.relnamespace = child.relnamespace
    AND NOT parent.relispartition
CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS pair(own, other, place)
JOIN pg_attribute AS ca ON ca.attrelid = k.conrelid AND ca.attnum = pair.own
JOIN pg_attribute AS pa ON pa.attrelid = k.confrelid AND pa.attnum = pair.other
WHERE k.contype = 'f' AND k.conparentid = 0 AND child.relnamespace = {_HERE}
ORDER BY k.conrelid, k.oid, pair.place
"""

# A whole row (varattno 0 in the rule's tree) leaves no trace of its columns in pg_depend.
READS: Final = """
SELECT DISTINCT r.ev_class::bigint, d.refobjid::bigint, coalesce(a.attname::text, ''),
    r.ev_action::text LIKE '%%:varattno 0 %%'
FROM pg_rewrite AS r
JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
LEFT JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
WHERE r.oid >= 16384 AND d.refobjid <> r.ev_class
"""

RELATIONS: Final = f"""
SELECT oid::bigint, relname::text FROM pg_class
WHERE relnamespace = {_HERE} AND relkind IN {KINDS} AND NOT relispartition
"""
