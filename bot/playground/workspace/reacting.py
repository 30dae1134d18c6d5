"""Emoji on messages, whoever puts them there."""

import re
from typing import Final

from bot.playground.workspace.records import Channel, Message
from bot.playground.workspace.refused import Refused
from bot.playground.workspace.state import Workspace

_NAME: Final = re.compile(r"[a-z0-9가-힣_+'-]{1,100}(::skin-tone-[2-6])?")
_MOST_EMOJI: Final = 50  # slack.com/help/articles/202931348: emoji on one message
_MOST_BY_ONE: Final = 23  # the same page: those by one person


def set_reaction(
    workspace: Workspace, channel: Channel, message: Message, name: str, user: str, *, is_added: bool
) -> None:
    """Puts somebody's emoji on a message, or takes it away.

    Raises Refused: invalid_name, already_reacted, no_reaction, too_many_emoji, too_many_reactions.
    """
    if _NAME.fullmatch(name) is None:
        raise Refused("invalid_name")
    by_name: dict[str, list[str]] = {entry["name"]: entry["users"] for entry in message.get("reactions", ())}
    users = by_name.get(name, [])
    if is_added:
        _refuse(by_name, name, user)
        by_name[name] = [*users, user]
    else:
        if user not in users:
            raise Refused("no_reaction")
        by_name[name] = [other for other in users if other != user]
    message["reactions"] = [
        {"name": emoji, "users": reacting, "count": len(reacting)} for emoji, reacting in by_name.items() if reacting
    ]
    if not message["reactions"]:
        del message["reactions"]
    workspace.tell("reacted", channel.id, message=dict(message), name=name, user=user, is_added=is_added)


def _refuse(by_name: dict[str, list[str]], name: str, user: str) -> None:
    if user in by_name.get(name, ()):
        raise Refused("already_reacted")
    if name not in by_name and len(by_name) >= _MOST_EMOJI:
        raise Refused("too_many_emoji")
    if sum(user in users for users in by_name.values()) >= _MOST_BY_ONE:
        raise Refused("too_many_reactions")
