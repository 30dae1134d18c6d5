"""The functions and types of Postgres that a query may use: allow-lists, and what to write instead of others' names.

Left out on purpose: whatever writes, sleeps, locks, reads files or settings, tells about
the server or other sessions, runs a statement given as text, or fills memory in one call
(lo_*, pg_*, set_config, nextval, query_to_xml, dblink, repeat, format; lpad and rpad where their length is
not a small number).
"""

from typing import Final

from db.catalog.dialect import Dialect

_AGGREGATES: Final = """
avg count max min sum string_agg array_agg bool_and bool_or every mode percentile_cont percentile_disc bit_and
bit_or bit_xor stddev stddev_pop stddev_samp variance var_pop var_samp corr covar_pop covar_samp regr_slope
regr_intercept regr_r2 regr_count regr_avgx regr_avgy regr_sxx regr_sxy regr_syy range_agg json_agg jsonb_agg
json_object_agg jsonb_object_agg grouping any_value row_number rank dense_rank percent_rank cume_dist ntile lag lead
first_value last_value nth_value
"""

_DATES: Final = """
now current_date current_time current_timestamp localtime localtimestamp statement_timestamp transaction_timestamp
clock_timestamp age date_part date_trunc date_bin extract make_date make_time make_timestamp make_timestamptz
make_interval to_char to_date to_timestamp justify_days justify_hours justify_interval isfinite timezone date
timestamp
"""

_TEXT: Final = """
ascii btrim char_length character_length chr concat concat_ws initcap left length lower lpad ltrim md5 octet_length
bit_length position quote_literal encode decode sha256 normalize regexp_count regexp_instr regexp_like regexp_match
regexp_matches regexp_replace regexp_substr regexp_split_to_array regexp_split_to_table string_to_table to_tsvector
to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery ts_rank replace reverse right rpad rtrim split_part
starts_with strpos substr substring text to_number translate trim upper overlay
"""

_NUMBERS: Final = """
abs acos acosh asin asinh atan atan2 atanh cbrt ceil ceiling cos cosh cot degrees div exp floor gcd lcm ln log log10
min_scale mod num_nonnulls num_nulls pi pow power radians random round scale trim_scale sign sin sinh sqrt tan tanh
trunc width_bucket greatest least int numeric float8
"""

_JSON: Final = """
to_json to_jsonb row_to_json json_build_object jsonb_build_object json_build_array jsonb_build_array
json_array_length jsonb_array_length json_extract_path json_extract_path_text jsonb_extract_path
jsonb_extract_path_text json_object jsonb_object jsonb_pretty jsonb_set jsonb_insert json_to_record jsonb_to_record
json_to_recordset jsonb_to_recordset jsonb_path_match jsonb_path_query jsonb_path_query_array json_typeof
jsonb_typeof json_strip_nulls jsonb_strip_nulls jsonb_path_exists jsonb_path_query_first array_to_json
json_array_elements json_array_elements_text jsonb_array_elements jsonb_array_elements_text json_each json_each_text
jsonb_each jsonb_each_text json_object_keys jsonb_object_keys
"""

_ARRAYS: Final = """
array array_append array_cat array_dims array_ndims array_prepend array_replace array_length array_position
array_positions array_remove array_to_string array_upper array_lower cardinality string_to_array unnest
generate_series generate_subscripts any all some row daterange tsrange tstzrange int4range int8range numrange
isempty lower_inc upper_inc range_merge
"""

_CHOICES: Final = "coalesce nullif if exists"

FUNCTIONS: Final = frozenset(" ".join((_AGGREGATES, _DATES, _TEXT, _NUMBERS, _JSON, _ARRAYS, _CHOICES)).split())
"""Lower-case names, as Postgres knows them."""

_IN_FROM: Final = """
generate_series unnest regexp_split_to_table string_to_table json_array_elements json_array_elements_text
jsonb_array_elements jsonb_array_elements_text json_each json_each_text jsonb_each jsonb_each_text json_object_keys
jsonb_object_keys json_to_record jsonb_to_record json_to_recordset jsonb_to_recordset jsonb_path_query
regexp_matches
"""

TABLE_FUNCTIONS: Final = frozenset(_IN_FROM.split())

INSTEAD: Final = {
    "date_format": "to_char(value, format)",
    "datediff": "a::date - b::date, in days",
    "datetime": "to_char(value, 'YYYY-MM-DD HH24:MI:SS') or a cast to timestamp",
    "format": "concat and round(value::numeric, digits)",
    "getdate": "now()",
    "group_concat": "string_agg(value, ', ')",
    "hour": "extract(hour FROM value)",
    "ifnull": "coalesce",
    "iif": "CASE WHEN … THEN … ELSE … END",
    "instr": "strpos(text, part)",
    "julianday": "extract(epoch FROM a - b) / 86400, in days; / 3600 for hours",
    "json_extract": "->, ->> or #>>",
    "month": "extract(month FROM value)",
    "printf": "to_char(value, format)",
    "strftime": "to_char(value, 'YYYY-MM') and the like",
    "timestampdiff": "extract(epoch FROM a - b) / 3600, in hours",
    "total": "coalesce(sum(value), 0)",
    "unixepoch": "extract(epoch FROM value)",
    "year": "extract(year FROM value)",
}
"""Names that models bring from other databases, and what does the same here."""

_SYNTAX: Final = """
and or not xor case if cast trycast extract exists any all array arraycontainsall arraycontainedby arrayoverlaps
arraycontains jsonextract jsonextractscalar jsonbextract jsonbextractscalar jsonbcontains jsonbcontainstopkey
jsonbcontainsanytopkeys jsonbcontainsalltopkeys regexplike regexpilike currentdate currenttime currenttimestamp
localtime localtimestamp groupconcat strposition substring trim overlay initcap unnest explodinggenerateseries
coalesce tuple collate startswith jsonbdeleteatpath jsonbpathexists matchagainst jsonarrayagg jsonobject normalize
"""
"""The parser's keys of what is written as a sign, without brackets, or in a grammar of its own (trim, overlay)."""

_TYPES: Final = """
smallint int integer bigint decimal numeric real float double boolean bool text varchar char nchar bpchar name date
time timetz timestamp timestamptz timestampntz timestampltz interval json jsonb uuid array bit varbinary bytea inet
cidr money daterange tsrange tstzrange int4range int8range numrange
"""

POSTGRES: Final = Dialect(
    "postgres",
    FUNCTIONS,
    TABLE_FUNCTIONS,
    INSTEAD,
    "Postgres's aggregate, window, text, date, number, array and JSON functions",
    home="public",
    syntax=frozenset(_SYNTAX.split()),
    types=frozenset(_TYPES.split()),
)
"""`home` is another where the catalogue's tables are in another schema."""
