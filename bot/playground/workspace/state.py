"""The state of the local Slack: who is there, what was said; every change is told to the listeners."""

import logging
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final, Literal, TypeAlias

from bot.playground.workspace.platform import Platform
from bot.playground.workspace.records import (
    App,
    Channel,
    Message,
    OpenView,
    ResponseUrl,
    Stream,
    Trigger,
    UploadedFile,
    User,
)
from bot.playground.workspace.refused import Refused
from bot.playground.workspace.streaming import LIFE as STREAM_LIFE

log = logging.getLogger(__name__)

TEAM: Final = "T1"
STATUS_LIFE: Final = timedelta(minutes=2)  # docs.slack.dev/reference/methods/assistant.threads.setStatus

ChangeKind: TypeAlias = Literal[
    "posted",  # message: a new message; also `channel`
    "changed",  # message, previous: a message has other content now; `is_edit` where a person or the app edited it
    "deleted",  # message: it is gone from the channel
    "reacted",  # message, name, user, is_added
    "ephemeral",  # user, message: only that person sees it
    "ephemeral_gone",  # user, ts
    "status",  # thread_ts, status, loading_messages
    "prompts",  # thread_ts | None, title, prompts
    "session",  # thread_ts, status, title
    "channel",  # a conversation is new, or has other members
    "view",  # user, views: the person's stack of modals, the top one last; empty: all are closed
    "home",  # user, view
    "home_opened",  # user, tab: somebody looks at the app's Home or its Messages tab
    "session_stopped",  # user, thread_ts, streaming: somebody pressed Stop
    "connection",  # count: how many Socket Mode connections there are
    "notice",  # user, text: a word from Slack itself to one person ("/mlops failed …")
]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that has happened; `channel` where it is in one, the rest by the kind (see ChangeKind)."""

    kind: ChangeKind
    channel: str | None
    data: dict[str, Any]


Listener: TypeAlias = Callable[[Change], None]


class Workspace:
    """One workspace with one app. All of it is synchronous: a method's work is done, or not, never half."""

    def __init__(
        self,
        platform: Platform,
        users: Iterable[User],
        channels: Iterable[Channel],
        clock: Callable[[], datetime],
        app: App = App(),
    ) -> None:
        self.platform = platform
        self.clock = clock
        self.app = app
        self.name = "Local"
        self.base = ""
        self.history_lag_s = 0.0  # so long a message stands before what reads the history finds it
        self.users: dict[str, User] = {user.id: user for user in users}
        bot = platform.features["bot_user"]["display_name"]
        name = platform.manifest["display_information"]["name"]
        self.users[app.user] = User(app.user, bot, name, color="1f2a44", is_bot=True)
        self.groups: dict[str, tuple[str, ...]] = {}  # user groups (S…) with their members
        self.channels: dict[str, Channel] = {channel.id: channel for channel in channels}
        self.files: dict[str, UploadedFile] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.streams: dict[tuple[str, str], Stream] = {}
        self.modals: dict[str, list[OpenView]] = {}
        self.homes: dict[str, OpenView] = {}
        self._statuses: dict[tuple[str, str], dict[str, Any]] = {}
        self.sessions: dict[tuple[str, str | None], dict[str, Any]] = {}
        self.prompts: dict[tuple[str, str | None], dict[str, Any]] = {}
        self.ephemerals: dict[tuple[str, str, str], Message] = {}  # by user, channel, ts
        self.tickets: set[str] = set()  # of Socket Mode connections that may be opened, each once
        self._listeners: list[Listener] = []
        self._numbers = count(1)
        self._run = secrets.token_hex(4)
        self._last_ts = (0, 0)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` at each change, in order; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, kind: ChangeKind, channel: str | None = None, **data: Any) -> None:
        """A listener that fails is heard of in the log; the change stands, and the others are told."""
        change = Change(kind, channel, data)
        for listener in tuple(self._listeners):
            try:
                listener(change)
            except Exception:
                log.exception("a listener failed at a change of kind %s", kind)

    def number(self) -> int:
        """The next of all numbers, for ids."""
        return next(self._numbers)

    def new_id(self, prefix: str) -> str:
        """An id that no other run has given out: the app keeps those of events and triggers beyond a restart."""
        return f"{prefix}{self._run}{self.number():06d}"

    def new_ts(self) -> str:
        """A ts that is later than any before, and unique in the workspace."""
        now = self.clock().astimezone(UTC)
        second, micro = int(now.timestamp()), now.microsecond
        if (second, micro) <= self._last_ts:
            second, micro = self._last_ts[0], self._last_ts[1] + 1
        if micro > 999_999:
            second, micro = second + 1, 0
        self._last_ts = (second, micro)
        return f"{second}.{micro:06d}"

    def channel_for_bot(self, channel_id: str, *, writes: bool = True) -> Channel:
        """A channel the app may use. Raises Refused: channel_not_found, not_in_channel, is_archived.

        A user's id stands for the DM with them, as chat.postMessage takes it; with itself the app has none.
        """
        channel = self.channels.get(channel_id)
        if channel is None and channel_id in self.users and channel_id != self.app.user:
            channel = self.direct(channel_id)
        if channel is None:
            raise Refused("channel_not_found")
        if self.app.user not in channel.members:
            raise Refused("not_in_channel" if channel.kind == "channel" else "channel_not_found")
        if writes and channel.is_archived:
            raise Refused("is_archived")
        return channel

    def direct(self, user: str) -> Channel:
        """The DM of the app with somebody, opened where there is none yet."""
        members = {user, self.app.user}
        for channel in self.channels.values():
            if channel.kind == "im" and channel.members == members:
                return channel
        channel = Channel(f"D{self.number():04d}", self.users[user].name, "im", members)
        self.channels[channel.id] = channel
        self.tell("channel", channel.id)
        return channel

    def post(self, channel: Channel, content: Message) -> Message:
        """Puts a new message into a channel: gives it its ts, counts it in its thread. Returns the message."""
        message: Message = {"type": "message", "ts": self.new_ts(), "team": TEAM, **content}
        channel.messages[message["ts"]] = message
        self._count_reply(channel, message)
        self.tell("posted", channel.id, message=dict(message))
        if message.get("user") == self.app.user:
            self.clear_status(channel.id, str(message.get("thread_ts", message["ts"])))
        return message

    @property
    def statuses(self) -> Mapping[tuple[str, str], dict[str, Any]]:
        """What the app says it is doing, by channel and thread, as long as it is shown: `until`, in epoch seconds."""
        now = self.clock().timestamp()
        return {thread: dict(status) for thread, status in self._statuses.items() if status["until"] > now}

    def set_status(self, channel_id: str, thread_ts: str, status: str, loading_messages: Iterable[str]) -> None:
        """Shows what the app is doing in a thread, until it posts there or STATUS_LIFE is over."""
        until = (self.clock() + STATUS_LIFE).timestamp()
        shown = {"status": status, "loading_messages": list(loading_messages), "until": until}
        self._statuses[channel_id, thread_ts] = shown
        self.tell("status", channel_id, thread_ts=thread_ts, **shown)

    def clear_status(self, channel_id: str, thread_ts: str) -> None:
        if self._statuses.pop((channel_id, thread_ts), None) is not None:
            self.tell("status", channel_id, thread_ts=thread_ts, status="", loading_messages=[])
            self._rest(channel_id, thread_ts)

    def end_stream(self, channel_id: str, ts: str) -> None:
        """A streamed message grows no more; does nothing where it doesn't anyway."""
        stream = self.streams.pop((channel_id, ts), None)
        if stream is None:
            return
        channel = self.channels[channel_id]
        if channel.messages.get(ts, {}).get("streaming"):
            self.change(channel, ts, {"streaming": False}, is_edit=False)
        self._rest(channel_id, stream.thread_ts)

    def next_end(self) -> datetime | None:
        """When the first of the statuses and streams has had its time; None where there is none."""
        statuses = [datetime.fromtimestamp(status["until"], UTC) for status in self._statuses.values()]
        return min([*statuses, *(stream.started_at + STREAM_LIFE for stream in self.streams.values())], default=None)

    def end_overdue(self) -> None:
        """Ends each status and stream that has had its time."""
        now = self.clock()
        for thread in [key for key, status in self._statuses.items() if status["until"] <= now.timestamp()]:
            self.clear_status(*thread)
        for place in [key for key, stream in self.streams.items() if stream.started_at + STREAM_LIFE <= now]:
            self.end_stream(*place)

    def _rest(self, channel_id: str, thread_ts: str) -> None:
        """A session is at work no longer once neither a status nor a stream says so."""
        session = self.sessions.get((channel_id, thread_ts), {})
        is_streaming = any((s.channel, s.thread_ts) == (channel_id, thread_ts) for s in self.streams.values())
        if session.get("status") == "processing" and not is_streaming and (channel_id, thread_ts) not in self._statuses:
            session["status"] = "active"
            self.tell("session", channel_id, thread_ts=thread_ts, **session)

    def change(self, channel: Channel, ts: str, content: Message, *, is_edit: bool) -> Message:
        """Gives a message other content. An unfurl or a growing stream is no edit, and isn't marked as one."""
        message = channel.messages[ts]
        previous = dict(message)
        message.update(content)
        if is_edit:
            message["edited"] = {"user": message.get("user", ""), "ts": self.new_ts()}
        self.tell("changed", channel.id, message=dict(message), previous=previous, is_edit=is_edit)
        return message

    def delete(self, channel: Channel, ts: str, *, leaves_tombstone: bool = False) -> Message:
        """Takes a message away; where it has replies, a tombstone stays in its place, as in Slack."""
        message = self._take_away(channel, ts, leaves_tombstone=leaves_tombstone)
        self.end_stream(channel.id, ts)
        return message

    def _take_away(self, channel: Channel, ts: str, *, leaves_tombstone: bool) -> Message:
        message = channel.messages[ts]
        if leaves_tombstone or message.get("reply_count"):
            tombstone: Message = {
                "type": "message",
                "subtype": "tombstone",
                "text": "This message was deleted.",
                "hidden": True,
            }
            kept: Message = {
                name: message[name] for name in ("reply_count", "reply_users", "latest_reply") if name in message
            }
            channel.messages[ts] = {**tombstone, "user": "USLACKBOT", "ts": ts, "thread_ts": ts, **kept}
            self.tell("changed", channel.id, message=dict(channel.messages[ts]), previous=message, is_edit=False)
            return message
        del channel.messages[ts]
        self._uncount_reply(channel, message)
        self.tell("deleted", channel.id, message=dict(message))
        return message

    def _count_reply(self, channel: Channel, message: Message) -> None:
        root = channel.messages.get(message.get("thread_ts", ""))
        if root is None or root is message:
            return
        root["thread_ts"] = root["ts"]
        root["reply_count"] = root.get("reply_count", 0) + 1
        root["reply_users"] = list(dict.fromkeys([*root.get("reply_users", ()), message.get("user", "")]))
        root["latest_reply"] = message["ts"]

    def _uncount_reply(self, channel: Channel, message: Message) -> None:
        root = channel.messages.get(message.get("thread_ts", ""))
        if root is None:
            return
        replies = [m for m in channel.thread(root["ts"]) if m is not root]
        root["reply_count"] = len(replies)
        root["reply_users"] = list(dict.fromkeys(m.get("user", "") for m in replies))
        if replies:
            root["latest_reply"] = replies[-1]["ts"]
        else:
            root.pop("latest_reply", None)
