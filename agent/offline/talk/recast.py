"""Reads a question that asks the last one over in another shape: counted, added up, by group, of another table."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Measure, Query, Ref
from agent.offline.reading.reading import Reading
from agent.offline.talk.antecedents import content, is_owner_word
from agent.offline.talk.frames import Frame
from agent.offline.words.sentence import Sentence

_PLAIN = ("rows", "count")
_AGGREGATES: tuple[Measure, ...] = ("avg", "sum", "min", "max")


def recast(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """The last question in its new shape; None where the question says anything else."""
    query = next((frame.query for frame in frames if frame.query is not None), None)
    if query is None or query.measure not in _PLAIN or sentence.has("that", "it", "those", "person", "both", "why"):
        return None
    said = content(sentence)
    if not said:
        return _counted(sentence, query)
    if measured := _measured(sentence, said, query):
        return measured
    if len(said) == 1 and (found := _by_group(sentence, said[0], query) or _with_owner(sentence, said[0], query)):
        return found
    return _of_another_table(sentence, said, query) if len(said) == len(sentence.where("negate")) + 1 == 2 else None


def _counted(sentence: Sentence, query: Query) -> Reading | None:
    """As in "몇 개야?" after a list."""
    if not sentence.has("count") or sentence.has("each", "who", "where", "when") or not query.filters or query.groups:
        return None
    return Reading("query", replace(_plain(query), measure="count"), "count")


def _measured(sentence: Sentence, said: list[int], query: Query) -> Reading | None:
    """As in "다 합쳐서 몇 기가야?", "평균은?" after a list: of a measure that its rows have."""
    measure = next((name for name in _AGGREGATES if sentence.has(name)), None)
    columns = [sentence.nearest_column(place, query.head) for place in said]
    if measure is None or not query.filters or query.groups or sentence.has("each"):
        return None
    refs = [column.ref for column in columns if column is not None and column.role == "measure"]
    is_own = all(sentence.owner(table) == query.head for table, _ in refs)
    if len(refs) != len(said) or not is_own or any(sentence.table(place) for place in said):
        return None
    return Reading("query", replace(_plain(query), measure=measure, of=tuple(refs)))


def _by_group(sentence: Sentence, place: int, query: Query) -> Reading | None:
    """As in "팀별로는?" after a count: the same rows, counted for each value of a category."""
    column = sentence.nearest_column(place, query.head)
    if column is None or column.role != "category" or not sentence.does(place + 1, "each"):
        return None
    if joins.is_below(sentence.layer, query.head, column.table):
        return None
    return Reading("query", replace(_plain(query), measure="count", groups=(column.ref,), counted=query.head))


def _with_owner(sentence: Sentence, place: int, query: Query) -> Reading | None:
    """As in "담당자도 같이": the same rows, each with whose it is."""
    table = sentence.table(place)
    wants_both = sentence.has("also") or sentence.mentions[place].after.endswith("도")
    if table is None or not table.person or not wants_both or query.groups or not is_owner_word(sentence, place):
        return None
    if table.name == query.head or joins.is_below(sentence.layer, query.head, table.name):
        return None
    shown = query.columns or _refs(query.head, sentence.layer.table(query.head).show)
    owner = _refs(table.name, table.display)
    return Reading("query", replace(query, measure="rows", columns=tuple(dict.fromkeys((*shown, *owner)))))


def _of_another_table(sentence: Sentence, said: list[int], query: Query) -> Reading | None:
    """As in "아니 데이터셋 말고 파이프라인": the same conditions on other rows."""
    old, new = (sentence.table(place) for place in said)
    if old is None or new is None or old.name != query.head or not sentence.does(said[0] + 1, "negate"):
        return None
    is_own = any(one.ref[0] in ("", old.name) for one in query.filters)
    if is_own or not all(joins.connected(sentence.layer, new.name, one.ref[0]) for one in query.filters):
        return None
    return Reading("query", replace(_plain(query), head=new.name), "count" if query.measure == "count" else "list")


def _plain(query: Query) -> Query:
    """Its conditions and what it measures, without columns, groups or order."""
    return Query(
        query.head,
        filters=query.filters,
        either=query.either,
        present=query.present,
        absent=query.absent,
        measure=query.measure,
        concept=query.concept,
    )


def _refs(table: str, names: tuple[str, ...]) -> tuple[Ref, ...]:
    return tuple((table, name) for name in names)
