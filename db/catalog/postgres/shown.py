"""Which views would show what is private: found by what they are made of, since they read as their owner."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import TypeAlias

Reads: TypeAlias = Iterable[tuple[int, int, str, bool]]
"""(view, what it reads, a column of it or "", whether the view holds some whole row), by the database's numbers."""


def showing(reads: Reads, hidden: Mapping[int, Set[str]]) -> frozenset[int]:
    """The views that read a column of `hidden`, a whole row that has one, or such a view; at any depth."""
    found: set[int] = set()
    readers: dict[int, set[int]] = defaultdict(set)
    for view, base, column, has_whole_row in reads:
        readers[base].add(view)
        closed = hidden.get(base)
        if closed and (column in closed or has_whole_row):
            found.add(view)
    waiting = list(found)
    while waiting:
        above = readers[waiting.pop()] - found
        found |= above
        waiting += above
    return frozenset(found)
