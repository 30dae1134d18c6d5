"""Takes a word that nothing explains for the longer one it cuts short: 파이프 for 파이프라인, 데셋 for 데이터셋."""

from collections.abc import Iterable, Iterator
from typing import Final

from agent.offline.words.lexicon import Lexicon, Sense
from agent.offline.words.mentions import is_particle
from db.catalog.values import fold

SHORTEST: Final = 2
LEAST_CUT: Final = 3
"""Syllables of a word that people cut short."""
_KINDS: Final = frozenset({"table", "column", "value"})


def lengthened(typed: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """The short word in `typed` (which may end in particles) and what it is short for; None where that is unclear."""
    for end in range(len(typed), SHORTEST - 1, -1):
        head, rest = typed[:end], typed[end:]
        if (not rest or is_particle(rest)) and (meant := _meant(fold(head), lexicon)):
            return head, meant
    return None


def _meant(short: str, lexicon: Lexicon) -> str | None:
    long = lexicon.lasting.once(("cut short",), lambda: tuple(_long(lexicon)))
    found = [(surface, senses) for surface, senses in long if _stands_for(short, surface)]
    exact = [one for one in found if one[0].startswith(short)] or found
    meanings = {frozenset(map(_meaning, senses)) for _, senses in exact}
    shared = frozenset.intersection(*meanings) if meanings else frozenset()
    return min((surface for surface, _ in exact), key=len) if shared else None


def _long(lexicon: Lexicon) -> Iterator[tuple[str, tuple[Sense, ...]]]:
    known = {s: kept for s in lexicon.surfaces() if (kept := _kept(s, lexicon))}
    for surface, senses in known.items():
        if not any(surface[:end] in known for end in range(LEAST_CUT, len(surface))):  # 파이프라인 번호 is two words
            yield surface, senses


def _kept(surface: str, lexicon: Lexicon) -> tuple[Sense, ...]:
    if len(surface) < LEAST_CUT or not all("가" <= char <= "힣" for char in surface):
        return ()
    return tuple(sense for sense in lexicon.at(surface) if sense.kind in _KINDS)


def _meaning(sense: Sense) -> object:
    return sense.table or sense.column or sense.value


def _stands_for(short: str, long: str) -> bool:
    """Whether it begins the word, or has its first syllable and others of it, half of them at least."""
    if len(short) < SHORTEST or len(short) >= len(long) or short[0] != long[0]:
        return False
    return long.startswith(short) or (2 * len(short) >= len(long) and _is_within(short, long))


def _is_within(short: Iterable[str], long: str) -> bool:
    syllables = iter(long)
    return all(char in syllables for char in short)
