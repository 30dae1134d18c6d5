"""Finds slipped keys in names that are written with hyphens, before such a name is cut into its pieces."""

import re
from typing import Final

from agent.offline.words.lexicon import Lexicon
from db.catalog.values import fold

_NAME: Final = re.compile(r"(?<![\w./-])[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)+(?![\w/-]|\.\w)", re.ASCII)
SHORTEST: Final = 9
"""Characters of a name that a slip may be looked for in: fewer are near to too much."""


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
