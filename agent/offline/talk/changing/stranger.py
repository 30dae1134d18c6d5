"""Asks the last question of a person nobody knows, so that it is told that there is no such one: 김하늘님은?"""

import re
from dataclasses import replace

from agent.offline.reading.reading import Reading
from agent.offline.talk.frames import Frame
from agent.offline.words.asides.strangers import SURNAMES
from agent.offline.words.sentence import Sentence

_NAME = re.compile(r"[가-힣]{3}")


def of_stranger(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """The last question with that name in the place of the one it was of; None where more is said than the name."""
    query = frames[0].query if frames else None
    strange = [i for i, mention in enumerate(sentence.mentions) if mention.unknown]
    if query is None or len(strange) != 1 or query.groups:
        return None
    said = re.sub(r"(?:님|씨)$", "", sentence.mentions[strange[0]].surface)
    if not _NAME.fullmatch(said) or said[0] not in SURNAMES:
        return None
    if not all(sentence.is_filler(i) for i in range(len(sentence)) if i not in strange):
        return None
    named = [one for one in query.filters if one.op == "=" and not one.negated and len(one.values) == 1 and one.ref[0]]
    named = [one for one in named if sentence.layer.table(one.ref[0]).person
             and sentence.layer.column(one.ref).role == "name"]  # fmt: skip
    if len(named) != 1:
        return None
    new = replace(named[0], values=(said,))
    return Reading("query", replace(query, filters=tuple(new if one == named[0] else one for one in query.filters)))
