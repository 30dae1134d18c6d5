"""Tells whether a question asks for figures of a named row: who made it is then told beside them."""

from agent.offline.words.sentence import Sentence

_THINGS = ("애들", "놈들", "것들", "녀석들", "아이들", "거", "것")
_BESIDE = ("까지", "도", "랑", "이랑", "하고", "와", "과")


def tells_of_named(sentence: Sentence) -> bool:
    """As in "surface-yolov5l f1이랑 누가 만들었는지": the row is asked for with its figure and its owner."""
    return _measured_row(sentence) is not None


def of_the_figure(sentence: Sentence, head: str) -> str:
    """The table of the named row whose figure is asked for beside its owner, who would be the head; else the head."""
    bounded = any(mention.amount for mention in sentence.mentions)
    if not sentence.layer.table(head).person:
        return head
    return (None if bounded else _measured_row(sentence)) or _things_before(sentence, head) or head


def _things_before(sentence: Sentence, head: str) -> str | None:
    """As in "스테이징에 올라간 애들 담당자까지": rows that only a value tells of, each with whose it is."""
    for i, table in sentence.tables():
        things = table == head and i > 0 and sentence.mentions[i - 1].surface in _THINGS
        if things and sentence.mentions[i].after.startswith(_BESIDE):
            told = {value.table for j in range(i) if not sentence.is_name(j) for value in sentence.values(j)}
            return next(iter(told)) if len(told) == 1 and head not in told else None
    return None


def _measured_row(sentence: Sentence) -> str | None:
    """The table of a named row of which a figure is asked."""
    named = {value.table for i in range(len(sentence)) if sentence.is_name(i) for value in sentence.values(i)}
    asked = (column for i in range(len(sentence)) if not sentence.values(i) for column in sentence.columns(i))
    owners = (sentence.owner(column.table) for column in asked if column.role == "measure")
    return next((owner for owner in owners if owner in named), None)
