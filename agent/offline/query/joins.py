"""Which tables a query must join, and whether a join multiplies rows."""

from db.catalog.meaning import SemanticLayer
from db.catalog.schema import ForeignKey

UNCONNECTED = 99


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
