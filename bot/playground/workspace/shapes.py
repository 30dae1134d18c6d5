"""Messages, conversations, people in the JSON shapes of Slack's answers."""

import re
from typing import Any, Final

from bot.playground.workspace.records import Channel, Message, User
from bot.playground.workspace.state import TEAM, Workspace

_CONTROL: Final = re.compile(r"(<(?:[@#!]|[A-Za-z][\w+.-]*:)[^<>]*>)")
_BARE_AMPERSAND: Final = re.compile(r"&(?!(?:amp|lt|gt);)")


def escape_bare(text: str) -> str:
    """A text as Slack returns it: each & < > that is part of no entity, mention or link has become an entity."""
    pieces = _CONTROL.split(_BARE_AMPERSAND.sub("&amp;", text))
    pieces[::2] = [piece.replace("<", "&lt;").replace(">", "&gt;") for piece in pieces[::2]]
    return "".join(pieces)


def message_json(message: Message, *, has_metadata: bool = True) -> Message:
    """A message as the Web API shows it: text escaped, no empty blocks.

    Of metadata that are not asked for only the type is told (slackapi/python-slack-sdk#1501).
    """
    shown = {**message, "text": escape_bare(message.get("text", ""))}
    if not shown.get("blocks"):
        shown.pop("blocks", None)
    if not has_metadata and "metadata" in shown:
        shown["metadata"] = {"event_type": shown["metadata"]["event_type"]}
    if "reply_users" in shown:
        shown["reply_users_count"] = len(shown["reply_users"])
    return shown


def channel_json(workspace: Workspace, channel: Channel) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_archived": channel.is_archived,
        "is_member": workspace.app.user in channel.members,
        "context_team_id": TEAM,
    }
    if channel.kind == "im":
        del shown["name"], shown["is_member"]
        return shown | {"user": next(iter(channel.members - {workspace.app.user}), workspace.app.user)}
    return shown | {
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def user_json(workspace: Workspace, user: User) -> dict[str, Any]:
    """The address is in it only where the app may read addresses."""
    profile = {"real_name": user.real_name, "display_name": user.name, "title": user.title, "team": TEAM}
    if user.email and "users:read.email" in workspace.platform.scopes:
        profile["email"] = user.email
    return {
        "id": user.id,
        "team_id": TEAM,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": False,
        "color": user.color,
        "tz": "Asia/Seoul",
        "tz_offset": 32_400,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
    }
