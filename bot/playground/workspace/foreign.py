"""What comes from outside, read so that whatever is made of it can be sent on."""

import json
from math import isfinite
from typing import Any, Final

_DEEPEST: Final = 64  # Block Kit's deepest shapes have about twelve levels


def load_json(sent: str | bytes) -> Any:
    """JSON that can be sent on as JSON: not too deep, no lone surrogate, no infinite number. Raises ValueError."""
    try:
        value = json.loads(sent if isinstance(sent, str) else sent.decode())
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not _is_shallow(value, _DEEPEST):
        raise ValueError("nested too deeply")
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    return value


def clean(text: str) -> str:
    """A text that can be encoded: what was no UTF-8 has become question marks."""
    return text.encode("utf-8", "replace").decode()


def written(value: Any) -> str:
    """JSON of anything at all, for those who must be told: what is none is left out or told in words."""
    try:
        return json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return json.dumps(_plain(value, _DEEPEST))


def _is_shallow(value: Any, levels: int) -> bool:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels > 0 and all(_is_shallow(part, levels - 1) for part in parts)


def _plain(value: Any, levels: int) -> Any:
    if levels == 0:
        return "…"
    if isinstance(value, dict):
        return {str(name): _plain(part, levels - 1) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(part, levels - 1) for part in value]
    is_json = value is None or isinstance(value, bool | int | str) or (isinstance(value, float) and isfinite(value))
    return value if is_json else repr(value)
