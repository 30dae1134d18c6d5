"""Finds the Latin word that a Korean spelling sounds like: 레이턴시 is latency, 디플로이 deploy."""

import re
from collections.abc import Iterator
from typing import Final

from agent.offline.words.lexicon import Lexicon
from db.catalog.values import fold
from db.hangul import strip_josa

SHORTEST: Final = 4
"""Letters of a word that is told by its sound; fewer sound like too much."""
SHORT: Final = 2
"""Syllables of a word that must look foreign, too."""
MOST_PIECES: Final = 5_000
"""Pieces of names that are listened to: of more, too many sound alike."""
_LEADS: Final = dict(
    zip(
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ",
        (
            *("gg?|gh", "ck?|cc|k|g|q", "nn?|kn", "dd?", "tt?|d", "rr?|ll?|wr|rh", "mm?", "bb?|vv?", "pp?|b"),
            *("ss?|sc|sh|sch|th|ps|c|ci|ti|t(?=i)|z|(?<=x)", "ss?|sc|th|c|ps", "|h|y|wh?", "j|zz?|dg|g|s|si|x"),
            *("j|zz?|ts|dg|g", "ch|tch|t(?=[uio])|c", "ck?|cc|k|ch|q|kh", "tt?|th|pt|ght", "pp?|ff?|ph|gh", "h|wh"),
        ),
        strict=True,
    )
)
_VOWELS: Final = dict(
    zip(
        "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ",
        (
            *("a|ar|ah|au|o|ou|u|i|y|ur?", "a|ai|ay|e|ae|ea|ei|are?", "ya|ia|a", "ye|ya|ie"),
            *(
                "e|o|u|a|i|er|or|ir|ur|ar|ou|ea|ear|re|r|ure|io|eo|our",
                "e|a|ai|ay|ae|ea|ei|ey|er|air",
                "ye|you?|io|ie|e|u",
            ),
            *("ye|ya|ie|e", "o|a|au|aw|oa|ow|or|ore|oo|al|ou|oe", "wa|wo|ua|o|oi", "we|wa|ue", "we|oe|ue|oi"),
            *("yo|io|eo|o", "u|oo|ou|ue|w|o|ew|wo|ui", "wo|war?|wor|ua|ue|o", "we|wa|wei|ue|whe", "wi|ui|wee|we|ue|y"),
            *("u|ew|ue|yu|you|iew|eu", "e?", "ui|y|i", "i|e|y|a|ee|ea|ie|ey|ei|ye"),
        ),
        strict=True,
    )
)
_ENDS: Final = dict(
    zip(
        "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ",
        (
            *("ck?|k|ke|gg?|x|que|cc|ch", "ck|k", "x", "nn?e?", "n", "n", "tt?|d", "ll?e?", "l", "lm", "l", "l", "l"),
            *("l", "l", "mm?e?|mb|n(?=[pbm])", "pp?e?|bb?e?", "p", "tt?e?|th|s|ght", "s", "ng|n(?=[gkcxq])", "t"),
            *("t", "k|ck", "t", "p", "h"),
        ),
        strict=True,
    )
)
_X: Final = "엑스"
_SWALLOWED: Final = "ㅣㅜㅓ"
"""What ends a vowel that is one letter in Latin: the 이 of 레이턴시."""
_DONE: Final = re.compile(r"(?<=[가-힣]{2})(?:된|한|되|돼|됐|하[는고게면던지]|했|할|될|시킨|중인|중|용).*$")
_WORD: Final = re.compile(r"[a-z]{4,}")
_FOREIGN: Final = re.compile(r"[카-킿타-핗드스브즈그]")
"""Syllables that hardly a word has but one that came from elsewhere."""


def heard(word: str) -> str:
    """The pattern of how a word of whole Korean syllables may be spelled in Latin letters."""
    lead_of, vowel_of, end_of = tuple(_LEADS), tuple(_VOWELS), ("", *_ENDS)
    spelled: list[str] = []
    end = "start"
    if word.startswith(_X):
        spelled, word = ["e?x"], word.removeprefix(_X)
    for char in word:
        code = ord(char) - ord("가")
        lead, vowel = lead_of[code // 588], vowel_of[code % 588 // 28]
        if end == "ㄹ" and lead == "ㄹ":
            spelled[-1] += "?"
        before, end = end, end_of[code % 28]
        glides = lead == "ㅇ" and vowel in _SWALLOWED and before == ""
        mute = glides or (vowel == "ㅣ" and lead in "ㅊㅈㅅ")
        spelled.append(f"(?:{_LEADS[lead]})(?:{_VOWELS[vowel]}{'|' if mute else ''})")
        spelled.append(f"(?:{_ENDS[end]})" if end else "")
    return "".join(spelled)


class Sounds:
    """The Latin words of a catalogue as they are heard; made once for a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._spoken = dict(_spoken(lexicon))
        pieces = lexicon.values.pieces(MOST_PIECES)
        self._words = "\n".join(word for word in self._spoken if _WORD.fullmatch(word))
        self._pieces = "\n".join(piece for piece in pieces if _WORD.fullmatch(piece))

    def of(self, typed: str) -> tuple[str, str] | None:
        """How much of a Korean word is a Latin one by its sound, and that one; None where none is, or several."""
        for stem in dict.fromkeys((*strip_josa(typed), _DONE.sub("", typed))):
            if _is_foreign(stem) and (found := self._sounding(stem)):
                return stem, found
        return None

    def _sounding(self, stem: str) -> str | None:
        pattern = heard(stem)
        whole = re.compile(f"^{pattern}$", re.MULTILINE)
        for words in (self._words, self._pieces):
            if found := [match.group() for match in whole.finditer(words)]:
                return self._only(found)
        if not _FOREIGN.search(stem):
            return None
        tail = re.compile(f"^[a-z]{{2,3}}({pattern})$", re.MULTILINE)
        ending = [match.group() for match in tail.finditer(self._pieces) if len(match[1]) >= SHORTEST]
        return ending[0] if len(ending) == 1 else None

    def _only(self, found: list[str]) -> str | None:
        """The one that is meant: all that are found must say the same."""
        meant = [self._spoken.get(word, word) for word in found if word[:-1] not in found]
        said = {self._lexicon.at(fold(word)) or self._lexicon.parts_at(word) for word in meant}
        return meant[0] if len(said) == 1 else None


def _is_foreign(stem: str) -> bool:
    """Whether a word may well be none of Korean: long, or with syllables that few of its words have."""
    whole = len(stem) > 1 and all("가" <= char <= "힣" for char in stem)
    return whole and (len(stem) > SHORT or _FOREIGN.search(stem) is not None)


def _spoken(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Each Latin surface without gaps, and the form of a verb that Korean takes for all of them: deploy."""
    for surface in lexicon.told():
        if surface.isascii():
            folded = fold(surface)
            yield folded, surface
            if folded.endswith("ed"):
                yield folded[:-2], surface
