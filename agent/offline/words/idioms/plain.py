"""English and Korean as people type them, put in the plain words that the rules read."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from agent.offline.words.kept import kept
from agent.offline.words.literal import LITERAL

FOLDER: Final = Path(__file__).parent
ORDER: Final = FOLDER / "order.yml"
_LATIN: Final = re.compile(r"[A-Za-z]{2}")
_HANGUL: Final = re.compile(r"[가-힣]")
_WORD: Final = re.compile(r"(?<!\\)\b[a-z]{3,}")
_TYPED: Final = "typed."
"""Before the groups whose words are no words, but slips."""


def plain(text: str) -> str:
    """A clean text with its idioms put plainly; what stands in quotation marks stays as it is."""
    is_latin = _LATIN.search(text) is not None
    stages = (*(("english_at_work", "english") if is_latin else ()), *(("korean",) if _HANGUL.search(text) else ()))
    parts = LITERAL.split(text.replace("\u2019", "'") if is_latin else text)
    for stage in stages:
        parts = [part if i % 2 else _plain(part, stage) for i, part in enumerate(parts)]
    said = re.sub(r"\s+", " ", "".join(parts)).strip()
    return said or text  # mere thanks are left as they are


def spelt(text: str) -> str:
    """A text with Korean words put right that many spell as they sound; what stands in quotation marks stays."""
    parts = LITERAL.split(text) if _HANGUL.search(text) else [text]
    return "".join(part if i % 2 else _plain(part, "spelt") for i, part in enumerate(parts))


def _plain(part: str, stage: str) -> str:
    for pattern, meant in _idioms(stage):
        part = pattern.sub(meant, part)
    return part


@cache
def spoken() -> frozenset[str]:
    """The English words that the idioms are made of."""
    patterns = (pattern for pattern, _ in _pairs(name for name in _order("english") if not name.startswith(_TYPED)))
    return frozenset(word for pattern in patterns for word in _WORD.findall(pattern.replace("\\b", " ")))


@cache
def _idioms(stage: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), meant) for pattern, meant in _pairs(iter(_order(stage))))


def _order(stage: str) -> list[str]:
    stages: dict[str, list[str]] = kept(ORDER)
    return stages[stage]


def _pairs(names: Iterator[str]) -> Iterator[tuple[str, str]]:
    """The patterns of these groups, with what each is put as."""
    for file, group in (name.split(".") for name in names):
        groups: dict[str, list[tuple[str, str]]] = kept(FOLDER / f"{file}.yml")
        yield from groups[group]
