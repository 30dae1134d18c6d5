"""The rules of alerts.yml: which rows of the catalogue are worth an alert."""

from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from db.catalog.source_file import SourceFile, SourceFileError
from db.catalog.table import Table

COLUMNS: Final = ("id", "name", "project", "owner", "dataset", "gpu", "started_at", "finished_at")
"""What a rule's query returns, in any order: a row for each pipeline that has failed, the newest first."""


class RulesError(SourceFileError):
    """alerts.yml cannot be used. For the operator: says the file, the line and what to do."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(_Part):
    """One rule. What it found already is kept under its `name`: under a new name it starts anew, in silence."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=64)]
    sql: Annotated[str, Field(pattern=r"\S")]

    def missing(self, table: Table) -> tuple[str, ...]:
        """The columns that its result should have and has not."""
        return tuple(name for name in COLUMNS if name not in table.columns)


class _RulesFile(_Part):
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]


def load_rules(path: Path) -> tuple[Rule, ...]:
    """The rules of a file, at least one, each under its own name. Raises RulesError."""
    source = SourceFile(path, "ALERT_RULES", RulesError)
    rules = source.parse(_RulesFile).rules
    names = [rule.name for rule in rules]
    for at, name in enumerate(names):
        if name in names[:at]:
            raise source.error(("rules", at, "name"), f"there is a rule {name!r} already; give this one another name")
    return rules
