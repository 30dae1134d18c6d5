"""Reads a question for those of the rows asked for that have none of something: 반대로 모델 안 나온 건?"""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Filter, Query
from agent.offline.reading.reading import Reading
from agent.offline.talk.changing.regroup import plain
from agent.offline.talk.frames import Frame
from agent.offline.talk.pointing.places import content
from agent.offline.words.sentence import Sentence

_ROWS = ("건", "거", "것", "게", "걸", "애", "애들", "놈", "녀석", "곳", "데", "ones", "any", "which", "those", "one")
_NOT = ("안", "못", "not", "never")


def lacking_of(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """The rows of the last question's kind without any of what is named; None where more is said than that."""
    query = frames[0].query if frames else None
    if query is not None and (unmeasured := _unmeasured(sentence, query)) is not None:
        return Reading("query", unmeasured)
    said = [i for i in content(sentence) if not (sentence.is_verbal(i) and not sentence.table(i))]
    table = sentence.table(said[0]) if len(said) == 1 else None
    if query is None or table is None or query.groups or table.part_of or sentence.is_verbal(said[0]):
        return None
    if table.name == query.head or not joins.connected(sentence.layer, query.head, table.name):
        return None
    if not joins.is_below(sentence.layer, query.head, table.name) or not _lacks(sentence, said[0]):
        return None
    if sentence.has("count", "who", "why", "where", "when", "each", "person", "it", "superlative", "both"):
        return None
    new = replace(plain(query), present=tuple(one for one in query.present if one != table.name), absent=(table.name,))
    return Reading("query", replace(new, measure="rows"))


def _unmeasured(sentence: Sentence, query: Query) -> Query | None:
    """As in "mAP 값 없는 건?" after the models in production: those of them without it."""
    said = content(sentence)
    column = sentence.nearest_column(said[0], query.head) if len(said) == 1 else None
    if column is None or column.role != "measure" or query.groups or not _lacks(sentence, said[0]):
        return None
    if (
        sentence.has("count", "why", "each", "person", "it", "superlative")
        or sentence.owner(column.table) != query.head
    ):
        return None
    lacked = Filter(column.ref, "null")
    kept = tuple(one for one in query.filters if one.ref != column.ref)
    return replace(plain(query), filters=(*kept, lacked), columns=(column.ref,), measure="rows")


def _lacks(sentence: Sentence, place: int) -> bool:
    """Whether none of it is asked for, of rows that only a bare word stands for."""
    says = any(sentence.does(i, "no_value") or sentence.mentions[i].surface.lower() in _NOT
               for i in sentence.where("no_value", "negate"))  # fmt: skip
    return says and any(m.surface.lower() in _ROWS for i, m in enumerate(sentence.mentions) if i != place)
