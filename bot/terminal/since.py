"""A time in the past, as people write it on the command line."""

import argparse
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from db.catalog.alerts.spans import parse_span


def parse_since(text: str) -> timedelta | datetime:
    """How long ago ("6h"), a day ("2026-11-20") or a time ("2026-11-20T18:00"). For argparse's `type`."""
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        pass
    try:
        return parse_span(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no time; write one like 6h, 2d, 2026-11-20 or 2026-11-20T18:00"
        ) from None


def moment_of(since: timedelta | datetime | None, now: datetime, zone: ZoneInfo) -> datetime | None:
    """That time in UTC; without a zone of its own it is by the clock of `zone`."""
    if since is None:
        return None
    if isinstance(since, timedelta):
        return now - since
    return (since.replace(tzinfo=zone) if since.tzinfo is None else since).astimezone(UTC)
