"""The statements by which letters are claimed, on either engine."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Interval,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from db.store.alerts.outbox_records import LEASE, SETTLED
from db.store.alerts.tables import outbox
from db.store.tables import Utc

# The row that is looked for, beside the one that is changed; the one it follows; others of its channel and thread.
_letter, _root, _other, _earlier = map(outbox.alias, ("letter", "root", "other", "earlier"))
WAITING: Final = ("pending", "sending", "unknown")
REVIVED_FOR: Final = timedelta(days=1)
"""What is older and has died stays so, unless somebody asks for it."""
# A clock that was set back must hold nothing up: what is due later than anything is ever put off to is due now.
_LONGEST_HOLD: Final = timedelta(days=8)
_LONGEST_WAIT: Final = timedelta(days=1)
_CLOCKS_APART: Final = timedelta(minutes=5)


class Now:
    """The present: by the clock of a server that several bots share, else by ours.

    Without a time of ours it stands for one that is named when the statement runs: see `moments`.
    """

    def __init__(self, dialect: str, at: datetime | None) -> None:
        self._is_ours = dialect == "sqlite"
        self._at = at
        self._delays: dict[str, timedelta] = {}

    def plus(self, delay: timedelta = timedelta()) -> Any:
        """What a column of times is compared with, or set to."""
        if not self._is_ours:
            return func.now() + literal(delay, Interval) if delay else func.now()
        if self._at is not None:
            return self._at + delay
        name = f"at_{delay // timedelta(seconds=1)}".replace("-", "less_")
        self._delays[name] = delay
        return bindparam(name, type_=Utc())

    def moments(self, at: datetime) -> dict[str, datetime]:
        """The times that are to be named, when the present is `at`."""
        return {name: at + delay for name, delay in self._delays.items()}


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
    is_free = ~exists().where(_other.c.channel == _letter.c.channel, _other.c.state == "sending")
    stands = exists().where(_root.c.outbox_id == _letter.c.depends_on, _root.c.state == "sent")
    is_next = ~exists().where(
        _earlier.c.depends_on == _letter.c.depends_on, _earlier.c.seq < _letter.c.seq, _earlier.c.state.in_(WAITING)
    )
    chosen = _first(
        _may_go(_letter, now),
        _letter.c.channel.not_in(spared),
        is_free,
        or_(_letter.c.depends_on.is_(None), and_(stands, is_next)),
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
        _first(_is_behind(_letter, now), _letter.c.channel.not_in(spared))
        .values(refresh_at=now.plus(LEASE), lease_owner=owner)
        .returning(outbox)
    )


def claim_unknown(owner: str, now: Now) -> Update:
    """Takes a letter of which nobody knows whether it stands; it stays what it is."""
    return (
        _first(_letter.c.state == "unknown", due(_letter.c.next_at, now))
        .values(next_at=now.plus(LEASE), lease_owner=owner)
        .returning(outbox)
    )


def claim_sweep(owner: str, now: Now) -> Update:
    """Takes a message of which there may be a second copy."""
    return (
        _first(_letter.c.state == "sent", due(_letter.c.sweep_at, now))
        .values(sweep_at=now.plus(LEASE), lease_owner=owner)
        .returning(outbox)
    )


def _first(*conditions: ColumnElement[bool]) -> Update:
    """An update of the oldest letter of which they hold, that nobody else is about to take."""
    seq = select(_letter.c.seq).where(*conditions).order_by(_letter.c.seq).limit(1)
    locked = seq.with_for_update(of=_letter, skip_locked=True)
    return update(outbox).where(outbox.c.seq == locked.scalar_subquery())


@lru_cache(maxsize=8)
def looking(dialect: str, revivable: frozenset[str]) -> tuple[Select[bool, bool, bool, bool, bool], Now]:
    """One row: whether there is any letter to be tidied, posted, edited, looked for, swept.

    It is asked each second, so that it is made once; it runs with the moments of the `Now`.
    """
    now = Now(dialect, None)
    late, revived, orphaned = _untidy(outbox, now, revivable)
    statement = select(
        or_(*(exists().where(each) for each in (late, revived, orphaned))).label("tidy"),
        exists().where(_may_go(outbox, now)).label("post"),
        exists().where(_is_behind(outbox, now)).label("edit"),
        exists().where(outbox.c.state == "unknown", due(outbox.c.next_at, now)).label("look"),
        exists().where(outbox.c.state == "sent", due(outbox.c.sweep_at, now)).label("sweep"),
    )
    return statement, now


def tidying(now: Now, under_way: Collection[str], revivable: Collection[str]) -> tuple[Update, ...]:
    """What time alone does: leases end, the dead are tried again, replies whose message never comes are dropped."""
    late, revived, orphaned = _untidy(outbox, now, revivable)
    ended = {"state": "unknown", "error": "lease_ended", "next_at": now.plus(SETTLED), "lease_owner": None}
    return (
        update(outbox).where(late, outbox.c.outbox_id.not_in(under_way)).values(ended),
        update(outbox).where(revived).values(state="pending"),
        update(outbox).where(orphaned).values(state="dropped"),
    )


def _untidy(of: Table, now: Now, revivable: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    lives, root_lives = (
        and_(each.c.error.in_(revivable), each.c.created_at > now.plus(-REVIVED_FOR)) for each in (of, _root)
    )
    never = or_(_root.c.state == "dropped", and_(_root.c.state == "dead", ~root_lives))
    return (
        expired(now),
        and_(of.c.state == "dead", lives, due(of.c.next_at, now)),
        and_(of.c.state == "pending", exists().where(_root.c.outbox_id == of.c.depends_on, never)),
    )


def _may_go(of: FromClause, now: Now) -> ColumnElement[bool]:
    """Its time has come; a letter from the future tells of a clock that was set back."""
    is_due = or_(due(of.c.next_at, now, _LONGEST_HOLD), of.c.created_at > now.plus(_CLOCKS_APART))
    return and_(of.c.state == "pending", is_due)


def _is_behind(of: FromClause, now: Now) -> ColumnElement[bool]:
    return and_(of.c.state == "sent", of.c.wanted_version > of.c.rendered_version, due(of.c.refresh_at, now))
