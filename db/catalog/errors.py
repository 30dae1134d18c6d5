"""What can go wrong between a question and the catalogue's rows."""

from typing import Literal


class CatalogError(Exception):
    """Anything the catalogue refuses or cannot do; its text holds no row values of its own accord."""


class CatalogUnavailable(CatalogError):
    """For the user and the operator: the catalogue cannot be opened or is gone.

    The text is one sentence that says what is wrong and what to do.
    """


class Replaced(CatalogUnavailable):
    """For the catalogue itself: another database stands where the one it has read stood."""

    def __init__(self) -> None:
        super().__init__("The catalogue was replaced; ask again.")


Kind = Literal["unavailable", "denied", "several", "no_column", "ambiguous", "too_big", "other"]


class EngineError(CatalogError):
    """For the catalogue itself, which tells the model in its own words: what an engine said of a statement.

    `name` is the column that "no_column" and "ambiguous" are about, `hint` a sentence that the engine's side
    adds to a denial.
    """

    def __init__(self, kind: Kind, text: str, name: str = "", *, hint: str = "") -> None:
        super().__init__(text)
        self.kind = kind
        self.name = name
        self.hint = hint


class QueryError(CatalogError):
    """For the model: this SQL gave no result; the text says how to mend it."""


class QueryRefused(QueryError):
    """The guard, or the engine's authorizer, did not let the statement through; `rule` is which one of its rules.

    The rules are short names that do not change: they are kept in the audit.
    """

    def __init__(self, text: str, rule: str = "engine") -> None:
        super().__init__(text)
        self.rule = rule


class QueryFailed(QueryError):
    """The database could not run the statement; nearest names are in the text."""


class QueryTimeout(QueryError):
    """The statement ran past its deadline and was stopped."""
