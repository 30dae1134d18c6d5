"""Which rows the numbers of a mean are of, each as a query of its own that a noun can be made of."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Query
from db.catalog.meaning import SemanticLayer


def averaged(query: Query, layer: SemanticLayer) -> tuple[Query, Query]:
    """The rows that are counted, and those that each count is for."""
    plain = replace(query, measure="count", of=(), counted=None, zero=False, every=False)
    below = tuple(
        f for f in query.filters if f.ref[0] not in ("", query.head) and joins.is_below(layer, query.head, f.ref[0])
    )
    rest = tuple(f for f in query.filters if f not in below)
    counted = query.counted or query.head
    own = rest if counted == query.head else ()
    return replace(plain, head=counted, filters=(*below, *own)), replace(plain, filters=rest)
