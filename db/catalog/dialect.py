"""What sets one engine's SQL apart for the guard, for repairs and for whoever writes statements."""

import string
from collections.abc import Mapping
from dataclasses import dataclass

_SMALL = {ord(letter): letter.lower() for letter in string.ascii_uppercase}


@dataclass(frozen=True, slots=True)
class Dialect:
    """`name` is sqlglot's. `functions` are all that a statement may call, in lower case.

    `table_functions` may stand in FROM. `instead` says what to write for names that come from elsewhere,
    `families` in a few words what the allowed functions are for. `home` is the schema that the tables are in.

    `syntax` holds the parser's keys of functions that are written as signs or without brackets, `types` those
    that a value may be cast to; empty where the engine itself can be trusted to tell.

    `is_lax` stands for SQLite's ways: names know no case even in quotes, a CTE sees those after it,
    `x IN name` reads a table, and a name in double quotes that is no column is text.
    """

    name: str
    functions: frozenset[str]
    table_functions: frozenset[str]
    instead: Mapping[str, str]
    families: str
    home: str
    syntax: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    is_lax: bool = False

    def key(self, name: str, *, is_quoted: bool = False) -> str:
        """Equal for names that are the same to the engine."""
        return name if is_quoted and not self.is_lax else lowered(name)


def lowered(name: str) -> str:
    """Without the case of ASCII's letters, which is all that the engines know of it: Ä is not ä there."""
    return name.translate(_SMALL)
