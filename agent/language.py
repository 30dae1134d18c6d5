"""Which of the two languages an answer is written in."""

import re
from typing import Literal

from db.catalog.meaning import Language

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|[가-힣ㄱ-ㅎㅏ-ㅣ]+")
_HANGUL = re.compile("[가-힣ᄀ-ᇿㄱ-ㆎ]")
_ENGLISH = re.compile(
    r"a|about|all|an|and|any|are|at|by|can|compare|could|did|do|does|every|find|for|from|get|give|has|have|how|i|in|is|"
    r"list|many|me|much|my|of|on|or|please|recommend|should|show|tell|than|that|the|their|there|these|this|those|to|was|"
    r"(?:were|what|when|where|which|who|whose|why|will|with|would)(?:'\w+)?|(?:are|do|does|did|has|have|is|was)n't",
    re.IGNORECASE,
)
"""Words a sentence is held together by. English words for things ("model", "sort") stand in Korean sentences too."""
_KOREAN = re.compile(
    "가장|각각|개|건|그|기준|누가|누구|는|도|들|등|또는|랑|를|말고|명|몇|목록|뭐|뭘|및|비교|빼고|상위|순|순으로|어느|어디|어떤|"
    "언제|얼마|없는|없어|에|에서|와|왜|은|을|의|이|있는|있어|제일|좀|중|중에|중에서|총|추천|하고|하위|혹시"
)
_ENDING = re.compile(r"(?:줘|주세요|요|까|죠|냐|니다|는지|인가|는데|인데|나요|래|했어|됐어|었어|였어|있나|없나)$")
"""How Korean sentences end; no name ends so."""
_PARTICLE = re.compile(r"(?<=[가-힣])(?:은|는|이|가|을|를|의|에|에서|으로|로|와|과|랑|이랑|도|만|야|들)$")
_GLUED = re.compile(r"[A-Za-z0-9](?:들|은|는|이|가|을|를|의|에|에서|으로|로|와|과|랑|이랑|도|만|인|별)+(?![가-힣])")


def language_of(text: str, setting: Literal["auto", "ko", "en"] = "auto") -> Language:
    """The language of a question by its function words and verb endings, unless the setting decides.

    A Korean name in an English sentence leaves it English, an English word in a Korean one leaves it
    Korean. A text without a letter of either kind ("v2.1?") counts as Korean, the home language of the
    bot's users.
    """
    if setting != "auto":
        return setting
    if not _HANGUL.search(text):
        return (
            "en"
            if any(word.strip("?!.,;:").isascii() and word.strip("?!.,;:").isalpha() for word in text.split())
            else "ko"
        )
    words = _WORD.findall(text)
    korean = [word for word in words if not word.isascii()]
    if _GLUED.search(text) or any(_KOREAN.fullmatch(word) or _ENDING.search(word) for word in korean):
        return "ko"
    spoken = sum(bool(_ENGLISH.fullmatch(word)) for word in words)
    particles = sum(bool(_PARTICLE.search(word)) for word in korean)
    mostly = spoken > 1 or 2 * len(korean) < len(words)
    return "en" if spoken > particles and mostly else "ko"
