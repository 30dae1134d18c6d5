"""The function words of questions, read from grammar.yml: what a surface does, not what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from agent.offline.words.kept import kept
from db.catalog.values import fold

FILE = Path(__file__).with_name("grammar.yml")


@dataclass(frozen=True, slots=True)
class Word:
    """What a function word does; a stem takes verb endings after it."""

    does: str
    surface: str
    stem: bool


@cache
def words() -> Mapping[str, tuple[Word, ...]]:
    """Folded surface -> the words written so, in the file's order."""
    data: dict[str, dict[str, list[Any]]] = kept(FILE)
    found: dict[str, list[Word]] = {}
    for does, groups in data.items():
        for group, surfaces in groups.items():
            for surface in surfaces:
                word = Word(does, str(surface), group.endswith("stems"))
                found.setdefault(fold(word.surface), []).append(word)
    return {surface: tuple(entries) for surface, entries in found.items()}
