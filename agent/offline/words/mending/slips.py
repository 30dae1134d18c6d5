"""What a word may have been before one key of it slipped: struck beside, left out, struck twice or too early."""

import re
from collections.abc import Iterator
from typing import Final

from db.hangul import compose, is_hangul, keys

_LONE_JAMO: Final = re.compile("[ㄱ-ㅣ]")
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _neighbours() -> dict[str, str]:
    """The keys that a finger may hit instead; E and R are e and r with shift."""
    near = {}
    for y, row in enumerate(_ROWS):
        for x, key in enumerate(row):
            around = ((y, x - 1), (y, x + 1), (y - 1, x), (y - 1, x + 1), (y + 1, x), (y + 1, x - 1))
            near[key] = "".join(_ROWS[b][a] for b, a in around if 0 <= b < len(_ROWS) and 0 <= a < len(_ROWS[b]))
    return near


NEAR: Final = _neighbours()
_SHIFTED: Final = "QWERTOP"
_KOREAN_KEYS: Final = "qwertyuiopasdfghjklzxcvbnm" + _SHIFTED
_VOWELS: Final = "aeiou"
RARER: Final = 0.12
"""A key beside the right one may be any of six; one left out or too early is what it is."""
LONGEST_SHORT: Final = 5
"""Letters of a Latin word that a slip may well turn into another."""
LONGEST_DOUBTFUL: Final = 7
_LATIN_KEYS: Final = "etaoinsrhldcumfpgwybvkxjqz"


def undone(word: str) -> Iterator[tuple[str, float]]:
    """Every word that one slip may have made into `word`, each once, with how much rarer the slip is than others.

    `word` is of Hangul (lone jamo among it) or of Latin letters in lower case; what comes is of whole syllables or
    of letters. Digits stay where they are.
    """
    korean = any(map(is_hangul, word))
    typed = keys(word)
    seen = {typed}
    for meant, rarity in _edits(typed, _KOREAN_KEYS if korean else _LATIN_KEYS):
        if meant in seen:
            continue
        seen.add(meant)
        if not korean:
            yield meant, rarity
        elif (composed := compose(meant)) != word and not has_lone_jamo(composed):
            yield composed, rarity


def _edits(typed: str, board: str) -> Iterator[tuple[str, float]]:
    for i, key in enumerate(typed):
        before, after = typed[:i], typed[i + 1 :]
        if after[:1].isalpha() and key.isalpha():
            yield before + after[0] + key + after[1:], 0.0
        if key.isalpha():
            yield before + after, 0.0 if after[:1] == key else RARER
    for i in range(len(typed) + 1):
        yield from ((typed[:i] + key + typed[i:], 0.0) for key in board)
    for i, key in enumerate(typed):
        yield from ((typed[:i] + other + typed[i + 1 :], RARER) for other in _instead(key, board) if key.isalpha())


def _instead(key: str, board: str) -> Iterator[str]:
    """The keys that may have been meant by `key`: in Latin words one vowel may be heard as another (avarage)."""
    low = key.lower()
    yield from NEAR.get(low, "")
    if board is _LATIN_KEYS and low in _VOWELS:
        yield from (one for one in _VOWELS if one != low and one not in NEAR[low])
    if board is _KOREAN_KEYS:
        yield from (one for one in (low, key.upper()) if one != key and one.upper() in _SHIFTED)
        yield from (other.upper() for other in NEAR.get(low, "") if other.upper() in _SHIFTED)


def is_likely(typed: str, meant: str) -> bool:
    """Whether a Latin word may be a slip of another, and is no word of its own.

    Short words and acronyms stand near to too much: json is no JSONL, MAPE no mAP, reused no paused. So of theirs
    only letters struck twice or too early are slips, of longer ones none with another beginning.
    """
    one, other = typed.lower(), meant.lower()
    if sorted(one) == sorted(other) or _singled(one) == _singled(other):
        return True
    if typed.isupper() and len(one) <= LONGEST_SHORT:
        return False
    if len(one) > LONGEST_DOUBTFUL:
        return True
    if len(one) > LONGEST_SHORT:
        return one[0] == other[0] or other.endswith(one)
    inside = one[0] == other[0] and one[:-1] != other[:-1] and not other.startswith(one) and not one.startswith(other)
    return inside and LONGEST_SHORT in (len(one), len(other))


def _singled(word: str) -> str:
    """The word with each letter that is struck twice struck once."""
    return "".join(char for i, char in enumerate(word) if word[i - 1 : i] != char)


def has_lone_jamo(word: str) -> bool:
    return _LONE_JAMO.search(word) is not None


def is_malformed(word: str) -> bool:
    """Whether no Korean word is written so: it has a lone jamo, or a syllable outside the 2,350 of KS X 1001."""
    return has_lone_jamo(word) or any("가" <= char <= "힣" and len(char.encode("euc-kr")) != 2 for char in word)
