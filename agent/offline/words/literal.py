"""What of a text stands in quotation marks, and is left as it is written."""

import re
from typing import Final

_MARKED: Final = r"\"[^\"]*\"|“[^”]*”|(?<!\w)'[^']*'(?!\w)|`[^`]*`"
LITERAL: Final = re.compile(f"({_MARKED})")
"""In a clean text, in which ’ may be an apostrophe."""
_TYPED: Final = re.compile(rf"{_MARKED}|‘[^’]*’")


def is_literal(place: int, message: str) -> bool:
    """Whether that place of a message, as it was typed, is inside quotation marks."""
    return any(quote.start() < place < quote.end() for quote in _TYPED.finditer(message))
