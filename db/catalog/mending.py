"""What the engine's error means and how the statement can be mended."""

import re
import sqlite3
from collections.abc import Iterator

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from db.catalog.errors import CatalogError, CatalogUnavailable, QueryFailed, QueryRefused
from db.catalog.guard import DIALECT
from db.catalog.names import listed, nearest
from db.catalog.schema import ForeignKey, Schema, TableSchema

# The engine's own sentences (sqlite3 resolve.c, build.c), not SQL.
_NO_COLUMN = re.compile(r"no such column: \"?([^\"]+?)\"?(?: - should .*)?$")
_AMBIGUOUS = re.compile(r"ambiguous column name: (.+)$")
_UNAVAILABLE = ("disk I/O", "malformed", "not a database", "unable to open", "locked", "schema has changed")
_DENIED = ("not authorized", "prohibited")


def mended(error: Exception, sql: str, schema: Schema) -> CatalogError:
    """The engine's error in the catalogue's words; what to raise instead of it."""
    text = str(error)
    if any(sign in text for sign in _UNAVAILABLE):
        return CatalogUnavailable(f"The catalogue cannot be read just now ({text}).")
    if any(sign in text for sign in _DENIED):
        return QueryRefused(f"The catalogue may only be read. Tables: {listed(t.name for t in schema.tables)}.")
    if isinstance(error, sqlite3.Warning) or "one statement at a time" in text:
        return QueryRefused("Only one statement can run at a time.")
    if missing := _NO_COLUMN.search(text):
        return QueryFailed(_no_column(missing[1], sql, schema))
    if unclear := _AMBIGUOUS.search(text):
        return QueryFailed(_ambiguous(unclear[1], sql, schema))
    if "too big" in text:
        return QueryFailed(f"{text}: a value is longer than this catalogue reads; leave that column out.")
    return QueryFailed(f"{text}.")


def _no_column(written: str, sql: str, schema: Schema) -> str:
    qualifier, _, column = written.rpartition(".")
    scope = tuple(_tables_of(sql, schema))
    owners = [table for alias, table in scope if alias.lower() == qualifier.lower()] if qualifier else []
    sentences = [f"no such column: {written}."]
    if owners:
        owner = owners[0]
        alias = "" if owner.name.lower() == qualifier.lower() else f" (alias {qualifier})"
        sentences.append(f"{owner.name}{alias} has: {_columns(owner)}.")
        near = nearest(column, (c.name for c in owner.columns))
    else:
        sentences += [f"{table.name} has: {_columns(table)}." for _, table in scope]
        near = nearest(column, (c.name for _, table in scope for c in table.columns))
    if near:
        sentences.append(f"Nearest: {listed(near)}.")
    sentences += _elsewhere(column, owners or [table for _, table in scope], schema)
    return " ".join(sentences)


def _elsewhere(column: str, here: list[TableSchema], schema: Schema) -> Iterator[str]:
    """Where the column stands instead, what it points at, and how to join there."""
    homes = [table for table in schema.tables if table not in here and table.column(column)]
    if homes:
        yield f"{column} is in {listed(table.name for table in homes)}."
    keys = [key for key in schema.foreign_keys if key.column.lower() == column.lower()]
    for parent in dict.fromkeys((key.parent_table, key.parent_column) for key in keys):
        yield f"Ids of {parent[0]} are in {parent[0]}.{parent[1]}."
        homes += [table for table in (schema.table(parent[0]),) if table and table not in homes]
    for home in homes:
        for table in here[:1]:
            if path := schema.join_path(table.name, home.name):
                yield f"Join {table.name} to {home.name} by {' and '.join(map(_condition, path))}."


def _condition(key: ForeignKey) -> str:
    return f"{key.table}.{key.column} = {key.parent_table}.{key.parent_column}"


def _ambiguous(column: str, sql: str, schema: Schema) -> str:
    owners = [f"{alias}.{column}" for alias, table in _tables_of(sql, schema) if table.column(column)]
    start = f"ambiguous column name: {column}"
    return f"{start}. Write one of {listed(owners)}." if owners else f"{start}."


def _columns(table: TableSchema) -> str:
    return listed(column.name for column in table.columns)


def _tables_of(sql: str, schema: Schema) -> Iterator[tuple[str, TableSchema]]:
    """The statement's catalogue tables as (alias or name, table), each once."""
    try:
        tree = sqlglot.parse_one(sql, dialect=DIALECT)
    except (SqlglotError, RecursionError):
        return
    seen: set[tuple[str, str]] = set()
    for node in tree.find_all(exp.Table):
        table = schema.table(node.name)
        pair = (node.alias_or_name, node.name)
        if table is not None and pair not in seen:
            seen.add(pair)
            yield node.alias_or_name, table
