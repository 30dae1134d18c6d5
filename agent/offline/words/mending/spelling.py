"""Undoes one slipped key in an English word that is none by itself, where the sentence tells which was meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Final

from agent.offline.words import grammar
from agent.offline.words.explains import Explains
from agent.offline.words.idioms.plain import spoken
from agent.offline.words.lexicon import Lexicon, Sense
from agent.offline.words.literal import LITERAL
from agent.offline.words.mending.parting import parted
from agent.offline.words.mending.slips import undone
from agent.offline.words.mentions import Cut, Mention, cut
from agent.offline.words.normalise import clean
from db.catalog.values import fold

FILE: Final = Path(__file__).with_name("english.txt")
LONGEST: Final = 12
"""Letters of a word looked at here."""
SHORT: Final = 3
ACRONYM: Final = 3
"""Letters of an acronym whose own letters tell it when two of them are struck too early: PGU, CVS."""
MOST_WEIGHED: Final = 10
MOST_MENDED: Final = 3
MARGIN: Final = 0.15
"""A reading must be so much better than the next, where they say different things."""
RARE: Final = 0.06
"""How much dearer a word is for being less common, by the logarithm of its place among the common ones."""
TWICE: Final = -0.2
"""A letter typed twice is hardly anything else."""
UNLISTED: Final = 150
"""The place among the common words of one that a catalogue has, and no list."""
_WORD: Final = re.compile(r"(?<![\w./@#%+'-])[A-Za-z]{1,12}(?![\w/@#%+-]|\.\w|'(?!s\b)\w)", re.ASCII)
_LETTERS: Final = "aiwxvsukrm"
"""Letters that stand for themselves, for a word or for a unit."""
_WEAK: Final = frozenset({"filler", "list", "exists", "and", "also"})


@cache
def ranks() -> dict[str, int]:
    """English words by how common they are, the commonest first."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    words = " ".join(line for line in lines if not line.startswith("#")).split()
    return {word: place for place, word in enumerate(words, start=1)}


@cache
def function_words() -> frozenset[str]:
    """The single words of the grammar and of the idioms."""
    surfaces = (word.surface.lower() for entries in grammar.words().values() for word in entries)
    single = frozenset(piece for surface in surfaces for piece in re.findall(r"[a-z]{2,}", surface))
    return single | {word for word in spoken() if word in ranks()}


def _is_twice(typed: str, word: str) -> bool:
    """Whether the word was typed with one of its letters twice."""
    return any(a == b and typed[:i] + typed[i + 1 :] == word for i, (a, b) in enumerate(pairwise(typed)))


@dataclass(frozen=True, slots=True)
class _Weighed:
    cost: float
    word: str
    meaning: frozenset[object]


def respelled(text: str, lexicon: Lexicon, explains: Explains, today: date) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The clean text with such slips undone, and what was put for what. Acronyms and what is quoted stay."""
    speller = _Speller(lexicon, explains, today)
    taken: list[tuple[str, str]] = []
    for typed in speller.doubtful(text)[:MOST_MENDED]:
        meant = speller.meant(text, typed) or parted(text, typed, lexicon, today, function_words(), ranks())
        if meant is not None:
            text = clean(_put(text, typed, meant))
            taken.append((typed, meant))
    return text, tuple(taken)


def _put(text: str, typed: str, meant: str) -> str:
    return re.sub(rf"(?<![A-Za-z0-9]){re.escape(typed)}(?![A-Za-z0-9])", meant, text, count=1)


class _Speller:
    def __init__(self, lexicon: Lexicon, explains: Explains, today: date) -> None:
        self.lexicon = lexicon
        self.explains = explains
        self.today = today

    def doubtful(self, text: str) -> list[str]:
        """The words of a text that nothing explains and that are none in English."""
        if not any(char.isascii() and char.isalpha() for char in text):
            return []
        found = cut(text, self.lexicon, self.today)
        unknown = {found.place(m) for m in found.mentions if m.unknown}
        if not unknown:
            return []
        quoted = [(match.start(), match.end()) for match in LITERAL.finditer(text)]
        return [
            word.group()
            for word in _WORD.finditer(text)
            if any(word.start() <= place < word.end() for place in unknown)
            and not any(start <= word.start() < end for start, end in quoted)
            and (not word.group().isupper() or self._is_acronym(word.group()))
            and word.group().lower() not in ranks()
            and not (len(word.group()) == 1 and (word.group() in _LETTERS or word.end() == len(text)))
        ]

    def _is_acronym(self, typed: str) -> bool:
        """Whether its letters are those of a known acronym."""
        letters = sorted(typed.lower())
        return any(len(word) == ACRONYM and sorted(word) == letters for word in self.lexicon.latin)

    def meant(self, text: str, typed: str) -> str | None:
        """The word that was meant; None where none fits, or two that say different things fit as well."""
        before = _lost(cut(text, self.lexicon, self.today))
        near = sorted(self._near(typed.lower()))[:MOST_WEIGHED]
        weighed = (self._weighed(text, typed, prior, word, before) for prior, word in near)
        fitting = sorted((one for one in weighed if one is not None), key=lambda one: one.cost)
        if not fitting:
            return None
        best = fitting[0]
        rivals = [one for one in fitting[1:] if one.cost - best.cost < MARGIN and one.meaning != best.meaning]
        return best.word if not rivals else None

    def _near(self, typed: str) -> Iterator[tuple[float, str]]:
        for word, rarity in undone(typed):
            known = word in function_words()
            own = (
                not known
                and len(word) > 2
                and (word in self.lexicon.latin or (len(word) > SHORT and self.explains.knows(fold(word))))
            )
            if (not known and not own) or len(word) < 2:
                continue
            if len(typed) <= SHORT and len(word) < len(typed) and not _is_twice(typed, word):
                continue  # a letter too many is rare in what is so short: bea is rather beat than be
            if word not in ranks() and (
                f"{word}d" in self.lexicon.latin or (word[-1] == "s" and word[:-1] in function_words())
            ):
                continue  # a form that only the rules make of a word: adde, bests
            place = ranks().get(word, UNLISTED)
            likely = TWICE if _is_twice(typed, word) else rarity
            yield likely + RARE * log(min(place, UNLISTED) if own else place), word

    def _weighed(self, text: str, typed: str, prior: float, word: str, before: int) -> _Weighed | None:
        found = cut(clean(_put(text, typed, word)), self.lexicon, self.today)
        if _lost(found) > before - len(typed):
            return None
        return _Weighed(found.cost + prior, word, frozenset(filter(None, map(_meaning, found.mentions))))


def _lost(found: Cut) -> int:
    """How many letters of a text nothing explains."""
    return sum(len(mention.surface) for mention in found.mentions if mention.unknown)


def _meaning(mention: Mention) -> object:
    """What a mention says; None where it says nothing of the rows."""
    words = {sense.word.does for sense in mention.senses if sense.word is not None}
    if words and words & _WEAK and all(_is_word(sense) for sense in mention.senses):
        return None
    return (mention.senses, mention.parts, mention.amount, mention.dates)


def _is_word(sense: Sense) -> bool:
    return sense.word is not None
