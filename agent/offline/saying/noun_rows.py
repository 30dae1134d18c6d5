"""Which rows the numbers of a mean or a share are of, each as a query of its own that a noun can be made of."""

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


def in_part(query: Query, layer: SemanticLayer, *, filtered: bool = True) -> Query:
    """The rows that a share counts; those that have a row below, where that is all that is said of them."""
    keys = {(table.name, table.primary_key) for table in layer.tables}
    there = tuple(one for one in query.part if one.op == "null" and one.negated and one.ref in keys)
    held = tuple(one for one in query.part if one not in there)
    present = (*query.present, *(one.ref[0] for one in there))
    return replace(query, filters=(*(query.filters if filtered else ()), *held), present=present, part=())
