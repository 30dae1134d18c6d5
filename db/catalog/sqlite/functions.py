"""The SQL functions a query may call: an allow-list, and what to write instead of others' names.

Left out on purpose: whatever reads files, loads code, tells about the engine,
or fills memory in one call (load_extension, fts3_tokenizer, sqlite_*, zeroblob,
randomblob, printf, format).
"""

from typing import Final

from db.catalog.dialect import Dialect

_AGGREGATES: Final = """
avg count group_concat max min string_agg sum total median percentile percentile_cont percentile_disc
json_group_array json_group_object
row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
"""

_DATES: Final = """
date time datetime julianday unixepoch strftime timediff current_date current_time current_timestamp
"""

_TEXT: Final = """
char concat concat_ws glob hex instr length like lower ltrim octet_length quote replace rtrim soundex
substr substring trim typeof unhex unicode unistr upper
"""

_NUMBERS: Final = """
abs acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi
pow power radians random round sign sin sinh sqrt tan tanh trunc
"""

_JSON: Final = """
-> ->> json json_array json_array_length json_error_position json_extract json_insert json_object json_patch
json_pretty json_quote json_remove json_replace json_set json_type json_valid json_each json_tree
"""

_CHOICES: Final = "coalesce ifnull iif if nullif likely likelihood unlikely"

FUNCTIONS: Final = frozenset(" ".join((_AGGREGATES, _DATES, _TEXT, _NUMBERS, _JSON, _CHOICES)).split())
"""Lower-case names, as SQLite knows them."""

TABLE_FUNCTIONS: Final = frozenset(("json_each", "json_tree"))

INSTEAD: Final = {
    "date_format": "strftime(format, value)",
    "date_part": "strftime('%Y', value) and the like",
    "date_trunc": "strftime('%Y-%m-01', value) and the like",
    "datediff": "(julianday(a) - julianday(b)), in days; * 24 for hours",
    "extract": "strftime('%Y', value) and the like",
    "format": "round(value, digits) and ||",
    "getdate": "datetime('now')",
    "left": "substr(text, 1, n)",
    "match": "LIKE or GLOB",
    "now": "datetime('now')",
    "printf": "round(value, digits) and ||",
    "regexp": "LIKE or GLOB",
    "regexp_like": "LIKE or GLOB",
    "right": "substr(text, -n)",
    "split_part": "substr and instr",
    "timestampdiff": "(julianday(a) - julianday(b)), in days; * 24 for hours",
    "to_char": "strftime(format, value)",
    "to_date": "date(value)",
    "year": "strftime('%Y', value)",
    "month": "strftime('%m', value)",
}
"""Names that models bring from other databases, and what does the same here."""

SQLITE: Final = Dialect(
    "sqlite",
    FUNCTIONS,
    TABLE_FUNCTIONS,
    INSTEAD,
    "SQLite's aggregate, window, text, date, number and JSON functions",
    home="main",
    is_lax=True,
)
