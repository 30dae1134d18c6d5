"""What the store keeps, and what it tells about cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, TypeAlias

Status: TypeAlias = Literal["running", "done", "failed", "interrupted", "forgotten"]
Rating: TypeAlias = Literal["good", "bad"]
FeedbackSource: TypeAlias = Literal["button", "reaction"]
Verdict: TypeAlias = Literal["ran", "refused", "failed", "timeout"]
SynonymVerdict: TypeAlias = Literal["confirmed", "dropped", "undone"]
Json: TypeAlias = Mapping[str, Any]
"""What json.dumps accepts, under string keys."""


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """One question and the whole work on it. Times are aware, in UTC.

    `source_ts` is the Slack timestamp of the asking message, `reply_ts` those of
    the answering ones in order. `queries` holds {"sql", "error", "rows", "ms"} for each statement
    in order, `result` the head of the last result, `error` the code of a failure.
    `prompt_version` tells the wording by which the engine worked, `replica` the
    process that has the turn.
    """

    turn_id: str
    team: str
    channel: str
    thread_ts: str
    user_id: str
    question: str
    asked_at: datetime
    source_ts: str | None = None
    reply_ts: tuple[str, ...] = ()
    status: Status = "running"
    answer: str = ""
    queries: tuple[Json, ...] = ()
    result: Json | None = None
    focus: tuple[Json, ...] = ()
    frame: Json | None = None
    engine: str | None = None
    error: str | None = None
    finished_at: datetime | None = None
    prompt_version: str | None = None
    replica: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class UsageEntry:
    """One model's part of a turn. `cost_usd` is None where no price is known; it is kept to 1e-12 USD."""

    model: str
    completions: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class UsageTotal:
    """What one user spent on one model. `cost_usd` leaves out `unpriced_turns`; None if no turn had a price."""

    user_id: str
    model: str
    turns: int
    completions: int
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    cost_usd: Decimal | None
    unpriced_turns: int


@dataclass(frozen=True, slots=True)
class UsageBy:
    """What one user, channel or model took. `cost_usd` leaves out `unpriced_turns`; None if no turn had a price."""

    subject: str
    turns: int
    completions: int
    tokens: int
    cost_usd: Decimal | None
    unpriced_turns: int


@dataclass(frozen=True, slots=True)
class Spent:
    """What a stretch of time cost; turns without a known price are in the tokens alone."""

    tokens: int
    cost_usd: Decimal


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One query that an engine tried in a turn, at `at`. `rule` is the code of the rule that refused it.

    `roles` are those that the policy gave the asker.

    "failed" with the rule "cut_off": the turn ended, or the catalogue was gone, before the query had.
    """

    turn_id: str
    team: str
    channel: str
    thread_ts: str
    user_id: str
    at: datetime
    engine: str
    sql: str
    verdict: Verdict
    rule: str | None = None
    rows: int = 0
    ms: int = 0
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A word of a question that was not understood; `nearest` are JSON-able targets that it may stand for.

    `word` is equal for spellings that are read alike, `surface` is what was written.
    """

    word: str
    surface: str
    nearest: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnNotes:
    """What is kept beside a turn of how it was read: JSON-able data, and the words that were not understood."""

    explanation: Json | None = None
    unplaced: tuple[Unplaced, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """A turn that ended, with how it was read; None where that is not known, as for turns of an older bot.

    `error` is the code of a failure.
    """

    turn_id: str
    thread_ts: str
    user_id: str
    question: str
    error: str | None
    explanation: Json | None = None


@dataclass(frozen=True, slots=True)
class UnplacedWord:
    """A word that questions were not understood for: how often, by whom (the latest first), and the last question."""

    word: str
    surface: str
    times: int
    users: tuple[str, ...]
    question: str
    nearest: tuple[Json, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided of a word, at `at`. `column` and `value` are "" where the meaning goes no deeper.

    "confirmed": it stands for that; "dropped": it means nothing; "undone": whatever was decided no longer holds.
    """

    word: str
    surface: str
    verdict: SynonymVerdict
    team: str
    user_id: str
    at: datetime
    table: str = ""
    column: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one person thinks of one answer, at `at`. `reason` is a code, `expected` the person's own words.

    `understanding` tells from 1 (not at all) to 5 how well the question was understood.
    """

    turn_id: str
    user_id: str
    rating: Rating
    at: datetime
    reason: str | None = None
    expected: str | None = None
    understanding: int | None = None
    source: FeedbackSource = "button"


@dataclass(frozen=True, slots=True)
class Rated:
    """An answer with what people think of it: how many find it good and bad, the newest words first, and the last time.

    `sql` is what answered it last, "" where nothing ran; `tables` are those its rows were of.
    `understanding` is the mean.
    """

    turn_id: str
    channel: str
    question: str
    answer: str
    sql: str
    tables: tuple[str, ...]
    engine: str | None
    prompt_version: str | None
    good: int
    bad: int
    reasons: tuple[str, ...]
    expected: tuple[str, ...]
    understanding: float | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Example:
    """A question with SQL that people found to answer it. `user_id` is the admin's who took it in."""

    turn_id: str
    question: str
    sql: str
    user_id: str
    at: datetime
