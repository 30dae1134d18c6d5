"""Takes an unknown stretch for the nearest known word, when only one is near enough; digits are never guessed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agent.offline.words.lexicon import Lexicon, Sense, Value
from agent.offline.words.mending.mend import Correction
from agent.offline.words.mending.slips import LONGEST_DOUBTFUL, LONGEST_SHORT, has_lone_jamo, is_likely
from agent.offline.words.mentions import Mention
from db.catalog.slipping import may_slip
from db.catalog.values import Match, fold
from db.hangul import compose, is_hangul, keys, norm, strip_josa

_LATIN_HEAD = re.compile(r"^([\x21-\x7e]+)(?=[가-힣]+$)")
_DIGITS = re.compile(r"\d+")
_GAPS = re.compile(r"[\s_.-]")
SHORTEST_WRONG_MODE = 4
"""Fewer keys typed in the wrong keyboard mode read as some word by chance."""

SHORTEST_MISSING = 3
"""Syllables of a word for what there is not, that another is taken for: 비욜 is hardly 비용."""


__all__ = ["Correction", "correct", "stems"]


def correct(mentions: Iterable[Mention], lexicon: Lexicon) -> tuple[tuple[Mention, ...], tuple[Correction, ...]]:
    """The mentions with near words put in place of unknown ones, and what was so corrected."""
    fixed: list[Mention] = []
    corrections: list[Correction] = []
    known = _Known(lexicon)
    spelled = tuple(mentions)
    joined = -1
    for i, mention in enumerate(spelled):
        if i == joined:
            continue
        better = known.nearest(mention) if mention.unknown else None
        if not mention.unknown and (other := _other_spelling(mention)):
            corrections.append(other)
        if better is None:
            fixed.append(mention)
            continue
        if i + 1 < len(spelled) and (both := known.with_next(better[0], spelled[i + 1])):
            joined = i + 1
            better = both, better[1]
        fixed.append(better[0])
        corrections.append(better[1])
    return tuple(fixed), tuple(corrections)


def _other_spelling(mention: Mention) -> Correction | None:
    """A name that was written with other gaps, or only in part."""
    values = tuple(s.value for s in mention.senses if s.value is not None) or mention.parts
    names = {str(value.value) for value in values}
    if len(names) != 1 or any(s.kind != "value" for s in mention.senses):
        return None
    taken = names.pop().removeprefix("%")  # as a file is sought: by the end of its path
    spaced = fold(mention.surface) == fold(taken) and bool(_GAPS.search(mention.surface + taken))
    differs = norm(mention.surface).casefold() != norm(taken).casefold()
    return Correction(mention.surface, taken, spelled=True) if differs and (spaced or mention.parts) else None


def _shelved(surfaces: Iterable[str]) -> dict[tuple[str, ...], dict[str, str]]:
    shelves: dict[tuple[str, ...], dict[str, str]] = {}
    for surface in surfaces:
        shelves.setdefault(tuple(_DIGITS.findall(surface)), {})[surface] = keys(surface)
    return shelves


class _Known:
    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def nearest(self, mention: Mention) -> tuple[Mention, Correction] | None:
        for stem in stems(mention.surface):
            after = mention.surface[len(stem) :]
            if values := self._values(stem):
                value = Value(values[0].table, values[0].column, values[0].value or "")
                senses = tuple(Sense("value", value=Value(m.table, m.column, m.value or "")) for m in values)
                fixed = replace(mention, senses=senses, unknown=False, after=after, corrected=str(value.value))
                return fixed, Correction(stem, str(value.value))
            if found := self._word(stem):
                fixed = replace(mention, senses=self.lexicon.at(found), unknown=False, after=after, corrected=found)
                return fixed, Correction(stem, self._readable(found))
        return None

    def with_next(self, mended: Mention, following: Mention) -> Mention | None:
        """A mended word and the one behind it as one surface, where they are: "inference" of "inference time"."""
        if mended.after or mended.corrected is None or not mended.corrected.isascii():
            return None
        senses = self.lexicon.at(fold(f"{mended.corrected} {following.surface}"))
        surface = f"{mended.surface} {following.surface}"
        return (
            replace(mended, senses=senses, end=following.end, surface=surface, after=following.after)
            if senses
            else None
        )

    def _values(self, stem: str) -> tuple[Match, ...]:
        found = tuple(m for m in self.lexicon.values.find(stem, limit=3) if not m.distance or _may_be(stem, m.text))
        sure = [match for match in found if match.confident and not match.partial]
        named = sure and len({match.value for match in sure}) == 1
        return tuple(sure) if named else ()

    def _word(self, stem: str) -> str | None:
        folded = fold(stem)
        if len(folded) >= SHORTEST_WRONG_MODE and folded.isascii() and self.lexicon.at(fold(compose(folded))):
            return fold(compose(folded))
        if not may_slip(folded) or has_lone_jamo(folded) or len(folded) < (2 if is_hangul(folded[0]) else 5):
            return None
        struck = self._shelves().get(tuple(_DIGITS.findall(folded)), {})
        most = 1 if len(keys(folded)) < 10 else 2
        key = keys(folded)
        near = process.extract(key, list(struck.values()), scorer=OSA.distance, score_cutoff=most, limit=4)
        if not near:
            return None
        surfaces = list(struck)
        best = [surfaces[i] for _, score, i in near if score == near[0][1] and _may_be(stem, surfaces[i])]
        best = [one for one in best if len(one) >= SHORTEST_MISSING or not _is_missing(self.lexicon.at(one))]
        meanings = {self.lexicon.at(surface) for surface in best}
        return best[0] if len(meanings) == 1 and len(best[0]) >= 2 else None

    def _shelves(self) -> dict[tuple[str, ...], dict[str, str]]:
        """The surfaces of the same digits with their keystrokes, by the digits."""
        return self.lexicon.lasting.once(("surfaces by digits",), lambda: _shelved(self.lexicon.surfaces()))

    def _readable(self, folded: str) -> str:
        for sense in self.lexicon.at(folded):
            if sense.table is not None:
                return sense.table.label.ko if is_hangul(folded[0]) else sense.table.name
            if sense.column is not None:
                return sense.column.label.ko if is_hangul(folded[0]) else sense.column.name
        return folded


def _is_missing(senses: tuple[Sense, ...]) -> bool:
    return any(sense.missing for sense in senses)


def _may_be(typed: str, meant: str) -> bool:
    """Whether a Latin word is no word of its own, but that one slipped."""
    if not (typed.isascii() and typed.isalpha() and meant.isascii()):
        return True
    if len(typed) > LONGEST_DOUBTFUL:
        return True
    near = len(typed) > LONGEST_SHORT and OSA.distance(typed.lower(), fold(meant)) <= 1
    return near and is_likely(typed, fold(meant))


def stems(surface: str) -> Iterator[str]:
    """What a word with unknown beginning may be without its particles, the word itself first."""
    if head := _LATIN_HEAD.match(surface):
        yield head.group(1)
    yield from strip_josa(surface)
