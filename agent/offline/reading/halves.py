"""Takes a question for two kinds of rows apart: 프로젝트랑 모델, projects and models."""

from dataclasses import replace

from agent.offline.words.sentence import Sentence

_JOINING = ("와", "과", "랑", "이랑", "하고")


def halves(sentence: Sentence) -> tuple[Sentence, ...]:
    """The sentence without the one and without the other of two joined tables; empty when there are none."""
    each = [i for i in sentence.where("each") if sentence.mentions[i].surface not in ("각각", "각자")]
    if each or sentence.has("compare", "no_value", "many_of", "share", "same"):
        return ()
    for i, mention in enumerate(sentence.mentions):
        later = i + 2 if sentence.does(i + 1, "and") else i + 1
        joined = mention.after in _JOINING or later == i + 2
        one, other = sentence.table(i), sentence.table(later)
        if not joined or one is None or other is None or one.part_of or other.part_of or one is other:
            continue
        if other.person and not one.person and not sentence.has("count"):
            continue
        if not sentence.is_verbal(i) and not sentence.is_verbal(later):
            first = (*sentence.mentions[:i], replace(mention, after=""), *sentence.mentions[later + 1 :])
            second = (*sentence.mentions[:i], *sentence.mentions[later:])
            return tuple(Sentence(half, sentence.layer, english=sentence.english) for half in (first, second))
    return ()
