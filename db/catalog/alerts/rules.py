"""The rules of alerts.yml: what is worth an alert, how grave it is, who is told, when and how often."""

from collections.abc import Mapping
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from db.catalog.alerts.schedule import Schedule
from db.catalog.alerts.spans import QuietHours, parse_span, parse_time, parse_zone
from db.catalog.source_file import SourceFile, SourceFileError
from db.severity import Severity

COLUMNS: Final = ("id", "name", "status", "started_at", "finished_at")
"""What `runs` must return, in any order: a row for each run of a pipeline."""
MORE_COLUMNS: Final = ("project", "owner", "owner_email", "team", "dataset", "gpu", "log_path", "model", "error")
"""What it may return, too: the message tells what there is."""
FOUND_COLUMNS: Final = ("id", "name", "project", "owner", "dataset", "gpu", "started_at", "finished_at")
"""What a rule's own `sql` returns: a row for each failure, the newest first; `log_path` and the like beside them."""

MENTIONS: Final = ("owner", "none")


class RulesError(SourceFileError):
    """alerts.yml cannot be used. For the operator: says the file, the line and what to do."""


def _read(parse: Any) -> BeforeValidator:
    return BeforeValidator(lambda value: parse(value) if isinstance(value, str) else value)


def _mentions(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _days(value: object) -> object:
    """The days of the week as cron has them: *, mon-fri, sat,sun."""
    if isinstance(value, str):
        Schedule.daily(time(9), value, ZoneInfo("UTC"))
    return value


Span = Annotated[timedelta, _read(parse_span)]
Clock = Annotated[time, _read(parse_time)]
Zone = Annotated[ZoneInfo, _read(parse_zone)]
Quiet = Annotated[QuietHours, _read(QuietHours.parse)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=64)]
ChannelId = Annotated[str, Field(pattern=r"^[CG][A-Z0-9]+$")]
PersonId = Annotated[str, Field(pattern=r"^[UWS][A-Z0-9]+$")]
Who = Annotated[str, Field(pattern=r"^(owner|none|[UWS][A-Z0-9]+)$")]
Mention = Annotated[tuple[Who, ...], BeforeValidator(_mentions)]
Sql = Annotated[str, Field(pattern=r"\S")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Statuses(_Part):
    """The words of the catalogue for how a run stands."""

    failed: tuple[str, ...] = ("failed",)
    running: tuple[str, ...] = ("running",)
    done: tuple[str, ...] = ("completed",)


class Where(_Part):
    """What must hold of an alert. A text may have * for any letters; no case is known. Empty: anything holds."""

    project: str | None = None
    pipeline: str | None = None
    owner: str | None = None
    team: str | None = None
    rule: str | None = None
    severity: Severity | None = None
    """This severe, or more."""


class RouteTo(Where):
    """One more way for the alerts of which it holds; each that holds is taken."""

    channel: ChannelId | None = None
    person: PersonId | None = None
    mention: Mention | None = None

    @model_validator(mode="after")
    def _has_a_place(self) -> "RouteTo":
        if (self.channel is None) == (self.person is None):
            raise ValueError("a route needs either channel: C… or person: U…")
        return self


class Reminder(_Part):
    """While nobody has acknowledged: first `after`, then each time `backoff` times as long, at most `times`."""

    after: Span = timedelta(minutes=30)
    times: int = Field(default=3, ge=0, le=20)
    backoff: float = Field(default=2.0, ge=1.0, le=10.0)


class Escalation(_Part):
    """Whom to tell, too, when nobody has acknowledged `after` a while."""

    after: Span
    channel: ChannelId | None = None
    mention: Mention = ()

    @model_validator(mode="after")
    def _has_a_place(self) -> "Escalation":
        if self.channel is None and not [one for one in self.mention if one not in MENTIONS]:
            raise ValueError("an escalation needs a channel: C…, or a mention: of somebody (U…)")
        return self


class Storms(_Part):
    """More than so many alerts within a while, alike in the columns of `by`, become one summary."""

    more_than: int = Field(default=5, ge=1, le=100)
    within: Span = timedelta(minutes=1)
    by: tuple[str, ...] = ()


class Slowness(_Part):
    """When a run takes too long: `factor` times what nine of ten of its last runs took, and `at_least` so long.

    With fewer than `runs` to compare with, longer than `unknown`.
    """

    factor: float = Field(default=2.0, gt=1.0, le=100.0)
    at_least: Span = timedelta(minutes=30)
    runs: int = Field(default=3, ge=1, le=100)
    unknown: Span | None = timedelta(days=2)


class Rule(_Part):
    """One rule. What it has found is kept under its `name`: under a new name it starts anew, in silence."""

    name: Name
    find: Literal["failed", "stuck"] | None = None
    sql: Sql | None = None
    severity: Severity = "high"
    group: Annotated[tuple[str, ...], Field(min_length=1)] = ("name", "dataset")
    channel: ChannelId | None = None
    mention: Mention = ("owner",)
    every: Span | None = None
    cron: str | None = None
    lookback: Span = timedelta(hours=6)
    where: Where = Where()
    routes: tuple[RouteTo, ...] = ()
    quiet: Quiet | None = None
    quiet_unless: Severity = "critical"
    remind: Reminder | None = Reminder()
    escalate: Escalation | None = None
    storm: Storms = Storms()
    slow: Slowness = Slowness()
    may_press: tuple[PersonId, ...] = ()

    @model_validator(mode="after")
    def _finds_one_way(self) -> "Rule":
        if (self.find is None) == (self.sql is None):
            raise ValueError("a rule needs either find: failed, find: stuck or sql: with a query of its own")
        if self.every is not None and self.cron is not None:
            raise ValueError("a rule has either every: or cron:")
        return self

    @property
    def kind(self) -> Literal["failed", "stuck", "found"]:
        return self.find or "found"


class Digest(_Part):
    """A summary of a day, told at a time of the day."""

    name: Name
    at: Clock = time(9)
    days: Annotated[str, BeforeValidator(_days)] = "*"
    channel: ChannelId | None = None
    project: str | None = None
    new_models: Sql | None = None


class ChannelRules(_Part):
    """How one channel is spoken to."""

    quiet: Quiet | None = None
    timezone: Zone | None = None
    language: Literal["ko", "en"] | None = None


class AlertRules(_Part):
    """The whole file. `timezone`: of the catalogue's times that have none; None: the bot's."""

    timezone: Zone | None = None
    runs: Sql | None = None
    statuses: Statuses = Statuses()
    new_models: Sql | None = None
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    digests: tuple[Digest, ...] = ()
    channels: Mapping[ChannelId, ChannelRules] = Field(default_factory=dict)

    def rule(self, name: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.name == name), None)


def load_rules(path: Path) -> AlertRules:
    """The rules of a file, at least one, each under its own name. Raises RulesError."""
    source = SourceFile(path, "ALERT_RULES", RulesError)
    rules = source.parse(AlertRules)
    _check_names(source, "rules", [rule.name for rule in rules.rules])
    _check_names(source, "digests", [digest.name for digest in rules.digests])
    for at, rule in enumerate(rules.rules):
        if rule.find is not None and rules.runs is None:
            raise source.error(("rules", at, "find"), "find: needs the query `runs` at the head of the file; add it")
        _check_cron(source, at, rule)
    return rules


def missing(columns: tuple[str, ...], needed: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `needed` that a result should have and has not."""
    return tuple(name for name in needed if name not in columns)


def _check_names(source: SourceFile, part: str, names: list[str]) -> None:
    for at, name in enumerate(names):
        if name in names[:at]:
            raise source.error((part, at, "name"), f"there is one called {name!r} already; give this one another name")


def _check_cron(source: SourceFile, at: int, rule: Rule) -> None:
    if rule.cron is None:
        return
    try:
        Schedule.cron(rule.cron, ZoneInfo("UTC"))
    except ValueError as error:
        raise source.error(("rules", at, "cron"), str(error)) from error
