"""Decides how a query is answered: a list, a count, a comparison, a recommendation, yes or no."""

from dataclasses import replace

from agent.offline.query.query import Filter, Order, Query, Ref
from agent.offline.reading.compose import stage_like
from agent.offline.reading.figures.apart import asked_apart
from agent.offline.reading.figures.ordering import is_drawback
from agent.offline.reading.reading import Reading, Style
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import SemanticLayer, TableMeaning

_RECOMMENDED = 5


def styled(sentence: Sentence, query: Query) -> Reading:
    """The reading of a whole sentence with what its style adds to the query."""
    layer = sentence.layer
    if query.within:
        return Reading("query", query, "list")
    if (wondered := _wondered(sentence, query)) is not None:
        return Reading("query", wondered, "list")
    criterion = next((c for c in layer.criteria if c.name == query.criterion), None)
    if criterion is not None and is_drawback(criterion, layer):
        all_of_them = query.limit or query.place or any(m.surface.startswith("순") for m in sentence.mentions)
        query = query if all_of_them else replace(query, limit=_RECOMMENDED)
    elif criterion is not None and (sentence.has("recommend") or not (query.place or _is_ranked(sentence))):
        return _recommended(sentence, query, criterion.scope)
    if sentence.has("recommend") and not query.order and not any(f.op != "=" for f in query.filters):
        default = next((c for c in reversed(layer.criteria) if c.table == query.head), None)
        if default is not None:
            order = (Order(default.column, default.descending),)
            return _recommended(sentence, replace(query, order=order, criterion=default.name), default.scope)
    style = _plain_style(sentence, query)
    if style == "compare":
        query = _compared(sentence, query)
    is_alike = any(f.op == "alike" for f in query.filters)
    if sentence.has("same") and sentence.has("other") and not is_alike and query.measure == "rows":
        same = sentence.mentions[sentence.where("same")[0]].surface
        return Reading("unclear", words=(same,), are_known=True)
    if sentence.has("same") and query.columns and not any(f.op == "alike" for f in query.filters):
        return Reading("query", query, "exists", same=query.columns[0])
    return _tested(sentence, Reading("query", query, style, apart=asked_apart(sentence, query)))


def _wondered(sentence: Sentence, query: Query) -> Query | None:
    """As in "X는 F1이 왜 없어?": what is missing is shown, and told why."""
    empty = [f for f in query.filters if f.op == "null" and not f.negated and f.ref[0]]
    if not sentence.has("why") or not empty or query.groups or query.order or query.measure not in ("rows", "count"):
        return None
    head = sentence.layer.table(query.head)
    named = any(f.ref[0] == head.name and _names_row(f, head, sentence.layer) for f in query.filters if f not in empty)
    kept = tuple(f for f in query.filters if f not in empty) if named else query.filters
    columns = tuple(dict.fromkeys((*query.columns, *(f.ref for f in empty))))
    return replace(query, filters=kept, columns=columns, measure="rows")


def _plain_style(sentence: Sentence, query: Query) -> Style:
    if query.measure == "count" and not query.groups:
        return "count"
    if sentence.has("compare") and not query.groups and not any(f.op in (">row", "<row") for f in query.filters):
        return "compare"
    if query.place is not None or query.order:
        return "best"
    asked = sentence.has("list", "which", "how_much", "where", "when", "who", "why")
    asked = asked or (sentence.english and sentence.has("count"))  # "how many images does X have"
    return "exists" if sentence.asks_whether() and not asked else "list"


def _compared(sentence: Sentence, query: Query) -> Query:
    """With what rows are weighed by, in the order of their names, and whose they are where those are held apart."""
    if not query.columns and not query.of:
        query = replace(query, columns=described(sentence, query.head))
    owners = [f for f in query.filters if f.op == "=" and len(f.values) > 1 and f.ref[0] not in ("", query.head)]
    if query.measure == "rows" and owners:
        query = replace(query, columns=(*dict.fromkeys((*(f.ref for f in owners), *query.columns)),))
    if query.order:
        return query
    names = sentence.layer.table(query.head).display
    return replace(query, order=tuple(Order((query.head, name), False) for name in names))


def _tested(sentence: Sentence, reading: Reading) -> Reading:
    """As in "Is X in production?": the row is shown, the condition answered in words."""
    query, layer = reading.query, sentence.layer
    if query is None or reading.style != "exists" or query.measure != "rows" or query.columns:
        return reading
    if sentence.has("why"):
        return reading
    head = layer.table(query.head)
    named = [f for f in query.filters if f.ref[0] == head.name and _names_row(f, head, layer)]
    tested = [f for f in query.filters if f.ref[0] == head.name and layer.column(f.ref).role == "category"
              and f.ref[1] not in head.display and f.op == "="]  # fmt: skip
    if not named or len(tested) != 1:
        return reading
    kept = tuple(f for f in query.filters if f not in tested)
    return replace(reading, query=replace(query, filters=kept, columns=(tested[0].ref,)), tested=tested[0])


def _names_row(one: Filter, head: TableMeaning, layer: SemanticLayer) -> bool:
    """Whether a condition says which row is meant: its name, or the key of one that was spoken of."""
    is_key = one.ref[1] == head.primary_key and one.op == "=" and len(one.values) == 1 and not one.negated
    return is_key or layer.column(one.ref).role == "name"


def described(sentence: Sentence, head: str) -> tuple[Ref, ...]:
    """The columns that rows are weighed by: what they are scoped by, and the describing tables'."""
    parts = [table for table in sentence.layer.tables if table.part_of == head]
    asked = tuple((head, name) for name in stage_like(sentence.layer, head))
    return (*asked, *((part.name, name) for part in parts for name in part.show)) if parts else ()


def _recommended(sentence: Sentence, query: Query, scope: tuple[tuple[Ref, tuple[str, ...]], ...]) -> Reading:
    bounded = {f.ref for f in query.filters} | {f.ref for f in query.filters if f.ref[0] == query.head}
    named = any(ref[0] == query.head for ref in bounded)
    added = () if named else tuple(Filter(ref, "=", values) for ref, values in scope if ref not in bounded)
    columns = described(sentence, query.head)
    query = replace(query, filters=(*query.filters, *added), columns=columns, place=None, measure="rows")
    return Reading("query", replace(query, limit=query.limit or _RECOMMENDED, of=(), groups=()), "recommend")


def _is_for_one(sentence: Sentence) -> bool:
    """As in "which model for real-time use": one row is to be chosen for a need."""
    needs = [i for i in range(len(sentence)) if sentence.criterion(i) is not None]
    said = [mention.surface.lower() for mention in sentence.mentions]
    kinds = [said[i] for i, _ in sentence.tables()]
    one = sentence.has("which") and len(kinds) == 1 and not kinds[0].endswith("s")
    return sentence.english and one and any("for" in said[max(0, i - 2) : i] for i in needs)


def _is_ranked(sentence: Sentence) -> bool:
    if _is_for_one(sentence):
        return sentence.has("superlative", "list", "first_of", "last_of", "compare")
    if not sentence.english and not any(sentence.tables()) and sentence.has("which") and sentence.has("exists"):
        return sentence.has("superlative", "first_of", "last_of", "compare")  # "현장에 올릴 가벼운 거 뭐 있을까"
    counted = any(
        m.amount and i in sentence.used and m.amount.unit in ("count", "") for i, m in enumerate(sentence.mentions)
    )
    ordinal = counted or any(m.amount and m.amount.unit == "ordinal" for m in sentence.mentions)
    return ordinal or sentence.has("superlative", "list", "which", "first_of", "last_of", "compare", "exists")
