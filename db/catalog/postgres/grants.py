"""The SQL that makes a role which reads the catalogue and does nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from textwrap import indent
from typing import Final

from psycopg import sql

from db.catalog.postgres.denied import DEFAULTS, DENIED_FUNCTIONS, VIEWS
from db.catalog.postgres.engine import PostgresEngine
from db.catalog.privacy import readable
from db.catalog.schema import Columns, Schema, TableSchema
from db.catalog.semantics import fit_layer

_TEMPLATE: Final = Path(__file__).with_name("grants.sql")
_CONNECTIONS: Final = 40
"""A few times what one bot uses, since an old and a new one run side by side for a moment."""


async def grants(engine: PostgresEngine, semantics: Path | None, role: str) -> str:
    """The SQL, to be read and run by the database's owner. Raises CatalogUnavailable and SemanticsError.

    What the engine's own role may read does not matter: it need not be the owner's.
    """
    schema = await engine.schema()
    shown = await _shown(engine, semantics, schema)
    return _written(shown, schema, engine, role)


async def _shown(engine: PostgresEngine, semantics: Path | None, schema: Schema) -> Columns:
    """Each table with the columns that catalog.yml leaves public; none of a view that shows others."""
    every = Schema(tuple(_undenied(schema)), schema.foreign_keys)
    fitted = fit_layer(semantics, every)
    if fitted.private:
        denied = await engine.denied(readable(every, fitted.schema))
        fitted = fit_layer(semantics, every, None, denied)
    return readable(every, fitted.schema)


def _undenied(schema: Schema) -> Iterator[TableSchema]:
    for table in schema.tables:
        yield replace(table, columns=tuple(replace(column, denied=False) for column in table.columns))


def _written(shown: Columns, schema: Schema, engine: PostgresEngine, role: str) -> str:
    return _TEMPLATE.read_text(encoding="utf-8").format(
        role=_name(role),
        role_text=_text(role),
        database=_name(engine.database),
        database_text=_text(engine.database),
        schema=_name(engine.dialect.home),
        most=_CONNECTIONS,
        denied_functions=indent(DENIED_FUNCTIONS.strip(), " " * 8),
        views=", ".join(map(_text, VIEWS)),
        views_listed=", ".join(VIEWS),
        tables="\n".join(_tables(shown, schema, engine.dialect.home, role)),
        defaults="\n".join(_defaults(engine.dialect.home, role)),
    )


def _tables(shown: Columns, schema: Schema, home: str, role: str) -> Iterator[str]:
    for table in schema.tables:
        own = shown[table.name]
        if own:
            listed = f" ({', '.join(map(_name, own))})" if len(own) < len(table.columns) else ""
            yield f"GRANT SELECT{listed} ON {_name(home, table.name)} TO {_name(role)};"


def _defaults(home: str, role: str) -> Iterator[str]:
    for name, value in DEFAULTS.items():
        yield f"ALTER ROLE {_name(role)} SET {name} = {_text(value)};"
    yield f"ALTER ROLE {_name(role)} SET search_path = {_name(home)};"


def _name(*parts: str) -> str:
    return sql.Identifier(*parts).as_string()


def _text(value: str) -> str:
    return sql.Literal(value).as_string()
