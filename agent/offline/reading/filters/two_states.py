"""Takes counts of two states of the same rows apart: 완료 파이프라인 수랑 실패 파이프라인 수."""

from dataclasses import replace

from agent.offline.words.mentions import Mention
from agent.offline.words.sentence import Sentence

_JOINING = ("와", "과", "랑", "이랑", "하고")


def two_states(sentence: Sentence) -> tuple[tuple[Mention, ...], ...]:
    """The mentions with the one count alone, and with the other; () where it doesn't ask for two of them."""
    if sentence.english:
        return _in_english(sentence)
    for end in sentence.where("count"):
        found = _counted(sentence, end)
        if found is not None:
            state, noun, other, behind = found
            mentions = sentence.mentions
            first = (*mentions[:end], replace(mentions[end], after=""), *mentions[behind + 1 :])
            return first, (*mentions[:state], mentions[other], mentions[noun], *mentions[behind:])
    return ()


def _counted(sentence: Sentence, end: int) -> tuple[int, int, int, int] | None:
    """The places of the first state, its noun, the other state, and the other count."""
    noun, state = end - 1, end - 2
    has_and = sentence.does(end + 1, "and")
    if not has_and and sentence.mentions[end].after not in _JOINING:
        return None
    other = end + 2 if has_and else end + 1
    same = sentence.table(other + 1) is not None and sentence.table(other + 1) is sentence.table(noun)
    behind = other + 2 if same else other + 1
    counts = sentence.table(noun) is not None and sentence.does(behind, "count")
    return (state, noun, other, behind) if counts and _are_alike(sentence, state, other) else None


def _in_english(sentence: Sentence) -> tuple[tuple[Mention, ...], ...]:
    """As in "number of completed runs and failed runs per team"."""
    mentions = sentence.mentions
    for i in sentence.where("and"):
        other = i + 1 + sentence.does(i + 1, "count")
        same = sentence.table(i - 1) is not None and sentence.table(other + 1) is sentence.table(i - 1)
        if same and sentence.does(i - 3, "count") and _are_alike(sentence, i - 2, other):
            return (*mentions[:i], *mentions[other + 2 :]), (*mentions[: i - 2], *mentions[other:])
    return ()


def _are_alike(sentence: Sentence, one: int, other: int) -> bool:
    """Whether they are values of one category."""
    refs = {value.ref for value in sentence.values(one)} & {value.ref for value in sentence.values(other)}
    return bool(refs) and not sentence.is_name(one) and not sentence.is_name(other)
