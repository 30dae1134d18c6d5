"""What a Korean question asks beside what its query gives: another than itself, a second thing, all at once."""

from collections.abc import Iterator

from agent.offline.query.query import Query
from agent.offline.words.sentence import Sentence

_ALONE = ("뭐가", "뭘", "무엇이", "무엇을", "뭐를")
_AT_ONCE = ("한번에", "한 번에", "한꺼번에", "한방에")
_MANY = 3


def turned_away(sentence: Sentence, query: Query) -> Iterator[str]:
    """The words of what is asked beside; none where the query gives all of it."""
    if sentence.english:
        return
    yield from _other_than_itself(sentence, query)
    yield from _second_thing(sentence, query)
    yield from _all_at_once(sentence, query)


def _other_than_itself(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "그거 학습시킨 사람 다른 모델": other rows than the one that the query is held to."""
    key = (query.head, sentence.layer.table(query.head).primary_key)
    held = any(one.ref == key and one.op == "=" and not one.negated for one in query.filters)
    for i in sentence.where("other") if held else []:
        table = sentence.table(i + 1)
        if table is not None and table.name == query.head:
            yield f"{sentence.mentions[i].surface} {sentence.mentions[i + 1].surface}"


def _second_thing(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "어떤 데이터로 돌렸고 뭐가 나왔어": what else came of it has no noun."""
    asked = sentence.where("which")
    first = [i for i in asked if sentence.table(i + 1) is not None]
    if first and query.measure == "rows" and not query.order:
        later = (i for i in asked if i > first[0] + 1 and sentence.mentions[i].surface in _ALONE)
        yield from (sentence.mentions[i].surface for i in later if i < len(sentence) - 1 and sentence.is_filler(i + 1))


def _all_at_once(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "프로젝트 데이터셋 파이프라인 담당자 한번에": each of them is to be told, not the last alone."""
    at_once = [mention.surface for mention in sentence.mentions if mention.surface in _AT_ONCE]
    row = [i for i, _ in sentence.tables() if not sentence.mentions[i].after and sentence.table(i + 1) is not None]
    if at_once and len(row) >= _MANY - 1 and query.measure == "rows" and not query.columns:
        yield from at_once
