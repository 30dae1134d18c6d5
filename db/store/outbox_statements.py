"""The statements by which letters are claimed, on either engine."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Interval, Update, and_, exists, func, literal, or_, select, update

from db.store.alert_tables import outbox
from db.store.outbox_records import LEASE, SETTLED

letter: Final = outbox.alias("letter")
"""The row that is looked for, beside the one that is changed."""
WAITING: Final = ("pending", "sending", "unknown")
REVIVED_FOR: Final = timedelta(days=1)
"""What is older and has died stays so, unless somebody asks for it."""
# A clock that was set back must hold nothing up: what is due later than anything is ever put off to is due now.
_LONGEST_HOLD: Final = timedelta(days=8)
_LONGEST_WAIT: Final = timedelta(days=1)
_CLOCKS_APART: Final = timedelta(minutes=5)


class Now:
    """The present: by the clock of a server that several bots share, else by ours."""

    def __init__(self, dialect: str, at: datetime) -> None:
        self._is_ours = dialect == "sqlite"
        self._at = at

    def plus(self, delay: timedelta = timedelta()) -> Any:
        """What a column of times is compared with, or set to."""
        if self._is_ours:
            return self._at + delay
        return func.now() + literal(delay, Interval) if delay else func.now()


def due(column: "ColumnElement[Any]", now: Now, longest: timedelta = _LONGEST_WAIT) -> ColumnElement[bool]:
    return or_(column <= now.plus(), column > now.plus(longest))


def expired(now: Now) -> ColumnElement[bool]:
    """Its lease is over; none ends later than one that begins now."""
    late = or_(outbox.c.lease_until < now.plus(), outbox.c.lease_until > now.plus(LEASE + _CLOCKS_APART))
    return and_(outbox.c.state == "sending", late)


def claim(owner: str, now: Now, spared: Collection[str]) -> Update:
    """Takes the first letter that may go: nothing is in flight in its channel, what it follows in its thread stands.

    On Postgres two may still choose letters of one channel at the same instant: the second breaks the index.
    """
    other, earlier, root = outbox.alias("other"), outbox.alias("earlier"), outbox.alias("root")
    is_free = ~exists().where(other.c.channel == letter.c.channel, other.c.state == "sending")
    stands = exists().where(root.c.outbox_id == letter.c.depends_on, root.c.state == "sent")
    is_next = ~exists().where(
        earlier.c.depends_on == letter.c.depends_on, earlier.c.seq < letter.c.seq, earlier.c.state.in_(WAITING)
    )
    chosen = _first(
        letter.c.state == "pending",
        or_(due(letter.c.next_at, now, _LONGEST_HOLD), letter.c.created_at > now.plus(_CLOCKS_APART)),
        letter.c.channel.not_in(spared),
        is_free,
        or_(letter.c.depends_on.is_(None), and_(stands, is_next)),
    )
    return chosen.values(
        state="sending",
        lease_owner=owner,
        lease_until=now.plus(LEASE),
        attempts=outbox.c.attempts + 1,
        first_attempt_at=func.coalesce(outbox.c.first_attempt_at, now.plus(), type_=outbox.c.created_at.type),
    ).returning(outbox)


def claim_edit(owner: str, now: Now, spared: Collection[str]) -> Update:
    """Takes a message that shows less than it should."""
    return (
        _first(
            letter.c.state == "sent",
            letter.c.wanted_version > letter.c.rendered_version,
            due(letter.c.refresh_at, now),
            letter.c.channel.not_in(spared),
        )
        .values(refresh_at=now.plus(LEASE), lease_owner=owner)
        .returning(outbox)
    )


def claim_unknown(owner: str, now: Now) -> Update:
    """Takes a letter of which nobody knows whether it stands; it stays what it is."""
    return (
        _first(letter.c.state == "unknown", due(letter.c.next_at, now))
        .values(next_at=now.plus(LEASE), lease_owner=owner)
        .returning(outbox)
    )


def claim_sweep(owner: str, now: Now) -> Update:
    """Takes a message of which there may be a second copy."""
    return (
        _first(letter.c.state == "sent", due(letter.c.sweep_at, now))
        .values(sweep_at=now.plus(LEASE), lease_owner=owner)
        .returning(outbox)
    )


def _first(*conditions: ColumnElement[bool]) -> Update:
    """An update of the oldest letter of which they hold, that nobody else is about to take."""
    seq = select(letter.c.seq).where(*conditions).order_by(letter.c.seq).limit(1)
    locked = seq.with_for_update(of=letter, skip_locked=True)
    return update(outbox).where(outbox.c.seq == locked.scalar_subquery())


def tidying(now: Now, under_way: Collection[str], revivable: Collection[str]) -> tuple[Update, ...]:
    """What time alone does: leases end, the dead are tried again, replies whose message never comes are dropped."""
    root = outbox.alias("root")
    late = and_(expired(now), outbox.c.outbox_id.not_in(under_way))
    ended = {"state": "unknown", "error": "lease_ended", "next_at": now.plus(SETTLED), "lease_owner": None}
    lives = and_(outbox.c.error.in_(revivable), outbox.c.created_at > now.plus(-REVIVED_FOR))
    root_lives = and_(root.c.error.in_(revivable), root.c.created_at > now.plus(-REVIVED_FOR))
    never = or_(root.c.state == "dropped", and_(root.c.state == "dead", ~root_lives))
    orphaned = exists().where(root.c.outbox_id == outbox.c.depends_on, never)
    return (
        update(outbox).where(late).values(ended),
        update(outbox).where(outbox.c.state == "dead", lives, due(outbox.c.next_at, now)).values(state="pending"),
        update(outbox).where(outbox.c.state == "pending", orphaned).values(state="dropped"),
    )
