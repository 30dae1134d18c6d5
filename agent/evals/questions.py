"""Question sets: one JSON object a line, each a thread of questions with what is right, if known."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator, model_validator

from agent.evals.match import Mode

Check = Literal["rows", "scalar", "refuse", "clarify", "no_result"]
_RATIO_NOTES = ("percent", "0.714")


class Question(BaseModel):
    """One line of a question file. `gold_sql` with `check` makes it one that can be scored.

    `must` are groups of words: the answer's text needs one of each. `suggest` are names of which it needs one.
    `bare`: an answer that shows rows is wrong, whatever its text says (a question back, a refusal).
    `alert` are the details of an alert that the thread stands below.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    id: Annotated[str, StringConstraints(min_length=1)]
    thread: tuple[Annotated[str, StringConstraints(min_length=1)], ...] = Field(min_length=1)
    alert: Mapping[str, str | int | float | None] | None = None
    as_of: datetime | date | None = None
    lang: str = ""
    category: str = "all"
    phrasing: str = ""
    typo: bool = False
    notes: str = ""
    check: Check | None = None
    gold_sql: str | None = None
    alt: tuple[str, ...] = ()
    match: Mode = "set"
    order: bool = True
    must: tuple[tuple[str, ...], ...] = ()
    suggest: tuple[str, ...] = ()
    bare: bool = False

    @field_validator("as_of", mode="before")
    @classmethod
    def _mere_date(cls, value: object) -> object:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return date.fromisoformat(value)
        return value

    @model_validator(mode="after")
    def _gold_where_rows_are_judged(self) -> "Question":
        if self.check in ("rows", "scalar") and not self.gold_sql:
            raise ValueError(f"a question with check {self.check!r} needs gold_sql")
        return self

    @property
    def is_scored(self) -> bool:
        """Whether the line says what a right answer is."""
        return self.check is not None

    @property
    def is_ratio(self) -> bool:
        """Whether 0.5 is an answer where the gold says 50 %."""
        return self.category == "ratio" or "ratio" in self.phrasing or any(note in self.notes for note in _RATIO_NOTES)

    def asked_at(self, zone: tzinfo) -> datetime | None:
        """When the line wants to be asked, at noon for a mere date; None where it doesn't say."""
        return None if self.as_of is None else at_noon(self.as_of, zone)


def at_noon(day: date, zone: tzinfo) -> datetime:
    """An aware moment: `day` as it is if it has a time, else noon of it."""
    if isinstance(day, datetime):
        return day if day.tzinfo else day.replace(tzinfo=zone)
    return datetime.combine(day, time(12), zone)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no question, and why. For the operator."""

    number: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.reason}"


def read_questions(lines: Iterable[str]) -> tuple[list[Question], list[BadLine]]:
    """The questions in order, and every line that is none; empty lines are neither."""
    questions: list[Question] = []
    bad: list[BadLine] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        found = _read_line(line.removeprefix("\ufeff"))
        if isinstance(found, str):
            bad.append(BadLine(number, found))
        elif found.id in seen:
            bad.append(BadLine(number, f"id {found.id!r} stands on line {seen[found.id]} already"))
        else:
            seen[found.id] = number
            questions.append(found)
    return questions, bad


def _read_line(line: str) -> Question | str:
    try:
        data: Any = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        return f"not JSON ({error})"
    if not isinstance(data, dict):
        return 'not a JSON object such as {"id": "q1", "thread": ["…"]}'
    try:
        return Question.model_validate(data)
    except ValidationError as error:
        return "; ".join(
            ".".join(map(str, problem["loc"]))
            + (": " if problem["loc"] else "")
            + problem["msg"].removeprefix("Value error, ")
            for problem in error.errors(include_url=False, include_input=False)
        )
