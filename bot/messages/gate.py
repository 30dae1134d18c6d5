"""The gate on the way to Slack: what a text may hold that people are shown."""

import re
import unicodedata
from typing import Any, Final

from db.redact import redacted

MARKS: Final = 3
"""So many combining marks may stand on one letter: more than any living script needs, fewer than a stack."""

_BREAKS: Final = re.compile("\r\n?|[\u0085\u2028\u2029]")
_EMOJI: Final = "\u00a9\u00ae\u203c\u2049\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0d\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
    # A selector after an emoji gives it its colour, and a joiner between two makes them one: anywhere else they hide.
    f"|[\ufe0e\ufe0f](?:(?<![{_EMOJI}#*0-9].)|(?<=[#*0-9].)(?!\u20e3))"
)
_JOINER: Final = re.compile(f"\u200d(?:(?<![{_EMOJI}\ufe0f].)|(?![{_EMOJI}]))")
# Which hosts without a scheme clients link is not told anywhere: these are the endings links are mostly made of.
_HOST: Final = re.compile(
    r"\w\.(?:(?:com|net|org|io|dev|app|ai|co|kr|xyz|info|biz|link|site|online|top|ru|cn|jp|uk|gg|ly|cc|cloud|page|한국)"
    r"(?![A-Za-z0-9_])|[A-Za-z]{2,24}/)",
    re.IGNORECASE,
)
_MAIL_HOST: Final = re.compile(r"[\w.-]+[^\w.@/-]*")
_WORD: Final = re.compile(r"\S+")
_DOT: Final = re.compile(r"(?<=\w)\.(?=\w)")
_SEEN: Final = frozenset(
    {"text", "title", "alt_text", "accessibility_label", "label", "hint", "description", "placeholder", "fallback"}
)


def clean(text: str) -> str:
    """`text` without what nobody sees, and without secrets. For output alone: what is kept or queried stays whole."""
    return redacted(visible(text))


def visible(text: str) -> str:
    """`text` without controls, tags, direction marks, zero-width characters and stacks of marks; breaks as \\n."""
    if text.isascii() and text.isprintable():
        return text
    seen = _JOINER.sub("", _UNSEEN.sub("", _BREAKS.sub("\n", text)))
    return seen if seen.isascii() else _unstacked(seen)


def inert(text: str) -> str:
    """`text` with its addresses broken, so that no client makes a link of one; an e-mail address stays."""
    return _WORD.sub(_broken, text) if "." in text or "://" in text else text


def gated(value: Any) -> Any:
    """A block, a view or a part of one, with every text that people see in it `clean`; mrkdwn `inert` as well."""
    if isinstance(value, list | tuple):
        return [gated(part) for part in value]
    if not isinstance(value, dict):
        return value
    is_mrkdwn = value.get("type") == "mrkdwn"
    return {
        name: _shown(part, is_mrkdwn) if name in _SEEN and isinstance(part, str) else gated(part)
        for name, part in value.items()
    }


def _shown(text: str, is_mrkdwn: bool) -> str:
    """Slack refuses an empty text."""
    cleaned = clean(text)
    return (inert(cleaned) if is_mrkdwn else cleaned) or (" " if text else "")


def _unstacked(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= MARKS:
            kept.append(char)
    return "".join(kept)


def _broken(match: re.Match[str]) -> str:
    word = match[0]
    if "://" not in word and "www." not in word.casefold() and (_is_mail(word) or not _HOST.search(word)):
        return word
    return _DOT.sub("[.]", word.replace("://", "[:]//"))


def _is_mail(word: str) -> bool:
    name, _, host = word.partition("@")
    return bool(name) and _MAIL_HOST.fullmatch(host) is not None and not _HOST.search(name)
