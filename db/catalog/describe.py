"""The catalogue in few words: what the model's prompt holds, and `catalog describe` prints."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from db.catalog.meaning import (
    ColumnMeaning,
    Concept,
    ConditionMeaning,
    Criterion,
    SemanticLayer,
    Span,
    TableMeaning,
    Where,
)
from db.catalog.table import Cell

INLINE_VALUES = 10
"""A category with at most this many values has them in line; sample rows would weigh 13 times the schema."""

INLINE_CHARS = 40
_PLAIN = re.compile(r"\w+(?:[-.+/@#%]+\w+)*(?: \w+)?")
"""One word, version or identifier, or two words: "RT-DETR-L", "Team Lead"."""
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
"""Unicode's controls, invisible marks and line breaks: no model's name has them, a forged prompt line does."""

ValuesOf = Callable[[str, str], Sequence[Cell]]
"""(table, column) -> the values that stand there, [] where not known."""


def describe(layer: SemanticLayer, values_of: ValuesOf, tables: Iterable[str] | None = None) -> str:
    """Tables, columns, keys, values and business words; only of `tables` when given."""
    chosen = set(tables) if tables is not None else {table.name for table in layer.tables}
    parts = [_table(table, layer, values_of) for table in layer.tables if table.name in chosen]
    words = [_concept(c) for c in layer.concepts if c.table in chosen]
    words += [_criterion(c) for c in layer.criteria if c.table in chosen]
    words += [_span(s) for s in layer.spans if s.table in chosen]
    if layer.missing:
        words.append(f"- not held: {', '.join(dict.fromkeys(text.en or word for word, text in layer.missing))}")
    if words:
        parts.append("Words people use:\n" + "\n".join(words))
    return "\n".join(parts)


def _table(table: TableMeaning, layer: SemanticLayer, values_of: ValuesOf) -> str:
    keys = {k.column: f"{k.parent_table}.{k.parent_column}" for k in layer.foreign_keys if k.table == table.name}
    meaning = "; ".join(filter(None, (_both(table.label.ko, table.label.en), table.description.en)))
    lines = [f"{table.name}  -- {meaning}" if meaning else table.name]
    lines += [f"  {_column(column, keys.get(column.name), values_of)}" for column in table.columns]
    return "\n".join(lines)


def _column(column: ColumnMeaning, parent: str | None, values_of: ValuesOf) -> str:
    if parent is not None:
        return f"{column.name} -> {parent}"
    if column.role == "key":
        return column.name
    notes = [_labels(column), column.description.en, _scale(column)]
    if column.role == "category":
        notes.append(_values(column, values_of))
    notes += [_condition(one) for one in column.conditions if one.label]
    if column.null and (column.instead or column.role != "measure"):
        notes.append(f"NULL: {column.null.en}")
    text = "; ".join(filter(None, notes))
    return f"{column.name} {column.type}".rstrip() + (f"  -- {text}" if text else "")


def _labels(column: ColumnMeaning) -> str:
    """The English label only where it says more than the column's own name."""
    name = column.name.replace("_", " ").casefold()
    says_more = column.label.en.casefold() not in name and name not in column.label.en.casefold()
    return _both(column.label.ko, column.label.en if says_more else "")


def _scale(column: ColumnMeaning) -> str:
    scale = "0-1, people say %" if column.ratio else (column.unit or "")
    better = f"{column.better}er is better" if column.better == "high" else ("lower is better" if column.better else "")
    return ", ".join(filter(None, (scale, better)))


def _condition(condition: ConditionMeaning) -> str:
    return f"{_both(condition.label.ko, condition.label.en)}: {condition.bound}"


def _values(column: ColumnMeaning, values_of: ValuesOf) -> str:
    standing = [str(value) for value in values_of(column.table, column.name) if value is not None]
    standing = standing or [meaning.value for meaning in column.values]
    shown = [_inline(value) for value in standing if not _UNSEEN & set(map(unicodedata.category, value))]
    if len(standing) > INLINE_VALUES or not shown:
        return f"{len(standing)} values" if standing else ""
    return "|".join([*shown, "…"] if len(shown) < len(standing) else shown)


def _inline(value: str) -> str:
    """Rows are strangers' text, and this stands among our rules: no sentence without quotes, none of any length."""
    short = value if len(value) <= INLINE_CHARS else value[: INLINE_CHARS - 1] + "…"
    return short if _PLAIN.fullmatch(short) else repr(short)


def _concept(concept: Concept) -> str:
    having = f" that has {', '.join(concept.having)} (JOIN, not LEFT JOIN)" if concept.having else ""
    where = f" where {_where(concept.where)}" if concept.where else ""
    return f"- {concept.label.ko}/{concept.label.en} = a row of {concept.table}{having}{where}"


def _criterion(criterion: Criterion) -> str:
    scope = f", by default where {_where(criterion.scope)}" if criterion.scope else ""
    order = "desc" if criterion.descending else "asc"
    return f"- {criterion.label.ko}/{criterion.label.en} = {criterion.table} by {criterion.column[1]} {order}{scope}"


def _span(span: Span) -> str:
    """The dialect's own words for the difference are the model's to choose."""
    return f"- {span.label.ko}/{span.label.en} = {span.end[1]} - {span.start[1]} of {span.table}, in {span.unit}"


def _where(where: Where) -> str:
    return " and ".join(f"{table}.{column} = {' or '.join(values)}" for (table, column), values in where)


def _both(korean: str, english: str) -> str:
    return "/".join(dict.fromkeys(filter(None, (korean, english))))


def words(layer: SemanticLayer) -> str:
    """What people may call each table, column and value, and each column's role: for people, not for the prompt."""
    lines = ["Roles and synonyms:"]
    for table in layer.tables:
        lines.append(f"{table.name}: {_called(table.label.ko, table.label.en, *table.synonyms)}")
        for column in table.columns:
            lines.append(
                f"  {column.name} ({column.role}): {_called(column.label.ko, column.label.en, *column.synonyms)}"
            )
            lines += [
                f"    {each.value} = {_called(each.label.ko, each.label.en, *each.synonyms)}" for each in column.values
            ]
            lines += [
                f"    {each.bound}: {_called(each.label.ko, each.label.en, *each.synonyms)}"
                for each in column.conditions
            ]
    named: tuple[Concept | Criterion | Span, ...] = (*layer.concepts, *layer.criteria, *layer.spans)
    lines += [f"{each.label.ko}: {_called(each.label.en, *each.synonyms)}" for each in named]
    return "\n".join(lines)


def _called(*names: str) -> str:
    return ", ".join(dict.fromkeys(filter(None, names)))
