"""What the outbox tells of itself, as records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from db.store.alerts.records import Posting

LEASE: Final = timedelta(seconds=60)
"""So long who has claimed a letter has it."""
SETTLED: Final = timedelta(seconds=40)
"""After the lease: a call's deadline, and the time in which a message that Slack has taken can be read there."""
COALESCED: Final = timedelta(seconds=5)
"""What changes within this time is shown in one edit."""

Due: TypeAlias = Literal["tidy", "post", "edit", "look", "sweep"]
DUES: Final[tuple[Due, ...]] = ("tidy", "post", "edit", "look", "sweep")
"""What there may be to do: see Outbox.tidy, claim, claim_edit, claim_unknown, claim_sweep."""


@dataclass(frozen=True, slots=True)
class OutboxHealth:
    """How it stands with what is to be said.

    `oldest_pending`: since when the letter that waits longest could have been sent. `held`: how many letters wait that
    were turned away before, by the error code.
    """

    oldest_pending: datetime | None
    pending: int
    unknown: int
    dead: int
    last_sent: Mapping[str, datetime]
    held: Mapping[str, int] = field(default_factory=dict)


def may_stand(posting: Posting) -> bool:
    """Whether an earlier try than the one under way may have left a message, too."""
    first, lease_until = posting.first_attempt_at, posting.lease_until
    return posting.is_repeat or (first is not None and lease_until is not None and lease_until - first != LEASE)
