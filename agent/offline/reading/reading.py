"""What a question was read as: the query, what it is asked for, and what was corrected or not understood."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from agent.offline.query.query import Filter, Query, Ref
from agent.offline.reading.checks.correct import Correction
from agent.offline.words.mentions import Mention

Intent: TypeAlias = Literal[
    "query", "help", "greeting", "thanks", "write", "outside", "unclear", "missing", "no_antecedent", "meaning"
]
Asks: TypeAlias = Literal[
    "rerun", "why", "affected", "since", "times", "nth", "like", "first", "before", "previous", "newest"
]
Style: TypeAlias = Literal["list", "count", "compare", "recommend", "exists", "best"]


@dataclass(frozen=True, slots=True)
class About:
    """What is asked of a run of `table`, and which of its like are looked up for it.

    `by` its name; its `parent` where none has its name, or what is `above` it where it has none. `named` is what the
    parent is called, "" where nobody has said; `column` holds the state, and `state` is the one that is asked after.
    `said`: what an analysis gave as the cause.
    """

    asks: Asks
    table: str
    column: Ref | None = None
    by: Literal["", "name", "parent", "above"] = ""
    parent: str = ""
    named: str = ""
    state: Filter | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Fitness:
    """What rows are to be fit for: `word` as it was said, and the column of the notes that may speak of it.

    `criterion` names the need that it is, "" where there is none; `aim` is the state that they are to come to.
    """

    word: str
    note: Ref
    criterion: str = ""
    aim: Filter | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """`words` are those the intent is about: to be explained, not understood, not in the catalogue, or without an
    antecedent.

    `tested`: the condition a yes/no question asks of the rows. `same`: the column asked to be equal.
    `searched`: words that nothing explains, looked for in texts. `about`: the table of what has no antecedent,
    where its kind is known. `are_known`: `words` are understood each, not what they are to do here.
    `choices`: what the word may be meant by, each under its label with what is to stand in the word's place.
    `mentions` are all that the question says, for whoever asks why it was read so. `runs`: what is asked of a run and
    its like. `otherwise` is asked where the query finds nothing. `apart`: the measure by which two are apart.
    `fitness`: what the rows are asked to be fit for.
    """

    intent: Intent
    query: Query | None = None
    style: Style = "list"
    words: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    dropped: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    tested: Filter | None = None
    same: Ref | None = None
    mentions: tuple[Mention, ...] = ()
    about: str | None = None
    are_known: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    runs: About | None = None
    otherwise: "Reading | None" = None
    apart: Ref | None = None
    fitness: Fitness | None = None
