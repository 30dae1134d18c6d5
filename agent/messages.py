"""The bot's own sentences: one catalogue (Fluent, agent/locale), two languages."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, TypeAlias, cast

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentType

from db.catalog.meaning import Language
from db.hangul import josa

LANGUAGES: Final[Mapping[Language, str]] = {"ko": "ko-KR", "en": "en-US"}
"""Each language with the locale by whose rules its numbers and plurals are written."""

Value: TypeAlias = str | int | float | FluentType


class MessageError(KeyError):
    """A sentence that the catalogue does not have, or cannot make of the values given: a defect."""


def say(key: str, language: Language, **values: Value) -> str:
    """The sentence under `key`; `key.name` is an attribute of a message.

    A value that is a number is written as the language writes numbers. Raises MessageError.
    """
    name, _, attribute = key.partition(".")
    bundle = _bundle(language)
    if not bundle.has_message(name):
        raise MessageError(f"{language} has no message {name!r}")
    message = bundle.get_message(name)
    pattern = message.attributes.get(attribute) if attribute else message.value
    if pattern is None:
        raise MessageError(f"{language} has no message {key!r}")
    said, errors = bundle.format_pattern(pattern, values)
    if errors:
        raise MessageError(f"{language} {key}: {errors[0]}")
    return str(said)


def has(key: str) -> bool:
    """Whether there is a message of that key; both languages have the same."""
    return _bundle("en").has_message(key)


def resources(language: Language) -> Mapping[str, str]:
    """The catalogue's files of a language: name -> Fluent text."""
    folder = files("agent").joinpath("locale", language)
    return {
        one.name: one.read_text("utf-8")
        for one in sorted(folder.iterdir(), key=lambda each: each.name)
        if one.name.endswith(".ftl")
    }


@cache
def _bundle(language: Language) -> FluentBundle:
    """One bundle a language; JOSA(word, "이/가") is the word with the particle that its last sound wants.

    The library's types have a function of one argument for whatever a function is.
    """
    bundle = FluentBundle([LANGUAGES[language]], use_isolating=False, functions={"JOSA": cast(Any, _josa)})
    for text in resources(language).values():
        bundle.add_resource(FluentResource(text))
    return bundle


def _josa(word: FluentType | str, pair: FluentType | str) -> str:
    return josa(f"{word:,}" if isinstance(word, int | float) else str(word), str(pair))
