"""How the columns of a result are headed: by what the catalogue calls what they were made of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import Scope, build_scope

from agent.messages import say
from db.catalog.meaning import ColumnMeaning, Language, SemanticLayer, TableMeaning

Kind: TypeAlias = Literal["plain", "code", "ratio", "percent", "date", "flag"]


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a result. `label` has the unit in it; `why_null` says what a missing value means, "" if unknown.

    `kind` says how its cells are read: "code" digits that are no amount (an id, a year), "ratio" 0-1 for percent,
    "percent" in percent already, "flag" yes or no. `table` is the one of the catalogue whose column it is, "" for
    what was computed; `is_key` and `is_name` what that column is there.
    """

    label: str
    kind: Kind = "plain"
    why_null: str = ""
    table: str = ""
    is_key: bool = False
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a column of a result was made of: one of the catalogue's, by an aggregate or as it is; or rows counted."""

    column: ColumnMeaning | None = None
    by: str = ""
    counted: str = ""


_AGGREGATES: Final[tuple[tuple[type[exp.Expr], str], ...]] = (
    (exp.Avg, "avg"),
    (exp.Sum, "sum"),
    (exp.Min, "min"),
    (exp.Max, "max"),
)
_CODE: Final = re.compile(r"(?:^|_)(?:id|year|version|code)$|(?:번호|연도|년도|버전|코드|ID)$", re.IGNORECASE)
_HANGUL: Final = re.compile(r"[가-힣]")
_NO_NAME: Final = re.compile(r"^(?:|n|c|cnt|count|num)$|\(", re.IGNORECASE)
"""What a count is called that nobody has named."""
_FLAG: Final = re.compile(r"bool", re.IGNORECASE)
_SPAN_UNITS: Final = {"hours": "heading-hours", "days": "heading-days"}
_BY: Final = frozenset(name for _, name in _AGGREGATES)
OWN: Final = frozenset({"percent", "part", "whole", "percent_of_ended", "ended", "place"})
"""Names that the rules give to what they compute; the sentences have words for them."""
GRAINS: Final = frozenset({"year", "quarter", "month", "week", "day"})
_DEEPEST: Final = 20
_LABEL_CHARS: Final = 200


def headings(
    sql: str, columns: Sequence[str], layer: SemanticLayer, dialect: str, language: Language
) -> tuple[Heading, ...]:
    """One heading a column of the statement's result, no two alike where their origin tells them apart.

    What can't be traced keeps the statement's own name for it.
    """
    origins = _origins(sql, len(columns), layer, dialect)
    made = [_heading(name, origin, layer, language) for name, origin in zip(columns, origins, strict=True)]
    return tuple(_told_apart(made, columns, layer, language))


def _origins(sql: str, width: int, layer: SemanticLayer, dialect: str) -> Sequence[_Origin | None]:
    try:
        root = build_scope(sqlglot.parse_one(sql, dialect=dialect))
        found = [] if root is None else _Tracer(layer).outputs(root, 0)
    except (SqlglotError, RecursionError):
        found = []
    return [origin for _, origin in found] if len(found) == width else [None] * width


class _Tracer:
    """Follows the columns of a query down to the catalogue's."""

    def __init__(self, layer: SemanticLayer) -> None:
        self._tables = {table.name.casefold(): table for table in layer.tables}
        self._parents = {(key.table, key.column): key.parent_table for key in layer.foreign_keys}
        self._known: dict[int, list[tuple[str, _Origin | None]]] = {}

    def outputs(self, scope: Scope, depth: int) -> list[tuple[str, _Origin | None]]:
        """The names that a query gives, each with what is behind it."""
        if depth > _DEEPEST:
            return []
        if id(scope) not in self._known:
            self._known[id(scope)] = self._outputs(scope, depth)
        return self._known[id(scope)]

    def _outputs(self, scope: Scope, depth: int) -> list[tuple[str, _Origin | None]]:
        if isinstance(scope.expression, exp.SetOperation):
            sides = scope.set_operation_scopes
            return self.outputs(sides[0], depth + 1) if sides else []
        found: list[tuple[str, _Origin | None]] = []
        selects = scope.expression.selects if isinstance(scope.expression, exp.Query) else []
        for selected in selects:
            if selected.is_star:
                found += self._star(selected, scope, depth)
            else:
                found.append((selected.alias_or_name, self._origin(selected.unalias(), scope, depth)))
        return found

    def _star(self, selected: exp.Expr, scope: Scope, depth: int) -> list[tuple[str, _Origin | None]]:
        wanted = selected.table if isinstance(selected, exp.Column) else ""
        return [
            one
            for name, source in scope.sources.items()
            if name in scope.selected_sources and wanted in ("", name)
            for one in self._all_of(source, depth)
        ]

    def _all_of(self, source: object, depth: int) -> list[tuple[str, _Origin | None]]:
        if isinstance(source, Scope):
            return self.outputs(source, depth + 1)
        table = self._table(source)
        return [] if table is None else [(column.name, _Origin(column)) for column in table.columns]

    def _origin(self, expression: exp.Expr, scope: Scope, depth: int) -> _Origin | None:
        if isinstance(expression, exp.Paren | exp.Round):
            return self._origin(expression.this, scope, depth)
        if isinstance(expression, exp.Column):
            return self._column(expression, scope, depth)
        if isinstance(expression, exp.Count):
            return _Origin(counted=self._counted(expression, scope, depth))
        by = next((name for kind, name in _AGGREGATES if isinstance(expression, kind)), "")
        inner = self._origin(expression.this, scope, depth) if by else None
        return replace(inner, by=by) if inner is not None and inner.column is not None and not inner.by else None

    def _counted(self, count: exp.Count, scope: Scope, depth: int) -> str:
        """The table whose rows are counted by their key, or by one that points at it; "" for rows of whatever kind."""
        is_distinct = isinstance(count.this, exp.Distinct)
        inside = count.this.expressions[0] if is_distinct else count.this
        origin = self._column(inside, scope, depth) if isinstance(inside, exp.Column) else None
        if origin is None or origin.column is None or origin.by or origin.column.role != "key":
            return ""
        table = self._tables[origin.column.table.casefold()]
        if table.primary_key == origin.column.name:
            return table.name
        return self._parents.get(origin.column.ref, "") if is_distinct else ""

    def _column(self, column: exp.Column, scope: Scope, depth: int) -> _Origin | None:
        if column.table:
            return self._in(scope.sources.get(column.table), column.name, depth)
        here = (source for name, source in scope.sources.items() if name in scope.selected_sources)
        return next((found for source in here if (found := self._in(source, column.name, depth)) is not None), None)

    def _in(self, source: object, name: str, depth: int) -> _Origin | None:
        folded = name.casefold()
        return next((origin for given, origin in self._all_of(source, depth) if given.casefold() == folded), None)

    def _table(self, source: object) -> TableMeaning | None:
        return self._tables.get(source.name.casefold()) if isinstance(source, exp.Table) else None


def _heading(name: str, origin: _Origin | None, layer: SemanticLayer, language: Language) -> Heading:
    spoken = name if language == "ko" and _HANGUL.search(name) else ""
    if origin is None:
        return _untraced(name, spoken, layer, language)
    if origin.column is None:
        return Heading(spoken or _count_label(name, origin, layer, language))
    column = origin.column
    label = spoken or _column_label(column, origin.by, language)
    unit = "" if spoken and f"({column.unit})" in spoken else _unit(column, language)
    label = _capital(label)
    return Heading(
        f"{label} ({unit})" if unit else label,
        _kind(column, origin.by),
        column.null.of(language) if origin.by in ("", "min", "max", "avg") else "",
        column.table if not origin.by else "",
        column.role == "key",
        column.role == "name",
    )


def _untraced(name: str, spoken: str, layer: SemanticLayer, language: Language) -> Heading:
    by, _, rest = name.partition("_")
    by = by if by in _BY else ""
    span = next((one for one in layer.spans if one.name == (rest if by else name)), None)
    if span is not None:
        label = span.label.of(language)
        label = say(f"heading-{by}", language, label=label) if by else label
        return Heading(f"{_capital(label)} ({say(_SPAN_UNITS[span.unit], language)})")
    if name in OWN or name in GRAINS:
        kind: Kind = "percent" if name.startswith("percent") else "code" if name in GRAINS else "plain"
        return Heading(say(f"heading-{name.replace('_', '-')}", language), kind)
    return Heading(spoken or name, "code" if _CODE.search(name) else "plain")


def _count_label(name: str, origin: _Origin, layer: SemanticLayer, language: Language) -> str:
    if origin.counted:
        return _capital(
            say("heading-count-of", language, label=layer.table(origin.counted).label.of(language)[:_LABEL_CHARS])
        )
    return _capital(say("heading-count", language)) if _NO_NAME.search(name) else name


def _column_label(column: ColumnMeaning, by: str, language: Language) -> str:
    label = (column.label.of(language) or column.name)[:_LABEL_CHARS]
    if not by:
        return label
    is_moment = column.role == "date" and by in ("min", "max")
    return say(f"heading-{by}-date" if is_moment else f"heading-{by}", language, label=label)


def _unit(column: ColumnMeaning, language: Language) -> str:
    unit = column.unit or ""
    return unit if language == "ko" or unit.isascii() else ""


def _kind(column: ColumnMeaning, by: str) -> Kind:
    if column.ratio and by != "sum":
        return "ratio"
    if column.role == "key" or _CODE.search(column.name):
        return "code"
    if column.role == "date":
        return "date"
    return "flag" if _FLAG.search(column.type) and not by else "plain"


def _told_apart(
    made: Sequence[Heading], columns: Sequence[str], layer: SemanticLayer, language: Language
) -> list[Heading]:
    """Names of several tables' rows each with their table; what reads alike with its table, else its own name."""
    tables = [layer.table(one.table).label.of(language) if one.table else "" for one in made]
    labels = [one.label for one in made]
    longer = [f"{table} {_small(label)}" if table else label for table, label in zip(tables, labels, strict=True)]
    if len(set(filter(None, tables))) > 1:
        labels = [
            other if one.is_name and table.casefold() not in label.casefold() else label
            for one, table, label, other in zip(made, tables, labels, longer, strict=True)
        ]
    labels = _renamed(labels, [_capital(label) for label in longer])
    labels = _renamed(labels, [f"{label} ({name})" for label, name in zip(labels, columns, strict=True)])
    return [
        replace(one, label=_capital(label) if one.table else label) for one, label in zip(made, labels, strict=True)
    ]


def _renamed(labels: Sequence[str], others: Sequence[str]) -> list[str]:
    """The other labels where one stands more than once, if they tell them apart."""
    found = list(labels)
    for label in {one for one in labels if labels.count(one) > 1}:
        places = [at for at, one in enumerate(labels) if one == label]
        if len({others[at] for at in places}) > 1:
            for at in places:
                found[at] = others[at]
    return found


def _capital(label: str) -> str:
    """As a heading begins; mAP50 stays as it is written."""
    return label if label[1:2].isupper() else label[:1].upper() + label[1:]


def _small(label: str) -> str:
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
