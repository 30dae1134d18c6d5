"""Which of the two languages an answer is written in."""

from typing import Literal

from agent.llm.protocol import Language


def language_of(text: str, setting: Literal["auto", "ko", "en"] = "auto") -> Language:
    """The language of a question; any Hangul makes it Korean, unless the setting decides.

    A text without a letter of either kind ("v2.1?") counts as Korean, the
    home language of the bot's users.
    """
    if setting != "auto":
        return setting
    if any(_is_hangul(char) for char in text):
        return "ko"
    words = [word for word in text.split() if word.isascii() and word.isalpha()]
    return "en" if words else "ko"


def _is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3" or "\u1100" <= char <= "\u11ff" or "\u3130" <= char <= "\u318f"
