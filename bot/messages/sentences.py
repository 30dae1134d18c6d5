"""What the bot says when it has no answer: the sentences of sentences.yml, by code and language."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from db.catalog.meaning import Language

UNEXPECTED: Final = "unexpected"


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Every sentence: code -> language -> text."""
    text = files("bot.messages").joinpath("sentences.yml").read_text("utf-8")
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return loaded


def sentence(code: str, language: Language, turn_id: str | None = None) -> str:
    """The sentence for an error's code, for the user; an unknown code reads as `unexpected`."""
    known = sentences()
    said = known.get(code, known[UNEXPECTED])[language]
    if turn_id is None:
        return said
    return f"{said} (요청 번호 {turn_id})" if language == "ko" else f"{said} (turn {turn_id})"
