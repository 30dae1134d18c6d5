"""Finds what the row in focus came of, where nobody says whose: "무슨 데이터로 돌린 거야?" after one run."""

from agent.offline.query import joins
from agent.offline.talk.frames import Frame, filter_on
from agent.offline.talk.pointing.antecedents import Antecedent
from agent.offline.talk.pointing.places import content
from agent.offline.words.particles import OBJECT
from agent.offline.words.sentence import Sentence

_BY = ("로", "으로", "에서", *OBJECT, "갖고", "가지고")
_OF_ALL = ("each", "superlative", "many", "few", "high", "low", "count", "avg", "sum", "max", "min", "share", "rate",
           "newest", "oldest", "longest", "shortest", "no_value", "negate", "recommend", "other", "exists")  # fmt: skip
_ASKS = ("when", "where", "how_much", "which", "who")


def of_shown(sentence: Sentence, frames: tuple[Frame, ...], head: str) -> Antecedent | None:
    """The one row shown last, where just the row above it is asked for, or a column of that."""
    layer = sentence.layer
    rows = frames[0].main if frames else ()
    if len(rows) != 1 or rows[0].table == head or sentence.has(*_OF_ALL) or not sentence.has(*_ASKS):
        return None
    if not joins.connected(layer, rows[0].table, head) or joins.is_below(layer, rows[0].table, head):
        return None
    if any(m.amount or m.dates or m.parts for m in sentence.mentions):
        return None
    said = content(sentence)
    tables = [i for i in said if sentence.table(i) is not None]
    named = [i for i in tables if sentence.owner(_named(sentence, i)) == head]
    others = [i for i in said if i not in tables]
    if not named or any(sentence.values(i) or not (sentence.columns(i) or sentence.span(i)) for i in others):
        return None
    if any(not _is_above(sentence, i, rows[0].table, head) for i in tables if i not in named):
        return None
    by_it = any(sentence.mentions[i].after.startswith(_BY) for i in named)
    own = any(column.table == head for i in others for column in sentence.columns(i))
    return Antecedent(filter_on(rows, layer), head=head, rows=()) if by_it or own or sentence.has("when") else None


def _named(sentence: Sentence, i: int) -> str:
    table = sentence.table(i)
    return table.name if table is not None else ""


def _is_above(sentence: Sentence, i: int, shown: str, head: str) -> bool:
    """As 학습 in "학습 데이터": what stands between the row shown and the one asked for."""
    return (
        _named(sentence, i) in (shown, head)
        or sentence.is_verbal(i)
        or joins.connected(sentence.layer, shown, _named(sentence, i))
    )
