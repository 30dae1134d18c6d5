"""Names: alike ones, several in a sentence, those that SQL wants quoted."""

import re
from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz, process, utils

_ALIKE = 60
_MOST = 3
_PLAIN: Final = re.compile(r"[a-z_][a-z0-9_]*")
_RESERVED: Final = """
add all alter analyse analyze and any array as asc asymmetric autoincrement between both case cast check collate
column commit constraint create current_date current_role current_time current_timestamp current_user default
deferrable delete desc distinct do drop else end escape except exists false fetch for foreign from grant group
having if in index initially insert intersect into is isnull join lateral leading limit localtime localtimestamp
not nothing notnull null offset on only or order placing primary references returning select session_user set
some symmetric table then to trailing transaction true union unique update user using values variadic when where
window with
"""
"""Words that name no column or table in SQLite or in Postgres, unless they are quoted."""


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


def is_plain(name: str) -> bool:
    """Whether a table or column can be written without quotes: Postgres would fold capitals away."""
    return bool(_PLAIN.fullmatch(name)) and name not in _RESERVED.split()
