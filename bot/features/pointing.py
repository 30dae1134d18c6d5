"""Slack's shortcuts on messages read into records: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.messages.answer import MARK


@dataclass(frozen=True, slots=True)
class Pointed:
    """The message that somebody's shortcut was used on. `turn_id` is that of an answer of ours, None for others."""

    user: str
    channel: str
    ts: str
    thread_ts: str | None
    turn_id: str | None
    response_url: str | None


def read_pointed(body: Mapping[str, Any]) -> Pointed:
    """The message in a message_action payload."""
    message = body["message"]
    ids = (str(block.get("block_id") or "") for block in message.get("blocks") or ())
    mark = next((found for found in ids if found.startswith(MARK)), None)
    return Pointed(
        user=str(body["user"]["id"]),
        channel=str(body["channel"]["id"]),
        ts=str(message["ts"]),
        thread_ts=message.get("thread_ts"),
        turn_id=mark.removeprefix(MARK).partition(":")[0] if mark else None,
        response_url=body.get("response_url"),
    )
