"""Which tables a query must join, and whether a join multiplies rows."""

import re
from collections import Counter
from dataclasses import replace

from db.catalog.meaning import Language, SemanticLayer, Text
from db.catalog.schema import ForeignKey

UNCONNECTED = 99
_ID = re.compile(r"_?(?:id|fk|key)$", re.IGNORECASE)


def preferring(layer: SemanticLayer, via: tuple[tuple[str, str], ...]) -> SemanticLayer:
    """The layer in which the keys of these columns win over others that lead as directly; itself without any."""
    if not via:
        return layer
    first = tuple(key for key in layer.foreign_keys if (key.table, key.column) in via)
    return replace(layer, foreign_keys=(*first, *(key for key in layer.foreign_keys if key not in first)))


def rival_keys(layer: SemanticLayer) -> tuple[ForeignKey, ...]:
    """The keys that have a rival: another key of their table leads to the same table."""
    ends = Counter((key.table, key.parent_table) for key in layer.foreign_keys)
    return tuple(key for key in layer.foreign_keys if ends[key.table, key.parent_table] > 1)


def key_name(layer: SemanticLayer, key: ForeignKey, language: Language) -> str:
    """What people call a key: its column's label, else the column's name without its "id"."""
    label = layer.column((key.table, key.column)).label.of(language)
    if label != key.column:
        return label
    return _ID.sub("", key.column).replace("_", " ") or key.column


def called_by_keys(layer: SemanticLayer, via: tuple[tuple[str, str], ...]) -> SemanticLayer:
    """The layer in which a table that is joined by a rival key is called as that key is: people as authors."""
    ways = [key for key in rival_keys(layer) if (key.table, key.column) in via]
    labels = {key.parent_table: Text(key_name(layer, key, "ko"), key_name(layer, key, "en")) for key in ways}
    if not labels:
        return layer
    return replace(layer, tables=tuple(replace(one, label=labels.get(one.name, one.label)) for one in layer.tables))


def path(layer: SemanticLayer, start: str, end: str) -> tuple[ForeignKey, ...]:
    """The keys from one table to the other. Raises LookupError when no key leads there."""
    found = layer.join_path(start, end)
    if found is None:
        raise LookupError(f"no foreign key leads from {start} to {end}")
    return found


def is_below(layer: SemanticLayer, head: str, table: str) -> bool:
    """Whether one row of `head` may have many rows of `table`."""
    here = head
    for key in path(layer, head, table):
        if key.parent_table == here:
            return True
        here = key.parent_table
    return False


def connected(layer: SemanticLayer, one: str, other: str) -> bool:
    return layer.join_path(one, other) is not None


def distance(layer: SemanticLayer, one: str, other: str) -> int:
    """How many keys lie between two tables; a large number when none connect them."""
    found = layer.join_path(one, other)
    return UNCONNECTED if found is None else len(found)


def in_walking_order(layer: SemanticLayer, head: str, tables: tuple[str, ...]) -> list[tuple[str, ForeignKey]]:
    """Each table to add with the key that ties it to what is joined before it, without repetition."""
    joined = {head}
    order: list[tuple[str, ForeignKey]] = []
    for table in tables:
        for key in path(layer, head, table):
            new = next((name for name in (key.table, key.parent_table) if name not in joined), None)
            if new is not None:
                joined.add(new)
                order.append((new, key))
    return order
