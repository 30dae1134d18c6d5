"""Which columns the rows of a query are told with."""

from agent.offline.query.query import Query, Ref
from db.catalog.meaning import SemanticLayer


def shown(query: Query, layer: SemanticLayer) -> tuple[Ref, ...]:
    """The columns of a row query: the key, the head's own name, and what was asked or is worth showing."""
    head = layer.table(query.head)
    key = [head.primary_key] if head.primary_key else []
    names = [(query.head, name) for name in (*key, *head.display)]
    rest = list(query.columns) or [(query.head, name) for name in head.show]
    ordered = [one.ref for one in query.order]
    return tuple(dict.fromkeys((*names, *rest, *ordered)))
