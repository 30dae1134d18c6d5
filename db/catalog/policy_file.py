"""The shape of a policy file: which roles open what, and who has them."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from db.catalog.source_file import SourceFileError


class PolicyError(SourceFileError):
    """A policy cannot be used. For the operator: says the file, the line and what to do."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RolePart(_Part):
    """A role: the private columns it opens ("table.column", or "table" for all of one), the rows it shows of a table.

    `rows` are SQL conditions over the tables as they are, with :team and :email for the asker's. Of a table that
    it does not name there, the role shows all rows.
    """

    opens: tuple[str, ...] = ()
    rows: dict[str, str] = Field(default_factory=dict)


class WhoPart(_Part):
    """Where the asker's team stands: the table of people, its column of addresses, its column of teams."""

    table: str
    email: str
    team: str


def _listed(found: object) -> object:
    return (found,) if isinstance(found, str) else found


Roles = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class PolicyFile(_Part):
    """A policy as a whole. `people` are Slack's user ids or e-mail addresses, `everyone` whom it does not name."""

    roles: dict[str, RolePart]
    everyone: Roles = ()
    people: dict[str, Roles] = Field(default_factory=dict)
    who: WhoPart | None = None
