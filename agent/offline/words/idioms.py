"""English as people type it, put in the plain words that the rules read."""

import re
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("idioms.yml")
_LATIN = re.compile(r"[A-Za-z]{2}")
_QUOTED = re.compile(r"(\"[^\"]*\"|“[^”]*”|(?<!\w)'[^']*'(?!\w)|`[^`]*`)")


def plain(text: str) -> str:
    """A clean text with its idioms put plainly; what stands in quotation marks stays as it is."""
    if not _LATIN.search(text):
        return text
    text = text.replace("\u2019", "'")
    parts = _QUOTED.split(text)
    said = re.sub(r"\s+", " ", "".join(part if i % 2 else _plain(part) for i, part in enumerate(parts))).strip()
    return said or text  # mere thanks are left as they are


def _plain(text: str) -> str:
    for pattern, meant in _idioms():
        text = pattern.sub(meant, text)
    return text


@cache
def _idioms() -> tuple[tuple[re.Pattern[str], str], ...]:
    kinds: dict[str, list[tuple[str, str]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple((re.compile(pattern, re.IGNORECASE), meant) for pairs in kinds.values() for pattern, meant in pairs)
