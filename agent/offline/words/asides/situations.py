"""Puts what a Korean question tells of its asker's work aside: who wants it, where it will stand, what it is for."""

import re
from functools import cache
from pathlib import Path

from agent.offline.words.kept import kept
from db.hangul import is_hangul

VOCABULARY = Path(__file__).with_name("situations_ko.yml")
_QUOTED = re.compile(r"[\"'“”‘’]([^\"'“”‘’]{4,80})[\"'“”‘’]")
_BLANK = re.compile(
    r"(?:_+|[○◯〇●□☐]+|[OＯ]{2,}|[XＸ]{2,}|\?{2,}|\( *\)|\[ *\]|…|\.{3,})"
    r" ?(개|건|명|종|가지|번|장|대|시간|분|초|일|%|퍼센트|프로|GB|MB|ms|M)?(?:임|입니다|이다|이고)?"
)
_SHARE = ("%", "퍼센트", "프로")
_COUNTED = ("개", "건", "명", "종", "가지", "번", "장", "대")
_THING = r"(?:거|것|건|값|숫자|수치|내용|자료|예정|생각)"
_SO = (
    r"(?:(?:인|이)?데요?|(?:이)?라서요?|(?:이)?라|임|이에요|예요|에요|야|입니다|이거든요?|거든요?|인데요?|이니까|니까|니다|"
    r"은|는|)"
)
_WHERE = r"(?: ?\d+(?![.\d])(?: ?(?:장|번|쪽|페이지|p|째 ?줄|줄|번째 ?줄|행))?| ?한 ?(?:줄|칸|장|쪽))?"


def asking(text: str) -> str:
    """The text without the phrases of its asker's work that stand within what asks.

    "상무님이 … 어느 모델 거냐고 하심" asks "… 어느 모델 거냐"; "보고서에 넣을 거: …" asks what follows.
    """
    if not any(is_hangul(char) for char in text):
        return text
    if (blank := _filled_in(text)) is not None:
        return blank
    for pattern, meant in _phrases():
        text = pattern.sub(meant, text, count=1)
    return text


@cache
def told() -> re.Pattern[str]:
    """Words of the asker's own work: papers that are written, occasions, how the asker is."""
    kinds = _kinds()
    return re.compile(rf"(?<![가-힣A-Za-z])(?:{'|'.join((*kinds['papers'], *kinds['occasions']))})")


def _filled_in(text: str) -> str | None:
    """A sentence in quotation marks with a blank in it, as the question for what the blank holds."""
    for quoted in _QUOTED.finditer(text):
        said = quoted.group(1)
        if (blank := _BLANK.search(said)) is not None:
            unit, before = blank.group(1) or "", said[: blank.start()].strip()
            if not before:
                return None
            if unit in _SHARE:
                return f"{before} 몇 퍼센트야?" if "비율" not in before and "비중" not in before else f"{before} 알려줘"
            return f"{before} 몇 {unit}야?" if unit in _COUNTED else f"{before} 얼마야?"
    return None


@cache
def _kinds() -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = kept(VOCABULARY)
    return {kind: [word.replace(" ", " ?") for word in sorted(words, key=len, reverse=True)]
            for kind, words in kinds.items() if kind != "phrases"}  # fmt: skip


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    kinds = {kind: "|".join(words) for kind, words in _kinds().items()}
    which = rf"(?:[가-힣A-Za-z]{{1,6}} ?){{0,2}}?(?:{kinds['papers']}|{kinds['occasions']}){_WHERE}"
    stand_for = {
        "someone": rf"(?:{kinds['people']})(?:님|들|분|분들)?",
        "which": which,
        "at": rf"{which}(?:에다가?|에|에서|에는|용으로|로| ?때| ?할 ?때)",
        "to_do": rf"(?:{kinds['to_do']})",
        "reports": rf"(?:{kinds['reports']})",
        "thing": _THING,
        "so": _SO,
    }
    phrases: list[tuple[str, str]] = kept(VOCABULARY)["phrases"]
    return tuple(
        (re.compile(re.sub(r"<([a-z_]+)>", lambda name: stand_for[name[1]], pattern), re.IGNORECASE), meant)
        for pattern, meant in phrases
    )
