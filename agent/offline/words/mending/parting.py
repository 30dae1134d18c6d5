"""Puts the space back between two English words that were typed as one: upthis month, showme, byteam."""

from datetime import date
from typing import Final

from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mentions import Cut, cut
from agent.offline.words.normalise import clean

LEAST: Final = 2
"""Letters of either word."""
_SHORTEST: Final = 5


def parted(
    text: str, typed: str, lexicon: Lexicon, today: date, known: frozenset[str], common: dict[str, int]
) -> str | None:
    """The two words that an unknown one is made of, where the sentence is understood with them; None where none are."""
    low = typed.lower()
    if len(low) < _SHORTEST or low in known or low in common:
        return None
    before = _lost(cut(text, lexicon, today))
    fitting: list[tuple[int, str]] = []
    for place in range(LEAST, len(low) - LEAST + 1):
        left, right = low[:place], low[place:]
        if not all(half in common or half in known or half in lexicon.latin for half in (left, right)):
            continue
        two = f"{left} {right}"
        if _lost(cut(clean(text.replace(typed, two, 1)), lexicon, today)) <= before - len(typed):
            fitting.append((_rank(left, common) + _rank(right, common), two))
    return min(fitting)[1] if fitting else None


def _rank(word: str, common: dict[str, int]) -> int:
    return common.get(word, len(common))


def _lost(found: Cut) -> int:
    return sum(len(mention.surface) for mention in found.mentions if mention.unknown)
