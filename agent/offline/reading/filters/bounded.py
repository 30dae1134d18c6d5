"""Shows each row's measure by which it was chosen: who asks for an F1 over 0.9 wants to see the F1."""

from dataclasses import replace

from agent.offline.query.query import Query, Ref
from db.catalog.meaning import SemanticLayer

_BOUNDS = (">", ">=", "<", "<=", "between")


def with_bounds(layer: SemanticLayer, query: Query) -> Query:
    """The query with the bounded measures beside what its rows show; one for figures, or for groups, is as it was."""
    if query.measure != "rows" or query.groups or query.within:
        return query
    shown = query.columns or tuple((query.head, name) for name in layer.table(query.head).show)
    added = tuple(one.ref for one in query.filters if one.op in _BOUNDS and _is_beside(layer, one.ref, query.head))
    added = tuple(dict.fromkeys(ref for ref in added if ref not in shown))
    return replace(query, columns=(*shown, *added)) if added else query


def _is_beside(layer: SemanticLayer, ref: Ref, head: str) -> bool:
    """Whether it measures the rows themselves, or what describes them: of many rows below there is no one figure."""
    own = ref[0] == head or (bool(ref[0]) and layer.table(ref[0]).part_of == head)
    return own and layer.column(ref).role == "measure"
