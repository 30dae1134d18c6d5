"""Where a call points to: a conversation, a message in it, a thread."""

import re
from typing import Any, Final

from bot.playground.workspace.records import Channel, Message
from bot.playground.workspace.refused import Refused
from bot.playground.workspace.state import Workspace

_TS: Final = re.compile(r"\d{1,12}(\.\d{1,9})?", re.ASCII)


def is_ts(text: str) -> bool:
    """Whether this could be a ts: seconds since 1970, with or without a fraction."""
    return _TS.fullmatch(text) is not None


def conversation(workspace: Workspace, channel_id: str, *, writes: bool) -> Channel:
    """A conversation the app is in, by its own id. Raises Refused: channel_not_found, not_in_channel, is_archived."""
    if channel_id not in workspace.channels:
        raise Refused("channel_not_found")
    return workspace.channel_for_bot(channel_id, writes=writes)


def visible(workspace: Workspace, channel_id: str) -> Channel:
    """A conversation the app may look up: any public one, and those it is in. Raises Refused: channel_not_found."""
    channel = workspace.channels.get(channel_id)
    if channel is None or (channel.kind != "channel" and workspace.app.user not in channel.members):
        raise Refused("channel_not_found")
    return channel


def message_at(channel: Channel, ts: str) -> Message:
    """Raises Refused: message_not_found."""
    if ts not in channel.messages:
        raise Refused("message_not_found")
    return channel.messages[ts]


def in_thread(channel: Channel, thread_ts: str | None) -> dict[str, Any]:
    """What a reply has for being one: its thread_ts, and whose root it answers. A reply's ts stands for its thread.

    Empty for no thread_ts. Raises Refused: cannot_reply_to_message, where there is no such message: the one code
    about it in Slack's list for chat.postMessage.
    """
    if not thread_ts:
        return {}
    if thread_ts in channel.messages:
        thread_ts = str(channel.messages[thread_ts].get("thread_ts", thread_ts))
    if not channel.thread(thread_ts):
        raise Refused("cannot_reply_to_message")
    root = channel.messages.get(thread_ts, {})
    return {"thread_ts": thread_ts} | ({"parent_user_id": root["user"]} if root.get("user") else {})
