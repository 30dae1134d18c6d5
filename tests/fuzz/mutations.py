"""Statements changed: `disguised` keeps what they mean, `spoiled` makes anything of them."""

import re
from collections.abc import Callable
from random import Random
from typing import Final

# Quotes and comments whole, words, numbers, single signs, gaps.
_QUOTED: Final = r"""'[^']*'?|"[^"]*"?"""
_REST: Final = r"""|--[^\n]*\n?|/\*.*?(?:\*/|\Z)|\s+|[^\W\d]\w*|\d[\w.]*|."""
_TOKENS: Final = {
    # To Postgres a bracket is an array's, with quotes in it.
    "postgres": re.compile(_QUOTED + _REST, re.DOTALL),
    "sqlite": re.compile(_QUOTED + r"|`[^`]*`?|\[[^\]]*\]?" + _REST, re.DOTALL),
}
_GAPS: Final = ("\n", "\t", "  ", " /* x */ ", "/**/ ", " -- ; DROP\n", " /* ' */ ", "\r\n")
_ODD: Final = (
    *"\0\ud800\ufeff\u200b\u3000\r\x1c'\"`[];()\\$?",
    *("--", "/*", "*/", ":a", "ſ", "{#", "N'"),
)
_ALIKE: Final = str.maketrans({"a": "а", "e": "е", "s": "ſ", "i": "ı", "k": "\u212a", "S": "Ｓ", ";": "；", "(": "（"})
_QUOTES: Final = ('""', "[]", "``", "''")


def disguised(sql: str, dice: Random, dialect: str) -> str:
    """The same statement with other gaps, and other cases of its bare ASCII words."""
    return "".join(_disguised(token, dice) for token in _TOKENS[dialect].findall(sql))


def spoiled(sql: str, other: str, dice: Random, dialect: str) -> str:
    """Cut, nested, spliced with `other`, with odd letters or quotes in it."""
    change: Callable[[list[str], list[str], Random], str] = dice.choice(
        (_spliced, _cut, _doubled, _nested, _struck, _requoted, _alike)
    )
    tokens = _TOKENS[dialect]
    return change(tokens.findall(sql), tokens.findall(other), dice)


def _disguised(token: str, dice: Random) -> str:
    if not token.strip(" \t\r\n") and dice.random() < 0.3:
        return dice.choice(_GAPS)
    if token.isascii() and token.isidentifier() and dice.random() < 0.3:
        return dice.choice((token.upper(), token.lower(), token.swapcase()))
    return token


def _spliced(own: list[str], other: list[str], dice: Random) -> str:
    start, end = sorted((_place(own, dice), _place(own, dice)))
    first, last = sorted((_place(other, dice), _place(other, dice)))
    return "".join((*own[:start], *other[first:last], *own[end:]))


def _cut(own: list[str], _other: list[str], dice: Random) -> str:
    text = "".join(own)
    return text[: dice.randint(0, len(text))]


def _doubled(own: list[str], _other: list[str], dice: Random) -> str:
    start, end = sorted((_place(own, dice), _place(own, dice)))
    return "".join((*own[:end], *own[start:]))


def _nested(own: list[str], _other: list[str], dice: Random) -> str:
    deep = dice.choice((1, 2, 5, 70))
    first, last = dice.choice(
        (("SELECT * FROM (", "\n)"), ("SELECT (", ")"), ("WITH q AS (", ") SELECT * FROM q"), ("(", ")"))
    )
    return f"{first * deep}{''.join(own)}{last * deep}"


def _struck(own: list[str], _other: list[str], dice: Random) -> str:
    text, at = "".join(own), dice.randint(0, sum(map(len, own)))
    return f"{text[:at]}{dice.choice(_ODD)}{text[at + dice.randint(0, 1) :]}"


def _requoted(own: list[str], _other: list[str], dice: Random) -> str:
    quotes, at = dice.choice(_QUOTES), dice.randint(0, len(own))
    return "".join(
        (*own[:at], *(f"{quotes[0]}{token.strip(chr(34))}{quotes[1]}" for token in own[at : at + 1]), *own[at + 1 :])
    )


def _alike(own: list[str], _other: list[str], dice: Random) -> str:
    at = _place(own, dice)
    return "".join((*own[:at], *(token.translate(_ALIKE) for token in own[at : at + 3]), *own[at + 3 :]))


def _place(tokens: list[str], dice: Random) -> int:
    return dice.randint(0, len(tokens))
