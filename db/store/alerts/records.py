"""What the store keeps of alerts, as records."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from db.severity import Severity
from db.store.records import Json

AlertKind: TypeAlias = Literal["failed", "stuck", "found", "reported"]
"""Built-in: a run has failed, or takes far longer than it used to. `found`: by a rule's SQL. `reported`: by a hook."""

AGAIN: Final = "again_at"
"""Among an alert's details: since when its failed run is running again (ISO)."""

AlertState: TypeAlias = Literal["open", "acknowledged", "snoozed", "resolved"]

AlertAction: TypeAlias = Literal[
    "acknowledge", "unacknowledge", "snooze", "wake", "assign", "mute", "unmute", "resolve", "reopen"
]
"""What people do with an alert. `reopen` takes back a resolution that somebody pressed."""

MessageKind: TypeAlias = Literal["root", "reply", "storm", "storm_list", "digest", "notice"]
"""`root`: an alert's own message. `reply`: a line in its thread. `notice`: a word to an admin."""

MessageState: TypeAlias = Literal["pending", "sending", "sent", "unknown", "dead", "dropped"]
"""`unknown`: it may stand in Slack. `dead`: Slack won't take it. `dropped`: there was no more reason to send it."""


@dataclass(frozen=True, slots=True)
class Found:
    """One failure as a scan, or a hook, has found it.

    `source` is the same for the same failure however often it is found (rule, id, moment); `fingerprint` is the same
    for whatever belongs into one alert (rule and group). `at`: when it happened, None where nobody knows. `moment`
    tells so as the catalogue writes it, in a form whose texts sort by time; "" unknown.
    """

    source: str
    fingerprint: str
    run_id: str
    name: str
    project: str
    moment: str
    at: datetime | None
    details: Json
    severity: Severity = "high"
    kind: AlertKind = "failed"


@dataclass(frozen=True, slots=True)
class Alert:
    """One episode: from the first failure of something until it is well again. Times in UTC.

    `count`: how many failures it has taken in. `details`: the columns of the newest of them (db.catalog.alerts.rules),
    with AGAIN while that run is not over yet.
    `version` rises with every change that a message shows.
    """

    alert_id: str
    fingerprint: str
    episode: int
    rule: str
    kind: AlertKind
    severity: Severity
    state: AlertState
    run_id: str
    name: str
    project: str
    details: Json
    count: int
    first_at: datetime
    last_at: datetime
    version: int = 1
    is_muted: bool = False
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    assignee: str | None = None
    snoozed_by: str | None = None
    snoozed_until: datetime | None = None
    resolved_at: datetime | None = None
    resolution: Json | None = None
    cause: Json | None = None
    reminders: int = 0
    remind_at: datetime | None = None
    escalate_at: datetime | None = None


def begun(alert_id: str, rule: str, one: Found, now: datetime, episode: int = 1) -> Alert:
    """The alert that a find opens; of one that nobody dates, `now`."""
    at = one.at or now
    return Alert(
        alert_id=alert_id,
        fingerprint=one.fingerprint,
        episode=episode,
        rule=rule,
        kind=one.kind,
        severity=one.severity,
        state="open",
        run_id=one.run_id,
        name=one.name,
        project=one.project,
        details=one.details,
        count=1,
        first_at=at,
        last_at=at,
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be put into the outbox. `dedupe_key` is written once, whoever writes it.

    `not_before`: held until then (quiet hours, a storm's pace); None: at once. `depends_on`: the outbox_id of the
    message in whose thread it goes. `payload`: what its text is made of, beside the alert or storm as they then are.
    """

    dedupe_key: str
    kind: MessageKind
    channel: str
    alert_id: str | None = None
    storm_id: str | None = None
    payload: Json = field(default_factory=dict)
    depends_on: str | None = None
    not_before: datetime | None = None
    wanted_version: int = 1


@dataclass(frozen=True, slots=True)
class Posting:
    """A row of the outbox, as the one who claimed it has it."""

    outbox_id: str
    seq: int
    dedupe_key: str
    kind: MessageKind
    alert_id: str | None
    storm_id: str | None
    payload: Json
    channel: str
    conversation: str | None
    depends_on: str | None
    state: MessageState
    attempts: int
    created_at: datetime
    first_attempt_at: datetime | None
    next_at: datetime
    lease_owner: str | None
    lease_until: datetime | None
    ts: str | None
    sent_at: datetime | None
    error: str | None
    is_repeat: bool
    wanted_version: int
    rendered_version: int
    refresh_at: datetime | None
    sweep_at: datetime | None


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an alert is told. `mention`: people and groups (U…, S…) that its first message calls, once.

    `storm_key`: the group within which more than `storm_after` in `storm_within_s` become one summary.
    """

    channel: str
    mention: tuple[str, ...] = ()
    not_before: datetime | None = None
    storm_key: str = ""
    storm_after: int = 5
    storm_within_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Routed:
    """What becomes of a new alert. One that is muted is recorded and told nowhere."""

    destinations: tuple[Destination, ...] = ()
    is_muted: bool = False
    remind_at: datetime | None = None
    escalate_at: datetime | None = None


Route: TypeAlias = Callable[[Alert], Routed]
"""Pure: it is called inside the transaction that writes the alert."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The alerts that what was found has opened, and those that took it in."""

    opened: tuple[Alert, ...] = ()
    fed: tuple[Alert, ...] = ()


@dataclass(frozen=True, slots=True)
class Press:
    """What somebody does with an alert. `version`: of the alert, or storm, as they saw it.

    `until`: when a snooze or a mute ends. `assignee`: whose it is from now on.
    """

    alert_id: str
    action: AlertAction
    version: int
    user: str
    at: datetime
    until: datetime | None = None
    assignee: str | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """The alert as it is then; None where there is none, and for a storm.

    `is_first` False: nothing has changed, since `by` was first; None where it was nobody.
    """

    alert: Alert | None
    is_first: bool
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Click:
    """One press that had an effect, as the audit has it."""

    alert_id: str
    action: AlertAction
    version: int
    user_id: str
    at: datetime
    details: Json


@dataclass(frozen=True, slots=True)
class Storm:
    """Many alerts of one group in one channel, told as one message. `closed_at`: it takes in no more."""

    storm_id: str
    channel: str
    key: str
    opened_at: datetime
    last_at: datetime
    closed_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Mute:
    """Alerts that are recorded and not told. `scope`: what `value` names; `until`: None for good."""

    scope: Literal["alert", "pipeline", "project", "rule"]
    value: str
    until: datetime | None
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who else is told: `target` is a channel's id or a person's. `conditions`: what must hold of an alert."""

    target: str
    key: str
    conditions: dict[str, Any]
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class AlertChannel:
    """What people have set for a channel's alerts; None: as alerts.yml has it."""

    channel: str
    quiet: str | None = None
    timezone: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class ScheduledRun:
    """One run of something that the clock starts. `outcome`: done, delayed (caught up) or skipped (too late)."""

    job_key: str
    slot: str
    scheduled_for: datetime
    outcome: Literal["done", "delayed", "skipped"]
    at: datetime
