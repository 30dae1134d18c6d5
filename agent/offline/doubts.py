"""What a query says that cannot be what was asked: its words are asked back."""

from collections.abc import Iterator
from itertools import combinations

from agent.offline.query import Filter, Query
from agent.offline.sentence import Sentence

_HELD = (">column", "<column", ">avg", "<avg", "alike")
_UP = ("high", "many", "over", "longest", "newest")
_DOWN = ("low", "few", "under", "shortest", "oldest")


def doubted(sentence: Sentence, query: Query) -> Iterator[str]:
    """The words whose meaning the query turns round; none where it holds together."""
    yield from _held_alone(sentence, query)
    yield from _never_both(sentence, query)
    yield from _many_of_a_piece(sentence, query)
    yield from _other_rows_share(sentence, query)


def _held_alone(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "A보다 f1 높은 모델", "faster than A": rows beyond that one are asked for, not that one itself."""
    if sentence.has_contrast() or any(f.op in _HELD for f in (*query.filters, *query.part)):
        return
    for i, mention in enumerate(sentence.mentions):
        than = i > 0 and sentence.mentions[i - 1].surface.lower().endswith("than")
        if i not in sentence.used and sentence.values(i) and (mention.after.startswith("보다") or than):
            yield mention.surface


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
