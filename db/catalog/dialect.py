"""What sets one engine's SQL apart for the guard, for repairs and for whoever writes statements."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """`name` is sqlglot's. `functions` are all that a statement may call, in lower case.

    `table_functions` may stand in FROM. `instead` says what to write for names that come from elsewhere,
    `families` in a few words what the allowed functions are for.
    """

    name: str
    functions: frozenset[str]
    table_functions: frozenset[str]
    instead: Mapping[str, str]
    families: str
