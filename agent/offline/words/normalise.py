"""A question as it was typed, made plain: no Slack mark-up, no emoji, no laughter, one width."""

import re
from dataclasses import dataclass
from functools import lru_cache

from agent.language import language_of
from agent.offline.words.grammar import words
from agent.offline.words.idioms.plain import plain, spelt
from agent.offline.words.mending.contractions import contracted
from db.hangul import compose, keys, norm

_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_MENTION = re.compile(r"<[@#!][^>]*>")
_LINK = re.compile(r"<(?:mailto:|https?:)?[^|>\s]*\|([^>]*)>|<(?:mailto:)?([^>\s]+)>")
_EMOJI_NAME = re.compile(r"(?<!\S):[a-z0-9_+\-]+:(?!\S)")
_LAUGHTER = re.compile(r"[ㅋㅎㅠㅜ]{2,}|[~^!]{2,}|[\U0001F000-\U0001FAFF\u2600-\u27BF]")
_CHEERED_ON = re.compile(r"([ㄱ-ㅎ])\1{2,}")
_ELONGATED = re.compile(r"([가-힣])\1{2,}")
_SLIPPED = re.compile(r"(?<![가-힣ㄱ-ㅣ])(?=[가-힣ㄱ-ㅣ]*[가-힣])(?=[가-힣]*[ㄱ-ㅣ])[가-힣ㄱ-ㅣ]{2,20}(?![가-힣ㄱ-ㅣ])")
_APART = re.compile(r"[가-힣][ㄱㄴㄹㅁㅂㅅㅇ](?=[가-힣])")
_NOT_DONE = re.compile(
    r"([가-힣]{2,}?)(?<!지)(?<!지는)(?<!지도)[은는이가을를도]? ?(?<![가-힣])(안|못) ?(된|한)(?![가-힣])"
)
_IS_THERE = re.compile(r"있(?:었)?지 ?않(?:아요|아|나요|나|던가요|던가|았어요|았어|았나요|았나|을까요|을까)(?![가-힣])")
"""A question that expects a yes is put plainly: 있지 않아? is 있어?"""
_JAMO_NUMBER = re.compile(r"(?<![가-힣ㄱ-ㅣ])[ㅏ-ㅣ](?=\d)")
"""A letter typed in the other keyboard mode before a number: ㅗ100 is h100."""
_INITIALS_BEHIND = re.compile(r"(?<=[가-힣])[ㄱ-ㅎ]{2,}(?![가-힣ㅏ-ㅣ])")
"""What is said in initials behind a word: ㄱㄱ of 갠지ㄱㄱ. ㄱㄴ of 평ㄱㄴ is a slip of a syllable."""
_BOUND = re.compile(r"(>=|<=|=>|=<|≥|≤|>|<) ?(\d[\d.,]*(?: ?[A-Za-z%가-힣]+)?)")
_AGAINST = re.compile(r"([A-Za-z가-힣][\w]*) ?(>=|<=|>|<) ?([A-Za-z가-힣][\w]*)(?!\S*>)")
_OTHER = re.compile(r"(!=|<>|≠) ?(\S+)")
_EQUALS = re.compile(r" ?={1,2} ?(?=\S)")
_SIGNS_EN = {">": "over", "<": "under", **dict.fromkeys((">=", "=>", "≥"), "at least"),
             **dict.fromkeys(("<=", "=<", "≤"), "at most")}  # fmt: skip
_SIGNS_KO = {">": "초과", "<": "미만", **dict.fromkeys((">=", "=>", "≥"), "이상"),
             **dict.fromkeys(("<=", "=<", "≤"), "이하")}  # fmt: skip
_KEPT = frozenset("@#+%")
FEWEST_SLIPPED = 2
"""Initials behind a word that may be one syllable without its vowel; of more, hardly any is."""
LONGEST_QUESTION = 500
MOST_CLEANED = 256
"""Texts kept as they were made plain: a turn comes back to its own several times."""
MARKED_UP = 4
"""So many times its own length a question may take with its mark-up; what comes after is not read."""


@dataclass(frozen=True, slots=True)
class Squeezed:
    """Text without its gaps: `chars[i]` is folded, `gaps[i]` says what stood before it.

    A gap is "" (none), "-" (a joint inside one name: - _ . /) or " " (a word's edge). `places[i]` is the
    character's index in `text`.
    """

    text: str
    chars: str
    gaps: tuple[str, ...]
    places: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.chars)

    def surface(self, start: int, end: int) -> str:
        """What was typed from `start` to `end`."""
        return self.text[self.places[start] : self.places[end - 1] + 1] if start < end else ""


@lru_cache(maxsize=MOST_CLEANED)
def clean(question: str) -> str:
    """The question as plain text; of more than LONGEST_QUESTION characters only the first are read."""
    text = question[: LONGEST_QUESTION * MARKED_UP]
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    text = _LINK.sub(lambda link: f" {link.group(1) or link.group(2)} ", _MENTION.sub(" ", text))
    text = _EMOJI_NAME.sub(" ", norm(text))
    text = spelt(_worded(text))
    text = _JAMO_NUMBER.sub(lambda key: keys(key.group()), text)
    text = _CHEERED_ON.sub(r"\1\1", _ELONGATED.sub(r"\1", _LAUGHTER.sub(" ", text)))
    text = _IS_THERE.sub("있어", text)
    text = _NOT_DONE.sub(r"\2 \1\3", text)
    text = _INITIALS_BEHIND.sub(lambda said: f" {said.group()}" if _is_said(said.group()) else said.group(), text)
    text = _SLIPPED.sub(lambda word: _whole(_without_doubles(word.group())), text)
    return plain(contracted(re.sub(r"\s+", " ", text).strip()[:LONGEST_QUESTION]))


def _worded(text: str) -> str:
    """Signs between a column and a value as words: "size > 50" is "size over 50", "status != failed" not failed."""
    english = language_of(text) == "en"
    bound, other = (r"{} \2", r"not \2") if english else (r"\2 {}", r"\2 아닌")
    signs = _SIGNS_EN if english else _SIGNS_KO
    text = _AGAINST.sub(lambda found: _held(found, english=english), text)
    text = _BOUND.sub(lambda found: found.expand(bound.format(signs[found.group(1)])), text)
    return _EQUALS.sub(" ", _OTHER.sub(other, text))


def _held(found: re.Match[str], *, english: bool) -> str:
    """One column against another: "recall < precision"."""
    one, sign, other = found.groups()
    if english:
        return f"{one} {'higher' if '>' in sign else 'lower'} than {other}"
    return f"{one}이 {other}보다 {'높은' if '>' in sign else '낮은'}"


def _is_said(initials: str) -> bool:
    return len(initials) > FEWEST_SLIPPED or initials in words() or "ㅋ" in initials


def _without_doubles(word: str) -> str:
    """A word with a key struck twice as it was meant: 펴ㅕㅇ균 is 평균. Other slips are left as they are."""
    for i, char in enumerate(word):
        around = (keys(word[:i])[-1:], keys(word[i + 1 :])[:1])
        if char < "가" and keys(char) in around:
            meant = compose(keys(word[:i] + word[i + 1 :]))
            if all(one >= "가" for one in meant):
                return meant
    return word


def _whole(word: str) -> str:
    """A word with the end of a syllable typed apart as it was meant: 저ㅇ밀도 is 정밀도."""
    return _APART.sub(lambda cut: compose(keys(cut.group())), word) if len(re.findall("[ㄱ-ㅣ]", word)) == 1 else word


@lru_cache(maxsize=MOST_CLEANED)
def squeeze(text: str) -> Squeezed:
    """`text` (clean) without spaces and punctuation, remembering where they stood."""
    chars: list[str] = []
    gaps: list[str] = []
    places: list[int] = []
    gap = " "
    for place, char in enumerate(text):
        if char.isalnum() or char in _KEPT:
            folded = char.casefold()
            chars.append(folded if len(folded) == 1 else char)
            gaps.append(gap)
            places.append(place)
            gap = ""
        elif char in "-_./" and gap == "":
            gap = "-"
        else:
            gap = " "
    return Squeezed(text, "".join(chars), tuple(gaps), tuple(places))
