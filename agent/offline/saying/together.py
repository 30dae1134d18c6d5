"""Puts the figures of several asks side by side in one row: "몇 개고 몇 개야"."""

from collections.abc import Sequence

import sqlglot
from sqlglot import exp

from agent.offline.query.expressions import with_quotes
from agent.offline.query.query import Query
from agent.offline.query.sql import render
from agent.offline.reading.reading import Reading
from agent.offline.saying.cells import label
from agent.offline.saying.phrases import Phrases
from agent.offline.saying.plan import Lookup
from db.catalog.meaning import Language, SemanticLayer

_MEASURES = ("count", "avg", "sum", "min", "max", "median")
_LONGEST = 60
"""Bytes of a column's name; longer ones are cut by a database, which may make two alike."""


def together(
    readings: Sequence[Reading], say: Phrases, layer: SemanticLayer, dialect: str, language: Language
) -> Lookup | None:
    """One statement of all figures; None where fewer than two are asked for, or something else beside them."""
    queries = [one.query for one in readings if one.intent == "query" and one.query is not None]
    if len(readings) < 2 or len(queries) < len(readings) or not all(map(_is_figure, queries)):
        return None
    names = [_cut(_name(query, say, layer, language)) for query in queries]
    if len(set(names)) < len(names):
        return None
    figures = [
        exp.alias_(
            exp.Subquery(this=sqlglot.parse_one(render(query, layer, dialect), dialect=dialect)), name, quoted=True
        )
        for query, name in zip(queries, names, strict=True)
    ]
    return Lookup("execute_sql", with_quotes(exp.select(*figures)).sql(dialect=dialect), "together")


def _is_figure(query: Query) -> bool:
    is_one = query.measure == "count" or len(query.of) == 1
    return query.measure in _MEASURES and is_one and not query.groups and not query.also and not query.tallied


def _name(query: Query, say: Phrases, layer: SemanticLayer, language: Language) -> str:
    subject = say.subject(query)
    if query.measure == "count":
        return f"{subject} 수" if language == "ko" else subject
    column, measure = label(query.of[0], layer, language), say.aggregate(query.measure)
    return f"{subject} {column} {measure}" if language == "ko" else f"{measure} {column} of {subject}"


def _cut(name: str) -> str:
    return name.encode()[:_LONGEST].decode(errors="ignore").strip()
