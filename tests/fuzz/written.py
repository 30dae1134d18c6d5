"""The statements of statements.yml, for one engine."""

from pathlib import Path
from typing import Any, Final

import yaml

_HELD: Final = yaml.safe_load(Path(__file__).with_name("statements.yml").read_text(encoding="utf-8"))
CLASSES: Final = range(1, 13)


def hostile(engine: str) -> list[tuple[int, str]]:
    """With their classes of attack."""
    parts = [_HELD[part]["hostile"] for part in ("both", engine)]
    return [(kind, _written(entry)) for part in parts for kind, entries in part.items() for entry in entries]


def legitimate(engine: str) -> list[str]:
    return [str(sql) for part in ("both", engine) for sql in _HELD[part]["legitimate"]]


def common() -> list[str]:
    """Legitimate for both."""
    return [str(sql) for sql in _HELD["both"]["legitimate"]]


def _written(entry: str | dict[str, Any]) -> str:
    """The statement of one entry; long ones are told by what they repeat."""
    if isinstance(entry, str):
        return entry
    return f"{entry['start']}{entry['open'] * entry['times']}{entry['middle']}{entry['close'] * entry['times']}"
