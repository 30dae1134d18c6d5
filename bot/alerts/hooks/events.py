"""What an orchestrator may report of a run: the JSON of POST /hooks/pipelines, checked."""

import json
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from db.severity import Severity

_PROBLEMS: Final = 10


class EventError(Exception):
    """For whoever sends: `problems` say what to change, a line each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Id = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=200)]
Short = Annotated[str, Field(max_length=300)]


class RunReport(BaseModel):
    """The run as its orchestrator knows it; what the catalogue knows of it, too, is told from there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    name: Annotated[str, Field(min_length=1, max_length=300)]
    project: Short | None = None
    owner: Short | None = None
    owner_email: Short | None = None
    team: Short | None = None
    dataset: Short | None = None
    gpu: Short | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    log_path: Annotated[str, Field(max_length=1_000)] | None = None
    error: Annotated[str, Field(max_length=2_000)] | None = None
    url: Annotated[str, Field(max_length=1_000, pattern=r"^https?://")] | None = None

    def row(self) -> dict[str, Any]:
        """Its cells, as a row of `runs` has them."""
        told = self.model_dump(mode="json", exclude_none=True)
        return {name: value for name, value in told.items() if value != ""}


class RunEvent(BaseModel):
    """One event. `rule`: by whose ways it is told, the first rule that finds failed runs where it is left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["run.failed", "run.completed"]
    run: RunReport
    rule: Annotated[str, Field(max_length=64)] | None = None
    severity: Severity | None = None
    source: Annotated[str, Field(max_length=100)] | None = None


def read_event(body: bytes) -> RunEvent:
    """Raises EventError."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise EventError((f"the body is no JSON: {error}",)) from error
    try:
        return RunEvent.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        raise EventError(tuple(map(_told, found[:_PROBLEMS]))) from error


def _told(problem: Any) -> str:
    where = ".".join(map(str, problem["loc"])) or "the body"
    if problem["type"] == "extra_forbidden":
        return f"{where}: is not known; leave it out"
    return f"{where}: {problem['msg']}"
