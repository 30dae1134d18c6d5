"""Takes a question for two kinds of rows apart: 프로젝트랑 모델, projects and models."""

from dataclasses import dataclass, replace

from agent.offline.reading.filters.two_states import two_states
from agent.offline.words.mentions import Mention
from agent.offline.words.particles import JOINING
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import TableMeaning

_PLUS = ("plus", "&", "+")


@dataclass(frozen=True, slots=True)
class _Joint:
    """Where two halves meet: the first begins its own at `one` and ends with `end`, the other's own is from `other`."""

    one: int
    end: int
    other: int
    last: int


def halves(sentence: Sentence) -> tuple[Sentence, ...]:
    """The sentence without the one and without the other of two joined tables; empty when there are none."""
    each = [i for i in sentence.where("each") if sentence.mentions[i].surface not in ("각각", "각자")]
    if sentence.has("no_value", "many_of", "share", "same"):
        return ()
    if states := two_states(sentence):
        return tuple(Sentence(half, sentence.layer, english=sentence.english) for half in states)
    is_one = bool(each) or sentence.has("compare")
    for end in range(len(sentence) - 1):
        joint = _joint(sentence, end)
        if (
            joint is None
            or (is_one and not _are_counts(sentence, joint))
            or sentence.is_verbal(joint.one)
            or sentence.is_verbal(joint.last)
        ):
            continue
        mentions = sentence.mentions
        behind = joint.last + 1 if joint.one == joint.end else joint.last + 1 + sentence.does(joint.last + 1, "count")
        first = (*mentions[: joint.end], replace(mentions[joint.end], after=""), *mentions[behind:])
        second = (*_shared(sentence, joint), *mentions[joint.other :])
        return tuple(Sentence(half, sentence.layer, english=sentence.english) for half in (first, second))
    return ()


def _joint(sentence: Sentence, end: int) -> _Joint | None:
    """The place where a table, or how many there are of it, is joined to another one."""
    mentions = sentence.mentions
    has_and = sentence.does(end + 1, "and") or mentions[end + 1].surface in _PLUS
    if not has_and and mentions[end].after not in JOINING:
        return None
    other = end + 2 if has_and else end + 1
    last = other + 1 if has_and and sentence.does(other, "count") else other
    later = sentence.table(last)
    one = end - 1 if sentence.does(end, "count") and sentence.table(end - 1) else end
    if later is None or later.part_of or not _is_counted(sentence, one, later):
        return None
    return _Joint(one, end, other, last)


def _are_counts(sentence: Sentence, joint: _Joint) -> bool:
    """As in "팀마다 프로젝트 수랑 모델 수": both are to be counted, whatever by."""
    behind = joint.one < joint.end and sentence.does(joint.last + 1, "count")
    return behind or (sentence.does(joint.one - 1, "count") and joint.last > joint.other)


def _is_counted(sentence: Sentence, one: int, later: TableMeaning) -> bool:
    """Whether a table stands there that is asked for beside the later one; or a count of whom a value names."""
    table = sentence.table(one)
    if table is None:
        is_last = sentence.does(one, "count") and sentence.mentions[one].surface.endswith("수")
        return is_last and any(sentence.values(i) for i in range(one))
    if table.part_of or table is later:
        return False
    return not later.person or table.person or sentence.has("count")


def _shared(sentence: Sentence, joint: _Joint) -> tuple[Mention, ...]:
    """What stands before the first half's own: the other's count takes the place of the first's."""
    before = sentence.mentions[: joint.one]
    is_counted = joint.last > joint.other and sentence.does(joint.one - 1, "count")
    return before[:-1] if is_counted else before
