"""What can go wrong between a question and the catalogue's rows."""


class CatalogError(Exception):
    """Anything the catalogue refuses or cannot do; its text holds no row values of its own accord."""


class CatalogUnavailable(CatalogError):
    """For the user and the operator: the catalogue cannot be opened or is gone.

    The text is one sentence that says what is wrong and what to do.
    """


class FileReplaced(CatalogUnavailable):
    """For the catalogue itself: another file lies where the one it has read lay."""

    def __init__(self) -> None:
        super().__init__("The catalogue file was replaced; ask again.")


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
