"""Cursor pagination, as Slack's list methods have it."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from bot.playground.workspace.refused import Refused

_MARK: Final = "next:"

T = TypeVar("T")


def page(
    items: Sequence[T],
    args: Mapping[str, Any],
    key: Callable[[T], str],
    *,
    default: int = 100,
    most: int = 1_000,
    is_descending: bool = False,
) -> tuple[list[T], str]:
    """The page of `items` that `limit` and `cursor` ask for, with the cursor of the next one ("": there is none).

    `items` are ordered by `key`. A cursor names the first item of its page by
    key, so items that come or go elsewhere don't shift it.
    Raises Refused: invalid_limit, invalid_cursor.
    """
    limit = args.get("limit") or default
    if not 1 <= limit <= most:
        raise Refused("invalid_limit")
    if args.get("cursor"):
        first = _read(args["cursor"])
        items = [item for item in items if (key(item) <= first if is_descending else key(item) >= first)]
    return list(items[:limit]), _write(key(items[limit])) if len(items) > limit else ""


def _write(key: str) -> str:
    return base64.b64encode(f"{_MARK}{key}".encode()).decode()


def _read(cursor: str) -> str:
    try:
        text = base64.b64decode(cursor, validate=True).decode()
    except (binascii.Error, ValueError):
        raise Refused("invalid_cursor") from None
    if not text.startswith(_MARK):
        raise Refused("invalid_cursor")
    return text.removeprefix(_MARK)
