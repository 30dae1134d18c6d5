"""Names: equal as SQLite takes them, alike, and in a sentence."""

import string
from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

_ALIKE = 60
_MOST = 3
_SMALL = {ord(letter): letter.lower() for letter in string.ascii_uppercase}


def folded(name: str) -> str:
    """Equal for names that are the same to SQLite, which knows cases of ASCII's letters alone: Ä is not ä there."""
    return name.translate(_SMALL)


def nearest(name: str, candidates: Iterable[str], *, most: int = _MOST) -> tuple[str, ...]:
    """At most `most` candidates that look like `name`, the likest first."""
    found = process.extract(
        name, list(candidates), scorer=fuzz.ratio, processor=utils.default_process, limit=most, score_cutoff=_ALIKE
    )
    return tuple(candidate for candidate, _, _ in found)


def listed(names: Iterable[str], *, most: int = 40) -> str:
    """Names in a sentence; says how many were left out."""
    every = tuple(names)
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more
