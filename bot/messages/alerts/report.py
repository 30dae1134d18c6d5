"""The numbers of a summary, as they wait in the outbox until they are told."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from db.store.alerts.records import AlertState


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Failure(_Part):
    """One alert: how it stands, and for how long it has been so, or how long it took to be well."""

    name: str
    project: str = ""
    state: AlertState = "open"
    span_s: float = 0.0


class LongRun(_Part):
    """A run that takes longer than it used to."""

    name: str
    project: str = ""
    now_s: float | None = None
    usual_s: float | None = None


class ProjectDay(_Part):
    """How the runs of a project ended."""

    name: str
    failed: int = 0
    done: int = 0


class NewModel(_Part):
    """A model that went into production."""

    name: str
    version: str = ""
    project: str = ""


class Day(_Part):
    """How many runs ended how on one day: "2026-11-21"."""

    day: str
    failed: int = 0
    done: int = 0


class Cost(_Part):
    """What the bot's answers took; `usd` is None where no price is known."""

    answers: int = 0
    tokens: int = 0
    usd: float | None = None


class Report(_Part):
    """A summary from `since` to `until`. `opened`, `resolved`: how many alerts; `still_open`: those from before, too.

    `failures` are the first of all these, `others` counts the rest. `unknown`: what could not be looked up.
    """

    since: AwareDatetime
    until: AwareDatetime
    project: str = ""
    is_delayed: bool = False
    opened: int = 0
    resolved: int = 0
    still_open: int = 0
    failures: tuple[Failure, ...] = ()
    others: int = 0
    long_runs: tuple[LongRun, ...] = ()
    done: int = 0
    is_cut: bool = False
    projects: tuple[ProjectDay, ...] = ()
    models: tuple[NewModel, ...] = ()
    days: tuple[Day, ...] = ()
    cost: Cost = Cost()
    unknown: tuple[Literal["runs", "models", "days"], ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing went wrong, and nothing is wrong, as far as that is known."""
        return not (self.opened or self.still_open or self.failures or self.long_runs or "runs" in self.unknown)


def dump(report: Report) -> dict[str, Any]:
    return report.model_dump(mode="json")


def load(payload: Mapping[str, Any]) -> Report | None:
    """None for what is no report."""
    try:
        return Report.model_validate(dict(payload))
    except ValidationError:
        return None
