"""What somebody types in the message box, as Slack sends it on: escaped, with names and links as markup."""

import re
from collections.abc import Iterable
from typing import Final

from bot.playground.rules.text import escape
from bot.playground.workspace.state import Workspace

_CODE: Final = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
_LINK: Final = r"https?://(?:[^\s<>&`|]|&amp;)*(?:[^\s<>&`|.,;:!?)\]'\"]|&amp;)"


def markup(text: str, workspace: Workspace) -> str:
    """`@김민준` becomes <@U…>, `#ml-alerts` <#C…|ml-alerts>, a web address <…>; code stays as typed."""
    parts = _CODE.split(escape(text))
    known = _names(workspace)
    found = _pattern(known)
    for at in range(0, len(parts), 2):  # what was split at stands between, as it was typed
        parts[at] = found.sub(lambda match: known.get(match[0].casefold(), f"<{match[0]}>"), parts[at])
    return "".join(parts)


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """A web address, or a name after its sign, the longest first. A particle may follow it, a Latin letter may not."""
    spoken = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"{_LINK}|(?<![\w/])(?:{spoken})(?![A-Za-z0-9_])", re.IGNORECASE | re.ASCII)


def _names(workspace: Workspace) -> dict[str, str]:
    """Everything somebody or a channel goes by, after its sign, as it is found in an escaped text; with its markup."""
    by_name: dict[str, str] = {}
    for user in workspace.users.values():
        first = user.real_name.split()[:1] if user.is_bot else []  # the first word of a product's name
        for name in filter(None, (user.name, user.real_name, *first)):
            by_name.setdefault(f"@{escape(name)}".casefold(), f"<@{user.id}>")
    for channel in workspace.channels.values():
        if channel.kind == "channel":
            by_name.setdefault(f"#{escape(channel.name)}".casefold(), f"<#{channel.id}|{channel.name}>")
    return by_name
