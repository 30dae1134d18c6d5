"""Joins the schema with catalog.yml into the semantic layer that both engines read."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from db.catalog.bounds import read_bound
from db.catalog.fitting import column_ref, fitting, misfits
from db.catalog.meaning import (
    ColumnMeaning,
    ColumnRef,
    Concept,
    ConditionMeaning,
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
from db.catalog.privacy import misuses, private_columns, public, still_private
from db.catalog.schema import ColumnSchema, ForeignKey, Schema, TableSchema
from db.catalog.semantics_file import (
    CatalogFile,
    ColumnPart,
    ConceptPart,
    CriterionPart,
    DetailPart,
    FetchPart,
    SemanticsError,
    SpanPart,
    TablePart,
    TextPart,
    TextsPart,
    TradeoffPart,
)
from db.catalog.source_file import Loc, SourceFile

_NAME = re.compile(r"(^|_)(name|title|slug|label)$")
_DATE = re.compile(r"(_at|_on|_date|_time)$|^(date|day|time|timestamp)$")
_PATH = re.compile(r"(^|_)(path|uri|url|file|location)$")
_TEXT = re.compile(r"(^|_)(note|notes|description|comment|memo|text|body|message|summary|e_?mail|phone|address)$")
_KEY = re.compile(r"(^|_)(id|uuid|key)$")
_NUMBER = re.compile(r"INT|REAL|FLOA|DOUB|NUM|DEC|SERIAL", re.IGNORECASE)
_UNSPOKEN = re.compile(
    r"^(interval|point|line|lseg|box|path|polygon|circle|inet|cidr|bit)|JSON|XML|BYTEA|BLOB|RANGE|VECTOR|\[\]$",
    re.IGNORECASE,
)
"""Types whose values nobody calls anything by."""
SHOWN_BY_REFLECTION = 8


@dataclass(frozen=True, slots=True)
class Fitted:
    """catalog.yml as last read whole, and what follows from it.

    `schema` is the one without the `private` columns, `layer` what it lets stand of
    the file, `problem` the first one, "" if none.
    """

    file: CatalogFile
    schema: Schema
    private: tuple[ColumnRef, ...]
    layer: SemanticLayer
    problem: str = ""


def load_layer(path: Path | None, schema: Schema) -> SemanticLayer:
    """The layer of `schema` as `path` explains it, without what is private; with None by reflection only.

    Raises SemanticsError, naming file and line, when the file is wrong, names what the schema lacks, or
    builds on what it says is private.
    """
    return fit_layer(path, schema).layer


def fit_layer(path: Path | None, schema: Schema, last: Fitted | None = None, denied: Collection[str] = ()) -> Fitted:
    """As `load_layer`; with `last`, what stood before, nothing is raised and an equal layer is the same object.

    Then a file that became wrong is passed over for the last good one, and what the schema no longer has falls out.
    `denied` are tables that are private whatever the file says.
    """
    file, problem = _read(path, schema, last, denied)
    private = private_columns(file, schema, denied)
    shown = public(schema, private)
    layer = _build(fitting(file, shown), shown)
    return Fitted(file, shown, private, last.layer if last and last.layer == layer else layer, problem)


def fit_reader(
    everybodys: Fitted,
    schema: Schema,
    opens: Collection[ColumnRef],
    denied: Collection[str] = (),
    last: Fitted | None = None,
) -> Fitted:
    """What follows from the same file for somebody to whom private columns of `schema` are open.

    `denied` are tables that are private all the same; an equal layer is the same object as in `last`.
    """
    private = still_private(private_columns(everybodys.file, schema), schema, opens, denied)
    shown = public(schema, private)
    layer = _build(fitting(everybodys.file, shown), shown)
    return Fitted(everybodys.file, shown, private, last.layer if last and last.layer == layer else layer)


def _read(path: Path | None, schema: Schema, last: Fitted | None, denied: Collection[str]) -> tuple[CatalogFile, str]:
    if path is None:
        return CatalogFile(), ""
    file = last.file if last else None
    try:
        source = SourceFile(path, "CATALOG_SEMANTICS", SemanticsError)
        file = source.parse(CatalogFile)
        shown = public(schema, private_columns(file, schema, denied))
        for wrong in (*misfits(file, schema), *misuses(file, schema, shown), *_misplaced(file, shown)):
            raise source.error(*wrong)
    except SemanticsError as error:
        if last is None or file is None:
            raise
        return file, str(error)
    return file, ""


def _misplaced(file: CatalogFile, shown: Schema) -> Iterator[tuple[Loc, str]]:
    """Where a column that holds no measure has conditions, and what to do about it."""
    for table in _build(fitting(file, shown), shown).tables:
        for column in table.columns:
            if column.conditions and column.role != "measure":
                loc = ("tables", table.name, "columns", column.name, "conditions")
                yield loc, f"'{column.name}' is no measure; write its values under 'values'"


def _text(part: TextPart | None, fallback: str = "") -> Text:
    return Text(part.ko, part.en) if part else Text(fallback, fallback)


def _texts(part: TextsPart) -> Texts:
    return Texts(part.ko, part.en)


def _where(where: Mapping[str, tuple[str, ...]], table: str) -> Where:
    return tuple((column_ref(key, table), values) for key, values in where.items())


def _build(file: CatalogFile, schema: Schema) -> SemanticLayer:
    declared = tuple(ForeignKey(*column_ref(key.child, ""), *column_ref(key.parent, "")) for key in file.foreign_keys)
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
        home=_texts(file.home),
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
        column_ref(part.column, part.table),
        part.order == "desc",
        _text(part.explanation),
        _where(part.scope, part.table),
        _texts(part.next),
    )


def _tradeoff(part: TradeoffPart) -> Tradeoff:
    choices = tuple((column_ref(column, ""), _text(text)) for column, text in part.choose.items())
    return Tradeoff(tuple(column_ref(column, "") for column in part.columns), _text(part.explanation), choices)


def _span(name: str, part: SpanPart) -> Span:
    start, end = column_ref(part.start, part.table), column_ref(part.end, part.table)
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
        conditions=tuple(_conditions(part)),
    )


def _conditions(part: ColumnPart) -> Iterator[ConditionMeaning]:
    for text, entry in part.conditions.items():
        if (bound := read_bound(text, ratio=part.ratio)) is not None:
            yield ConditionMeaning(bound, _text(entry.label), entry.synonyms)


def _role(column: ColumnSchema, foreign: bool) -> Role:
    if column.primary_key or foreign or _KEY.search(column.name) or column.type.lower() == "uuid":
        return "key"
    if _UNSPOKEN.search(column.type):
        return "text"
    if _DATE.search(column.name) or re.search("DATE|TIME", column.type, re.IGNORECASE):
        return "date"
    if _NUMBER.search(column.type):
        return "measure"
    named: tuple[tuple[re.Pattern[str], Role], ...] = ((_NAME, "name"), (_PATH, "path"), (_TEXT, "text"))
    return next((role for pattern, role in named if pattern.search(column.name)), "category")
