"""The nouns by which the values of a category are spoken of, rather than its rows."""

from typing import Final

KINDS: Final = ("종류", "가지")
"""종류 stands behind the category, 가지 behind their number."""
KINDS_IN_ENGLISH: Final = ("types", "kinds")
