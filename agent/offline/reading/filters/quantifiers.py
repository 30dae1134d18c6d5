"""Reads what is said of all the rows below one: both of two values, nothing but one, all of them."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Filter
from agent.offline.words.sentence import Sentence

_ALL = (
    "모든",
    "전부",
    "모두",
    "다",
    "싹",
    "싹다",
    "죄다",
    "몽땅",
    "모조리",
    "all",
    "every",
    "each",
    "entirely",
    "always",
)
_ONLY = ("만", "only", "solely", "exclusively", "nothing but")
_SEVERAL = 2
_NEAR = 2
"""A quantifier stands so many mentions away from what it is said of, at most."""


def quantified(sentence: Sentence, head: str, filters: list[Filter]) -> list[Filter]:
    """The conditions, where those on rows below the head hold for each of their values, or for all the rows."""
    return [_of_all(sentence, head, one) or _of_both(sentence, head, one) or one for one in filters]


def is_below(sentence: Sentence, head: str, one: Filter) -> bool:
    """Whether a row of the head may have many rows that the condition is on."""
    table = one.ref[0]
    if not table or table == head or not joins.connected(sentence.layer, head, table):
        return False
    return sentence.layer.table(table).part_of != head and joins.is_below(sentence.layer, head, table)


def _of_both(sentence: Sentence, head: str, one: Filter) -> Filter | None:
    """As in "A100이랑 V100 둘 다 쓴 사람", "runs with both a log and a config"."""
    several = one.op == "=" and len(one.values) >= _SEVERAL and not one.negated
    if not several or not is_below(sentence, head, one) or sentence.has("or"):
        return None
    places = [i for i in sentence.where("both") if not _is_one_of(sentence, i)]
    places += [i for i, mention in enumerate(sentence.mentions) if mention.surface in ("모두", "다", "as well as")]
    own = _places(sentence, one)
    near = [i for i in places if own and min(own) - 2 <= i <= max(own) + _NEAR]
    if not near:
        return None
    sentence.used.update(near)
    return replace(one, op="each")


def _is_one_of(sentence: Sentence, i: int) -> bool:
    """As in "둘 중 하나라도": one of the two is enough."""
    return sentence.mentions[i].surface in ("둘 중", "둘")


def _of_all(sentence: Sentence, head: str, one: Filter) -> Filter | None:
    """As in "완료된 파이프라인만 있는 프로젝트", "파이프라인이 전부 완료된 프로젝트", "people who only use PyTorch"."""
    if one.op != "=" or one.negated or not is_below(sentence, head, one):
        return None
    place = next((p for i in _places(sentence, one) if (p := _only(sentence, i, one, head)) is not None), None)
    if place is None:
        place = next((p for i in _places(sentence, one) if (p := _all(sentence, i, one)) is not None), None)
    if place is None:
        return None
    sentence.used.update((place, *_places(sentence, one)))
    return replace(one, op="solely")


def _places(sentence: Sentence, one: Filter) -> list[int]:
    """Where its values stand."""
    return [i for i in range(len(sentence)) if any(v.ref == one.ref and v.value in one.values
                                                   for v in sentence.values(i))]  # fmt: skip


def _only(sentence: Sentence, i: int, one: Filter, head: str) -> int | None:
    """Where it says that there is nothing else: behind the value, or its noun, in Korean, before it in English."""
    if sentence.english:
        heads = [j for j, table in sentence.tables() if table == head]
        before = range(max(0, i - _NEAR), i)
        after_head = any(j < i for j in heads) or sentence.has("who", "which")
        found = [j for j in before if sentence.mentions[j].surface.lower() in _ONLY]
        return found[-1] if found and after_head and not any(j > found[-1] and j < i for j in heads) else None
    noun = sentence.table(i + 1)
    last = i + 1 if noun is not None and noun.name == one.ref[0] else i
    if _says_only(sentence.mentions[last].after):
        return last
    return last + 1 if sentence.does(last + 1, "only") and not sentence.mentions[last + 1].spaced else None


def _says_only(after: str) -> bool:
    """As in 체크포인트만, PyTorch로만; not 하지만."""
    return after.endswith("만") and after != "지만"


def _all(sentence: Sentence, i: int, one: Filter) -> int | None:
    """Where it says "all" of the rows that the value is said of, whose noun stands before: 파이프라인이 전부 완료된."""
    nouns = [j for j, table in sentence.tables() if table == one.ref[0] and j < i]
    if not nouns:
        return None
    beside = [nouns[-1] - 1, *range(nouns[-1] + 1, i)]
    found = [j for j in beside if j >= 0 and sentence.mentions[j].surface.lower() in _ALL]
    return found[-1] if found else None
