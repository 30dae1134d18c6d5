"""What Slack makes of a text: escapes, and the mentions, broadcasts and links in it."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

_CONTROL: Final = re.compile(r"<(?:[@#!]|[A-Za-z][\w+.-]*:)[^<>]*>")
_MARKDOWN: Final = re.compile(rf"{_CONTROL.pattern}|\]\([^)]+\)|\b(?:https?://|www\.)[^\s<>)]+")

_CALLING: Final[dict[str, str]] = {
    "user": "user_id",
    "usergroup": "usergroup_id",
    "channel": "channel_id",
    "team": "team_id",
    "broadcast": "range",
    "link": "url",
}
"""The runs of a rich_text that reach somebody or lead somewhere, and the field that says whom or where."""


def escape(text: str) -> str:
    """What people type, as Slack hands it on: its three control characters escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def calls(text: str, blocks: Sequence[dict[str, Any]]) -> list[str]:
    """Every mention, channel, broadcast and link that Slack would make of a message.

    A bare address in mrkdwn isn't counted: it becomes a link, but one that shows where it leads.
    """
    found = _CONTROL.findall(text)
    for block in blocks:
        for value in objects(block):
            found += _calls_of(value)
    return found


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, itself first, in the order of writing; however deep it is."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting += reversed(value.values())
        elif isinstance(value, list | tuple):
            waiting += reversed(value)


def _calls_of(value: dict[str, Any]) -> list[str]:
    kind = value.get("type")
    text = value.get("text")
    if not isinstance(kind, str):
        return []
    if kind in _FOUND_IN and isinstance(text, str):
        return _FOUND_IN[kind](text)
    whom = value.get(_CALLING.get(kind, ""))
    return [f"{kind}:{whom}"] if isinstance(whom, str) else []


_FOUND_IN: Final[dict[str, Callable[[str], list[str]]]] = {"mrkdwn": _CONTROL.findall, "markdown": _MARKDOWN.findall}
