"""What a reader's role is not to have: functions that do more than read tables, and defaults other than these."""

from typing import Final

_NAMES: Final = (
    "current_setting",
    "currval",
    "cursor_to_xml%",
    "database_to_xml%",
    "lastval",
    "lo\\_%",
    "loread",
    "lowrite",
    "nextval",
    "pg\\_advisory\\_%",
    "pg\\_cancel\\_backend",
    "pg\\_current\\_xact\\_id",
    "pg\\_export\\_snapshot",
    "pg\\_logical\\_%",
    "pg\\_ls\\_%",
    "pg\\_notify",
    "pg\\_read\\_%",
    "pg\\_show\\_all\\_settings",
    "pg\\_sleep%",
    "pg\\_stat\\_file",
    "pg\\_stat\\_get\\_activity",
    "pg\\_terminate\\_backend",
    "pg\\_try\\_advisory\\_%",
    "query_to_xml%",
    "schema_to_xml%",
    "set_config",
    "setval",
    "table_to_xml%",
    "ts_rewrite",
    "ts_stat",
    "txid_current",
)
"""LIKE patterns of names in pg_catalog: they write, wait, lock, run a text as a statement, or tell of the server.

Left alone are has_*_privilege, by which the bot learns what it may read, and pg_advisory_unlock_all, by
which it cleans up.
"""

_LISTED: Final = ",\n    ".join(f"'{name}'" for name in _NAMES)
DENIED_FUNCTIONS: Final = f"""
SELECT p.oid::regprocedure FROM pg_catalog.pg_proc AS p
WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND p.proname <> 'pg_advisory_unlock_all'
AND p.proname LIKE ANY (ARRAY[
    {_LISTED}])
"""
"""A query for all of them."""

VIEWS: Final = ("pg_settings", "pg_stat_activity")

EXTENSIONS: Final = ("adminpack", "dblink", "file_fdw", "plperlu", "plpython3u", "pltclu", "postgres_fdw", "tablefunc")
"""They reach files, other servers, or run a text as a statement."""

DEFAULTS: Final = {
    "default_transaction_read_only": "on",
    "statement_timeout": "5s",
    "lock_timeout": "500ms",
    "idle_in_transaction_session_timeout": "15s",
    "temp_file_limit": "64MB",
    "work_mem": "8MB",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
}
"""Of the role, in case that something else connects with it: the bot sets its own in each transaction."""
