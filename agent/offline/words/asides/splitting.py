"""Cuts a message where a clause of it may end, English or Korean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from agent.offline.words.asides.endings import REASONS
from agent.offline.words.asides.errands import PURPOSES, WISHES
from agent.offline.words.literal import is_literal

_LEADING_ON: Final = "|".join(
    f"(?<={one})" for one in f"{REASONS}|는데|은데|던데|인데|데요|려고|어서|아서|해서|거든|서요|급해|려면".split("|")
)
_SIGN: Final = re.compile(
    r"(?P<end>[.!?…]+(?=[\s)]|$)|…|\n+|\s+[:;]-?[)D(](?=\s|$)|\s*;\s+)|(?P<colon>:(?=\s))|(?P<open>\s*\()|"
    rf"(?P<close>\))|(?P<comma>\s+[-–—]+\s+|\s*—\s*|,\s+)|(?P<join>\s+(?=(?:{PURPOSES}|{WISHES})(?:\b|\s)))|"
    rf"(?P<ending>(?:{_LEADING_ON})\s+)",
    re.IGNORECASE,
)
"""A sign, or a word by which one clause leads on to the next."""
_TOLD: Final = re.compile(
    r"(?<=[가-힣])[.!?~…]+\s+|\s*[ㅋㅎㅠㅜ;^]+\s+"
    r"|(?:였지|더라|거지|뭐지|뭐임|나요|까요|니까|나용|있음|"
    r"있나|있냐|이냐|이야|예요|에요|줘요|[가-힣]좀|줄 ?사람|아는사람|세요|세용|시오|셈|[가-힣]줘|줄래|있어)[?.!]*\s+"
    rf"|(?:되는데|하는데|려는데|중인데|려고(?!,?\s*[하합해했])|{REASONS}|으니|므로),?\s+"
    r"|(?:(?<!에)서요|거든요|[는은인한건]데요|텐데요?|니까요),?\s+"
    r"|그(?:런|러는|런 ?건)데요?,?\s+|(?<=[가-힣][는은인던])데,?\s+|(?<=[가-힣]),\s+|\s*[:：—–()\n]\s*|\s-\s"
    r"|(?<=[가-힣][아어해여])(?:둬|놔|봐)?야\s+(?!되|된|될|됨|됩|됐|돼|하|해|한|할|함|했|지|만|겠)"
    r"|(?:휴가|출장|당직|야근|연차|회의|미팅|발표|마감|폰|후보)(?:이)?라서?,?\s+"
    r"|[가-힣](?:죠|구만|구먼|다)\s*(?=[ㅋㅎㅠㅜ])"
)
"""A Korean sentence's end, laughter, a verb that asks, a reason."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a message with the sign behind it, and what kind of sign that is."""

    text: str
    sign: str
    kind: str


def by_signs(message: str) -> list[Piece]:
    """The pieces of a message; none is empty but the first: their signs go to the piece before."""
    found: list[Piece] = []
    for piece in _pieces(message, _SIGN):
        if piece.text.strip() or not found:
            found.append(piece)
        else:
            before = found[-1]
            kind = "end" if piece.kind == "end" else before.kind
            found[-1] = Piece(before.text, before.sign + piece.text + piece.sign, kind)
    return found


def by_verbs(message: str) -> list[str]:
    """The clauses of a Korean message with the signs that end them; a verb may end one without a sign."""
    whole = (f"{piece.text}{piece.sign}".strip() for piece in _pieces(message, _TOLD))
    return [one for one in whole if one]


def _pieces(message: str, ends: re.Pattern[str]) -> Iterator[Piece]:
    """What lies between the ends; one in quotation marks is none."""
    start = 0
    for cut in ends.finditer(message):
        if not is_literal(cut.start(), message):
            yield Piece(message[start : cut.start()], cut.group(), cut.lastgroup or "")
            start = cut.end()
    yield Piece(message[start:], "", "end")
