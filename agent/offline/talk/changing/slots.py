"""Finds what a bare number of a follow-up stands for in the question before it: a version, a year, a bound."""

import re
from dataclasses import replace

from agent.offline.query.query import COUNTED, Filter, Query, Ref
from agent.offline.reading.filters import conditions
from agent.offline.talk.frames import Frame
from agent.offline.words.amounts import Amount, unit_kind
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import SemanticLayer

_YEARS = (1990, 2100)
_BOUNDS = (">", ">=", "<", "<=")


def numbers(sentence: Sentence, frame: Frame) -> list[Filter]:
    """Conditions from the numbers that nothing beside them explains; they are spent then."""
    query = frame.query
    found: list[Filter] = []
    for i, mention in enumerate(sentence.mentions):
        amount = mention.amount
        if query is None or amount is None or i in sentence.used or amount.unit in ("ordinal", "count", "id"):
            continue
        op = conditions.comparison(sentence, i)
        one: Filter | None = None
        if op is not None:
            ref = _measured(query, amount, sentence.layer)
            one = Filter(ref, op, (_stored(amount, ref, sentence.layer),)) if ref else None
        elif amount.unit == "":
            one = _year(mention.surface, query, sentence.layer) or _bound_again(query, amount, sentence.layer)
            one = one or _version(mention.surface, frame, sentence.layer)
        if one is not None:
            sentence.used.add(i)
            found.append(one)
    return found


def _bound_again(query: Query, amount: Amount, layer: SemanticLayer) -> Filter | None:
    """As in "아니 0.92로" after "0.9 이상": the only bound of the last question with another number."""
    bounds = [one for one in query.filters if one.op in _BOUNDS]
    if len(bounds) != 1 or not _fits(bounds[0].ref, amount, layer):
        return None
    if layer.column(bounds[0].ref).ratio and amount.value > 1:
        return None
    return replace(bounds[0], values=(_stored(amount, bounds[0].ref, layer),))


def _measured(query: Query, amount: Amount, layer: SemanticLayer) -> Ref | None:
    """The measure that the last question bounded, ranked by or showed, where only one is in such a unit."""
    bounded = [one.ref for one in query.filters if one.op in _BOUNDS]
    told = bounded or [order.ref for order in query.order] or [*query.of, *query.columns]
    spans = {("", span.name) for span in layer.spans}
    fits = [
        ref
        for ref in dict.fromkeys(told)
        if ref != COUNTED and (_fits_span(ref, amount, layer) if ref in spans else _fits(ref, amount, layer))
    ]
    return fits[0] if len(fits) == 1 else None


def _fits(ref: Ref, amount: Amount, layer: SemanticLayer) -> bool:
    column = layer.column(ref) if ref[0] else None
    if column is None or column.role != "measure":
        return False
    return amount.unit in ("", unit_kind(column.unit)) or (amount.unit == "%" and column.ratio)


def _fits_span(ref: Ref, amount: Amount, layer: SemanticLayer) -> bool:
    return amount.unit == "s" or (amount.unit == "" and any(span.name == ref[1] for span in layer.spans))


def _stored(amount: Amount, ref: Ref, layer: SemanticLayer) -> float:
    if ref[0]:
        column = layer.column(ref)
        return round(amount.in_column(column.unit, column.scale, ratio=column.ratio), 6)
    unit = next(span.unit for span in layer.spans if span.name == ref[1])
    return round(amount.value / (3600 if unit == "hours" else 86400), 4) if amount.unit == "s" else amount.value


def _version(said: str, frame: Frame, layer: SemanticLayer) -> Filter | None:
    """As in "2.1이요" after v2.0: a number of the shape of what tells the shown row from others of its name."""
    for row in frame.main:
        for name in layer.table(row.table).display[1:]:
            old = row.get(name)
            if not isinstance(old, str) or (letters := re.match(r"[A-Za-z]*", old)) is None:
                continue
            new = letters.group() + said
            if new != said and re.sub(r"\d+", "0", new) == re.sub(r"\d+", "0", old):
                return Filter((row.table, name), "=", (new,))
    return None


def _year(said: str, query: Query, layer: SemanticLayer) -> Filter | None:
    """As in "and 2025?" after a year: the same date in that year."""
    if not re.fullmatch(r"\d{4}", said) or not _YEARS[0] <= int(said) <= _YEARS[1]:
        return None
    dated = [one.ref for one in query.filters if one.op == "between" and _is_date(one.ref, layer)]
    if len(set(dated)) != 1:
        return None
    return Filter(dated[0], "between", (f"{said}-01-01", f"{int(said) + 1}-01-01"))


def _is_date(ref: Ref, layer: SemanticLayer) -> bool:
    return bool(ref[0]) and layer.column(ref).role == "date"
