"""Leaves a column out of what is shown: "목록 GPU 빼고 보여줘" asks for all of it but that."""

from dataclasses import replace

from agent.offline.query.query import Query
from agent.offline.words.sentence import Sentence

_LEAVES = ("빼", "뺀", "제외", "말고", "except", "excluding", "exclude", "leave out", "leaving out", "minus", "skip")


def leaves_out_a_column(sentence: Sentence, i: int, place: int) -> bool:
    """Whether the words at `i` leave a column out that is told at `place`, and none of its values."""
    leaves = sentence.mentions[i].surface.lower().startswith(_LEAVES)
    bare = bool(sentence.columns(place)) and not sentence.values(place) and sentence.table(place) is None
    return leaves and bare and not (place and sentence.values(place - 1))  # "v2.0 버전 빼고" leaves a value out


def without_columns(sentence: Sentence, query: Query) -> Query:
    """The rows with all that is shown of them but what is left out; what they are called by stays."""
    if query.measure not in ("rows", "distinct") or query.groups or query.within:
        return query
    table = sentence.layer.table(query.head)
    for i in sentence.where("negate"):
        place = i + 1 if sentence.english else i - 1
        column = sentence.nearest_column(place, query.head) if 0 <= place < len(sentence) else None
        if column is None or not leaves_out_a_column(sentence, i, place) or column.name in table.display:
            continue
        told = tuple(ref for ref in query.columns if ref != column.ref)
        left = told or tuple((table.name, name) for name in table.show if name != column.name)
        if query.measure == "rows" or query.of == (column.ref,):
            sentence.used.update((i, place))
            query = replace(query, measure="rows", of=(), columns=left)
    return query
