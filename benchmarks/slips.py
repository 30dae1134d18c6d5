"""Questions as hurried people type them: one slip each, or another way to write the same; digits stay."""

import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from db.hangul import compose, is_hangul, keys

Slip: TypeAlias = Callable[[str, random.Random], str]
"""(question, source of chance) -> the question typed so; itself where nothing in it can slip so."""

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEAR: Final[dict[str, str]] = {}
for _y, _row in enumerate(_ROWS):
    for _x, _key in enumerate(_row):
        _around = [(_y, _x - 1), (_y, _x + 1), (_y - 1, _x), (_y - 1, _x + 1), (_y + 1, _x), (_y + 1, _x - 1)]
        _NEAR[_key] = "".join(_ROWS[b][a] for b, a in _around if 0 <= b < 3 and 0 <= a < len(_ROWS[b]))
_SOUNDS_ALIKE: Final = (
    ("ㅐ", "ㅔ"),
    ("ㅔ", "ㅐ"),
    ("ㅒ", "ㅖ"),
    ("ㅙ", "ㅚ"),
    ("ㅚ", "ㅙ"),
    ("ㅞ", "ㅚ"),
    ("ㅖ", "ㅔ"),
)
_PIECE: Final = re.compile(r"[가-힣]+|(?<![A-Za-z0-9])[A-Za-z]+(?![A-Za-z0-9])")
"""What may slip: a run of syllables, or of letters that touch no digit (v2 and exp05 stay as they are)."""
_WORD: Final = re.compile(r"(?<!\S)[가-힣]{2,}(?!\S)")


def key_slip(text: str, chance: random.Random) -> str:
    """One key struck beside the right one, left out, struck twice or too early, somewhere in the question."""
    pieces = [piece for piece in _PIECE.finditer(text) if len(keys(piece.group())) > 1]
    if not pieces:
        return text
    piece = chance.choices(pieces, weights=[len(keys(piece.group())) for piece in pieces])[0]
    return text[: piece.start()] + _slipped(piece.group(), chance) + text[piece.end() :]


def _slipped(word: str, chance: random.Random) -> str:
    typed = keys(word)
    hangul = is_hangul(word[0])
    while True:
        place = chance.randrange(len(typed))
        found = chance.choice((_beside, _left_out, _twice, _too_early))(typed, place, chance)
        slipped = compose(found) if hangul else found
        if slipped != word:
            return slipped


def _beside(typed: str, place: int, chance: random.Random) -> str:
    key = typed[place]
    near = chance.choice(_NEAR[key.lower()])
    return (
        typed[:place] + (near.upper() if key.isupper() and not is_hangul(compose(key)) else near) + typed[place + 1 :]
    )


def _left_out(typed: str, place: int, _: random.Random) -> str:
    return typed[:place] + typed[place + 1 :]


def _twice(typed: str, place: int, _: random.Random) -> str:
    return typed[: place + 1] + typed[place:]


def _too_early(typed: str, place: int, _: random.Random) -> str:
    return typed[:place] + typed[place + 1 : place + 2] + typed[place] + typed[place + 2 :]


def alike_vowel(text: str, chance: random.Random) -> str:
    """A vowel written as its like: 모댈, 파이프라안 not among them."""
    places = [i for i, char in enumerate(text) if "가" <= char <= "힣" and _alike(char)]
    if not places:
        return text
    place = chance.choice(places)
    return text[:place] + chance.choice(_alike(text[place])) + text[place + 1 :]


def _alike(syllable: str) -> list[str]:
    lead, vowel, tail = _parts(syllable)
    return [compose(keys(lead) + keys(other) + tail) for one, other in _SOUNDS_ALIKE if one == vowel]


def _parts(syllable: str) -> tuple[str, str, str]:
    place = ord(syllable) - 0xAC00
    base = chr(0xAC00 + place // 28 * 28)
    lead = unicodedata.normalize("NFD", base)[0]
    vowel = unicodedata.normalize("NFD", base)[1]
    return chr(_LEADS[ord(lead) - 0x1100]), chr(0x314F + ord(vowel) - 0x1161), keys(syllable)[len(keys(base)) :]


_LEADS: Final = tuple(map(ord, "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"))


def without_spaces(text: str, _: random.Random) -> str:
    return re.sub(r"\s+", "", text)


def torn(text: str, chance: random.Random) -> str:
    """A space inside a word."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = chance.choice(words)
    place = chance.randrange(word.start() + 1, word.end())
    return f"{text[:place]} {text[place:]}"


def stray(text: str, chance: random.Random) -> str:
    """A character too many, where two words meet."""
    places = [i for i, char in enumerate(text) if char == " "] or [len(text)]
    place = chance.choice(places)
    return text[:place] + chance.choice("ㅇㅁㄴ;'\\`]ㅣ") + text[place:]


def wrong_mode(text: str, chance: random.Random) -> str:
    """A Korean word typed with the keyboard in English."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = chance.choice(words)
    return text[: word.start()] + keys(word.group()) + text[word.end() :]


def wrong_mode_latin(text: str, chance: random.Random) -> str:
    """An English word typed with the keyboard in Korean."""
    words = [word for word in _PIECE.finditer(text) if word.group().isascii() and len(word.group()) > 3]
    if not words:
        return text
    word = chance.choice(words)
    return text[: word.start()] + compose(word.group().lower()) + text[word.end() :]


def decomposed(text: str, _: random.Random) -> str:
    return unicodedata.normalize("NFD", text)


def full_width(text: str, _: random.Random) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def zero_width(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return text[:place] + chance.choice("\u200b\u200d\ufeff\u2060") + text[place:]


def in_slack(text: str, chance: random.Random) -> str:
    """With the mark-up, emoji and laughter of a message."""
    words = text.split(" ")
    place = chance.randrange(len(words))
    mark = chance.choice(("*", "_", "`", "~"))
    if not words[place].endswith(("?", "!", ".", ",")):
        words[place] = f"{mark}{words[place]}{mark}"
    return f"<@U07ABCDEF> {' '.join(words)} {chance.choice(('ㅋㅋㅋ', 'ㅠㅠ', ':pray:', '🙏', '...', '!!', 'ㅎㅎ ^^'))}"


SLIPS: Final[Mapping[str, Slip]] = {
    "one key": key_slip,
    "vowel alike": alike_vowel,
    "no spaces": without_spaces,
    "torn word": torn,
    "stray sign": stray,
    "영타": wrong_mode,
    "한타": wrong_mode_latin,
    "NFD": decomposed,
    "full width": full_width,
    "zero width": zero_width,
    "Slack": in_slack,
}
