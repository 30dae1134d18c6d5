"""What the app says in answer to a command or click, without the Web API: in acks and over response URLs."""

import secrets
from collections.abc import Mapping
from typing import Any, Final

from bot.playground.rules.blocks import refuse_message
from bot.playground.workspace.ids import with_ids
from bot.playground.workspace.places import in_thread
from bot.playground.workspace.records import Channel, Message, ResponseUrl
from bot.playground.workspace.refused import refused, wrong_arguments
from bot.playground.workspace.state import TEAM, Workspace

_SAID: Final = ("text", "blocks", "attachments")


def says_something(body: Mapping[str, Any]) -> bool:
    return any(body.get(name) for name in _SAID)


def say(workspace: Workspace, channel: Channel, user: str, body: Mapping[str, Any]) -> None:
    """Shows it to `user` alone, or to all where the body says `in_channel`. Raises Refused for what no message is."""
    content = content_of(workspace, body)
    thread_ts = body.get("thread_ts")
    if not isinstance(thread_ts, str | None):
        raise wrong_arguments("thread_ts must be a string")
    thread: Message = in_thread(channel, thread_ts)
    if body.get("response_type") == "in_channel":
        workspace.post(channel, {**content, **thread})
        return
    ts = workspace.new_ts()
    written = {"type": "message", "ts": ts, "team": TEAM, "is_ephemeral": True}
    whisper(workspace, channel, user, {**written, **content, **thread})


def whisper(workspace: Workspace, channel: Channel, user: str, message: Message) -> None:
    """Shows an ephemeral message, new or in the place of that with its ts."""
    workspace.ephemerals[user, channel.id, message["ts"]] = message
    workspace.tell("ephemeral", channel.id, user=user, message=dict(message))


def content_of(workspace: Workspace, body: Mapping[str, Any]) -> Message:
    """The content of a message of the app's. Raises Refused."""
    said = {name: body[name] for name in (*_SAID, "metadata") if body.get(name) is not None}
    if problem := refuse_message(said):
        raise refused(problem)
    app = workspace.app
    author = {"user": app.user, "bot_id": app.bot_id, "app_id": app.id}
    return {**author, **said, "text": said.get("text", ""), "blocks": with_ids(said.get("blocks", ()))}


def response_url(workspace: Workspace, user: str, channel: str, ts: str | None = None) -> str:
    """A new response_url; `ts` is the message that was clicked."""
    url_id = secrets.token_hex(8)
    workspace.response_urls[url_id] = ResponseUrl(user, channel, workspace.clock(), ts)
    return f"{workspace.base}/respond/{url_id}"
