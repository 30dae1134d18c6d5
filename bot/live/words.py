"""The words by which people stop an answer that is being made."""

import re
from functools import cache
from typing import Final

from agent.messages import LANGUAGES, say

_AROUND: Final = re.compile(r"^[\s.!~…]+|[\s.!~…]+$")


def is_stop(text: str) -> bool:
    """Whether a message is nothing but such a word, in either language."""
    return _AROUND.sub("", text).casefold() in _words()


@cache
def _words() -> frozenset[str]:
    return frozenset(word.strip() for language in LANGUAGES for word in say("live-stop-words", language).split(","))
