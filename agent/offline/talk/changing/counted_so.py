"""Finds what is to change where so many of it are asked for: 완료된 건 몇 개야?, how many not completed?"""

from dataclasses import replace
from typing import Final

from agent.offline.query.query import Query
from agent.offline.reading.reading import Reading
from agent.offline.talk.changing.regroup import plain
from agent.offline.talk.frames import Frame
from agent.offline.talk.pointing.places import content
from agent.offline.words.sentence import Sentence

_MORE: Final = ("each", "who", "where", "when", "which", "avg", "sum", "min", "max", "superlative", "share", "rate",
                "recommend", "compare", "how_much", "recorded", "also")  # fmt: skip
_ALL: Final = frozenset(
    {"전체", "전부", "모두", "총", "근데", "그나저나", "아무튼", "total", "overall", "altogether", "all"}
)
_PEOPLE: Final = ("명", "분", "사람", "people")


def without_count(sentence: Sentence, frames: tuple[Frame, ...]) -> Sentence | None:
    """The sentence without its count, where all else that it says narrows down what was asked for last."""
    query = frames[0].query if frames else None
    counts = sentence.where("count")
    if query is None or not counts or sentence.has(*_MORE) or not _is_counted(sentence, counts, query):
        return None
    if any(mention.surface.lower() in _ALL for mention in sentence.mentions):
        return None
    said = [i for i in content(sentence) if i not in counts]
    values = [i for i in said if sentence.values(i) and not sentence.is_name(i)]
    refs = {value.ref for i in values for value in sentence.values(i)}
    kinds = [i for i in said if i not in values and any(column.ref in refs for column in sentence.columns(i))]
    if not said or any(i not in (*values, *kinds) and not sentence.mentions[i].dates for i in said):
        return None
    if any(sentence.table(i) for i in said):
        return None
    rest = tuple(mention for i, mention in enumerate(sentence.mentions) if i not in (*counts, *kinds))
    return Sentence(rest, sentence.layer, english=sentence.english)


def _is_counted(sentence: Sentence, counts: list[int], query: Query) -> bool:
    """Whether the last question was of rows that the count may be of."""
    is_plain = query.measure in ("rows", "count") and query.filters and not (query.groups or query.limit or query.place)
    people = any(sentence.mentions[i].surface.lower().endswith(_PEOPLE) for i in counts)
    return bool(is_plain) and people == sentence.layer.table(query.head).person


def as_count(reading: Reading) -> Reading:
    """The rows of a reading counted."""
    query = reading.query
    return reading if query is None else replace(reading, query=replace(plain(query), measure="count"), style="count")
