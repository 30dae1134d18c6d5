"""Reads conditions that hold one measure against another, or against its own average."""

from agent.offline.query import joins
from agent.offline.query.query import Filter, Op, Ref
from agent.offline.reading.figures.unnamed import default_measure
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import ColumnMeaning

_UP = ("high", "many", "over", "at_least", "longest")
_DOWN = ("low", "few", "under", "at_most", "shortest")


def filters(sentence: Sentence, head: str) -> list[Filter]:
    """The conditions; what they are made of is spent."""
    return [*_against_columns(sentence, head), *_against_averages(sentence, head)]


def _against_columns(sentence: Sentence, head: str) -> list[Filter]:
    """One measure held against another: "정밀도가 재현율보다 높은", "recall higher than precision"."""
    found = []
    for i in range(len(sentence) - 1):
        after = sentence.neighbour(i, 1)
        contrasted = sentence.mentions[i].after.startswith("보다") or (
            after >= 0 and sentence.mentions[after].surface.startswith(("보다", "higher than", "lower than"))
        )
        if not contrasted:
            continue
        first = i if sentence.english else i - 1
        if not sentence.english and _measure(sentence, after, head):
            first, after = after, _direction_after(sentence, after)
        if not sentence.does(after, *_UP, *_DOWN):
            continue
        last = sentence.neighbour(after, 1) if sentence.english else i
        one, other = _measure(sentence, first, head), _measure(sentence, last, head)
        if one and other:
            sentence.used.update((first, last, after))
            found.append(Filter(one.ref, "<column" if sentence.does(after, *_DOWN) else ">column", other.ref))
    return found


def _direction_after(sentence: Sentence, i: int) -> int:
    """The next word that is neither filler nor 더."""
    place = sentence.neighbour(i, 1)
    while sentence.does(place, "compare"):
        place = sentence.neighbour(place, 1)
    return place


def _measure(sentence: Sentence, i: int, head: str) -> ColumnMeaning | None:
    column = sentence.nearest_column(i, head) if i >= 0 else None
    return column if column is not None and column.role == "measure" else None


def _against_averages(sentence: Sentence, head: str) -> list[Filter]:
    """As in "평균보다 용량이 큰 데이터셋", "models slower than average"."""
    found = []
    for i in sentence.where("than_avg"):
        direction = _direction(sentence, i)
        measured = _measured_beside(sentence, i, direction, head) if direction is not None else None
        if direction is None or measured is None:
            continue
        place, up = direction
        op: Op = ">avg" if up else "<avg"
        sentence.used.update((i, place))
        found.append(Filter(measured, op))
    return found


def _direction(sentence: Sentence, i: int) -> tuple[int, bool] | None:
    """The word that says above or below, and whether it says above: behind the average in Korean, before in English."""
    korean = not sentence.english or any(m.after.startswith("보다") for m in sentence.mentions[i : i + 2])
    places = range(i + 1, len(sentence)) if korean else range(i - 1, -1, -1)
    for place in places:
        if sentence.does(place, *_UP):
            return place, True
        if sentence.does(place, *_DOWN):
            return place, False
        if criterion := sentence.criterion(place):
            return place, criterion.descending
        if (span := sentence.span(place)) and span[1] is not None:
            return place, span[1] == "high"
    return None


def _measured_beside(sentence: Sentence, i: int, direction: tuple[int, bool], head: str) -> Ref | None:
    """What is held against its average: a measure that is named, the one that slow means, or the head's own."""
    places = sorted((j for j in range(len(sentence)) if j not in sentence.used), key=lambda j: abs(j - i))
    for j in places:
        if column := _measure(sentence, j, head):
            sentence.used.add(j)
            return column.ref
        if (span := sentence.span(j)) and joins.connected(sentence.layer, head, span[0].table):
            sentence.used.add(j)
            return ("", span[0].name)
    if (criterion := sentence.criterion(direction[0])) and joins.connected(sentence.layer, head, criterion.table):
        return criterion.column
    if sentence.does(direction[0], "longest", "shortest"):
        return next((("", span.name) for span in sentence.layer.spans if span.table == head), None)
    own = default_measure(sentence, head)
    return own.ref if own is not None else None
