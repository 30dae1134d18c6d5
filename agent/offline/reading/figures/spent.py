"""Reads who spent the most time, the sum of a span of the rows below: GPU 시간을 제일 많이 쓴 팀."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Filter, Order, Query, Ref
from agent.offline.reading.figures.counted import asked_category
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import Span
from db.catalog.values import fold

_FIRST = ("most", "least", "fewest")


def most_spent(sentence: Sentence, query: Query) -> Query | None:
    """The rows or values of a category that come first by the sum of a span; None where it is no such question."""
    turns = sentence.where("many", "few")
    found = next(((i, s[0]) for i in range(len(sentence)) if (s := sentence.span(i)) and s[1] is None), None)
    is_first = sentence.has("superlative") or any(sentence.mentions[i].surface.lower() in _FIRST for i in turns)
    if found is None or not turns or not is_first or _says_more(sentence, turns) or query.absent or query.present:
        return None
    place, span = found
    if not _is_spent(sentence, place, turns):
        return None
    ref: Ref = ("", span.name)
    used = set(sentence.used)
    on = used_on(sentence, place, span)
    if not (groups := _groups(sentence, query, span)):
        sentence.used = used
        return None
    sentence.used.update((place, *turns, *sentence.where("superlative", "sum")))
    own = (ref for ref in groups if sentence.layer.column(ref).role == "category" and ref[0] == span.table)
    filters = (*query.filters, *on, *(Filter(ref, "null", negated=True) for ref in own))
    order = (Order(ref, not sentence.has("few")),)
    return replace(query, head=span.table, filters=tuple(dict.fromkeys(filters)), groups=groups, measure="sum",
                   of=(ref,), order=order, place=1, limit=None, criterion=None)  # fmt: skip


def used_on(sentence: Sentence, place: int, span: Span) -> tuple[Filter, ...]:
    """As in "GPU 시간", "gpu hours": only rows that have the category the time is said to be of."""
    own = [c for c in sentence.layer.table(span.table).columns if c.role == "category" and c.nullable]
    first, *rest = sentence.mentions[place].surface.split() or [""]
    before = place - 1
    named = {c.ref for c in own if rest and fold(first) in {fold(c.label.ko), fold(c.label.en), fold(c.name)}}
    if before >= 0 and not sentence.mentions[before].after and not sentence.values(before):
        told = [c.ref for c in sentence.columns(before) if c in own]
        sentence.used.update([before] if told else [])
        named |= set(told)
    return tuple(Filter(ref, "null", negated=True) for ref in sorted(named))


def _says_more(sentence: Sentence, turns: list[int]) -> bool:
    """Whether more is asked than one ranking by one span."""
    others = sentence.has("avg", "max", "min", "each", "longest", "shortest", "share", "rate", "over", "under")
    return others or len(turns) > 1 or any(m.amount is not None for m in sentence.mentions)


def _is_spent(sentence: Sentence, place: int, turns: list[int]) -> bool:
    """Whether the span is what there is most of: nothing that has rows stands between the two."""
    low, high = sorted((place, turns[0]))
    return not any(sentence.table(i) for i in range(low + 1, high))


def _groups(sentence: Sentence, query: Query, span: Span) -> tuple[Ref, ...]:
    """The category that is asked for, else the names of the rows that are, where the span's rows belong to them."""
    category = asked_category(sentence, query.head)
    if category is not None:
        owner = sentence.owner(category.table)
        return (category.ref,) if owner == span.table or joins.is_below(sentence.layer, owner, span.table) else ()
    if query.head == span.table or not joins.is_below(sentence.layer, query.head, span.table):
        return ()
    return tuple((query.head, name) for name in sentence.layer.table(query.head).display)


def with_used_time(sentence: Sentence, query: Query) -> Query:
    """As in "total gpu hours per team": the time is added up of those rows only that have what it is of."""
    found = ((i, s[0]) for i in range(len(sentence)) if (s := sentence.span(i)) and ("", s[0].name) in query.of)
    place, span = next(found, (-1, None))
    if span is None or query.measure not in ("sum", "avg"):
        return query
    known = {f.ref for f in query.filters} | set(query.groups)
    told = [one for one in used_on(sentence, place, span) if one.ref not in known]
    return replace(query, filters=(*query.filters, *told))
