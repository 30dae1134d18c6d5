"""Reads a question that only asks when, of the rows shown last: 언제 만든 거죠?, 끝난 건 언제야?"""

from agent.offline.query.query import Query, Ref
from agent.offline.reading.reading import Reading
from agent.offline.talk.frames import Frame, filter_on
from agent.offline.talk.pointing.places import RANKS, content, points
from agent.offline.words.sentence import Sentence

_OTHERWISE = ("that", "it", "those", "person", "both", "count", "who", "where", "each", "negate", "no_value", "compare",
              "avg", "sum", "max", "min", "first_of", "last_of", *RANKS)  # fmt: skip


def when_of(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """The date that is asked for of the rows in focus; None where more is said, or they have no such date."""
    rows = frames[0].main if frames else ()
    said = content(sentence)
    if not rows or len(said) > 1 or not sentence.has("when") or sentence.has(*_OTHERWISE) or sentence.english:
        return None
    if not any(mention.surface.startswith("언제") for mention in sentence.mentions):
        return None  # "날짜순으로" puts rows in order
    if any(map(points, sentence.mentions)) or any(m.amount or m.dates or m.unknown for m in sentence.mentions):
        return None
    ref = _date(sentence, said, rows[0].table)
    if ref is None:
        return None
    return Reading("query", Query(rows[0].table, columns=(ref,), filters=filter_on(rows, sentence.layer)))


def _date(sentence: Sentence, said: list[int], table: str) -> Ref | None:
    """The date named, else the one that says when such a row came to be."""
    meaning = sentence.layer.table(table)
    dates = [column.name for column in meaning.columns if column.role == "date"]
    if said:
        named = [column.name for column in sentence.columns(said[0]) if column.table == table and column.name in dates]
        return (table, named[0]) if len(named) == 1 and not sentence.is_name(said[0]) else None
    own = meaning.date or (dates[0] if len(dates) == 1 else None)
    return (table, own) if own is not None else None
