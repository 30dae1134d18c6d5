"""English and Korean as people type them, put in the plain words that the rules read."""

import re
from functools import cache
from pathlib import Path

from agent.offline.words.kept import kept
from agent.offline.words.literal import LITERAL

ENGLISH = Path(__file__).with_name("idioms.yml")
WORK = Path(__file__).with_name("idioms_work.yml")
WORK_KO = Path(__file__).with_name("idioms_work_ko.yml")
KOREAN = Path(__file__).with_name("idioms_ko.yml")
MIXED = Path(__file__).with_name("idioms_mixed.yml")
SWITCHED = Path(__file__).with_name("idioms_switch_ko.yml")
REPORTS = Path(__file__).with_name("idioms_report_ko.yml")
_LATIN = re.compile(r"[A-Za-z]{2}")
_HANGUL = re.compile(r"[가-힣]")
_LITERAL = re.compile(r"(?<!\\)\b[a-z]{3,}")


def plain(text: str) -> str:
    """A clean text with its idioms put plainly; what stands in quotation marks stays as it is."""
    files = [
        *((WORK, ENGLISH) if _LATIN.search(text) else ()),
        *((WORK_KO, SWITCHED, MIXED, REPORTS, KOREAN) if _HANGUL.search(text) else ()),
    ]
    parts = LITERAL.split(text.replace("\u2019", "'") if _LATIN.search(text) else text)
    for file in files:
        parts = [part if i % 2 else _plain(part, file) for i, part in enumerate(parts)]
    said = re.sub(r"\s+", " ", "".join(parts)).strip()
    return said or text  # mere thanks are left as they are


def _plain(text: str, file: Path) -> str:
    for pattern, meant in _idioms(file):
        text = pattern.sub(meant, text)
    return text


@cache
def spoken() -> frozenset[str]:
    """The English words that the idioms are made of."""
    kinds: dict[str, list[tuple[str, str]]] = kept(ENGLISH)
    patterns = (pattern for name, pairs in kinds.items() if name != "spelled" for pattern, _ in pairs)
    return frozenset(word for pattern in patterns for word in _LITERAL.findall(pattern.replace("\\b", " ")))


@cache
def _idioms(file: Path) -> tuple[tuple[re.Pattern[str], str], ...]:
    kinds: dict[str, list[tuple[str, str]]] = kept(file)
    return tuple((re.compile(pattern, re.IGNORECASE), meant) for pairs in kinds.values() for pattern, meant in pairs)
