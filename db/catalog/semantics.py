"""Joins the schema with catalog.yml into the semantic layer that both engines read."""

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from db.catalog.meaning import (
    ColumnMeaning,
    ColumnRef,
    Concept,
    Criterion,
    Detail,
    Fetch,
    Role,
    SemanticLayer,
    Span,
    TableMeaning,
    Text,
    Texts,
    Tradeoff,
    ValueMeaning,
    Where,
)
from db.catalog.schema import ColumnSchema, ForeignKey, Schema, TableSchema
from db.catalog.semantics_file import (
    CatalogFile,
    ColumnPart,
    ConceptPart,
    CriterionPart,
    DetailPart,
    FetchPart,
    Loc,
    SemanticsError,
    SourceFile,
    SpanPart,
    TablePart,
    TextPart,
    TextsPart,
    TradeoffPart,
)

__all__ = [
    "ColumnMeaning",
    "ColumnRef",
    "Concept",
    "Criterion",
    "Detail",
    "Fetch",
    "Role",
    "SemanticLayer",
    "SemanticsError",
    "Span",
    "TableMeaning",
    "Text",
    "Texts",
    "Tradeoff",
    "ValueMeaning",
    "load_layer",
]

_NAME = re.compile(r"(^|_)(name|title|slug|label)$")
_DATE = re.compile(r"(_at|_on|_date|_time)$|^(date|day|time|timestamp)$")
_PATH = re.compile(r"(^|_)(path|uri|url|file|location)$")
_TEXT = re.compile(r"(^|_)(note|notes|description|comment|memo|text|body|message|summary)$")
_KEY = re.compile(r"(^|_)(id|uuid|key)$")
_NUMBER = re.compile(r"INT|REAL|FLOA|DOUB|NUM|DEC|SERIAL", re.IGNORECASE)
SHOWN_BY_REFLECTION = 8


def load_layer(path: Path | None, schema: Schema) -> SemanticLayer:
    """The layer of `schema` as `path` explains it; with None by reflection only.

    Raises SemanticsError, naming file and line, when the file is wrong or names what the schema lacks.
    """
    if path is None:
        return _build(CatalogFile(), schema)
    source = SourceFile(path)
    file = source.parse()
    for loc, table, column in _references(file):
        if problem := _unknown(schema, table, column):
            raise source.error(loc, problem)
    return _build(file, schema)


def _unknown(schema: Schema, table: str, column: str | None) -> str | None:
    names = [one.name for one in schema.tables]
    known = schema.table(table)
    if known is None:
        return f"there is no table '{table}'{_nearest(table, names)}; mend or remove it"
    columns = [one.name for one in known.columns]
    if column is not None and column not in columns:
        return f"table '{table}' has no column '{column}'{_nearest(column, columns)}; mend or remove it"
    return None


def _nearest(name: str, names: list[str]) -> str:
    close = difflib.get_close_matches(name, names, 1, 0.5)
    return f" (nearest: '{close[0]}')" if close else f" (there are: {', '.join(names)})"


def _references(file: CatalogFile) -> Iterator[tuple[Loc, str, str | None]]:
    for name, table in file.tables.items():
        yield from _table_references(name, table)
    for name, concept in file.concepts.items():
        loc: Loc = ("concepts", name)
        yield (*loc, "table"), concept.table, None
        yield from (((*loc, "having", i), other, None) for i, other in enumerate(concept.having))
        yield from _where_references((*loc, "where"), concept.table, concept.where)
    for name, criterion in file.criteria.items():
        loc = ("criteria", name)
        yield (*loc, "table"), criterion.table, None
        yield (*loc, "column"), *_ref(criterion.column, criterion.table)
        yield from _where_references((*loc, "scope"), criterion.table, criterion.scope)
    for i, tradeoff in enumerate(file.tradeoffs):
        for j, column in enumerate(tradeoff.columns):
            yield ("tradeoffs", i, "columns", j), *_ref(column, "")
        yield from ((("tradeoffs", i, "choose", key), *_ref(key, "")) for key in tradeoff.choose)
    for name, span in file.spans.items():
        yield ("spans", name, "table"), span.table, None
        yield ("spans", name, "start"), *_ref(span.start, span.table)
        yield ("spans", name, "end"), *_ref(span.end, span.table)
    for i, key in enumerate(file.foreign_keys):
        yield ("foreign_keys", i, "child"), *_ref(key.child, "")
        yield ("foreign_keys", i, "parent"), *_ref(key.parent, "")
    yield from _detail_references(file)


def _detail_references(file: CatalogFile) -> Iterator[tuple[Loc, str, str | None]]:
    for i, detail in enumerate(file.details):
        yield ("details", i, "table"), detail.table, None
        yield from _where_references(("details", i, "when"), detail.table, detail.when)
        for j, fetch in enumerate(detail.fetch):
            loc: Loc = ("details", i, "fetch", j)
            yield (*loc, "table"), fetch.table, None
            yield from (((*loc, "show", k), fetch.table, column) for k, column in enumerate(fetch.show))
            yield from _where_references((*loc, "where"), fetch.table, fetch.where)


def _table_references(name: str, table: TablePart) -> Iterator[tuple[Loc, str, str | None]]:
    loc: Loc = ("tables", name)
    yield loc, name, None
    if table.part_of is not None:
        yield (*loc, "part_of"), table.part_of, None
    if table.date is not None:
        yield (*loc, "date"), name, table.date
    for setting in ("display", "show", "order"):
        columns: tuple[str, ...] = getattr(table, setting)
        yield from (((*loc, setting, i), name, column.split()[0]) for i, column in enumerate(columns))
    for column, part in table.columns.items():
        yield (*loc, "columns", column), name, column
        if part.instead is not None:
            yield (*loc, "columns", column, "instead"), name, part.instead


def _where_references(loc: Loc, table: str, where: Mapping[str, object]) -> Iterator[tuple[Loc, str, str | None]]:
    yield from (((*loc, key), *_ref(key, table)) for key in where)


def _ref(text: str, table: str) -> ColumnRef:
    """ "table.column", or a bare column of `table`."""
    head, dot, tail = text.partition(".")
    return (head, tail) if dot else (table, head)


def _text(part: TextPart | None, fallback: str = "") -> Text:
    return Text(part.ko, part.en) if part else Text(fallback, fallback)


def _texts(part: TextsPart) -> Texts:
    return Texts(part.ko, part.en)


def _where(where: Mapping[str, tuple[str, ...]], table: str) -> Where:
    return tuple((_ref(key, table), values) for key, values in where.items())


def _build(file: CatalogFile, schema: Schema) -> SemanticLayer:
    declared = tuple(ForeignKey(*_ref(key.child, ""), *_ref(key.parent, "")) for key in file.foreign_keys)
    keys = (*schema.foreign_keys, *(key for key in declared if key not in schema.foreign_keys))
    return SemanticLayer(
        tables=tuple(_table(table, file.tables.get(table.name, TablePart()), keys) for table in schema.tables),
        foreign_keys=keys,
        about=_text(file.about),
        concepts=tuple(_concept(name, part) for name, part in file.concepts.items()),
        criteria=tuple(_criterion(name, part) for name, part in file.criteria.items()),
        tradeoffs=tuple(_tradeoff(part) for part in file.tradeoffs),
        spans=tuple(_span(name, part) for name, part in file.spans.items()),
        details=tuple(_detail(part) for part in file.details),
        transliterations=dict(file.transliterations),
        missing=tuple((word, _text(part)) for word, part in file.missing.items()),
        context=file.context,
        examples=_texts(file.examples),
    )


def _concept(name: str, part: ConceptPart) -> Concept:
    return Concept(
        name,
        _text(part.label),
        part.synonyms,
        part.table,
        part.having,
        _where(part.where, part.table),
        part.counter or "개",
        _text(part.explanation),
    )


def _criterion(name: str, part: CriterionPart) -> Criterion:
    return Criterion(
        name,
        _text(part.label),
        part.synonyms,
        part.table,
        _ref(part.column, part.table),
        part.order == "desc",
        _text(part.explanation),
        _where(part.scope, part.table),
        _texts(part.next),
    )


def _tradeoff(part: TradeoffPart) -> Tradeoff:
    choices = tuple((_ref(column, ""), _text(text)) for column, text in part.choose.items())
    return Tradeoff(tuple(_ref(column, "") for column in part.columns), _text(part.explanation), choices)


def _span(name: str, part: SpanPart) -> Span:
    start, end = _ref(part.start, part.table), _ref(part.end, part.table)
    return Span(name, _text(part.label), part.table, start, end, part.unit, part.synonyms, part.longer, part.shorter)


def _detail(part: DetailPart) -> Detail:
    fetches = tuple(_fetch(fetch) for fetch in part.fetch)
    return Detail(part.table, _where(part.when, part.table), fetches, _text(part.meaning), _texts(part.next))


def _fetch(part: FetchPart) -> Fetch:
    return Fetch(part.table, part.show, _where(part.where, part.table), _text(part.none))


def _table(schema: TableSchema, part: TablePart, keys: tuple[ForeignKey, ...]) -> TableMeaning:
    parents = {key.column for key in keys if key.table == schema.name}
    columns = tuple(
        _column(schema.name, column, part.columns.get(column.name, ColumnPart()), column.name in parents)
        for column in schema.columns
    )
    primary = next((column.name for column in schema.columns if column.primary_key), None)
    names = tuple(column.name for column in columns if column.role == "name")[:1]
    shown = tuple(column.name for column in columns if column.role != "key")[:SHOWN_BY_REFLECTION]
    dates = tuple(column.name for column in columns if column.role == "date")
    return TableMeaning(
        name=schema.name,
        label=_text(part.label, schema.name),
        columns=columns,
        primary_key=primary,
        display=part.display or names or ((primary,) if primary else shown[:1]),
        show=part.show or shown,
        order=tuple((entry.split()[0], entry.lower().endswith(" desc")) for entry in part.order),
        description=_text(part.description),
        synonyms=part.synonyms,
        counter=part.counter or "개",
        part_of=part.part_of,
        person=part.person,
        date=part.date or (dates[0] if dates else None),
        next=_texts(part.next),
    )


def _column(table: str, schema: ColumnSchema, part: ColumnPart, foreign: bool) -> ColumnMeaning:
    return ColumnMeaning(
        table=table,
        name=schema.name,
        type=schema.type,
        nullable=schema.nullable,
        role=part.role or _role(schema, foreign),
        label=_text(part.label, schema.name),
        description=_text(part.description),
        synonyms=part.synonyms,
        unit=part.unit,
        scale=part.scale,
        ratio=part.ratio,
        better=part.better,
        values=tuple(
            ValueMeaning(value, _text(entry.label, value), entry.synonyms) for value, entry in part.values.items()
        ),
        null=_text(part.when_null),
        instead=part.instead,
    )


def _role(column: ColumnSchema, foreign: bool) -> Role:
    if column.primary_key or foreign or _KEY.search(column.name):
        return "key"
    if _DATE.search(column.name) or re.search("DATE|TIME", column.type, re.IGNORECASE):
        return "date"
    if _NUMBER.search(column.type):
        return "measure"
    named: tuple[tuple[re.Pattern[str], Role], ...] = ((_NAME, "name"), (_PATH, "path"), (_TEXT, "text"))
    return next((role for pattern, role in named if pattern.search(column.name)), "category")
