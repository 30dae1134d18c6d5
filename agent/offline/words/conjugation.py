"""What else is said of a state that is told by a verb: 멈춘 is also 멈췄, 멈춰 and 멈추."""

from collections.abc import Iterator
from typing import Final

from db.hangul import compose, keys

_ADNOMINAL: Final = "은는된진난친한춘린킨쓴긴"
"""The last syllables of verbs right before a noun, of which the stem is known."""
_CONTRACTED: Final = {"l": "u", "n": "nj", "m": "j", "h": "hk", "hl": "ho"}
"""A stem's vowel and what it becomes before a past or a further verb: ㅣ+ㅓ is ㅕ."""
_BRIGHT: Final = ("k", "h")
_VOWELS: Final = "koiOjpuPhynbml"


def conjugated(surface: str) -> Iterator[str]:
    """The other forms of a surface that ends in a verb before a noun, each without what may end it; none of others."""
    if len(surface) < 2 or surface[-1] not in _ADNOMINAL:
        return
    before, last = surface[:-1], surface[-1]
    stem = before if last in "은는" else before + compose(keys(last)[:-1])
    further = _further(stem)
    yield from (further, compose(keys(further) + "T"), _closed(stem, "f"), _closed(stem, "a"))
    if len(stem) > 1:
        yield stem
    yield from (stem + ending for ending in ("고", "던", "는", "네", "지", "면"))


def _further(stem: str) -> str:
    """The form that another verb follows: 멈춰, 죽어, 망해."""
    struck = keys(stem)
    if stem.endswith("하"):
        return stem[:-1] + "해"
    if struck[-1] not in _VOWELS:
        vowel = next(key for key in reversed(struck) if key in _VOWELS)
        return stem + ("아" if vowel in _BRIGHT else "어")
    vowel = "hl" if struck.endswith("hl") else struck[-1]
    return compose(struck[: -len(vowel)] + _CONTRACTED.get(vowel, vowel))


def _closed(stem: str, key: str) -> str:
    """The stem with an ending that closes its last syllable, or stands after 으: 멈출, 죽을."""
    return compose(keys(stem) + key) if keys(stem)[-1] in _VOWELS else stem + compose("dm" + key)
