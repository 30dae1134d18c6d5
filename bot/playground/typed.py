"""What somebody types in the message box, as Slack sends it on: escaped, with names and links as markup."""

import re
from collections.abc import Iterator
from typing import Final

from bot.playground.rules.text import escape
from bot.playground.workspace import Workspace

_CODE: Final = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
_LINK: Final = r"https?://[^\s<>`]+[^\s<>`.,;:!?)\]]"


def markup(text: str, workspace: Workspace) -> str:
    """`@김민준` becomes <@U…>, `#ml-alerts` <#C…|ml-alerts>, a web address <…>; code stays as typed."""
    parts = _CODE.split(escape(text))
    found, known = _pattern(workspace), _Known(workspace)
    for at in range(0, len(parts), 2):  # what was split at stands between, as it was typed
        parts[at] = found.sub(known, parts[at])
    return "".join(parts)


def _pattern(workspace: Workspace) -> re.Pattern[str]:
    """A web address, or a name after its sign, the longest first. A particle may follow it, a Latin letter may not."""
    spoken = sorted((escape(name) for name in _called(workspace)), key=len, reverse=True)
    names = "|".join(map(re.escape, spoken))
    return re.compile(rf"{_LINK}|(?<![\w/])(?:{names})(?![A-Za-z0-9_])", re.IGNORECASE | re.ASCII)


def _called(workspace: Workspace) -> Iterator[str]:
    yield from (f"@{name}" for name in people(workspace))
    yield from (f"#{channel.name}" for channel in workspace.channels.values() if channel.kind == "channel")


def people(workspace: Workspace) -> dict[str, str]:
    """Every name somebody goes by, with their id: handle, real name, and a product name's first word (MLOps)."""
    by_name: dict[str, str] = {}
    for user in workspace.users.values():
        first = (user.real_name.split()[0],) if user.is_bot else ()
        for name in (user.name, user.real_name, *first):
            by_name.setdefault(name.casefold(), user.id)
    return by_name


class _Known:
    """Turns one found name or address into its markup."""

    def __init__(self, workspace: Workspace) -> None:
        self._people = people(workspace)
        self._channels = {c.name.casefold(): c for c in workspace.channels.values() if c.kind == "channel"}

    def __call__(self, found: re.Match[str]) -> str:
        if not found.group().startswith(("@", "#")):
            return f"<{found.group()}>"
        sign, name = found.group()[0], found.group()[1:].casefold()
        if sign == "@":
            return f"<@{self._people[name]}>"
        channel = self._channels[name]
        return f"<#{channel.id}|{channel.name}>"
