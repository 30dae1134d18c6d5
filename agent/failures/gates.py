"""A quick look at whether a pattern can match a line at all: most lines hold none of its words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_SHORTEST: Final = 3
_TIMES: Final = "?*{"
_PLAIN: Final = re.compile(r"[^\\.^$*+?{}\[\]|()]")
_ESCAPED: Final = re.compile(r"[^A-Za-z0-9]")
"""What stands for itself behind a backslash."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Lines that hold one of `words`, in small letters, or that `rest` finds may match; no other line does."""

    words: tuple[str, ...]
    rest: re.Pattern[str] | None

    def is_open(self, line: str, low: str) -> bool:
        """Whether the patterns may match `line`; `low` is it in small letters."""
        return any(word in low for word in self.words) or (self.rest is not None and self.rest.search(line) is not None)


def gate_of(patterns: Sequence[str]) -> Gate:
    """The gate before patterns that are read without regard to case."""
    words: list[str] = []
    rest: list[str] = []
    for alternative in (each for pattern in patterns for each in _alternatives(pattern)):
        word = max(_runs(alternative), key=len, default="")
        if len(word) >= _SHORTEST and word.isascii():
            words.append(word.lower())
        else:
            rest.append(alternative)
    return Gate(tuple(dict.fromkeys(words)), re.compile("|".join(rest), re.IGNORECASE) if rest else None)


def _alternatives(pattern: str) -> Iterator[str]:
    """The parts between the bars that stand in no group and no class."""
    begin = 0
    for at, end, token in _tokens(pattern):
        if token == "|":
            yield pattern[begin:at]
            begin = end
    yield pattern[begin:]


def _runs(alternative: str) -> Iterator[str]:
    """Characters in a row that stand in whatever the alternative matches."""
    run = ""
    for _, end, token in _tokens(alternative):
        is_spare = alternative[end : end + 1] in tuple(_TIMES)
        if token and not is_spare:
            run += token
        if not token or is_spare or alternative[end : end + 1] == "+":
            yield run
            run = ""
    yield run


def _tokens(pattern: str) -> Iterator[tuple[int, int, str]]:
    """Begin, end, and the character itself where one stands for itself (a bar too); "" for all that may be anything."""
    at = 0
    while at < len(pattern):
        end, token = at + 1, ""
        if pattern[at] == "\\":
            end, token = at + 2, pattern[at + 1] if _ESCAPED.match(pattern[at + 1]) else ""
        elif pattern[at] in "([":
            end = _closed(pattern, at)
        elif pattern[at] == "{":
            end = pattern.index("}", at) + 1
        elif pattern[at] == "|" or _PLAIN.match(pattern[at]):
            token = pattern[at]
        yield at, end, token
        at = end


def _closed(pattern: str, begin: int) -> int:
    """Behind the group or class that begins there."""
    at, depth, in_class = begin, 0, False
    while True:
        char = pattern[at]
        if char == "\\":
            at += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char in "()":
            depth += 1 if char == "(" else -1
        at += 1
        if depth == 0 and not in_class:
            return at
