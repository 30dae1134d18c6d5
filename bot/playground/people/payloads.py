"""The bodies of commands, clicks and submissions, as Slack sends them to the app."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.playground.workspace.records import Channel, Message
from bot.playground.workspace.state import TEAM, Workspace

TOKEN: Final = "verification"
_NAMES: Final = {"im": "directmessage", "group": "privategroup"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where somebody has clicked: its blocks, and what a payload says of the place.

    `view` is set in a modal or Home, `channel` and `ts` in a message.
    """

    blocks: Sequence[Mapping[str, Any]]
    about: Mapping[str, Any]
    view: Mapping[str, Any] | None = None
    channel: str = ""
    ts: str = ""


class Payloads:
    """Builds them for one workspace and its app."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def command(self, user: str, channel: Channel, command: str, text: str) -> dict[str, str]:
        return {
            "token": TOKEN,
            "team_id": TEAM,
            "team_domain": self._domain,
            "channel_id": channel.id,
            "channel_name": _name(channel),
            "user_id": user,
            "user_name": self._workspace.users[user].name,
            "command": command,
            "text": text,
            "api_app_id": self._workspace.app.id,
            "is_enterprise_install": "false",
        }

    def interaction(self, kind: str, user: str, **more: Any) -> dict[str, Any]:
        name = self._workspace.users[user].name
        return {
            "type": kind,
            "user": {"id": user, "username": name, "name": name, "team_id": TEAM},
            "api_app_id": self._workspace.app.id,
            "token": TOKEN,
            "team": {"id": TEAM, "domain": self._domain},
            "enterprise": None,
            "is_enterprise_install": False,
            **more,
        }

    def in_message(self, channel: Channel, message: Message) -> Source:
        """An ephemeral message isn't sent along: it is kept nowhere in Slack."""
        is_ephemeral = bool(message.get("is_ephemeral"))
        container = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id}
        thread = {"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}
        blocks = [*message.get("blocks", ())]
        for attachment in message.get("attachments", ()):
            blocks += attachment.get("blocks", ())
        about = {
            "container": {**container, "is_ephemeral": is_ephemeral, **thread},
            "channel": self.channel(channel),
            **({} if is_ephemeral else {"message": dict(message)}),
        }
        return Source(blocks, about, None, channel.id, message["ts"])

    def in_view(self, view: Mapping[str, Any]) -> Source:
        return Source(view["blocks"], {"container": {"type": "view", "view_id": view["id"]}}, view)

    def channel(self, channel: Channel) -> dict[str, str]:
        return {"id": channel.id, "name": _name(channel)}

    @property
    def _domain(self) -> str:
        return self._workspace.name.lower()


def _name(channel: Channel) -> str:
    return _NAMES.get(channel.kind, channel.name)
