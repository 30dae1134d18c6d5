"""What one person sees of the workspace, as JSON for the page."""

from collections.abc import Mapping
from typing import Any, Final

from bot.playground.workspace.records import Channel, User
from bot.playground.workspace.sessions import STOPPED
from bot.playground.workspace.state import TEAM, Change, Workspace

_PERSONAL: Final = frozenset({"ephemeral", "ephemeral_gone", "view", "home", "home_opened", "notice"})


def sees(change: Change, user: str, workspace: Workspace) -> bool:
    """Whether a change is any of this person's business."""
    if change.kind in _PERSONAL and change.data.get("user") != user:
        return False
    return change.channel is None or user in workspace.channels[change.channel].members


def state(workspace: Workspace, user: str, connections: int) -> dict[str, Any]:
    """Everything the page shows to `user`; the tricks are added by the site."""
    mine = [channel for channel in workspace.channels.values() if user in channel.members]
    ids = {channel.id for channel in mine}
    home = workspace.homes.get(user)
    return {
        "team": {"id": TEAM, "name": workspace.name},
        "app": _app(workspace, connections),
        "me": user,
        "users": [user_json(known) for known in workspace.users.values()],
        "channels": [channel_json(channel) for channel in mine],
        "ephemerals": [
            {"channel": channel, "message": message}
            for (owner, channel, _), message in workspace.ephemerals.items()
            if owner == user
        ],
        "statuses": _threads(workspace.statuses, ids),
        "prompts": _threads(workspace.prompts, ids),
        "sessions": _threads(workspace.sessions, ids),
        "modals": [open_view.view for open_view in workspace.modals.get(user, ())],
        "home": None if home is None else home.view,
        "greeting": _greeting(workspace),
        "features": _features(workspace),
        "files": [
            file for channel in mine for message in channel.messages.values() for file in message.get("files", ())
        ],
    }


def user_json(user: User) -> dict[str, Any]:
    fields = ("id", "name", "real_name", "email", "title", "color", "is_bot")
    return {name: getattr(user, name) for name in fields}


def channel_json(channel: Channel) -> dict[str, Any]:
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "topic": channel.topic,
        "members": sorted(channel.members),
        "is_archived": channel.is_archived,
        "messages": list(channel.messages.values()),
    }


def _app(workspace: Workspace, connections: int) -> dict[str, Any]:
    about = workspace.platform.manifest["display_information"]
    app = workspace.app
    return {
        "id": app.id,
        "user": app.user,
        "bot_id": app.bot_id,
        "name": about["name"],
        "description": about.get("description", ""),
        "connected": connections,
    }


def _greeting(workspace: Workspace) -> dict[str, Any]:
    agent = workspace.platform.features.get("agent_view", {})
    return {"text": agent.get("agent_description", ""), "prompts": list(agent.get("suggested_prompts", ()))}


def _features(workspace: Workspace) -> dict[str, Any]:
    features = workspace.platform.features
    return {
        "home_tab": bool(features.get("app_home", {}).get("home_tab_enabled")),
        "stop": STOPPED in workspace.platform.subscriptions,
        "commands": [
            {name: command.get(name, "") for name in ("command", "description", "usage_hint")}
            for command in workspace.platform.commands
        ],
        "shortcuts": list(features.get("shortcuts", ())),
    }


def _threads(entries: Mapping[Any, dict[str, Any]], channels: set[str]) -> list[dict[str, Any]]:
    return [
        {"channel": channel, "thread_ts": thread, **entry}
        for (channel, thread), entry in entries.items()
        if channel in channels
    ]
