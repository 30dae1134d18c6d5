"""Writes cells, names and conditions the way people read them."""

from agent.moments import moment
from agent.offline.query.query import Filter, Query, Ref
from db.catalog.meaning import ColumnMeaning, Language, SemanticLayer, TableMeaning
from db.catalog.table import Cell

_NONE = {"ko": "없음(NULL)", "en": "none (NULL)"}
_SPAN_UNITS = {("hours", "ko"): "시간", ("days", "ko"): "일", ("hours", "en"): " hours", ("days", "en"): " days"}
MOST_NAMED = 5
"""More rows than these are left to the table."""


def each(value: str, count: int, language: Language) -> str:
    """What several have alike, with how many they are where not all of them are named."""
    if count < 2:
        return value
    if language == "ko":
        return f"각 {value}, 모두 {count}건" if count > MOST_NAMED else f"각 {value}"
    return f"{value} each, {count} of them" if count > MOST_NAMED else f"{value} each"


def number(value: float) -> str:
    """A number without needless zeros, thousands separated."""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".") if abs(value) >= 10 else f"{value:.4g}"


def cell(value: Cell, column: ColumnMeaning | None, language: Language) -> str:
    """One cell with its unit; ratios in percent, categories with what they are called."""
    if value is None:
        return _NONE[language]
    if column is None:
        return number(value) if isinstance(value, int | float) else str(value)
    if column.ratio and isinstance(value, int | float):
        return f"{number(round(value * 100, 2))}%"
    if isinstance(value, int | float) and column.role == "measure":
        unit = column.unit or ""
        if language == "en" and unit and not unit.isascii():
            unit = ""
        return f"{number(value)}{' ' if len(unit) > 1 else ''}{unit}"
    if column.role == "date":
        return moment(value, language)
    label = column.value_label(value, language)
    if label == str(value):
        return label
    if label.casefold() == str(value).replace("_", " ").casefold():
        return label if label.isascii() and "_" in str(value) else str(value)
    return f"{label}({value})" if language == "ko" else f"{label} ({value})"


def span_cell(value: Cell, unit: str, language: Language) -> str:
    if value is None or isinstance(value, str):
        return _NONE[language] if value is None else value
    return f"{number(round(value, 2))}{_SPAN_UNITS[unit, language]}"


def cell_of(ref: Ref, value: Cell, layer: SemanticLayer, language: Language) -> str:
    """A cell of a column or span."""
    if ref[0]:
        return cell(value, layer.column(ref), language)
    span = next(one for one in layer.spans if one.name == ref[1])
    return span_cell(value, span.unit, language)


def label(ref: Ref, layer: SemanticLayer, language: Language) -> str:
    """What a column or span is called."""
    if ref[0]:
        return layer.column(ref).label.of(language)
    return next(span.label.of(language) for span in layer.spans if span.name == ref[1])


def plural(table: TableMeaning, count: int) -> str:
    """The English noun for so many rows."""
    noun = table.label.en
    is_plural = noun == table.name and noun.endswith("s") and not noun.endswith("ss")  # as tables without a label are
    if count == 1:
        return noun[:-1] if is_plural else noun
    if is_plural:
        return noun
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def kind_of(query: Query, layer: SemanticLayer) -> Filter | None:
    """The condition that says what the rows are, where the table names none: a checkpoint, among artifacts."""
    table = layer.table(query.head)
    if any(column.role == "name" for column in table.columns):
        return None
    kinds = [
        f for f in query.filters if f.ref[0] == query.head and f.op == "=" and not f.negated and len(f.values) == 1
    ]
    return next((f for f in kinds if layer.column(f.ref).values and layer.column(f.ref).role == "category"), None)


def counted_rows(query: Query, layer: SemanticLayer) -> Query | None:
    """A query for the rows that are counted for each group; None where nothing is asked of them."""
    head = query.counted or query.head
    asked = tuple(f for f in query.filters if f.ref not in query.groups)
    if not asked or any(name in layer.table(head).display for table, name in query.groups if table == head):
        return None
    either, absent = (query.either, query.absent) if head == query.head else ((), ())
    return Query(head, filters=asked, either=either, absent=absent, concept=query.concept, via=query.via)


def bold(text: str) -> str:
    """Bold Markdown of data, whose own asterisks would end it."""
    return f"**{text.replace('*', '∗').strip()}**" if text.strip() else ""


def plain(text: str) -> str:
    """Data as one line that no Markdown can be hidden in."""
    return " ".join(text.split()).replace("*", "∗").replace("`", "ˋ")


def named_rows(one: Filter, layer: SemanticLayer) -> list[str]:
    """The rows that a condition names by all of their display columns: "A v2.1", "B"."""
    size = len(layer.table(one.ref[0]).display)
    rows = (one.values[i : i + size] for i in range(0, len(one.values), size))
    return [" ".join(str(cell) for cell in row if cell is not None) for row in rows]
