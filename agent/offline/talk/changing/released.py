"""Lets go of what was asked before, where a question says that it is meant no more: what's running right now?"""

from itertools import pairwise
from typing import Final

from agent.offline.query.query import Filter
from agent.offline.reading.filters import conditions
from agent.offline.talk.pointing.places import content
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import SemanticLayer

_NOW: Final = frozenset({"지금", "현재", "right now", "currently", "presently", "at the moment", "at present"})
_EVER: Final = frozenset({"ever", "ever been", "역대", "한 번이라도", "한번이라도"})
_LEADS: Final = "now"
"""In front of what is asked it only leads on: "now the failed ones"."""
_SHOWN: Final = ("보여", "나온", "나와", "말한", "말씀", "본", "보고", "알려", "얘기", "그", "이")
"""Behind "지금" these speak of the last answer: "지금 보여준 것 중"."""
_DIFFER: Final = ("달라", "다르", "다른", "차이", "differ")
_ENDS: Final = (">", ">=", "<", "<=", "between")


def still_held(sentence: Sentence, filters: tuple[Filter, ...]) -> tuple[Filter, ...]:
    """The conditions of the last question without its times, where it is asked of now, or of all time."""
    if not _is_of_now(sentence):
        return filters
    return tuple(one for one in filters if not _is_time(one, sentence.layer))


def is_whole(sentence: Sentence) -> bool:
    """As in "wafer v2.0이랑 v2.1 비교해줘": rows named in full are held against each other; nothing is left open."""
    layer = sentence.layer
    if sentence.has("also", "negate") or not (sentence.has("compare", "between") or _differs(sentence)):
        return False
    named = [i for i in content(sentence) if sentence.values(i)]
    tables = {value.table for i in named if sentence.is_name(i) for value in sentence.values(i)}
    if len(tables) != 1 or any(conditions.is_negated(sentence, i) for i in named):
        return False
    display = layer.table(next(iter(tables))).display
    told = {(v.column, v.value) for i in named for v in sentence.values(i) if v.table in tables and v.column in display}
    return {column for column, _ in told} == {*display} and len(told) > len(display)


def _is_of_now(sentence: Sentence) -> bool:
    """Whether a word of it says so; one that narrows down what was shown ("지금 A100만") does not."""
    if sentence.has("only", "that", "those") or any(m.after.endswith("만") for m in sentence.mentions):
        return False
    said = [mention.surface.lower() for mention in sentence.mentions]
    if any(word in _NOW and after.startswith(_SHOWN) for word, after in pairwise(said)):
        return False
    if any(word in _NOW or word in _EVER for word in said):
        return True
    return _LEADS in said and any(i < said.index(_LEADS) for i in content(sentence))


def _is_time(one: Filter, layer: SemanticLayer) -> bool:
    return bool(one.ref[0]) and one.op in _ENDS and layer.column(one.ref).role == "date"


def _differs(sentence: Sentence) -> bool:
    return any(mention.surface.lower().startswith(_DIFFER) for mention in sentence.mentions)
