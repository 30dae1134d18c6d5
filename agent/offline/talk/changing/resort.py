"""Reads a question that ranks the last answer's rows anew: slowest first, 제일 적은 건?, the one before that."""

import re
from dataclasses import replace

from agent.offline.query.query import COUNTED, Order, Query, Ref
from agent.offline.reading.figures.ordering import ORDERS_DOWN, asked_places, is_drawback, is_good
from agent.offline.reading.figures.unnamed import default_measure
from agent.offline.reading.reading import Reading, Style
from agent.offline.talk.frames import Frame, Shown, filter_on, identity
from agent.offline.talk.pointing.places import content
from agent.offline.words.sentence import Sentence

_PLAIN = ("rows", "count", "avg", "sum", "min", "max")
_COMPARATIVE = re.compile(r"(?:er|less|more)$", re.IGNORECASE)
_ASKS = ("which", "who", "where", "what")
_ONE = ("쪽", "거", "건", "게", "것", "one")
_TURNED = ("거꾸로", "반대", "opposite", "other end", "flipped", "반대로", "역순", "역순으로", "reverse", "reversed")


def resorted(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """The last question ranked anew, or the row next to the one it picked; None where more is said than that."""
    query = frames[0].query if frames else None
    if query is None or query.measure not in _PLAIN or not _only_ranks(sentence, query):
        return None
    if sentence.has("next_of", "before_of") and (beside := _beside(sentence, frames, query)):
        return beside
    if (place := _place_alone(sentence, query)) is not None:
        return Reading("query", replace(query, place=place), "best")
    if many := _so_many(sentence, query):
        return Reading("query", many, "best")
    is_of_them = sentence.has("those", "it", "that") and not query.groups and not _turns(sentence)
    if is_of_them and not _by_what_was_told(sentence, query):
        return None
    order = _order(sentence, query)
    if order is None or (query.measure not in ("rows", "count") and not query.groups):
        return None
    place, limit = asked_places(sentence)
    if _turns(sentence):
        place, limit = query.place, query.limit
    if place is None and limit is None and (_holds_two(sentence, frames[0].main) or _picks_one(sentence)):
        place = 1
    is_advice = frames[0].style == "recommend"
    if query.limit and frames[0].main and not query.groups and place is None and limit is None and not is_advice:
        query = replace(query, filters=filter_on(frames[0].main, sentence.layer))
    kept = query.limit if place is None and query.groups else None
    new = replace(query, order=(order,), place=place, limit=limit or kept, criterion=None)
    new = replace(new, measure="rows") if not query.groups else new
    style: Style = "list" if query.groups else "best"
    return advised(sentence, frames[0], Reading("query", new, style))


def advised(sentence: Sentence, frame: Frame, reading: Reading) -> Reading:
    """As in "미탐 기준이면?" after what was recommended: by the other need it is recommended anew, too."""
    query = reading.query
    if frame.style != "recommend" or query is None or not query.order or query.groups:
        return reading
    by = query.order[0]
    needs = (c for c in sentence.layer.criteria if (c.column, c.descending) == (by.ref, by.descending))
    need = next((c for c in needs if not is_drawback(c, sentence.layer)), None)
    limit = query.limit or (frame.query.limit if frame.query is not None else None)
    new = replace(query, criterion=need.name, place=None, limit=limit) if need is not None else query
    return replace(reading, query=new, style="recommend") if need is not None else reading


def _only_ranks(sentence: Sentence, query: Query) -> bool:
    """Whether nothing is said but an order, a place in it, or a measure to order by."""
    if sentence.english and sentence.has("who") and not sentence.layer.table(query.head).person:
        return False  # "who made the fastest one?" asks whose it is
    if sentence.has("person", "both", "why", "recommend", "negate", "no_value", "each", "share", "rate", "same"):
        return False
    for i in content(sentence):
        mention = sentence.mentions[i]
        columns = sentence.columns(i)
        is_bound = mention.amount is not None and mention.amount.unit in ("count", "ordinal", "")
        ranked = any(c.role in ("measure", "date") for c in columns) and not sentence.values(i)
        criterion = sentence.criterion(i)
        needs = criterion is not None and criterion.table == query.head
        needs = needs and (not query.groups or (criterion is not None and criterion.column in query.of))
        spans = (span := sentence.span(i)) is not None and span[0].table == query.head
        if mention.dates or sentence.table(i) or not (is_bound or ranked or needs or spans):
            return False
    return not sentence.has("over", "under", "at_least", "at_most", "avg", "sum", "max", "min")


def _order(sentence: Sentence, query: Query) -> Order | None:
    """By what is ranked, and in which direction."""
    for i in range(len(sentence)):
        if (criterion := sentence.criterion(i)) is not None and criterion.table == query.head:
            named = _named(sentence, query)
            if named is None or named == criterion.column:
                return Order(criterion.column, criterion.descending)
        if (span := sentence.span(i)) is not None and span[1] is not None and not query.groups:
            return Order(("", span[0].name), span[1] == "high")
    if sentence.has("first_of", "last_of") and query.order and query.order[0].ref[0] and not query.groups:
        best_first = sentence.layer.column(query.order[0].ref).better != "low"
        return Order(query.order[0].ref, best_first == sentence.has("first_of"))
    words = [i for i in sentence.where(*ORDERS_DOWN) if not _closes_order(sentence, i)]
    if not words:
        return (
            replace(query.order[0], descending=not query.order[0].descending)
            if _turns(sentence) and query.order
            else None
        )
    kind = next(
        s.word.does for s in sentence.mentions[words[0]].senses if s.word is not None and s.word.does in ORDERS_DOWN
    )
    ref = _ref(sentence, query, kind)
    if ref is None:
        return None
    down = ORDERS_DOWN[kind]
    good = is_good(sentence, words[0])
    if good is not None and ref[0]:
        down = good == (sentence.layer.column(ref).better != "low")
    return Order(ref, down)


def _by_what_was_told(sentence: Sentence, query: Query) -> bool:
    """As in "그중 제일 나쁜 건?" after the recall of each: of those, by the one measure that was told."""
    measures = [ref for ref in query.columns if ref[0] and sentence.layer.column(ref).role == "measure"]
    return len(measures) == 1 and sentence.has("those") and not sentence.has("it", "that") and not content(sentence)


def _turns(sentence: Sentence) -> bool:
    """As in "거꾸로", "in reverse": the same order from its other end."""
    turned = any(mention.surface.lower().endswith(_TURNED) for mention in sentence.mentions)
    return turned and not sentence.has(*ORDERS_DOWN)


def _place_alone(sentence: Sentence, query: Query) -> int | None:
    """As in "2등은?", "and the third?" after the best one: another place of the same order."""
    said = content(sentence)
    if query.place is None or len(said) != 1 or sentence.mentions[said[0]].amount is None:
        return None
    if sentence.has(*ORDERS_DOWN, "first_of", "last_of"):
        return None
    return asked_places(sentence)[0]


def _so_many(sentence: Sentence, query: Query) -> Query | None:
    """As in "make it 5", "10개로" after a ranking: another number of its rows."""
    said = content(sentence)
    amount = sentence.mentions[said[0]].amount if len(said) == 1 else None
    if amount is None or amount.unit not in ("", "count") or not query.order or query.place is not None:
        return None
    if sentence.has(*ORDERS_DOWN, *_ASKS, "count", "first_of", "last_of") or amount.value < 1 or query.limit is None:
        return None
    return replace(query, limit=min(100, int(amount.value)))


def _closes_order(sentence: Sentence, i: int) -> bool:
    """As in "slowest first": the word only says that the order begins there."""
    return (
        i > 0
        and sentence.mentions[i].surface.lower() in ("first", "last")
        and bool(sentence.criterion(i - 1) or sentence.does(i - 1, *ORDERS_DOWN) or sentence.columns(i - 1))
    )


def _named(sentence: Sentence, query: Query) -> Ref | None:
    """The measure or date that is said to rank by."""
    for i in content(sentence):
        column = sentence.nearest_column(i, query.head)
        if column is not None and column.role in ("measure", "date") and not sentence.criterion(i):
            return column.ref
    return None


def _ref(sentence: Sentence, query: Query, kind: str) -> Ref | None:
    """What a word of direction is about: what is named, what was ranked or shown before, or what each row has."""
    layer = sentence.layer
    if query.groups:
        return None if _named(sentence, query) else next(iter(query.of), COUNTED)
    if named := _named(sentence, query):
        return named
    before = query.order[0].ref if query.order else None
    if kind in ("newest", "oldest"):
        date = layer.table(query.head).date
        is_date = before is not None and bool(before[0]) and layer.column(before).role == "date"
        return before if is_date else (query.head, date) if date else _only_date(sentence, query)
    if kind in ("longest", "shortest"):
        return next((("", span.name) for span in layer.spans if span.table == query.head), None)
    is_named = before is not None and bool(before[0]) and layer.column(before).role == "name"
    if before is not None and before != COUNTED and not is_named:
        return before
    shown = [ref for ref in query.columns if ref[0] and layer.column(ref).role == "measure"]
    if len(shown) == 1:
        return shown[0]
    spans = [ref for ref in query.columns if not ref[0] and ref != COUNTED]
    bounds = [one.ref for one in query.filters if one.op in (">", ">=", "<", "<=") and one.ref != COUNTED]
    default = default_measure(sentence, query.head) if kind in ("high", "low") else None
    return next(iter((*spans, *bounds)), default.ref if default else None)


def _only_date(sentence: Sentence, query: Query) -> Ref | None:
    dates = [column.ref for column in sentence.layer.table(query.head).columns if column.role == "date"]
    return dates[0] if len(dates) == 1 else None


def _holds_two(sentence: Sentence, rows: tuple[Shown, ...]) -> bool:
    """As in "which is newer?", "뭐가 더 커?": of the rows shown the first in that order."""
    compares = sentence.has("compare") or any(_COMPARATIVE.search(m.surface) for m in sentence.mentions)
    picks = any(mention.surface in _ONE for mention in sentence.mentions)
    if len(rows) == 2 and sentence.has("both") and sentence.has(*ORDERS_DOWN) and picks:
        return True
    asks = any(mention.surface.lower().startswith(("which", "who")) for mention in sentence.mentions)
    return compares and (picks or asks or sentence.has(*_ASKS, "those", "both")) and len(rows) > 1


def first_of_those(sentence: Sentence, query: Query, rows: tuple[Shown, ...]) -> Query:
    """As in "which of those is newer?": of the rows spoken of only the first in that order."""
    if not query.order or query.place is not None or query.limit is not None or query.groups:
        return query
    return replace(query, place=1) if query.measure == "rows" and _holds_two(sentence, rows) else query


def _picks_one(sentence: Sentence) -> bool:
    """As in "which is the fastest?", "the lightest one?": one row by a need, and not all in its order."""
    needs = [i for i in range(len(sentence)) if sentence.criterion(i) is not None]
    best = [i for i in needs if sentence.mentions[i].surface.lower().endswith("est")]
    first = any(sentence.mentions[i + 1].surface.lower() == "first" for i in best if i + 1 < len(sentence))
    return sentence.english and bool(best) and not first and not sentence.has("recommend", "list")


# --- the row beside the one that was picked


def _beside(sentence: Sentence, frames: tuple[Frame, ...], query: Query) -> Reading | None:
    """As in "그 다음은?", "the one before that": the next of a ranking, or of a list one row of which was asked for."""
    back = sentence.has("before_of")
    if query.place is not None and query.order:
        ref = query.order[0].ref
        is_date = bool(ref[0]) and ref != COUNTED and sentence.layer.column(ref).role == "date"
        if back and not (is_date and query.order[0].descending):
            return None
        return Reading("query", replace(query, place=query.place + 1), "best")
    picked = frames[0].main
    if len(picked) != 1:
        return None
    rows = _list_with(frames[1:], picked[0])
    place = rows.index(picked[0]) + (-1 if back else 1) if rows else -1
    if not 0 <= place < len(rows):
        return None
    kept = tuple(f for f in query.filters if not identity((f,), picked[0].table, sentence.layer))
    row = filter_on(rows[place : place + 1], sentence.layer)
    return Reading("query", replace(query, filters=(*kept, *row)))


def _list_with(frames: tuple[Frame, ...], row: Shown) -> tuple[Shown, ...]:
    """The newest list that showed this row among others."""
    return next((frame.main for frame in frames if len(frame.main) > 1 and row in frame.main), ())
