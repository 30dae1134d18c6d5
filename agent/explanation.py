"""How a question was read and what was tried for it: typed data that is kept with the turn."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias

from pydantic import TypeAdapter, ValidationError

from db.catalog.learned import Target
from db.catalog.meaning import ColumnRef

Kind: TypeAlias = Literal[
    "table",
    "column",
    "value",
    "condition",
    "part",
    "concept",
    "criterion",
    "span",
    "missing",
    "word",
    "amount",
    "date",
    "unknown",
]


@dataclass(frozen=True, slots=True)
class ReadMention:
    """A stretch of the question and what it was read as; of several `meanings` the query took the one that fits.

    `score` is 1 for what is written as it is known, less for what was corrected or is only part of a name, and 0
    for what nothing is known of. `corrected` is what it was taken for, where it is written otherwise. `refs` are
    the columns it speaks of, (table, "") for a table.
    """

    surface: str
    kind: Kind
    meanings: tuple[str, ...] = ()
    refs: tuple[ColumnRef, ...] = ()
    score: float = 1.0
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that a word may have been meant for; the higher the score (to 1), the nearer."""

    target: Target
    score: float


@dataclass(frozen=True, slots=True)
class LostWord:
    """A word that was not understood; `word` is as it may be learnt, without its particles."""

    word: str
    nearest: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One question of what was asked, as the offline engine read it.

    `text` is the question made plain. `query` is the query tree as JSON-able data, None where none was made; `joins`
    are its keys in walking order, `sql` the statement that answers, `refs` every column that the query speaks of.
    """

    text: str
    intent: str
    style: str
    mentions: tuple[ReadMention, ...] = ()
    dropped: tuple[str, ...] = ()
    lost: tuple[LostWord, ...] = ()
    query: Mapping[str, Any] | None = None
    joins: tuple[str, ...] = ()
    sql: str | None = None
    refs: tuple[ColumnRef, ...] = ()


@dataclass(frozen=True, slots=True)
class CallMade:
    """One tool call of an engine, in its `step` (from 1). `sql` is None where it ran no query.

    `problem` is the error that it met, "" if none; `rows` how many rows it gave.
    """

    step: int
    tool: str
    argument: str
    sql: str | None = None
    problem: str = ""
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A statement that an engine tried which then left the question to another one."""

    engine: str
    sql: str
    verdict: str
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one turn came to its answer: what the rules read (`clauses`), or what the model did, step by step."""

    engine: str
    model: str
    completions: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    clauses: tuple[Clause, ...] = ()
    calls: tuple[CallMade, ...] = ()
    given_up: tuple[GivenUp, ...] = ()

    @property
    def lost(self) -> tuple[LostWord, ...]:
        """The words of all clauses that were not understood, each once."""
        return tuple({one.word: one for clause in self.clauses for one in clause.lost}.values())


@cache
def _adapter() -> TypeAdapter[Explanation]:
    return TypeAdapter(Explanation)


def dump(explanation: Explanation) -> dict[str, Any]:
    """The explanation as JSON-able data."""
    data: dict[str, Any] = _adapter().dump_python(explanation, mode="json")
    return data


def load(data: Mapping[str, Any] | None) -> Explanation | None:
    """The explanation that `dump` wrote; None where there is none, or the data is of another make."""
    try:
        return _adapter().validate_python(data) if data is not None else None
    except ValidationError:
        return None
