"""Plain text for Slack: escaped, measured, cut."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

FENCE: Final = "```"


def escape(text: str) -> str:
    """Slack's three control characters made harmless; do it once, last.

    Source: docs.slack.dev, formatting message text. What is escaped can name nobody and calls no channel.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, limit: int) -> str:
    """At most `limit` characters; an ellipsis stands for what was cut."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + "…"


def clip_escaped(text: str, limit: int) -> str:
    """`text` escaped, at most `limit` characters long, never cut inside an escape."""
    escaped = escape(text)
    while len(escaped) > limit:
        text = clip(text, len(text) - max((len(escaped) - limit) // 5, 2))
        escaped = escape(text)
    return escaped


def pieces(text: str, limit: int) -> Iterator[str]:
    """`text` in pieces of at most `limit` characters, cut at a paragraph, else a line, else a word, else anywhere."""
    while len(text) > limit:
        cut = _best_cut(text, limit)
        head, text = text[:cut].rstrip(), text[cut:].lstrip("\n")
        if head:
            yield head
    if text.strip():
        yield text


def fences_closed(parts: Iterable[str]) -> Iterator[str]:
    """Each part with its code fences closed: one that runs on is opened again in the next part."""
    is_open = False
    for part in parts:
        text = FENCE + "\n" + part if is_open else part
        is_open = text.count(FENCE) % 2 == 1
        yield text + "\n" + FENCE if is_open else text


def fenced(text: str) -> str:
    """Text between code fences, none of which is its own."""
    return f"{FENCE}\n{text.replace(FENCE, chr(39) * 3)}\n{FENCE}"


def _best_cut(text: str, limit: int) -> int:
    for mark in ("\n\n", "\n", " "):
        found = text.rfind(mark, limit // 2, limit)
        if found > 0:
            return found + len(mark)
    return limit


def width(text: str) -> int:
    """Columns `text` takes in a monospaced font, where Hangul and its kin take two."""
    return sum(_char_width(char) for char in text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """`text` filled with blanks to `columns`, to the left of a right-aligned text."""
    blanks = " " * max(columns - width(text), 0)
    return blanks + text if right else text + blanks


def _char_width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
