"""Reads in Korean what came of the rows asked for: 모델이 나온 파이프라인, 모델까지 등록된 학습."""

from agent.offline.query import joins
from agent.offline.words.sentence import Sentence

_CAME = ("이", "가", "까지", "도", "이라도", "라도", "까지도")
_SAYS_MORE = ("negate", "no_value", "many", "few", "each", "high", "low", "superlative", "newest", "oldest", "count")


def made_of(sentence: Sentence, head: str) -> list[str]:
    """The tables of which a row asked for must have one, since it came of it, where no more is said of those."""
    if sentence.english or sentence.has(*_SAYS_MORE):
        return []
    for i, table in sentence.tables():
        deed, noun = i + 1, sentence.table(i + 2)
        if i in sentence.used or table == head or sentence.values(i) or sentence.mentions[i].after not in _CAME:
            continue
        is_deed = deed < len(sentence) and sentence.is_verbal(deed) and not sentence.values(deed)
        if is_deed and noun is not None and noun.name == head and joins.is_below(sentence.layer, head, table):
            sentence.used.update((i, deed))
            return [table]
    return []
