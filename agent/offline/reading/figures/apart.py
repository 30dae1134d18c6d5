"""Reads by how much two named ones differ: 샘플 수 차이, "how many more samples than"."""

import re

from agent.offline.query.query import COUNTED, Query, Ref
from agent.offline.words.sentence import Sentence

_DIFFERENCE = re.compile(
    r"차이(?!점)|늘었|줄었|늘어났|줄어들|올랐|떨어졌|높아졌|낮아졌|좋아졌|나빠졌|개선됐|빨라졌|느려졌|difference|differ|gap",
    re.IGNORECASE,
)
_PAIR = 2


def asked_apart(sentence: Sentence, query: Query) -> Ref | None:
    """The measure by which two rows or groups are apart; None where that is not asked, or of more than one."""
    pair = any(one.op == "=" and len(one.values) == _PAIR and not one.negated for one in query.filters)
    if not pair or query.place is not None or query.within or not _asks(sentence):
        return None
    if query.groups:
        is_one = (
            len(query.groups) == 1
            and not query.also
            and query.measure in ("count", "avg", "sum", "max", "min", "median")
        )
        return (query.of[0] if len(query.of) == 1 else COUNTED) if is_one and len(query.of) <= 1 else None
    if query.measure != "rows":
        return None
    told = query.columns or tuple(order.ref for order in query.order)
    measured = [ref for ref in dict.fromkeys(told) if not ref[0] or sentence.layer.column(ref).role == "measure"]
    return measured[0] if len(measured) == 1 else None


def _asks(sentence: Sentence) -> bool:
    if any(_DIFFERENCE.match(mention.surface) for mention in sentence.mentions):
        return True
    return sentence.has_contrast() and sentence.has("count", "how_much")
