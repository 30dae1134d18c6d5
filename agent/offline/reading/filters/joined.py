"""Reads what one number is said of: several measures ("0.9 precision and recall"), the values of a category."""

from agent.offline.words.sentence import Sentence
from db.catalog.meaning import ColumnMeaning

_BOUNDS = ("at_least", "at_most", "over", "under", "between", "high", "low")
_HAVING = ("with", "has", "have", "having", "had", "that have", "which have")


def joined_measures(sentence: Sentence, place: int, head: str) -> list[ColumnMeaning]:
    """The measure at a place behind an amount, and those of its kind that "and" joins to it; they are spent."""
    first = _measure(sentence, place, head)
    if first is None:
        return []
    found, spent = [first], [place]
    while sentence.does(place + 1, "and") and (after := sentence.neighbour(place + 1, 1)) >= 0:
        column = _measure(sentence, after, head)
        alike = column is not None and (column.unit, column.ratio) == (first.unit, first.ratio)
        if column is None or not alike or _is_bounded(sentence, after):
            break
        found.append(column)
        spent.append(after)
        place = after
    sentence.used.update(spent)
    return found


def of_category(sentence: Sentence, i: int, head: str, *, said: bool) -> bool:
    """As in "frameworks with exactly one run", where the amount at `i` counts rows of the head itself."""
    owned = i > 0 and sentence.mentions[i - 1].surface.lower() in _HAVING
    asked = (sentence.nearest_column(j, head) for j in range(i) if not sentence.values(j) and j not in sentence.grouped)
    return sentence.english and (said or owned) and any(one is not None and one.role == "category" for one in asked)


def _measure(sentence: Sentence, place: int, head: str) -> ColumnMeaning | None:
    column = sentence.nearest_column(place, head) if place >= 0 else None
    return column if column is not None and column.role == "measure" else None


def _is_bounded(sentence: Sentence, place: int) -> bool:
    """Whether a number of its own follows: "0.9 precision and recall over 0.8"."""
    after = sentence.neighbour(place, 1)
    return after >= 0 and (sentence.does(after, *_BOUNDS) or sentence.mentions[after].amount is not None)
