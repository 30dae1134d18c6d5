"""What is told of a turn while it runs: which step, which tool call with what outcome, the text as it grows."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeAlias

from agent.llm.protocol import Observation, ToolCall

SUBJECT_CHARS: Final = 400
PROBLEM_CHARS: Final = 400
_TELLINGS: Final = 32
"""A text is told of again when it has grown by this part of itself."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a tool call: `rows` of a query (`truncated`: there are more), or what was wrong with the call."""

    ok: bool
    rows: int | None = None
    truncated: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Calling:
    """A tool call of a step, at `place` among its calls (from 0). `subject` is the SQL, or what is looked for.

    Both `subject` and the outcome's problem are a model's words: whoever shows them takes care.
    """

    place: int
    subject: str
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life during a turn: what is being done, in which step (from 1).

    `text` is the answer's text so far, while `phase` is "writing". With phase "tool", `calling` is the call: told of
    as it begins, then as it has ended.
    """

    phase: Literal["thinking", "tool", "writing"]
    step: int
    tool: str | None = None
    text: str = ""
    calling: Calling | None = None


OnProgress: TypeAlias = Callable[[Progress], None]


def ignore_progress(_: Progress) -> None:
    """For callers that show nothing while a turn runs."""


def begun(call: ToolCall, step: int, place: int) -> Progress:
    """A call that is about to be made."""
    return Progress("tool", step, call.name, calling=Calling(place, subject(call)))


def ended(begun: Progress, observation: Observation) -> Progress:
    """The same call, with its outcome."""
    assert begun.calling is not None
    return replace(begun, calling=replace(begun.calling, outcome=_outcome(observation)))


def subject(call: ToolCall) -> str:
    """What a call is about: its SQL where it has one, else the texts among its arguments; "" for what is no JSON."""
    try:
        given = json.loads(call.arguments or "{}")
    except (ValueError, RecursionError):
        return ""
    if not isinstance(given, dict):
        return ""
    sql = given.get("sql")
    found = sql if isinstance(sql, str) else ", ".join(text for value in given.values() for text in _texts(value))
    return found.strip()[:SUBJECT_CHARS]


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str)]
    return [value] if isinstance(value, str) and value else []


def _outcome(observation: Observation) -> Outcome:
    if not observation.ok:
        return Outcome(ok=False, problem=observation.text.removeprefix("ERROR: ")[:PROBLEM_CHARS])
    table = observation.table
    return Outcome(True) if table is None else Outcome(True, len(table.rows), table.truncated)


class Growing:
    """Tells of an answer's text as it grows, the seldomer the longer it is: in time in proportion to its length."""

    def __init__(self, on_progress: OnProgress, step: int, most: int) -> None:
        self._on_progress = on_progress
        self._step = step
        self._most = most
        self._pieces: list[str] = []
        self._chars = 0
        self._told = 0

    def add(self, piece: str) -> None:
        if self._chars >= self._most:
            return
        self._pieces.append(piece)
        self._chars += len(piece)
        if self._chars > self._told + self._told // _TELLINGS:
            self._told = self._chars
            self._on_progress(Progress("writing", self._step, text="".join(self._pieces)[: self._most]))
