"""Where statements are let loose: a catalogue with a private table, each layer to try alone, and what must not change.

The canary is a word that no grammar knows; it stands in the private table alone.
"""

from dataclasses import dataclass
from typing import Protocol

from db.catalog.engine import Runner


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one layer said: `text` holds all that came back, `ran` if rows did, `rule` if the guard refused."""

    text: str
    ran: bool = False
    rule: str = ""
    denied: bool = False


class Arena(Protocol):
    """One for each engine: `sqlite.py`, `postgres.py`."""

    def judged(self, sql: str) -> Outcome:
        """The guard alone. Any error but a refusal is the guard's defect, and raised."""
        ...

    def tried(self, sql: str, *, has_passed: bool = False) -> Outcome:
        """The engine alone, its error in the catalogue's words.

        Whatever the guard lets through (`has_passed`) is tried where even less is allowed, if the engine can do that.
        """
        ...

    def excuses(self, sql: str) -> bool:
        """Whether the engine may deny the statement although the guard has let it through."""
        ...

    def leaks(self, outcome: Outcome) -> bool: ...

    def changes(self) -> list[str]:
        """What is no longer as it was; tries go on in a fresh connection."""
        ...

    def pool(self) -> Runner:
        """What the catalogue itself would run statements by."""
        ...
