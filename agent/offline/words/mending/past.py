"""Undoes a common misspelling of the Korean past tense: 걸렷던 is 걸렸던, 됫어 is 됐어."""

import re
from typing import Final

_ENDED: Final = re.compile(
    r"(?:(?<=[가-힣])[렷엿겻혓졋켯햇됫왓썻낫앗]|(?<![가-힣])[햇됫왓썻잇]|(?<=[가-힣])(?<!무)엇|(?<=[가-힣 ])잇)"
    r"(?=[어나는던지냐습다고네음더니죠][가-힣]{0,6}(?![가-힣]))"
)
_OTHERS: Final = {"됫": "됐"}


def with_past(text: str) -> str:
    """The text with each such ending as it was meant: ㅅ below the vowel becomes ㅆ."""
    return _ENDED.sub(lambda end: _OTHERS.get(end.group(), chr(ord(end.group()) + 1)), text)
