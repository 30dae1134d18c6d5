"""What people at the page are told when something cannot be done: sentences.yml, in their language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

import yaml

Language: TypeAlias = Literal["ko", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("ko", "en")

_FILE: Final = Path(__file__).with_suffix(".yml")


class Mistaken(Exception):
    """For the person at the page: what they tried cannot be done. `key`: as `sentence` takes it."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(sentence(key, "en", **values))
        self.key = key
        self.values = values

    def say(self, language: Language) -> str:
        """What they read."""
        return sentence(self.key, language, **self.values)


class Unfilled(Exception):
    """For the person at the page: inputs that must be filled in, by their block_id."""

    def __init__(self, blocks: tuple[str, ...]) -> None:
        super().__init__(", ".join(blocks))
        self.blocks = blocks


def language_of(accepted: str) -> Language:
    """The language of an Accept-Language header."""
    return "ko" if accepted.strip().lower().startswith("ko") else "en"


def sentence(key: str, language: Language, **values: str) -> str:
    """What the table says; of another key, a code of Slack's, that it cannot be done."""
    table = sentences()
    return table[key][language].format(**values) if key in table else table["refused"][language].format(code=key)


def both(key: str, **values: str) -> dict[str, str]:
    """A sentence in every language, for a page that hasn't said which it speaks."""
    return {language: sentence(key, language, **values) for language in LANGUAGES}


@cache
def sentences() -> Mapping[str, Mapping[Language, str]]:
    """The table: key -> language -> sentence."""
    table: dict[str, dict[Language, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return table
