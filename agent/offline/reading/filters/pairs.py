"""Reads names that each bring a version of their own: A랑 B v2.1, A v2.0 and B v1.1."""

from agent.offline.query.query import Filter
from agent.offline.words.sentence import Sentence
from db.catalog.table import Cell

_LEAST = 2


def as_rows(sentence: Sentence, head: str, filters: list[Filter]) -> list[Filter]:
    """The conditions, with names and the versions right behind them as the rows they name together."""
    display = sentence.layer.table(head).display
    if len(display) != _LEAST:
        return filters
    first, second = ((head, name) for name in display)
    named = [i for i in range(len(sentence)) if any(value.ref == first for value in sentence.values(i))]
    places = [i for i in range(len(sentence)) if any(value.ref == second for value in sentence.values(i))]
    own = {i: i + 1 for i in named if i + 1 in places}
    names: list[set[Cell]] = [{value.value for value in sentence.values(i) if value.ref == first} for i in named]
    if len(named) < _LEAST or not places or set(own.values()) != set(places) or _is_shared(names):
        return filters
    cells: list[Cell] = []
    for i in named:
        name = next(value.value for value in sentence.values(i) if value.ref == first)
        version = next((v.value for v in sentence.values(own[i]) if v.ref == second), None) if i in own else None
        cells += [name, version]
    rest = [one for one in filters if one.ref not in (first, second)]
    return [Filter(first, "rows", tuple(cells)), *rest]


def _is_shared(names: list[set[Cell]]) -> bool:
    """Whether the names are alike, or one of them may be several: versions of one model are no rows of two."""
    return len(set().union(*names)) != len(names) or any(len(one) != 1 for one in names)
