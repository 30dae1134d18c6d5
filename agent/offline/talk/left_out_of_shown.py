"""Reads "운영 모델 거는 빼고 다시" after files: of the rows shown, without those that belong to others."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Query
from agent.offline.talk.frames import Frame
from agent.offline.words.sentence import Sentence

_OWNED = ("거", "것", "꺼", "건")
_LEFT_OUT = ("빼", "뺀", "제외", "말고")


def of_those_shown(sentence: Sentence, query: Query, frames: tuple[Frame, ...]) -> Query:
    """The last rows without those that the conditions hold for; the query itself where it asks anything else."""
    last = frames[0].query if frames else None
    if last is None or sentence.english or last.measure != "rows" or last.groups or query.head == last.head:
        return query
    left = [i for i in sentence.where("negate") if sentence.mentions[i].surface.startswith(_LEFT_OUT)]
    owned = any(_is_owned(sentence, i) for i in left)
    out = query.filters and all(one.negated for one in query.filters) and query.measure == "rows"
    if not owned or not out or not joins.connected(sentence.layer, last.head, query.head):
        return query
    return replace(last, filters=(*last.filters, *query.filters))


def _is_owned(sentence: Sentence, i: int) -> bool:
    """As in "모델 거는 빼고": what is left out belongs to the noun before it."""
    before = sentence.mentions[i - 1] if i else None
    if before is None:
        return False
    table = sentence.table(i - 1) is not None and before.after.startswith(_OWNED)
    return table or (before.surface.startswith(_OWNED) and sentence.table(i - 2) is not None)
