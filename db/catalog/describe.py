"""The catalogue in few words: what the model's prompt holds, and `catalog describe` prints."""

from collections.abc import Callable, Iterable, Sequence

from db.catalog.semantics import ColumnMeaning, Concept, Criterion, SemanticLayer, TableMeaning, Where
from db.catalog.table import Cell

INLINE_VALUES = 10
"""A category with at most this many values has them in line; sample rows would weigh 13 times the schema."""

ValuesOf = Callable[[str, str], Sequence[Cell]]
"""(table, column) -> the values that stand there, [] where not known."""


def describe(layer: SemanticLayer, values_of: ValuesOf, tables: Iterable[str] | None = None) -> str:
    """Tables, columns, keys, values and business words; only of `tables` when given."""
    chosen = set(tables) if tables is not None else {table.name for table in layer.tables}
    parts = [_table(table, layer, values_of) for table in layer.tables if table.name in chosen]
    words = [_concept(c) for c in layer.concepts if c.table in chosen]
    words += [_criterion(c) for c in layer.criteria if c.table in chosen]
    words += [
        f"- {s.label.ko}/{s.label.en} = time from {s.start[1]} to {s.end[1]} of {s.table}"
        for s in layer.spans
        if s.table in chosen
    ]
    if layer.missing:
        words.append(f"- not in the catalogue: {', '.join(word for word, _ in layer.missing)}")
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
    notes = [_both(column.label.ko, column.label.en), column.description.en, _scale(column)]
    if column.role == "category":
        notes.append(_values(column, values_of))
    if column.null:
        notes.append(f"NULL: {column.null.en}")
    text = "; ".join(filter(None, notes))
    return f"{column.name} {column.type}".rstrip() + (f"  -- {text}" if text else "")


def _scale(column: ColumnMeaning) -> str:
    scale = "0-1, people say %" if column.ratio else (column.unit or "")
    better = f"{column.better}er is better" if column.better == "high" else ("lower is better" if column.better else "")
    return ", ".join(filter(None, (scale, better)))


def _values(column: ColumnMeaning, values_of: ValuesOf) -> str:
    standing = [str(value) for value in values_of(column.table, column.name) if value is not None]
    standing = standing or [meaning.value for meaning in column.values]
    return f"{len(standing)} values" if len(standing) > INLINE_VALUES else "|".join(standing)


def _concept(concept: Concept) -> str:
    what = [
        f"{concept.table} with {', '.join(concept.having)}" if concept.having else concept.table,
        _where(concept.where),
    ]
    names = "/".join((concept.label.ko, concept.label.en))
    return f"- {names} = {' where '.join(filter(None, what))}"


def _criterion(criterion: Criterion) -> str:
    scope = f", by default where {_where(criterion.scope)}" if criterion.scope else ""
    order = "desc" if criterion.descending else "asc"
    names = "/".join((criterion.label.ko, criterion.label.en))
    return f"- {names} = {criterion.table} by {'.'.join(criterion.column)} {order}{scope}"


def _where(where: Where) -> str:
    return " and ".join(f"{table}.{column} = {' or '.join(values)}" for (table, column), values in where)


def _both(korean: str, english: str) -> str:
    return "/".join(dict.fromkeys(filter(None, (korean, english))))
