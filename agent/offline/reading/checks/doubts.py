"""What a query says that cannot be what was asked: its words are asked back."""

from collections.abc import Iterator
from itertools import combinations

from agent.offline.query.query import COUNTED, Filter, Query
from agent.offline.reading.checks.half_read import half_read
from agent.offline.reading.checks.one_of_several import one_of_several
from agent.offline.reading.checks.turned_away import turned_away
from agent.offline.words.particles import SUBJECT, TOPIC
from agent.offline.words.sentence import Sentence

_PIECES = 3
_RANKS = ("many", "few", "high", "low", "newest", "oldest", "longest", "shortest")
_HELD = (">column", "<column", ">avg", "<avg", ">row", "<row", "alike")


def doubted(sentence: Sentence, query: Query) -> Iterator[str]:
    """The words whose meaning the query turns round; none where it holds together."""
    yield from _held_alone(sentence, query)
    yield from _never_both(sentence, query)
    yield from _many_of_a_piece(sentence, query)
    yield from _other_rows_share(sentence, query)
    yield from _lost_groups(sentence, query)
    yield from _beyond_nothing(sentence, query)
    yield from _ranked_twice(sentence, query)
    yield from _pieced_together(sentence)
    yield from _lacked_and_there(sentence, query)
    yield from _furthest_apart(sentence, query)
    yield from _most_of_each(sentence, query)
    yield from _held_against_what_was_told(sentence, query)
    yield from half_read(sentence, query)
    yield from turned_away(sentence, query)
    yield from one_of_several(sentence, query)


def _held_alone(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "A보다 f1 높은 모델", "faster than A": rows beyond that one are asked for, not that one itself."""
    if any(f.op in _HELD for f in (*query.filters, *query.part)):
        return
    mentions = sentence.mentions
    for i, mention in enumerate(mentions):
        refs = {value.ref for value in sentence.values(i)}
        others = (value.ref for j in range(len(sentence)) if j != i for value in sentence.values(j))
        behind = i + 1 < len(sentence) and mentions[i + 1].surface.startswith("보다")
        than = behind or (
            i > 0 and not mentions[i - 1].does("negate") and mentions[i - 1].surface.lower().endswith("than")
        )
        held = i not in sentence.used and refs and (than or mention.after.startswith("보다"))
        if held and refs.isdisjoint(others) and not _has_subject(sentence, i):
            yield mention.surface


def _held_against_what_was_told(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "그보다 느린 건?" after an average: a figure that was told is no row that others are held against."""
    if sentence.english or any(f.op in _HELD for f in (*query.filters, *query.part)):
        return
    for i in sentence.where("that", "it"):
        if sentence.mentions[i].after.startswith("보다"):
            yield f"{sentence.mentions[i].surface}보다"


def _has_subject(sentence: Sentence, i: int) -> bool:
    """As in "OCR 모델이 A보다 느려?", "is B slower than A": something else is held against it."""
    if sentence.english:
        asks = sentence.does(0, "exists")
        return any(sentence.is_name(j) or (asks and sentence.values(j)) for j in range(i))
    before = (j for j in range(i) if sentence.values(j) or sentence.table(j))
    return any(sentence.mentions[j].after.startswith((*SUBJECT, *TOPIC)) for j in before)


def _beyond_nothing(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "두 종류 이상", "faster than that": a comparison that no amount and no row was read with."""
    if any(f.op in _HELD for f in (*query.filters, *query.part)) or sentence.has_contrast():
        return
    for i in sentence.where("at_least", "at_most", "over", "under"):
        mention = sentence.mentions[i]
        spent = i in sentence.used or i in sentence.compared or any(sense.word is None for sense in mention.senses)
        may_forbid = mention.surface.startswith("안")  # "오탐 나면 안 되는" compares nothing
        if not spent and not may_forbid and not sentence.is_filler(i) and not _near_dates(sentence, i):
            yield mention.surface


def _ranked_twice(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "모델 제일 많이 만든 사람의 최신 모델": one rank inside another, of which a query gives but one."""
    if len(query.order) > 1:
        return
    ranks = [i for i in range(len(sentence)) if _is_rank(sentence, i)]
    kinds = {s.word.does for i in ranks for s in sentence.mentions[i].senses if s.word and s.word.does in _RANKS}
    aggregated = query.measure in ("avg", "sum") and not query.order
    if (len(ranks) > 1 and len(kinds) > 1) or (aggregated and ranks and not query.groups):
        yield sentence.mentions[ranks[-1]].surface


def _is_rank(sentence: Sentence, i: int) -> bool:
    """Whether it says the first of an order: 가장 많은, 최신, the latest."""
    if not sentence.does(i, *_RANKS) or sentence.values(i):
        return False
    surface = sentence.mentions[i].surface.lower()
    return (
        sentence.does(i - 1, "superlative") or surface.startswith(("최신", "최대", "최소")) or surface.endswith("est")
    )


def _pieced_together(sentence: Sentence) -> Iterator[str]:
    """As in "중요한 파이프라인": a word before a noun that is nothing but syllables which say nothing each."""
    start = 0
    for i in range(1, len(sentence)):
        if sentence.mentions[i].spaced:
            word = sentence.mentions[start:i]
            said = "".join(mention.surface + mention.after for mention in word)
            plain = all(len(m.surface) == 1 and sentence.is_filler(j) and not m.surface.isascii()
                        for j, m in enumerate(word, start))  # fmt: skip
            if len(word) > 1 and len(said) >= _PIECES and plain and sentence.table(i) is not None:
                yield said
            start = i


def _near_dates(sentence: Sentence, i: int) -> bool:
    """As in "over the last month": what is said of a date is in the date."""
    return any(mention.dates for mention in sentence.mentions[max(0, i - 2) : i + 3])


def _never_both(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "작년이랑 올해": no row is of both times, so both together are not what is asked for."""
    spans = [f for f in query.filters if f.op == "between" and not f.negated]
    if any(one.ref == other.ref and _apart(one, other) for one, other in combinations(spans, 2)):
        yield from (mention.surface for mention in sentence.mentions if mention.dates)


def _apart(one: Filter, other: Filter) -> bool:
    """Whether one range ends before the other begins."""
    if not all(bound is None or isinstance(bound, str) for bound in (*one.values, *other.values)):
        return False
    (a, b), (c, d) = (tuple(map(str, f.values)) if None not in f.values else ("", "~") for f in (one, other))
    return b <= c or d <= a


def _many_of_a_piece(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "A-exp01이랑 exp02": beside a whole name, a piece of several is one of them; which one is not said."""
    named = [i for i in range(len(sentence)) if sentence.is_name(i)]
    whole = any(len({v.value for v in sentence.values(i)}) == 1 for i in named)
    for i in named:
        parts = {part.value for part in sentence.mentions[i].parts}
        if whole and len(parts) > 1 and not query.groups and sentence.has("compare", "and", "or"):
            yield sentence.mentions[i].surface


def _other_rows_share(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in a share of projects by the state of their pipelines, where nobody spoke of projects."""
    if query.measure != "share" or not query.ended or not query.part:
        return
    spoken = {table for _, table in sentence.tables()}
    if query.part[0].ref[0] != query.head and query.head not in spoken:
        yield from (m.surface for i, m in enumerate(sentence.mentions) if sentence.does(i, "rate", "share"))


def _lost_groups(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in 사용자별 where 사용 was read as a verb: by what to group was swallowed."""
    if query.groups or query.within:
        return
    for i, mention in enumerate(sentence.mentions):
        if sentence.is_filler(i) and mention.after.endswith(("자별", "마다")):
            yield mention.surface + mention.after


def _lacked_and_there(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "users without completed runs this year": which rows are lacked is said twice, and they cannot be there."""
    there = {f.ref[0] for f in query.filters if not f.negated and f.ref[0] in query.absent}
    for i, table in sentence.tables(verbal=True):
        if table in there:
            yield sentence.mentions[i].surface


def _furthest_apart(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "정밀도와 재현율의 차이가 가장 큰 모델": ranked by two columns, of which a query has one."""
    for i in sentence.where("compare"):
        ranked = sentence.does(i + 1, "superlative", "high", "low") and bool(query.order)
        before = [j for j in range(i) if any(column.role == "measure" for column in sentence.columns(j))]
        if not sentence.english and ranked and len(before) > 1 and sentence.mentions[i].surface.startswith("차이"):
            yield sentence.mentions[i].surface


def _most_of_each(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "GPU마다 학습을 가장 많이 돌린 사람": who has the most in each group, where groups were ranked instead."""
    if sentence.english or query.place is None or not query.groups or not query.order or query.order[0].ref != COUNTED:
        return
    ranks = [i for i in sentence.where("many", "few") if sentence.does(i - 1, "superlative")]
    last = [i for i, table in sentence.tables() if table == query.counted and i not in sentence.grouped]
    by = any(sentence.mentions[i].after.startswith("마다") or sentence.does(i + 1, "each") for i in sentence.grouped)
    if by and ranks and last and last[-1] > ranks[-1] and query.groups[0][0] != query.counted:
        yield sentence.mentions[ranks[-1]].surface
