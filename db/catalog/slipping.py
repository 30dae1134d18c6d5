"""How far a word may be from a name and still be taken for it: slipped keys."""

from db.hangul import is_hangul, keys

FEW_NAMES = 100
"""Up to this many names two slips still tell one name from another; above it, one (measured on generated names)."""
SHORTEST_FUZZY_LATIN = 5


def may_slip(folded: str) -> bool:
    """Whether a word is long enough to be taken for a near one: two syllables, or five letters."""
    is_korean = any(is_hangul(char) for char in folded)
    return len(folded) >= 2 if is_korean else sum(char.isalpha() for char in folded) >= SHORTEST_FUZZY_LATIN


def most_slips(folded: str, names: int) -> int:
    """How many slipped keys a match may have: fewer for short words and for many names."""
    by_length = max(1, min(3, len(keys(folded)) // 3))
    return min(by_length, 3 if names <= FEW_NAMES else 2)
