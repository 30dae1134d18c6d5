"""chat.startStream, chat.appendStream, chat.stopStream: messages that grow while they are written."""

from typing import Any

from bot.playground.api.methods import Answer, Args, method
from bot.playground.rules.blocks import MARKDOWN_CHARS, MESSAGE_BLOCKS, refuse_blocks, refuse_metadata
from bot.playground.rules.chunks import refuse_chunks
from bot.playground.workspace.ids import with_ids
from bot.playground.workspace.places import in_thread, message_at
from bot.playground.workspace.records import Channel, Message, Stream
from bot.playground.workspace.refused import Refused, refused, wrong_arguments
from bot.playground.workspace.sessions import session_status, set_session
from bot.playground.workspace.state import TEAM, Workspace
from bot.playground.workspace.streaming import LIFE, MODES, Growth, Mode


@method("chat.startStream")
def start_stream(workspace: Workspace, args: Args) -> Answer:
    channel = workspace.channel_for_bot(args["channel"])
    if not args.get("thread_ts"):
        raise wrong_arguments("missing required field: thread_ts")
    thread = in_thread(channel, args["thread_ts"])
    _refuse_recipient(workspace, channel, args)
    growth = _grown(Growth(_mode(args)), args)
    app = workspace.app
    author = {"user": app.user, "bot_id": app.bot_id, "app_id": app.id, **thread}
    message = workspace.post(channel, {**author, **_content(growth), "streaming": True})
    stream = Stream(channel.id, message["ts"], thread["thread_ts"], workspace.clock(), growth=growth)
    workspace.streams[channel.id, stream.ts] = stream
    set_session(workspace, channel.id, thread["thread_ts"], status="processing")
    return {"channel": channel.id, "ts": message["ts"]}


@method("chat.appendStream")
def append_stream(workspace: Workspace, args: Args) -> Answer:
    channel, stream = _running(workspace, args)
    if stream.is_stopped_by_user:
        _show_ended(workspace, channel, stream)
        raise Refused("stopped_by_user")
    if not args.get("markdown_text") and not args.get("chunks"):
        raise Refused("no_text")
    growth = _grown(stream.growth, args)
    content = _content(growth)
    stream.growth = growth
    workspace.change(channel, stream.ts, content, is_edit=False)
    return {"channel": channel.id, "ts": stream.ts}


@method("chat.stopStream")
def stop_stream(workspace: Workspace, args: Args) -> Answer:
    channel, stream = _running(workspace, args)
    status = session_status(args["session_status"]) if args.get("session_status") else "active"
    content = _content(_grown(stream.growth, args), _last_blocks(args))
    if args.get("metadata"):
        if problem := refuse_metadata(args["metadata"]):
            raise refused(problem)
        content["metadata"] = args["metadata"]
    del workspace.streams[channel.id, stream.ts]
    message = workspace.change(channel, stream.ts, {**content, "streaming": False}, is_edit=False)
    set_session(workspace, channel.id, message["thread_ts"], status=status)
    return {"channel": channel.id, "ts": stream.ts, "message": dict(message)}


def _running(workspace: Workspace, args: Args) -> tuple[Channel, Stream]:
    channel = workspace.channel_for_bot(args["channel"])
    message = message_at(channel, args["ts"])
    if message.get("bot_id") != workspace.app.bot_id:
        raise Refused("message_not_owned_by_app")
    stream = workspace.streams.get((channel.id, args["ts"]))
    if stream is None:
        raise Refused("message_not_in_streaming_state")
    if workspace.clock() - stream.started_at >= LIFE:
        workspace.end_stream(channel.id, stream.ts)
        raise Refused("message_not_in_streaming_state")
    return channel, stream


def _show_ended(workspace: Workspace, channel: Channel, stream: Stream) -> None:
    if channel.messages[stream.ts].get("streaming"):
        workspace.change(channel, stream.ts, {"streaming": False}, is_edit=False)


def _mode(args: Args) -> Mode:
    mode = args.get("task_display_mode") or "timeline"
    if mode not in MODES:
        raise wrong_arguments(f"task_display_mode must be one of {', '.join(MODES)}")
    return "plan" if mode == "plan" else "timeline"


def _refuse_recipient(workspace: Workspace, channel: Channel, args: Args) -> None:
    """Whom the answer is for: required in channels, a person of this workspace everywhere."""
    user, team = args.get("recipient_user_id"), args.get("recipient_team_id")
    if channel.kind == "im" and not workspace.platform.features.get("app_home", {}).get("messages_tab_enabled"):
        raise Refused("messages_tab_disabled")
    if channel.kind != "im" and not user:
        raise Refused("missing_recipient_user_id")
    if channel.kind != "im" and not team:
        raise Refused("missing_recipient_team_id")
    if user and user not in workspace.users:
        raise Refused("user_not_found")
    if team and team != TEAM:
        raise Refused("team_not_found")


def _grown(growth: Growth, args: Args) -> Growth:
    """With what a call brings: a text, or chunks.

    Raises Refused: cannot_provide_both_markdown_text_and_chunks, invalid_chunks, msg_too_long, msg_blocks_too_many.
    """
    chunks = args.get("chunks") or []
    text = args.get("markdown_text")
    if text and chunks:
        raise Refused("cannot_provide_both_markdown_text_and_chunks")
    if text:
        chunks = [{"type": "markdown_text", "text": text}]
    if len(text or "") > MARKDOWN_CHARS:
        raise Refused("msg_too_long")
    if chunks and (problem := refuse_chunks(chunks)):
        raise refused(problem)
    grown = growth.grown(chunks)
    if len(grown.blocks) > MESSAGE_BLOCKS:
        raise Refused("msg_blocks_too_many")
    return grown


def _last_blocks(args: Args) -> list[dict[str, Any]]:
    blocks = args.get("blocks") or []
    if problem := refuse_blocks(blocks, "message", limit=MESSAGE_BLOCKS):
        raise refused(problem)
    return list(blocks)


def _content(growth: Growth, last: list[dict[str, Any]] | None = None) -> Message:
    blocks = growth.blocks + (last or [])
    if len(blocks) > MESSAGE_BLOCKS:
        raise Refused("msg_blocks_too_many")
    return {"text": growth.text, "blocks": with_ids(blocks)}
