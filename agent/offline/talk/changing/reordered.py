"""Reads a question that puts the last list in another order, or asks for a place in it, or what share of all it is."""

from dataclasses import replace

from agent.offline.query.query import Order, Query
from agent.offline.reading.figures.ordering import asked_places, in_named_order
from agent.offline.reading.figures.sorting import sorted_by
from agent.offline.reading.reading import Reading
from agent.offline.talk.frames import Frame, filter_on
from agent.offline.talk.pointing.places import content, points, so_many_rows
from agent.offline.words.sentence import Sentence

_LISTED = ("rows", "count")
_ALL = ("전체", "전부", "모두", "all", "total", "overall")
_SORTS = ("sort", "sorted", "order", "ordered", "정렬", "순", "순서")
_PLACED = ("ordinal_last", "ordinal_first", "that")
"""What a word for the first or the last of a list may do elsewhere."""
_OTHERWISE = ("person", "both", "why", "recommend", "negate", "each", "who", "where", "count", "no_value", "compare")


def reordered(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """The last list sorted, its place, or its share; None where more is said than that."""
    query = frames[0].query if frames else None
    if query is None or query.measure not in _LISTED or query.groups or sentence.has(*_OTHERWISE):
        return None
    said = content(sentence)
    if any(sentence.values(i) or sentence.table(i) or sentence.mentions[i].dates for i in said):
        return None
    for read in (_place, _share, _sorted):
        if (new := read(sentence, said, query)) is not None:
            new = _of_the_first(sentence, new, frames[0])
            return Reading("query", new, "list" if new.measure == "share" else "best")
    return None


def _place(sentence: Sentence, said: list[int], query: Query) -> Query | None:
    """As in "2등은?" after a ranking: the row at that place of its order."""
    is_place = len(said) == 1 and sentence.mentions[said[0]].surface.endswith(("등", "위"))
    if not query.order or query.place is not None or not is_place:
        return None
    place = asked_places(sentence)[0]
    return replace(query, place=place, limit=None, measure="rows") if place is not None else None


def _share(sentence: Sentence, said: list[int], query: Query) -> Query | None:
    """As in "전체의 몇 %야?", "percentage of all?" after rows of a kind: their share of all."""
    if said or not sentence.has("share") or not query.filters or query.order or query.limit or query.absent:
        return None
    is_all = any(mention.surface.lower() in _ALL for mention in sentence.mentions)
    part = query.filters if is_all or len(query.filters) == 1 else query.filters[-1:]
    rest = tuple(one for one in query.filters if one not in part)
    return replace(query, measure="share", filters=rest, part=part, columns=())


def _sorted(sentence: Sentence, said: list[int], query: Query) -> Query | None:
    """As in "시작한 순서대로", "sort by date": the same rows in the order of a column."""
    if query.measure != "rows" or sentence.has("superlative", "first_of", "last_of") or len(said) > 1:
        return None
    order = in_named_order(sentence, query.head) or sorted_by(sentence, query.head) or _by_date(sentence, query)
    return replace(query, order=(order,), place=None) if order is not None else None


def _of_the_first(sentence: Sentence, new: Query, frame: Frame) -> Query:
    """As in "sort them by samples" after the three largest: those, not the first three of another order."""
    before = frame.query
    if before is None or before.limit is None or new.limit is None or new.order == before.order or not frame.main:
        return new
    return replace(new, filters=filter_on(frame.main, sentence.layer), limit=None)


def _by_date(sentence: Sentence, query: Query) -> Order | None:
    """As in "날짜순으로", "sort by date": by when the rows began, the first of them first."""
    table = sentence.layer.table(query.head)
    dates = [column.name for column in table.columns if column.role == "date"]
    date = table.date or (dates[0] if len(dates) == 1 else None)
    sorts = any(m.surface.lower().startswith(_SORTS) or m.after.startswith("순") for m in sentence.mentions)
    if date is None or not sentence.has("when") or not sorts:
        return None
    return Order((query.head, date), descending=False)


def several(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """As in "마지막 두 개만", "just the last two" of a list: those rows of it, as they were told."""
    query = frames[0].query if frames else None
    if query is None or query.groups or query.measure not in ("rows", "count") or not sentence.has(*_PLACED):
        return None
    if any(not sentence.mentions[i].amount and not points(sentence.mentions[i]) for i in content(sentence)):
        return None
    if query.limit is None or sentence.has("who", "count", "compare", "recommend"):
        return None
    rows = so_many_rows(sentence, frames)
    picked = replace(query, filters=filter_on(rows, sentence.layer), limit=None) if rows else None
    return Reading("query", replace(picked, measure="rows"), "list") if picked is not None else None
