"""What people at the page are told when something cannot be done: sentences.yml, in their language."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

import yaml

Language: TypeAlias = Literal["ko", "en"]

_FILE: Final = Path(__file__).with_suffix(".yml")
_GAP: Final = re.compile(r"\\{(\w+)\\}")


class Mistaken(Exception):
    """For the person at the page: what they tried cannot be done. `key`: as `sentence` takes it."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def say(self, language: Language) -> str:
        """What they read."""
        return sentence(self.key, language, **self.values)


def language_of(accepted: str) -> Language:
    """The language of an Accept-Language header."""
    return "ko" if accepted.strip().lower().startswith("ko") else "en"


def sentence(words: str, language: Language, **values: str) -> str:
    """`words` as a sentence: a key of the table, or one of its English sentences with its values in it.

    Another sentence stays as it is; another code becomes a sentence that names it.
    """
    table = sentences()
    if words in table:
        return table[words][language].format(**values)
    for key, english in _english().items():
        if (found := english.fullmatch(words)) is not None:
            return table[key][language].format(**found.groupdict())
    return words if " " in words else table["refused"][language].format(code=words)


@cache
def sentences() -> Mapping[str, Mapping[Language, str]]:
    """The table: key -> language -> sentence."""
    table: dict[str, dict[Language, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return table


@cache
def _english() -> dict[str, re.Pattern[str]]:
    """What finds each English sentence, by its key: the gaps take whatever stands there."""
    return {
        key: re.compile(_GAP.sub(r"(?P<\1>.*)", re.escape(said["en"])), re.DOTALL) for key, said in sentences().items()
    }
