"""Tells whether a question asks for figures of a named row: who made it is then told beside them."""

from agent.offline.words.sentence import Sentence


def tells_of_named(sentence: Sentence) -> bool:
    """As in "surface-yolov5l f1이랑 누가 만들었는지": the row is asked for with its figure and its owner."""
    return _measured_row(sentence) is not None


def of_the_figure(sentence: Sentence, head: str) -> str:
    """The table of the named row whose figure is asked for beside its owner, who would be the head; else the head."""
    bounded = any(mention.amount for mention in sentence.mentions)
    row = _measured_row(sentence) if sentence.layer.table(head).person and not bounded else None
    return row or head


def _measured_row(sentence: Sentence) -> str | None:
    """The table of a named row of which a figure is asked."""
    named = {value.table for i in range(len(sentence)) if sentence.is_name(i) for value in sentence.values(i)}
    asked = (column for i in range(len(sentence)) if not sentence.values(i) for column in sentence.columns(i))
    owners = (sentence.owner(column.table) for column in asked if column.role == "measure")
    return next((owner for owner in owners if owner in named), None)
