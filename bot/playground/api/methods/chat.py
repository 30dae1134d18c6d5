"""chat.*: the app's messages, written whole."""

from typing import Any

from bot.playground.api.methods import Answer, Args, method
from bot.playground.rules.blocks import refuse_message
from bot.playground.workspace.ids import with_ids
from bot.playground.workspace.places import conversation, in_thread, message_at
from bot.playground.workspace.records import Channel, Message
from bot.playground.workspace.refused import Refused, refused
from bot.playground.workspace.shapes import escape_bare, message_json
from bot.playground.workspace.state import TEAM, Workspace
from bot.playground.workspace.streaming import LIFE


@method("chat.postMessage")
def post_message(workspace: Workspace, args: Args) -> Answer:
    """A user's id as `channel` is the DM with them; a reply's ts as `thread_ts` is its thread."""
    channel = workspace.channel_for_bot(args["channel"])
    thread = _refuse_place(workspace, channel, args)
    message = workspace.post(channel, {**_author(workspace, args), **_content(args), **thread})
    return {"channel": channel.id, "ts": message["ts"], "message": message_json(message)}


@method("chat.update")
def update(workspace: Workspace, args: Args) -> Answer:
    """A text alone takes the place of text and blocks; attachments alone leave both.

    A message given new blocks isn't marked as edited (docs.slack.dev/reference/methods/chat.update). What it says of
    metadata leaves open whether they outlive an update without them; here they don't, so that nobody relies on it.
    """
    channel = conversation(workspace, args["channel"], writes=True)
    message = _own(workspace, channel, args["ts"], "cant_update_message")
    _refuse_content(args)
    content: Message = _content(args) if {"text", "blocks", "markdown_text"} & args.keys() else {}
    content |= _ended_stream(workspace, channel, message["ts"])
    content |= {name: args[name] for name in ("attachments", "metadata") if name in args}
    if args.get("reply_broadcast"):
        if message.get("thread_ts", message["ts"]) == message["ts"]:
            raise Refused("cant_broadcast_message")
        content["subtype"] = "thread_broadcast"
    message.pop("metadata", None)
    changed = workspace.change(channel, message["ts"], content, is_edit=not args.get("blocks"))
    workspace.end_stream(channel.id, message["ts"])
    text = escape_bare(changed["text"])
    return {"channel": channel.id, "ts": changed["ts"], "text": text, "message": message_json(changed)}


@method("chat.delete")
def delete(workspace: Workspace, args: Args) -> Answer:
    channel = conversation(workspace, args["channel"], writes=True)
    message = _own(workspace, channel, args["ts"], "cant_delete_message")
    workspace.delete(channel, message["ts"])
    return {"channel": channel.id, "ts": message["ts"]}


@method("chat.postEphemeral")
def post_ephemeral(workspace: Workspace, args: Args) -> Answer:
    """Kept apart from the channel's messages: it is in no history and can't be updated by its ts."""
    channel = conversation(workspace, args["channel"], writes=True)
    user = args["user"]
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    thread = _refuse_place(workspace, channel, args)
    ts = workspace.new_ts()
    written = {"type": "message", "ts": ts, "team": TEAM, "is_ephemeral": True}
    message: Message = {**written, **_author(workspace, args), **_content(args), **thread}
    workspace.ephemerals[user, channel.id, ts] = message
    workspace.tell("ephemeral", channel.id, user=user, message=dict(message))
    return {"message_ts": ts}


@method("chat.getPermalink")
def get_permalink(workspace: Workspace, args: Args) -> Answer:
    channel = conversation(workspace, args["channel"], writes=False)
    message = message_at(channel, args["message_ts"])
    link = f"{workspace.base}/archives/{channel.id}/p{message['ts'].replace('.', '')}"
    root = message.get("thread_ts", message["ts"])
    if root != message["ts"]:
        link += f"?thread_ts={root}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _refuse_place(workspace: Workspace, channel: Channel, args: Args) -> dict[str, Any]:
    """What the message has for being in a thread. Raises Refused, where it may not be written at all."""
    app_home = workspace.platform.features.get("app_home", {})
    if channel.kind == "im" and not app_home.get("messages_tab_enabled"):
        raise Refused("messages_tab_disabled")
    _refuse_content(args)
    thread = in_thread(channel, args.get("thread_ts"))
    if thread and args.get("reply_broadcast"):
        thread["subtype"] = "thread_broadcast"
    return thread


def _refuse_content(args: Args) -> None:
    if args.get("as_user"):
        raise Refused("as_user_not_supported")
    problem = refuse_message(args)
    if problem is not None:
        raise refused(problem)


def _own(workspace: Workspace, channel: Channel, ts: str, otherwise: str) -> Message:
    message = message_at(channel, ts)
    if message.get("bot_id") != workspace.app.bot_id:
        raise Refused(otherwise)
    return message


def _ended_stream(workspace: Workspace, channel: Channel, ts: str) -> Message:
    """Nothing goes on in a stream that is over. Raises Refused: streaming_state_conflict, while it is not."""
    stream = workspace.streams.get((channel.id, ts))
    if stream is None:
        return {}
    if not stream.is_stopped_by_user and workspace.clock() - stream.started_at < LIFE:
        raise Refused("streaming_state_conflict")
    return {"streaming": False}


def _author(workspace: Workspace, args: Args) -> Message:
    app = workspace.app
    disguise = {"username": args["username"]} if "username" in args else {}
    icons = {name.removeprefix("icon_"): args[name] for name in ("icon_emoji", "icon_url") if name in args}
    return {"user": app.user, "bot_id": app.bot_id, "app_id": app.id, **disguise, **({"icons": icons} if icons else {})}


def _content(args: Args) -> Message:
    """Text and blocks as they are kept: as sent, each block with an id, Markdown as a block of its own."""
    text, blocks = args.get("text", ""), args.get("blocks", ())
    if "markdown_text" in args:
        text, blocks = args["markdown_text"], [{"type": "markdown", "text": args["markdown_text"]}]
    more = {name: args[name] for name in ("attachments", "metadata") if args.get(name)}
    return {"text": text, "blocks": with_ids(blocks), **more}
