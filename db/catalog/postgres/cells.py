"""Values on their way from Postgres: cut and made text by the server, typed again here."""

import math
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from db.catalog.table import Cell

Reader: TypeAlias = Callable[[str], Cell]

# pg_type.dat: the numbers of built-in types never change. A domain arrives as what it is made of.
BYTEA: Final = 17
_BOOL: Final = 16
_TIMESTAMPTZ: Final = 1184
_INTEGERS: Final = frozenset((20, 21, 23, 26))
_DECIMALS: Final = frozenset((700, 701, 1700))
_UTC: Final = "+00"
_INTEGER_MOST: Final = 2**63 - 1
_DIGITS_MOST: Final = 400


def wrapped(sql: str, types: Sequence[int], chars: int, rows: int) -> str:
    """A statement that gives the rows of `sql` as texts of at most `chars` characters, and no more than `rows`.

    In brackets after FROM only a query can stand: by grammar there is no INSERT, SHOW or EXPLAIN, and no INTO.
    """
    names = [f"c{number}" for number in range(1, len(types) + 1)]
    texts = [_text(name, kind, chars) for name, kind in zip(names, types, strict=True)]
    return f"SELECT {', '.join(texts)} FROM (\n{sql}\n) AS q({', '.join(names)}) LIMIT {rows}"


def reader(kind: int) -> Reader:
    """What makes a cell of a type's text, as SQLite would show it."""
    if kind == _BOOL:
        return _truth
    if kind in _INTEGERS:
        return int
    if kind in _DECIMALS:
        return _number
    return _in_utc if kind == _TIMESTAMPTZ else str


def _text(name: str, kind: int, chars: int) -> str:
    if kind == BYTEA:
        return f"'<blob ' || pg_catalog.octet_length({name}) || ' bytes>'"
    return f'pg_catalog."left"({name}::pg_catalog.text, {chars})'


def _truth(text: str) -> int:
    return int(text == "true")


def _number(text: str) -> Cell:
    """A whole number stays one as far as SQLite knows them; what is no finite number stays text."""
    if len(text) > _DIGITS_MOST:
        return text
    if text.lstrip("-").isdecimal() and abs(whole := int(text)) <= _INTEGER_MOST:
        return whole
    number = float(text)
    return number if math.isfinite(number) else text


def _in_utc(text: str) -> str:
    return text.removesuffix(_UTC)
