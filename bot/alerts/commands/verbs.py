"""The words behind /mlops alerts: which of them is meant, and what stands behind it: pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.alerts.commands.time_words import is_for_good, span

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "open": ("open", "list", "열린", "목록", "현황"),
    "history": ("history", "recent", "기록", "이력", "지난"),
    "log": ("log", "deliveries", "발송", "전달", "로그"),
    "next": ("next", "schedule", "다음", "예정"),
    "health": ("health", "status", "상태", "점검"),
    "test": ("test", "try", "시험", "테스트", "미리보기"),
    "quiet": ("quiet", "dnd", "조용히", "방해금지"),
    "digest": ("digest", "summary", "요약"),
    "unmute": ("unmute", "음소거해제"),
    "mutes": ("mutes", "음소거목록"),
    "mute": ("mute", "음소거"),
    "retry": ("retry", "resend", "재전송", "다시보내기"),
    "help": ("help", "usage", "도움말", "사용법"),
}
"""The words for each thing to do, in the order in which they are tried."""
_KNOWN: Final = "|".join(word for words in WORDS.values() for word in words)
TAKES: Final = re.compile(rf"(?:{_KNOWN})(?:\s.*)?|[^\s?？]+", re.I | re.S)
"""What begins with a word of ours; a lone word that is none is more likely misspelt than a question."""
NAMES: Final = ("알림",)
"""What people write for the word alerts itself."""
_LIFT: Final = ("해제", "off")
_LONGEST_SPAN: Final = 3
_LONE_SPAN: Final = re.compile(r"동안|간|for")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be done, and the text behind it."""

    verb: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Lasting:
    """A text without the span of time that stood in it. `span` None: none did, or `is_for_good`."""

    text: str
    span: timedelta | None = None
    is_for_good: bool = False


def asked(text: str) -> Asked:
    """The verb of a command that TAKES; `open` for an empty one, `help` for a word that is none."""
    first, _, rest = unicodedata.normalize("NFC", text).strip().partition(" ")
    word = first.casefold()
    verb = next((verb for verb, words in WORDS.items() if word in words), "help" if word else "open")
    rest = rest.strip()
    if verb == "mute" and rest.casefold().startswith(_LIFT):
        return Asked("unmute", rest.split(None, 1)[1] if " " in rest else "")
    return Asked(verb, rest)


def lasting(text: str) -> Lasting:
    """Takes the span of time out of a text, wherever it stands; the longest reading of it."""
    words = text.split()
    for length in range(min(_LONGEST_SPAN, len(words)), 0, -1):
        for first in range(len(words) - length, -1, -1):
            meant = " ".join(words[first : first + length])
            is_good = is_for_good(meant)
            found = span(meant)
            if is_good or found is not None:
                left = [word for word in (*words[:first], *words[first + length :]) if not _LONE_SPAN.fullmatch(word)]
                return Lasting(" ".join(left), found, is_good)
    return Lasting(text)
