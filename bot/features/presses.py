"""Clicks on the buttons that bring what is behind an answer, read into records: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.messages.evidence import read_asked
from bot.wire import Place


@dataclass(frozen=True, slots=True)
class Press:
    """A click on a button of a turn's answer. `is_summary`: the answer was shown as one.

    `is_private`: only the person who clicked sees the answer, and it can be answered through its response URL alone.
    `trigger_id` opens one modal within three seconds.
    """

    turn_id: str
    user: str
    channel: str
    thread_ts: str | None
    trigger_id: str
    response_url: str | None = None
    is_summary: bool = False
    is_private: bool = False

    @property
    def place(self) -> Place:
        return Place(self.channel, self.thread_ts)


def channel_of(body: Mapping[str, Any]) -> str:
    """Where the clicked message stands; Slack tells it in one of two places."""
    return str(body.get("channel", {}).get("id") or body.get("container", {}).get("channel_id"))


def read_press(body: Mapping[str, Any]) -> Press:
    """The click in a block_actions payload; a root message's thread begins with itself."""
    asked = read_asked(str(body["actions"][0].get("value")))
    container, message = body.get("container", {}), body.get("message") or {}
    is_private = container.get("is_ephemeral") is True
    ts = message.get("thread_ts") or container.get("thread_ts") or (None if is_private else message.get("ts"))
    return Press(
        asked.turn_id,
        str(body["user"]["id"]),
        channel_of(body),
        ts,
        str(body["trigger_id"]),
        body.get("response_url"),
        asked.is_summary,
        is_private,
    )
