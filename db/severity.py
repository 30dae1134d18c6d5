"""How grave an alert is."""

from typing import Final, Literal, TypeAlias

Severity: TypeAlias = Literal["low", "medium", "high", "critical"]
SEVERITIES: Final[tuple[Severity, ...]] = ("low", "medium", "high", "critical")
"""From the least to the most severe."""


def is_at_least(severity: Severity, bound: Severity) -> bool:
    return SEVERITIES.index(severity) >= SEVERITIES.index(bound)
