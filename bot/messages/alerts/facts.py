"""What the messages of an alert are made of, beside the alert itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from db.catalog.meaning import Language
from db.logfiles import Tail

HISTORY_DAYS: Final = 30
"""How far back failures are counted."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How a channel is spoken to: its language, the zone of its times, and what time it is now (UTC)."""

    language: Language
    zone: ZoneInfo
    now: datetime


@dataclass(frozen=True, slots=True)
class Envelope:
    """Of which row of the outbox a message is, and how it goes.

    `calls`: people and groups (U…, S…) that it calls. `is_repeat`: it may stand there already. `is_continued`: the
    message before it is lost. `is_escalated`: it is there because nobody has acknowledged.
    """

    outbox_id: str = ""
    calls: tuple[str, ...] = ()
    is_repeat: bool = False
    is_continued: bool = False
    is_escalated: bool = False


@dataclass(frozen=True, slots=True)
class Success:
    """A run that went well: when it ended, and how long it took, as far as that is known.

    `by`: what it has in common with the alert's run; of none of its name one on its dataset counts, else its like.
    """

    name: str
    at: datetime | None
    took_s: float | None = None
    by: Literal["name", "dataset", "family"] = "name"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known around an alert. Times in UTC, None where nobody knows.

    `nth`: which failure of the last HISTORY_DAYS the newest is. `usual_s` and `history` (the newest first): how long
    such runs take. `last_success` counts only where `knows_successes`. `names`: of people by their ids in Slack.
    `link_hosts`: where links may lead.
    """

    started: datetime | None = None
    ended: datetime | None = None
    nth: int | None = None
    usual_s: float | None = None
    history: tuple[float, ...] = ()
    last_success: Success | None = None
    knows_successes: bool = False
    tail: Tail | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    link_hosts: Collection[str] = ()


def cell(details: Mapping[str, Any], column: str) -> str:
    """A cell on one line; "" where there is none."""
    value = details.get(column)
    return "" if value is None else " ".join(str(value)[:_READ_CHARS].split())


_READ_CHARS: Final = 4_000
"""Nobody is shown more of a cell; what is beyond is not even read."""
