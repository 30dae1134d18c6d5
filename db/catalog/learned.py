"""Synonyms that were learnt beside catalog.yml: what they may mean, and the layer with them in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import yaml

from db.catalog.bounds import read_bound
from db.catalog.meaning import ColumnMeaning, ConditionMeaning, SemanticLayer, TableMeaning, Text, ValueMeaning
from db.catalog.semantics_file import CatalogFile
from db.catalog.values import fold

_WRITTEN: Final = re.compile(r"(?P<table>[^\s.<>=≥≤]+)(?:\.(?P<column>[^\s<>=≥≤]+)\s*(?P<rest>\S.*)?)?")


@dataclass(frozen=True, slots=True)
class Target:
    """What a word may stand for: a table, a column of it, or a value in that column; "" where it goes no deeper.

    The value of a measure is a bound on it, written as `Bound` writes it: ">= 0.9".
    """

    table: str
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        place = f"{self.table}.{self.column}" if self.column else self.table
        if not self.value:
            return place
        return f"{place} {self.value}" if _is_bound(self.value) else f"{place} = {self.value}"


@dataclass(frozen=True, slots=True)
class Synonym:
    """A word as people write it, and what it stands for."""

    word: str
    target: Target

    @property
    def key(self) -> str:
        """Equal for words that are read alike: without case, spaces and hyphens."""
        return fold(self.word)


def fits(layer: SemanticLayer, target: Target) -> bool:
    """Whether the layer has what is meant: a table that is gone and a column that is private are not in it."""
    table = next((one for one in layer.tables if one.name == target.table), None)
    if table is None or not target.column:
        return table is not None and not target.value
    column = next((one for one in table.columns if one.name == target.column), None)
    if column is None or column.role == "key":
        return False
    if column.role == "measure":
        return not target.value or _is_bound(target.value)
    return not target.value or column.role in ("category", "name")


def is_condition(layer: SemanticLayer, target: Target) -> bool:
    """Whether it is a bound on a measure of the layer, rather than something that stands in rows."""
    return bool(target.value) and fits(layer, target) and layer.column((target.table, target.column)).role == "measure"


def with_bound(layer: SemanticLayer, target: Target, said: str) -> Target | None:
    """The measure that is meant, bounded as was said ("0.9 이상"); None for no measure and for what is no bound."""
    if target.value or not target.column or not fits(layer, target):
        return None
    column = layer.column((target.table, target.column))
    bound = read_bound(said, ratio=column.ratio) if column.role == "measure" else None
    return Target(target.table, target.column, str(bound)) if bound is not None else None


def read_target(text: str, layer: SemanticLayer) -> Target | None:
    """What "table", "table.column", "table.column = value" or "table.column >= 0.9" means; None where it is nothing."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    target, said = Target(match["table"], match["column"] or ""), match["rest"]
    if said:
        value = said.removeprefix("=").strip()
        target = with_bound(layer, target, said) or Target(target.table, target.column, value)
    return target if fits(layer, target) else None


def _is_bound(value: str) -> bool:
    """Whether it is a bound in its one form; other texts that say the same are none."""
    bound = read_bound(value)
    return bound is not None and str(bound) == value


def means(layer: SemanticLayer, target: Target, key: str) -> bool:
    """Whether that folded word stands for it already."""
    return fits(layer, target) and key in {fold(word) for word in _words(layer, target)}


def taught(layer: SemanticLayer, synonyms: Iterable[Synonym]) -> tuple[SemanticLayer, tuple[Synonym, ...]]:
    """The layer with the synonyms in it, and those it has no place for; itself where nothing is new."""
    misfits: list[Synonym] = []
    by_table: dict[str, list[Synonym]] = {}
    for one in synonyms:
        if not fits(layer, one.target):
            misfits.append(one)
        elif not means(layer, one.target, one.key):
            by_table.setdefault(one.target.table, []).append(one)
    if by_table:
        tables = (_taught_table(t, by_table[t.name]) if t.name in by_table else t for t in layer.tables)
        layer = replace(layer, tables=tuple(tables))
    return layer, tuple(misfits)


def _words(layer: SemanticLayer, target: Target) -> tuple[str, ...]:
    table = layer.table(target.table)
    if not target.column:
        return (table.name, table.label.ko, table.label.en, *table.synonyms)
    column = table.column(target.column)
    if not target.value:
        return (column.name, column.label.ko, column.label.en, *column.synonyms)
    bounds = (one for one in column.conditions if str(one.bound) == target.value)
    if column.role == "measure":
        return tuple(word for one in bounds for word in (one.label.ko, one.label.en, *one.synonyms))
    known = (one for one in column.values if one.value == target.value)
    return (target.value, *(word for one in known for word in (one.label.ko, one.label.en, *one.synonyms)))


def _taught_table(table: TableMeaning, synonyms: list[Synonym]) -> TableMeaning:
    own = tuple(one.word for one in synonyms if not one.target.column)
    columns = tuple(_taught_column(c, [one for one in synonyms if one.target.column == c.name]) for c in table.columns)
    return replace(table, synonyms=(*table.synonyms, *own), columns=columns)


def _taught_column(column: ColumnMeaning, synonyms: list[Synonym]) -> ColumnMeaning:
    if not synonyms:
        return column
    own = tuple(one.word for one in synonyms if not one.target.value)
    column = replace(column, synonyms=(*column.synonyms, *own))
    if column.role == "measure":
        return replace(column, conditions=_bounded(column, synonyms))
    values = {one.value: one for one in column.values}
    for value, word in ((one.target.value, one.word) for one in synonyms if one.target.value):
        known = values.get(value, ValueMeaning(value, Text(value, value)))
        values[value] = replace(known, synonyms=(*known.synonyms, word))
    return replace(column, values=tuple(values.values()))


def _bounded(column: ColumnMeaning, synonyms: list[Synonym]) -> tuple[ConditionMeaning, ...]:
    held = {str(one.bound): one for one in column.conditions}
    for one in synonyms:
        if bound := read_bound(one.target.value):
            known = held.get(one.target.value, ConditionMeaning(bound))
            held[one.target.value] = replace(known, synonyms=(*known.synonyms, one.word))
    return tuple(held.values())


# --- to and from catalog.yml


def to_yaml(synonyms: Iterable[Synonym], layer: SemanticLayer) -> str:
    """The synonyms in the form of catalog.yml, which loads as it is or is merged into another by hand."""
    tables: dict[str, Any] = {}
    for one in synonyms:
        part = tables.setdefault(one.target.table, {})
        if one.target.column:
            part = part.setdefault("columns", {}).setdefault(one.target.column, {})
        if one.target.value:
            inside = "conditions" if is_condition(layer, one.target) else "values"
            part = part.setdefault(inside, {}).setdefault(one.target.value, {})
        part.setdefault("synonyms", []).append(one.word)
    return yaml.safe_dump({"tables": tables}, allow_unicode=True, sort_keys=False, width=120)


def from_file(file: CatalogFile) -> tuple[Synonym, ...]:
    """The synonyms of tables, columns and values that a file in the form of catalog.yml holds."""
    found: list[Synonym] = []
    for table, part in file.tables.items():
        found += (Synonym(word, Target(table)) for word in part.synonyms)
        for column, inner in part.columns.items():
            found += (Synonym(word, Target(table, column)) for word in inner.synonyms)
            for value, entry in inner.values.items():
                found += (Synonym(word, Target(table, column, value)) for word in entry.synonyms)
            for said, named in inner.conditions.items():
                bound = read_bound(said, ratio=inner.ratio)
                found += (Synonym(word, Target(table, column, str(bound))) for word in named.synonyms)
    return tuple(found)


def from_json(data: Mapping[str, Any]) -> Target:
    """The target that `dataclasses.asdict` wrote. Raises KeyError for data of another make."""
    return Target(str(data["table"]), str(data["column"]), str(data["value"]))
