"""What a Korean word may have been that is spelt as it sounds: 차자줘 is 찾아줘, 몆 is 몇, 시자칸 is 시작한."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, TypeAlias

from agent.offline.words.mending.slips import undone

_LEADS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_ENDS: Final = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_ALIKE: Final = {
    "ㅐ": "ㅔㅙㅚ",
    "ㅔ": "ㅐㅖ",
    "ㅒ": "ㅖㅔ",
    "ㅖ": "ㅔㅒ",
    "ㅙ": "ㅚㅞ",
    "ㅚ": "ㅙㅞ",
    "ㅞ": "ㅚㅙ",
    "ㅢ": "ㅣㅔ",
}
"""Vowels that most people say alike."""
_TENSE: Final = {"ㄲ": "ㄱ", "ㄸ": "ㄷ", "ㅃ": "ㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ", "ㅅ": "ㅆ"}
_CLOSED_ALIKE: Final = ("ㅅㅆㅈㅊㄷㅌㅎ", "ㄱㄲㅋ", "ㅂㅍㅄ", "ㄴㄶ", "ㄹㅀㄼ")
"""Ends of a syllable that sound alike."""
_BREATHED: Final = {"ㅋ": "ㄱ", "ㅌ": "ㄷㅅ", "ㅍ": "ㅂ", "ㅊ": "ㅈ"}
"""What an ㅎ made of the consonant before it: 시자칸."""
_NASAL: Final = {"ㅇ": "ㄱ", "ㄴ": "ㅅㅆㄷ", "ㅁ": "ㅂ"}
"""What an end becomes before ㄴ and ㅁ: 합니다 is heard as 함니다."""
_CLUSTERS: Final = {("ㅂ", "ㅆ"): "ㅄ", ("ㄹ", "ㄱ"): "ㄺ", ("ㄹ", "ㅁ"): "ㄻ", ("ㄴ", "ㅈ"): "ㄵ", ("ㄹ", "ㅂ"): "ㄼ"}
_SILENT: Final = {"ㄴ": "ㄶ", "ㄹ": "ㅀ"}
EAR: Final = -0.35
"""How much likelier a spelling by ear is than a slipped key, where both explain a word."""
TWICE: Final = 0.05
SWAPPED: Final = 0.1
MOST: Final = 6
"""Syllables of a word in which two such spellings are looked for."""
SHORTEST_SWAPPED: Final = 3
"""Syllables of a word of which two may change places."""

_Syllable: TypeAlias = tuple[str, str, str]


def by_ear(word: str) -> Iterator[tuple[str, float]]:
    """What a word of whole syllables may have been, each once, with how much rarer that is than a slipped key."""
    if not word or not all("가" <= char <= "힣" for char in word):
        return
    forms = dict.fromkeys(_respelt(word), EAR)
    for i in range(len(word) - 1 if len(word) >= SHORTEST_SWAPPED else 0):
        forms.setdefault(word[:i] + word[i + 1] + word[i] + word[i + 2 :], SWAPPED)
    forms.pop(word, None)
    yield from forms.items()


def twice(word: str) -> Iterator[tuple[str, float]]:
    """What it may have been where two such places are spelt by ear; of long words none."""
    once = dict(by_ear(word)) if len(word) <= MOST else {}
    heard = (other for form, rarity in once.items() if rarity == EAR for other in _respelt(form))
    yield from ((form, TWICE) for form in dict.fromkeys(heard) if form not in once and form != word)


def slipped(word: str) -> Iterator[tuple[str, float]]:
    """Every word that is heard as `word`, or that one slipped key may have made into it, each once."""
    heard = dict(by_ear(word))
    yield from heard.items()
    yield from (form for form in undone(word) if form[0] not in heard)


def _respelt(word: str) -> Iterator[str]:
    """The word with one of its syllables, or one place where two meet, spelt as others sound alike."""
    parts = [_apart(char) for char in word]
    for i, (lead, vowel, end) in enumerate(parts):
        head, tail = word[:i], word[i + 1 :]
        yield from (head + _whole(lead, other, end) + tail for other in _ALIKE.get(vowel, ""))
        if lead in _TENSE:
            yield head + _whole(_TENSE[lead], vowel, end) + tail
        ends = next((group for group in _CLOSED_ALIKE if end and end in group), "")
        yield from (head + _whole(lead, vowel, other) + tail for other in ends if other != end)
    for i, (one, other) in enumerate(pairwise(parts)):
        yield from (word[:i] + met + word[i + 2 :] for met in _meeting(one, other))


def _meeting(one: _Syllable, other: _Syllable) -> Iterator[str]:
    """Two syllables as they may be spelt that are heard as these: 차자 is 찾아, 자칸 is 작한, 함니 is 합니."""
    lead, vowel, end = one
    begin, voiced, close = other
    rest = (voiced, close)
    if not end:
        if begin in _ENDS and begin != "ㅇ":
            yield _whole(lead, vowel, begin) + _whole("ㅇ", *rest)
            yield _whole(lead, vowel, begin) + _whole("ㅎ", *rest)
        if begin == "ㅇ":
            yield _whole(lead, vowel, "ㅎ") + _whole("ㅇ", *rest)
        if begin in _SILENT:
            yield _whole(lead, vowel, _SILENT[begin]) + _whole("ㅇ", *rest)
        if begin in "ㅈㅊ" and voiced == "ㅣ":
            yield _whole(lead, vowel, "ㄷ" if begin == "ㅈ" else "ㅌ") + _whole("ㅇ", *rest)
        yield from (_whole(lead, vowel, plain) + _whole("ㅎ", *rest) for plain in _BREATHED.get(begin, ""))
    elif (end, begin) in _CLUSTERS:
        yield _whole(lead, vowel, _CLUSTERS[end, begin]) + _whole("ㅇ", *rest)
    if begin in "ㄴㅁ":
        yield from (_whole(lead, vowel, plain) + _whole(*other) for plain in _NASAL.get(end, ""))


def _apart(char: str) -> _Syllable:
    code = ord(char) - ord("가")
    return _LEADS[code // 588], _VOWELS[code % 588 // 28], _ENDS[code % 28]


def _whole(lead: str, vowel: str, end: str) -> str:
    return chr(ord("가") + (_LEADS.index(lead) * 21 + _VOWELS.index(vowel)) * 28 + _ENDS.index(end))
