"""Reads conditions that hold rows against a named one: A보다 F1 높은 모델, slower than A, created after A."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Filter, Op, Order, Query, Ref
from agent.offline.reading.figures.ordering import is_good, overall
from agent.offline.reading.figures.unnamed import default_measure
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import Criterion
from db.catalog.table import Cell

_UP = ("high", "many", "over", "longest")
_DOWN = ("low", "few", "under", "shortest")
_LATER = ("newest",)
_EARLIER = ("oldest",)
_LASTING = ("오래", "긴", "짧", "longer", "shorter")
_NEXT = ("다음", "next", "right", "just", "직전")
_RIGHT = ("바로", "right", "immediately", "just", "directly")


def filters(sentence: Sentence, head: str) -> list[Filter]:
    """The conditions; the row that the others are held against is then no condition of its own."""
    for i in range(len(sentence)):
        if i in sentence.used or not _is_rival(sentence, i, head):
            continue
        rival, places = _row(sentence, i, head)
        found = _timed(sentence, i, head, rival) or _measured(sentence, i, head, rival)
        if found:
            sentence.used.update(places)
            return found
    return []


def of_antecedent(
    sentence: Sentence, head: str, filters_before: tuple[Filter, ...], shown: Ref | None = None
) -> list[Filter]:
    """As in "그거보다 빠른 모델": the conditions of what was spoken of, as the row that others are held against.

    `shown` is the measure that it was spoken of for, which "lower" is about where none is said.
    """
    for i in sorted({*sentence.where("it", "that", "person"), *sentence.bound}):
        own = [f for f in filters_before if f.ref[0] == head and f.op == "=" and len(f.values) == 1 and not f.negated]
        is_row = any(f.ref[1] in sentence.layer.table(head).display for f in own)
        if is_row and len(own) == len(filters_before) and not sentence.values(i):
            rival = (head, *(cell for f in own for cell in (f.ref[1], f.values[0])))
            if found := _timed(sentence, i, head, rival) or _measured(sentence, i, head, rival, shown):
                return found
    return []


def next_to(sentence: Sentence, query: Query) -> Query:
    """As in "A 바로 다음에 시작한": of the rows beyond another, only the first."""
    dated = [f for f in query.filters if f.op in (">row", "<row") and f.ref[0]
             and sentence.layer.column(f.ref).role == "date"]  # fmt: skip
    if not dated or query.order or query.measure != "rows":
        return query
    for i in sentence.where("later", "earlier"):
        said, before = sentence.mentions[i].surface.lower(), sentence.mentions[i - 1].surface.lower() if i else ""
        if said.startswith(_NEXT) or before in _RIGHT:
            return replace(query, order=(Order(dated[0].ref, dated[0].op == "<row"),), place=1)
    return query


def _is_rival(sentence: Sentence, i: int, head: str) -> bool:
    """Whether rows of the head are held against this one, which is a row of the head itself, alone."""
    named = [v for v in sentence.values(i) if v.table == head and sentence.layer.column(v.ref).role == "name"]
    if not named or len({v.value for v in named}) != 1:
        return False
    others = [j for j in range(len(sentence)) if j != i and any(v.ref == named[0].ref for v in sentence.values(j))]
    return not others and not _has_subject(sentence, i, head)


def _has_subject(sentence: Sentence, i: int, head: str) -> bool:
    """As in "is B faster than A": one row of the head, and not all of them, is held against it."""
    return any(j != i and sentence.is_name(j) and any(v.table == head for v in sentence.values(j))
               for j in range(len(sentence)))  # fmt: skip


def _row(sentence: Sentence, i: int, head: str) -> tuple[tuple[Cell, ...], tuple[int, ...]]:
    """The table, then the columns and values that name the row, and where they stand: a name with its version."""
    cells: list[Cell] = [head]
    places = []
    display = {(head, name) for name in sentence.layer.table(head).display}
    for place in (i, i + 1):
        value = next((v for v in sentence.values(place) if v.ref in display and v.column not in cells), None)
        if value is not None and (place == i or not sentence.mentions[i].after):
            cells += [value.column, value.value]
            places.append(place)
    return tuple(cells), tuple(places)


def _last(sentence: Sentence, i: int) -> int:
    """The last of the mentions that name the row."""
    versioned = not sentence.mentions[i].after and sentence.values(i + 1) and not sentence.table(i + 1)
    return i + 1 if versioned else i


def _timed(sentence: Sentence, i: int, head: str, rival: tuple[Cell, ...]) -> list[Filter]:
    """As in "A 이후에 만들어진", "created after A"."""
    place = i - 1 if sentence.english else sentence.neighbour(_last(sentence, i), 1)
    if not sentence.does(place, "later", "earlier"):
        return []
    ref = _date_near(sentence, i, head)
    if ref is None:
        return []
    sentence.used.add(place)
    return [Filter(ref, ">row" if sentence.does(place, "later") else "<row", rival)]


def _date_near(sentence: Sentence, i: int, head: str) -> Ref | None:
    """The date of the head that is spoken of, else its own."""
    for j in sorted(range(len(sentence)), key=lambda j: abs(j - i)):
        dated = [c for c in sentence.columns(j) if c.table == head and c.role == "date"]
        if dated:
            sentence.used.add(j)
            return dated[0].ref
    date = sentence.layer.table(head).date
    return (head, date) if date else None


def _measured(sentence: Sentence, i: int, head: str, rival: tuple[Cell, ...], shown: Ref | None = None) -> list[Filter]:
    """As in "A보다 빠르면서 F1도 더 높은": each measure with its direction."""
    last = _last(sentence, i)
    than = i - 1 if sentence.english else last
    if sentence.english and not _ends_than(sentence, than):
        return []
    behind = last + 1 < len(sentence) and sentence.mentions[last + 1].surface.startswith("보다")
    if not sentence.english and not (sentence.mentions[last].after.startswith("보다") or behind):
        return []
    places = range(than, -1, -1) if sentence.english else range(last + 1, len(sentence))
    found: list[Filter] = []
    for place in places:
        side = _side(sentence, place, head)
        ref = _ref(sentence, place, i, head, shown) if side is not None else None
        if side is None or ref is None:
            continue
        sentence.used.add(place)
        op: Op = ">row" if side else "<row"
        found.append(Filter(ref, op, rival))
        if sentence.english:
            break
    return found


def _ends_than(sentence: Sentence, i: int) -> bool:
    return i >= 0 and sentence.mentions[i].surface.lower().endswith("than")


def _side(sentence: Sentence, i: int, head: str) -> bool | None:
    """Whether a word says above; None where it says neither."""
    good = is_good(sentence, i) if sentence.does(i, *_UP, *_DOWN) else None
    if good is not None and (ranked := overall(sentence, i, head)):
        return ranked[0].descending
    if criterion := _need(sentence, i):
        return criterion.descending
    if sentence.does(i, *_UP, *_LATER):
        return True
    if sentence.does(i, *_DOWN, *_EARLIER):
        return False
    span = sentence.span(i)
    return span[1] == "high" if span and span[1] is not None else None


def _need(sentence: Sentence, i: int) -> Criterion | None:
    """What the word ranks by, also where it is read together with its "than": faster than."""
    first = sentence.mentions[i].surface.lower().removesuffix(" than")
    named = (c for c in sentence.layer.criteria if first in c.synonyms)
    return sentence.criterion(i) or next(named, None)


def _ref(sentence: Sentence, place: int, i: int, head: str, shown: Ref | None = None) -> Ref | None:
    """What is held against the row's: the measure beside the word, what a need ranks by, the head's own measure."""
    if sentence.does(place, *_LATER, *_EARLIER):
        return _date_near(sentence, i, head)
    if criterion := _need(sentence, place):
        return criterion.column if joins.connected(sentence.layer, head, criterion.table) else None
    if span := sentence.span(place):
        return ("", span[0].name)
    step = 1 if sentence.english else -1
    near = (place - step, place + step) if sentence.english else (place - 1, place - 2)
    for j in near:
        column = sentence.nearest_column(j, head) if 0 <= j < len(sentence) and j not in sentence.used else None
        if column is not None and column.role == "measure":
            sentence.used.add(j)
            return column.ref
        if 0 <= j < len(sentence) and (span := sentence.span(j)) and j not in sentence.used:
            sentence.used.add(j)
            return ("", span[0].name)
    said = sentence.mentions[place].surface.lower()
    if sentence.does(place, "longest", "shortest") or any(word in said for word in _LASTING):
        return next((("", span.name) for span in sentence.layer.spans if span.table == head), None)
    if shown is not None:
        return shown
    if ranked := overall(sentence, place, head):
        return ranked[0].ref
    own = default_measure(sentence, head)
    return own.ref if own is not None else None
