"""The events that Slack makes of what happens in the workspace."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from bot.playground.delivery.deliveries import Deliveries
from bot.playground.workspace.records import Channel, Kind, Message
from bot.playground.workspace.shapes import message_json
from bot.playground.workspace.state import TEAM, Change, ChangeKind, Workspace

Event: TypeAlias = dict[str, Any]

SUBSCRIPTIONS: Final[Mapping[Kind, str]] = {
    "channel": "message.channels",
    "group": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}


def body_of(workspace: Workspace, event: Event, event_id: str | None = None) -> dict[str, Any]:
    """An event in its outer body, as the Events API sends it."""
    app = workspace.app
    bot = {"team_id": TEAM, "user_id": app.user, "is_bot": True}
    return {
        "token": "verification",
        "team_id": TEAM,
        "api_app_id": app.id,
        "type": "event_callback",
        "event_id": event_id or workspace.new_id("Ev"),
        "event_time": int(workspace.clock().timestamp()),
        "authorizations": [{"enterprise_id": None, "is_enterprise_install": False, **bot}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event['type']}-{event.get('channel', TEAM)}",
        "event": event,
    }


class Events:
    """Sends the app what it is subscribed to, of the conversations it is in, its own doings among them."""

    def __init__(self, workspace: Workspace, deliveries: Deliveries) -> None:
        self._workspace = workspace
        self._deliveries = deliveries
        self._mention = re.compile(rf"<@{re.escape(workspace.app.user)}(\|[^>]*)?>")
        self._makers: Mapping[ChangeKind, Callable[[Channel, Mapping[str, Any]], Iterator[Event]]] = {
            "posted": self._posted,
            "changed": self._changed,
            "deleted": self._deleted,
            "reacted": self._reacted,
            "home_opened": self._home_opened,
            "session": self._session,
            "session_stopped": self._session_stopped,
        }
        workspace.listen(self._hear)

    def _hear(self, change: Change) -> None:
        make = self._makers.get(change.kind)
        if make is None or change.channel is None:
            return
        channel = self._workspace.channels[change.channel]
        if self._workspace.app.user not in channel.members:
            return
        for event in make(channel, change.data):
            if _subscription(event, channel) in self._workspace.platform.subscriptions:
                self._deliveries.send("events_api", body_of(self._workspace, event))

    def _posted(self, channel: Channel, data: Mapping[str, Any]) -> Iterator[Event]:
        message = _shown(data["message"])
        event = {**message, "channel": channel.id, "event_ts": message["ts"]}
        if message.get("files"):
            event.setdefault("subtype", "file_share")
        if self._calls_the_app(channel, message):
            # A mention comes without the files of its message (reported, not documented).
            mention = {name: value for name, value in event.items() if name not in ("files", "subtype")}
            yield {**mention, "type": "app_mention"}
        yield {**event, "channel_type": channel.kind}

    def _calls_the_app(self, channel: Channel, message: Message) -> bool:
        """In a DM everything is meant for the app, and Slack sends no mention beside the message."""
        is_own = message.get("bot_id") == self._workspace.app.bot_id
        is_shared = channel.kind in ("channel", "group")
        return is_shared and not is_own and self._mention.search(message.get("text") or "") is not None

    def _changed(self, channel: Channel, data: Mapping[str, Any]) -> Iterator[Event]:
        """Also for an unfurl and a tombstone; a stream that grows is told of once, when it has ended."""
        if not data["is_edit"] and data["message"].get("streaming"):
            return
        messages = {"message": _shown(data["message"]), "previous_message": _shown(data["previous"])}
        yield self._hidden(channel, "message_changed", messages)

    def _deleted(self, channel: Channel, data: Mapping[str, Any]) -> Iterator[Event]:
        gone = _shown(data["message"])
        yield self._hidden(channel, "message_deleted", {"deleted_ts": gone["ts"], "previous_message": gone})

    def _hidden(self, channel: Channel, subtype: str, content: Mapping[str, Any]) -> Event:
        ts = self._workspace.new_ts()
        place = {"channel": channel.id, "channel_type": channel.kind}
        return {"type": "message", "subtype": subtype, **place, "hidden": True, **content, "ts": ts, "event_ts": ts}

    def _reacted(self, channel: Channel, data: Mapping[str, Any]) -> Iterator[Event]:
        message = data["message"]
        yield {
            "type": "reaction_added" if data["is_added"] else "reaction_removed",
            "user": data["user"],
            "reaction": data["name"],
            "item": {"type": "message", "channel": channel.id, "ts": message["ts"]},
            "item_user": message.get("user", ""),
            "event_ts": self._workspace.new_ts(),
        }

    def _home_opened(self, channel: Channel, data: Mapping[str, Any]) -> Iterator[Event]:
        """`view` is the Home the app has published for this person, where it has."""
        event = {"type": "app_home_opened", "user": data["user"], "channel": channel.id, "tab": data["tab"]}
        home = self._workspace.homes.get(data["user"])
        view = {"view": home.view} if home is not None and data["tab"] == "home" else {}
        yield {**event, **view, "event_ts": self._workspace.new_ts()}

    def _session(self, channel: Channel, data: Mapping[str, Any]) -> Iterator[Event]:
        """Only a title that a person (`user`) has given; what the app does to a session it isn't told."""
        if "user" not in data:
            return
        before = {"previous_title": data["previous_title"]} if data.get("previous_title") else {}
        event = {"type": "agent_session_title_changed", "channel": channel.id, "thread_ts": data["thread_ts"]}
        who = {"user": data["user"], "team_id": TEAM}
        yield {**event, **who, "title": data["title"], **before, "event_ts": self._workspace.new_ts()}

    def _session_stopped(self, channel: Channel, data: Mapping[str, Any]) -> Iterator[Event]:
        yield {
            "type": "agent_session_stopped",
            "channel": channel.id,
            "thread_ts": data["thread_ts"],
            "user": data["user"],
            "streaming_message_ts": list(data["streaming"]),
            "event_ts": self._workspace.new_ts(),
        }


def _subscription(event: Event, channel: Channel) -> str:
    """What the manifest calls it."""
    return SUBSCRIPTIONS[channel.kind] if event["type"] == "message" else str(event["type"])


def _shown(message: Message) -> Message:
    """The message as Slack has it: that it is still growing is known to the page alone."""
    return {name: value for name, value in message_json(message).items() if name != "streaming"}
