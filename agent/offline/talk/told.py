"""Finds the clauses of a message that ask, where as a whole it is not understood: the others tell why it is asked."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from agent.offline.query.query import Query, Ref
from agent.offline.reading.reading import Reading
from agent.offline.talk.asks import asks
from agent.offline.talk.frames import Frame
from agent.offline.talk.pointing.within import put_in_place
from agent.offline.talk.readings import readings
from agent.offline.talk.turns import going_on
from agent.offline.words.asides.asides import without_asides
from agent.offline.words.asides.clauses import Clause, parted
from agent.offline.words.asides.errands import is_office
from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mentions import Mention, cut
from agent.offline.words.normalise import clean
from db.catalog.values import fold

_LOST: Final = ("unclear", "outside", "missing", "no_antecedent", "write")
_SETTLED: Final = ("write", "help")
_BOUNDS: Final = ("over", "under", "at_least", "at_most", "between", "than_avg")
_TURNS: Final = ("negate", "no_value", "superlative")
_MEASURED: Final = ("%", "byte")
_MOST_TRIED: Final = 4
_NUMBERED: Final = re.compile(r"[A-Za-z][A-Za-z0-9.]*(?:[-_][A-Za-z0-9.]+)*[-_][A-Za-z]*\d[A-Za-z0-9.]*")
"""The shape of a row's name: yolov9-surface-exp20, which nothing here has, is told to be unknown."""


def what_asks(text: str, frames: tuple[Frame, ...], lexicon: Lexicon, today: date) -> str:
    """The question that a message comes to: without what it only tells."""
    text = going_on(text, frames, lexicon, today)
    return without_told(without_asides(text, lexicon, today), frames, lexicon, today)


def without_told(text: str, frames: tuple[Frame, ...], lexicon: Lexicon, today: date) -> str:
    """The question without the clauses that only tell, if it is read without them and as a whole it is not.

    A clause whose condition the rest does not hold stays: then the question is asked back as it is.
    """
    reader = _Reader(frames, lexicon, today)
    clauses = parted(text)
    if len(clauses) < 2:
        return text
    placed = put_in_place(clauses, lexicon, today)
    if placed and not reader.is_settled(text) and reader.is_read(placed[0], but=placed[1]):
        return placed[0]
    is_errand = any(one.is_errand for one in clauses)
    if reader.is_settled(text) or (reader.is_read(text) and not is_errand):
        return text
    tried = dict.fromkeys(_left(clauses, lexicon, today))
    for kept in list(tried)[:_MOST_TRIED]:
        rest = _together(kept)
        query = reader.query_of(rest)
        if query is not None and all(_is_held(one, query, lexicon, today) for one in clauses if one not in kept):
            return rest
    return text


def _left(clauses: tuple[Clause, ...], lexicon: Lexicon, today: date) -> Iterator[tuple[Clause, ...]]:
    """What may be left: without the telling clauses that hold unknown words, without all, without the last or first."""
    told = [one for one in clauses if one.form]
    strange = [one for one in told if one.is_errand or any(m.unknown for m in _mentions(one, lexicon, today))]
    most = (told, strange) if any(one.is_errand for one in clauses) else (strange, told)
    for gone in (*most, told[-1:], told[:1]):
        kept = tuple(one for one in clauses if one not in gone)
        if gone and kept:
            yield kept


def _together(kept: tuple[Clause, ...]) -> str:
    text = "".join(f"{one.text}{one.sign}" if i < len(kept) - 1 else one.text for i, one in enumerate(kept))
    sign = "?" if "?" in kept[-1].sign else ""
    return text.strip(" \t\n,;:–—-(") + sign


class _Reader:
    def __init__(self, frames: tuple[Frame, ...], lexicon: Lexicon, today: date) -> None:
        self.frames = frames
        self.lexicon = lexicon
        self.today = today

    def _readings(self, text: str) -> Iterator[tuple[int, Reading]]:
        for place, ask in enumerate(asks(clean(text))):
            for one in readings(ask, self.frames, self.lexicon, self.today):
                yield place, one

    def is_read(self, text: str, *, but: str = "") -> bool:
        """Whether nothing of it is asked back but that name; a later ask may point to an earlier one."""
        return not any(
            (one.intent in _LOST and not (place and one.intent == "no_antecedent") and one.words != (but,))
            or one.searched
            or (not but and self._names_stranger(one))
            for place, one in self._readings(text)
        )

    def _names_stranger(self, reading: Reading) -> bool:
        """Whether rows are asked for by a name that nothing has: a word nobody knows was taken for one."""
        named = [one for one in (reading.query.filters if reading.query else ()) if one.op == "=" and one.ref[0]]
        named = [one for one in named if self.lexicon.layer.column(one.ref).role == "name"]
        return any(
            isinstance(value, str) and not self.lexicon.values_at(fold(value)) for one in named for value in one.values
        )

    def is_settled(self, text: str) -> bool:
        """Whether it asks to write, or for help: what else it says changes nothing."""
        return any(one.intent in _SETTLED for _, one in self._readings(text))

    def query_of(self, text: str) -> Query | None:
        """What it asks for, if it does and all of it is read."""
        if not self.is_read(text):
            return None
        return next((one.query for _, one in self._readings(text) if one.intent == "query" and one.query), None)


def _mentions(clause: Clause, lexicon: Lexicon, today: date) -> tuple[Mention, ...]:
    return cut(clean(clause.text), lexicon, today).mentions


def _is_held(clause: Clause, query: Query, lexicon: Lexicon, today: date) -> bool:
    """Whether what a clause names of rows is a condition of the query, or no condition by its form."""
    mentions = _mentions(clause, lexicon, today)
    is_strange = any(m.unknown for m in mentions)
    if any(m.unknown and _NUMBERED.fullmatch(m.surface) for m in mentions):
        return False
    if any(_is_lost(mention, query, is_heading=clause.form == "heading") for mention in mentions):
        return False
    holds_rows = any(sense.table or sense.column or sense.span for m in mentions for sense in m.senses)
    is_told = is_strange and clause.form == "story"
    if holds_rows and any(m.does(*_BOUNDS, *_TURNS) or (_is_measure(m) and not is_told) for m in mentions):
        return False
    return is_strange or not any(m.dates or (m.parts and not is_office(m.surface)) for m in mentions)


def _is_measure(mention: Mention) -> bool:
    return mention.amount is not None and mention.amount.unit in _MEASURED


def _is_lost(mention: Mention, query: Query, *, is_heading: bool) -> bool:
    """Whether a value, or a need that rows are chosen by, is none of the query's; a heading may name others."""
    named = {sense.value for sense in mention.senses if sense.value is not None}
    is_word = any(sense.word is not None for sense in mention.senses)
    kept = {(one.ref, value) for one in (*query.filters, *query.either, *query.part) for value in one.values}
    if named and not is_word and not any((one.ref, one.value) in kept for one in named):
        return not (is_heading and {one.ref for one in named} & set(_refs(query)))
    needs = {sense.criterion.name for sense in mention.senses if sense.criterion is not None}
    return bool(needs) and query.criterion not in needs and not query.filters


def _refs(query: Query) -> Iterator[Ref]:
    for one in (*query.filters, *query.either, *query.part):
        yield one.ref
    yield from (*query.columns, *query.of, *query.groups, *query.within)
