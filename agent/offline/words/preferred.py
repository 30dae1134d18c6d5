"""Puts plainly what is said to be gone by rather than something else: "by rows, not GB", "make that f1 instead"."""

import re
from typing import Final

from agent.offline.words.lexicon import Lexicon
from db.catalog.values import fold

_RATHER: Final = re.compile(
    r",? (?:and )?(?P<how>not|rather than|instead of|as opposed to) (?:by |in |the |its |their )*"
    r"(?P<other>[A-Za-z][\w ]*?)(?=[\s?.!]*$)",
    re.IGNORECASE,
)
_MAKE: Final = re.compile(
    r"^(?:(?:and|ok|okay|now|actually|no|sorry|please|pls|can you|could you)[, ]+)*(?:make|do|turn|switch|change) "
    r"(?:that|it|this|them|those)(?: (?:to|into|by|on))* (?:the )?(?P<what>[A-Za-z][\w ]*?)(?: instead)?(?: please)?"
    r"(?=[\s?.!]*$)",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"\b(?:by|in|on|per)\b", re.IGNORECASE)


def preferred(text: str, lexicon: Lexicon, *, in_order: bool) -> str:
    """The clean text without the measure it is said not to go by, or with the one that takes the last one's place.

    `in_order`: whether the last answer's rows were ranked, or grouped.
    """
    if (found := _RATHER.search(text)) and _BY.search(text[: found.start()]) and _is_column(found["other"], lexicon):
        return text[: found.start()] + text[found.end() :]
    if (found := _MAKE.match(text)) and _is_column(found["what"], lexicon):
        said = f"by {found['what']} instead" if in_order else f"and {found['what']}"
        return said + text[found.end() :]
    return text


def _is_column(words: str, lexicon: Lexicon) -> bool:
    """Whether a measure or a category is meant, and no row and no value."""
    senses = lexicon.at(fold(words))
    roles = {sense.column.role for sense in senses if sense.column is not None}
    return bool(roles & {"measure", "category", "date"}) and not any(sense.table or sense.value for sense in senses)
