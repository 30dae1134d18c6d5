"""Finds the word whose meaning a question asks for: what does pending mean here, pending이 무슨 뜻이야."""

import re
from typing import Final

from agent.offline.words.lexicon import Lexicon
from db.catalog.values import fold

_ENGLISH: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^what (?:does|do|did|would) (?P<w>.+?) (?:actually |really |even )?(?:mean|stand for|refer to)\b",
        r"^what(?:'s| is| are) (?P<w>.+?) supposed to mean\b",
        r"^what(?:'s| is| are)? (?:the )?(?:meaning|definition) of (?P<w>.+)$",
        r"^what(?:'s| is| are) meant by (?P<w>.+)$",
        r"^(?:tell me |explain )?what (?P<w>.+?) means\b",
    )
)
_KOREAN: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?P<w>.+?) ?(?:무슨|어떤|뭔) ?(?:뜻|의미)",
        r"^(?P<w>.+?) ?(?:뜻|의미)[이가은는]? ?(?:뭐|무엇|뭔|모르|알려|설명|궁금|좀)",
        r"^(?P<w>.+?) ?(?:뜻|의미)[은는]?$",
    )
)
_ENDS: Final = re.compile(r"[\s?!.,'\"“”‘’`]+$|^[\s'\"“”‘’`]+")
_LEADS: Final = re.compile(
    r"^(?:the |a |an |that |this |여기서 |여기 |저 |그 )+|\s(?:here|there|in here)$", re.IGNORECASE
)
_PARTICLE: Final = re.compile(
    r"(?:이라는 ?(?:게|건|것은|말은|말이)|라는 ?(?:게|건|것은|말은|말이)|이란|이라는|라는|란|이|가|은|는|의|도)$"
)


def asked_meaning(text: str) -> tuple[str, ...]:
    """The word that is asked for, as it may be cut: with its particle, without, and without the nouns around it."""
    bare = _ENDS.sub("", text)
    match = next((found for pattern in (*_ENGLISH, *_KOREAN) if (found := pattern.search(bare))), None)
    if match is None:
        return ()
    word = _ENDS.sub("", _LEADS.sub("", match["w"].strip()))
    whole = (word, _PARTICLE.sub("", word))
    parts = (_PARTICLE.sub("", part) for one in whole[1:] for part in (one.rsplit(" ", 1)[0], one.split(" ", 1)[-1]))
    return tuple(dict.fromkeys(_ENDS.sub("", one) for one in (*whole, *parts) if one))


def means_something(word: str, lexicon: Lexicon) -> bool:
    """Whether the catalogue has something to tell of it; a name only stands for its row."""
    senses = (s for s in lexicon.at(fold(word)) if s.value is None)
    told = (s.criterion or s.concept or s.table or s.column for s in senses)
    return is_kind(word, lexicon) or any(told)


def is_kind(word: str, lexicon: Lexicon) -> bool:
    """Whether it is a value of a category."""
    told = (sense.value for sense in lexicon.at(fold(word)) if sense.value is not None)
    values = (*told, *lexicon.values_at(fold(word)))
    return any(lexicon.layer.column(value.ref).role == "category" for value in values)
