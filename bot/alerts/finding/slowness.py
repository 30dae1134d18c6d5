"""When a run takes too long, by how long runs like it took: pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from db.catalog.alerts.rules import Slowness


@dataclass(frozen=True, slots=True)
class Usual:
    """How long runs like it took, in seconds: the middle one, and from when on it is too long; None: never."""

    usual_s: float | None
    limit_s: float | None


def usual_of(slow: Slowness, took_s: Sequence[float]) -> Usual:
    """`took_s`: of completed runs, in any order."""
    spans = sorted(took_s)
    usual_s = spans[len(spans) // 2] if spans else None
    if len(spans) < slow.runs:
        return Usual(usual_s, None if slow.unknown is None else slow.unknown.total_seconds())
    most_took = spans[ceil(len(spans) * 0.9) - 1]
    return Usual(usual_s, max(most_took * slow.factor, slow.at_least.total_seconds()))


def least_of(slow: Slowness) -> timedelta:
    """No run is too slow before that, whatever those like it took."""
    return slow.at_least if slow.unknown is None else min(slow.at_least, slow.unknown)
