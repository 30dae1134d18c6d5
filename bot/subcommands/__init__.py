"""The words of /mlops: one file each, found by folder."""

import asyncio
import importlib
import logging
import pkgutil
import re
import sys
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import ModuleType
from typing import Any, Final, TypeAlias

from rapidfuzz.distance import OSA

from agent.language import language_of
from agent.messages import LANGUAGES, say
from bot.incoming import question
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.sentences import sentence
from bot.parts import Parts
from db.catalog.meaning import Language
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

COMMAND: Final = "/mlops"
_NEAR: Final = 2
_ANSWER_S: Final = 2.0  # Slack gives a command three seconds, the way there and back included


@dataclass(frozen=True, slots=True)
class Slash:
    """One use of the slash command; `text` is what stands behind the subcommand's word.

    `trigger_id` is unique to it; `response_url` lives for 30 minutes and 5 answers.
    """

    channel: str
    user: str
    text: str
    language: Language
    trigger_id: str
    response_url: str


Run: TypeAlias = Callable[[Slash, Parts], Awaitable[Message]]


@dataclass(frozen=True, slots=True)
class Subcommand:
    """One word: what it does in a line, and what runs it. `also`: other words for the same.

    What stands behind the word is taken where the subcommand takes any text, or just what `takes` matches.
    `run` answers within Slack's three seconds with the message that only the asker sees.
    """

    word: str
    help: Mapping[Language, str]
    takes_text: bool
    run: Run
    takes: re.Pattern[str] | None = None
    also: tuple[str, ...] = ()

    def is_meant(self, rest: str) -> bool:
        """Whether the word with that behind it is the subcommand, and no question that begins with the word."""
        return not rest or self.takes_text or (self.takes is not None and self.takes.fullmatch(rest) is not None)


@cache
def subcommands() -> Mapping[str, Subcommand]:
    """Every subcommand of this folder."""
    return find_subcommands(sys.modules[__name__])


def find_subcommands(package: ModuleType) -> Mapping[str, Subcommand]:
    """A subcommand per module of a package: HELP, TAKES_TEXT, TAKES or ALSO, `async def run(slash, parts)`.

    HELP is a key of the catalogue of messages; what does not come with the bot has the words themselves, by language.
    """
    found = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        module = importlib.import_module(f"{package.__name__}.{name}")
        takes_text, takes = getattr(module, "TAKES_TEXT", False), getattr(module, "TAKES", None)
        also = getattr(module, "ALSO", ())
        found[name] = Subcommand(name, _words(module.HELP), takes_text, module.run, takes, also)
    return found


def _words(help_: str | Mapping[Language, str]) -> Mapping[Language, str]:
    return {one: say(help_, one) for one in LANGUAGES} if isinstance(help_, str) else help_


async def answer(payload: Mapping[str, Any], parts: Parts) -> Message:
    """What the asker reads at once; a sentence where the store is gone, or locked for too long."""
    subcommand, slash = read(payload, parts)
    try:
        async with asyncio.timeout(_ANSWER_S):
            spoken = slash.text if subcommand.takes_text else ""  # words of ours have no language
            language = await parts.manners.language(parts.me.team, slash.user, spoken)
            return await subcommand.run(replace(slash, language=language), parts)
    except (StoreUnavailable, TimeoutError) as error:
        log.error("%s %s: no answer from the store: %s", COMMAND, subcommand.word, str(error) or "too late")
        return note(sentence("store_unavailable", slash.language))


def read(payload: Mapping[str, Any], parts: Parts) -> tuple[Subcommand, Slash]:
    """The subcommand a slash command asks for, in the language of its text, as long as the store is not asked."""
    subcommand, text = choose(question(str(payload.get("text") or ""), parts.me.user))
    return subcommand, Slash(
        channel=str(payload["channel_id"]),
        user=str(payload["user_id"]),
        text=text,
        language=language_of(text, parts.services.settings.language),
        trigger_id=str(payload["trigger_id"]),
        response_url=str(payload["response_url"]),
    )


def choose(text: str) -> tuple[Subcommand, str]:
    """The subcommand a text asks for, and the text that is left for it: what is no word of ours is a question."""
    words = subcommands()
    first, _, rest = text.partition(" ")
    if not text:
        return words["help"], ""
    word = unicodedata.normalize("NFC", first).casefold()
    known = words.get(word) or next((one for one in words.values() if word in one.also), None)
    if known is not None and known.is_meant(rest.strip()):
        return known, rest.strip()
    return words["ask"], text


def near_word(text: str) -> str | None:
    """The subcommand that a single word was probably meant to be: "usgae" is usage."""
    word = text.casefold()
    if " " in text or len(word) <= _NEAR:
        return None
    distances = {known: OSA.distance(word, known, score_cutoff=_NEAR) for known in subcommands()}
    nearest = min(distances, key=lambda known: distances[known])
    return nearest if distances[nearest] <= _NEAR else None
