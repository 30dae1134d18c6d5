"""What must hold of an alert for somebody to be told of it, or for it to be muted: pure."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from db.store.alerts.records import Alert, Mute

Conditions: TypeAlias = Mapping[str, Sequence[str]]
"""By key, the patterns one of which must fit; every key must. `*` in a pattern stands for any text.

Without a condition, every alert is meant. `severity` and `kind` hold the words themselves.
"""

KEYS: Final = ("project", "pipeline", "owner", "team", "rule", "kind", "dataset", "severity")
_KEY_CHARS: Final = 255
_DETAILS: Final = {"owner": ("owner", "owner_email"), "team": ("team",), "dataset": ("dataset",)}


def matches(conditions: Conditions, alert: Alert) -> bool:
    """Whether all of them hold; a key that nobody knows holds of none."""
    return all(
        any(fits(pattern, text) for pattern in patterns for text in _texts(key, alert))
        for key, patterns in conditions.items()
    )


def covers(mute: Mute, alert: Alert) -> bool:
    """Whether the mute is meant for the alert; whether it still holds is not asked."""
    if mute.scope == "alert":
        return mute.value == alert.alert_id
    return any(fits(mute.value, text) for text in _texts(mute.scope, alert))


def fits(pattern: str, text: str) -> bool:
    """Whether the text is the pattern, whatever stands for its `*`; case, width and blanks don't matter."""
    first, *others = folded(pattern).split("*")
    text = folded(text)
    if not others:
        return text == first
    if not text.startswith(first):
        return False
    at = len(first)
    for part in others[:-1]:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return text.endswith(others[-1]) and len(text) - len(others[-1]) >= at


def folded(text: str) -> str:
    """Equal for texts that read alike."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def key_of(conditions: Conditions) -> str:
    """One spelling of the same conditions, whatever order they were written in; short enough for the store."""
    told = {key: sorted(set(map(folded, patterns))) for key, patterns in sorted(conditions.items()) if patterns}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text if len(text) <= _KEY_CHARS else hashlib.sha256(text.encode(errors="replace")).hexdigest()


def _texts(key: str, alert: Alert) -> tuple[str, ...]:
    """What the alert has under a key."""
    own = {
        "project": alert.project,
        "pipeline": alert.name,
        "rule": alert.rule,
        "kind": alert.kind,
        "severity": alert.severity,
    }
    if key in own:
        return (own[key],)
    cells = (alert.details.get(column) for column in _DETAILS.get(key, ()))
    return tuple(str(cell) for cell in cells if cell is not None)
