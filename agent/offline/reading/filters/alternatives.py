"""Reads conditions of which one is enough: recall 0.9 넘거나 F1 0.9 넘는, 2025년이나 2026년, T4 or failed."""

from collections.abc import Sequence
from itertools import pairwise

from agent.offline.query.query import Filter, Ref
from agent.offline.reading.filters.times import grain_of_both
from agent.offline.words.amounts import unit_kind
from agent.offline.words.mentions import Mention
from agent.offline.words.particles import JOINING
from agent.offline.words.sentence import Sentence
from db.catalog.table import Cell

_OR = ("나", "이나", "거나", "이거나", "든", "든지", "이든")
_NEAR = 3
_BOUNDS = (">", ">=", "<", "<=")
_PLAIN = (*_BOUNDS, "like", "between", "=")
_HELD_APART = ("compare", "each", "share", "rate", "many", "few", "count")


def parted(sentence: Sentence, filters: Sequence[Filter]) -> tuple[tuple[Filter, ...], tuple[Filter, ...]]:
    """The conditions that all hold, and those of which one is enough; these are () where nothing says so."""
    own = ((_places(sentence, one), one) for one in filters if one.op in _PLAIN and not one.negated)
    placed = sorted(((places, one) for places, one in own if places), key=lambda pair: pair[0])
    either: list[Filter] = []
    for (left, one), (right, other) in pairwise(placed):
        said = _is_either(sentence, left[-1], right[0]) and _are_apart(one, other)
        if said or _of_two_times(sentence, (left[-1], right[0]), (one, other)):
            either += [one, other]
    either = list(dict.fromkeys(either))
    return tuple(one for one in filters if one not in either), tuple(either)


def _are_apart(one: Filter, other: Filter) -> bool:
    """Whether the two are more than values of one column, which are alternatives already."""
    return one.ref != other.ref or not one.op == other.op == "="


def _is_either(sentence: Sentence, left: int, right: int) -> bool:
    """Whether an "or" stands between two conditions."""
    between = sentence.mentions[left:right]
    said = any(sentence.does(i, "or") for i in range(left, right))
    return said or any(mention.after in _OR for mention in between)


def _of_two_times(sentence: Sentence, places: tuple[int, int], both: tuple[Filter, Filter]) -> bool:
    """As in "작년이랑 올해 만든": no row is of both times, and nothing is held against anything."""
    one, other = both
    dated = one.op == other.op == "between" and one.ref == other.ref
    if grain_of_both(sentence):
        return dated
    if not dated or sentence.has(*_HELD_APART) or None in (*one.values, *other.values):
        return False
    (_, first_end), (second, _) = sorted((one.values, other.values), key=str)
    apart = str(first_end) <= str(second)
    joined = any(sentence.does(i, "and") for i in range(*places)) or sentence.mentions[places[0]].after in JOINING
    return apart and joined


def _places(sentence: Sentence, one: Filter) -> list[int]:
    """Where the condition is said: its amount, its date or its values."""
    return [i for i, mention in enumerate(sentence.mentions) if _says(sentence, i, mention, one)]


def _says(sentence: Sentence, i: int, mention: Mention, one: Filter) -> bool:
    if one.op == "between" and mention.dates and (mention.dates.start, mention.dates.end) == one.values:
        return True
    if any(value.ref == one.ref and value.value in one.values for value in sentence.values(i)):
        return True
    if (said := sentence.condition(i)) and (said.ref, said.bound.op, (said.bound.number,)) == (
        one.ref,
        one.op,
        one.values,
    ):
        return True
    return one.op in _BOUNDS and _bounds(sentence, i, mention, one)


def _bounds(sentence: Sentence, i: int, mention: Mention, one: Filter) -> bool:
    """Whether an amount is the bound of a column that stands beside it."""
    if mention.amount is None or i not in sentence.used:
        return False
    near = range(max(0, i - _NEAR), min(len(sentence), i + _NEAR))
    if (named := _named_before(sentence, i)) and _is_same(mention.amount.value, one.values[0]):
        return one.ref in named
    beside = [c.ref for j in near for c in sentence.columns(j)]
    return (one.ref in beside or _is_in_unit(sentence, mention, one.ref)) and _is_same(
        mention.amount.value, one.values[0]
    )


def _is_in_unit(sentence: Sentence, mention: Mention, ref: Ref) -> bool:
    """Whether an amount is told in the unit of a column: 100 GB is no number of samples."""
    unit = mention.amount.unit if mention.amount is not None else ""
    if not unit or not ref[0] or unit not in ("s", "byte"):
        return bool(unit)
    return unit_kind(sentence.layer.column(ref).unit) == unit


def _named_before(sentence: Sentence, i: int) -> list[Ref]:
    """What the words nearest before an English bound name: recall, and no precision, in "recall above 0.9 or …"."""
    places = range(i - 1, max(-1, i - _NEAR - 1), -1) if sentence.english else ()
    named = ([c.ref for c in sentence.columns(j) if c.role == "measure"] for j in places)
    return next((refs for refs in named if refs), [])


def _is_same(said: float, stored: Cell) -> bool:
    """Whether the figure is the one said, whatever its unit."""
    if not isinstance(stored, int | float) or not stored:
        return not stored and not said
    ratio = said / stored
    return any(abs(ratio - factor) < 1e-6 for factor in (1, 100, 1e3, 1e6, 1e9, 3600, 86400, 1e-3, 1e-6))
