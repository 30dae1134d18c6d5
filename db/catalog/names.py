"""Names that are alike, and names in a sentence."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

_ALIKE = 60
_MOST = 3


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
