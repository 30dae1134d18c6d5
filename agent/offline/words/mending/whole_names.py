"""Finds names as they are written short or with a slipped key, before anything is cut into its pieces."""

import re
from typing import Final

from agent.offline.words.lexicon import Lexicon
from db.catalog.values import fold

_NAME: Final = re.compile(r"(?<![\w./-])[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)+(?![\w/-]|\.\w)", re.ASCII)
SHORTEST: Final = 9
"""Characters of a name that a slip may be looked for in: fewer are near to too much."""


_INITIALS: Final = re.compile(r"(?<![가-힣ㄱ-ㅣ])[ㄱ-ㅎ]{2,}(?![ㅏ-ㅣ])")


def is_initials(typed: str) -> bool:
    """Whether it is first consonants alone, as people shorten a name: ㄱㅁㅈ."""
    return _INITIALS.fullmatch(typed) is not None


def initialled(text: str, lexicon: Lexicon) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text with the only name that has these initials in their place, and what was put for what."""
    taken: list[tuple[str, str]] = []

    def known(match: re.Match[str]) -> str:
        typed = match.group()
        if lexicon.at(typed):
            return typed
        names = {str(one.value) for one in lexicon.values.initials(typed)}
        if len(names) != 1:
            return typed
        taken.append((typed, name := names.pop()))
        return name

    return _INITIALS.sub(known, text), tuple(taken)


def named(text: str, lexicon: Lexicon) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text with each such name as it is in the catalogue, where one alone is near, and what was put for what.

    Digits are equal; a piece of a name is left as it is.
    """
    taken: list[tuple[str, str]] = []

    def known(match: re.Match[str]) -> str:
        typed = match.group()
        folded = fold(typed)
        if len(typed) < SHORTEST or lexicon.values_at(folded) or lexicon.at(folded) or lexicon.parts_at(folded):
            return typed
        near = [one for one in lexicon.values.find(typed, limit=3) if one.confident and not one.partial]
        names = {str(one.value) for one in near}
        if len(names) != 1 or typed.casefold() in (name := names.pop()).casefold():
            return typed
        taken.append((typed, name))
        return name

    return _NAME.sub(known, text), tuple(taken)
