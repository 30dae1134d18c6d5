"""conversations.*: where people talk, and what was said there."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from bot.playground.api.methods import Answer, Args, method
from bot.playground.api.paging import page
from bot.playground.workspace.places import conversation, is_ts, visible
from bot.playground.workspace.records import Channel, Kind, Message
from bot.playground.workspace.refused import Refused
from bot.playground.workspace.shapes import channel_json, message_json
from bot.playground.workspace.state import Workspace

_TYPES: Final[dict[str, Kind]] = {
    "public_channel": "channel",
    "private_channel": "group",
    "im": "im",
    "mpim": "mpim",
}
_MOST_USERS: Final = 8  # docs.slack.dev/reference/methods/conversations.open
_LONGEST_PAGE: Final = 999  # docs.slack.dev/reference/methods/conversations.history


@method("conversations.info")
def info(workspace: Workspace, args: Args) -> Answer:
    channel = visible(workspace, args["channel"])
    shown = channel_json(workspace, channel)
    if not args.get("include_num_members"):
        shown.pop("num_members", None)
    if args.get("include_locale"):
        shown["locale"] = "ko-KR"
    return {"channel": shown}


@method("conversations.list")
def list_all(workspace: Workspace, args: Args) -> Answer:
    """All public channels, and of the other kinds those the app is in. Without `types` only the public ones."""
    types = [word.strip() for word in args.get("types", "public_channel").split(",")]
    if not set(types) <= _TYPES.keys():
        raise Refused("invalid_types")
    kinds = {_TYPES[kind] for kind in types}
    found = [
        channel
        for _, channel in sorted(workspace.channels.items())
        if channel.kind in kinds
        and (channel.kind == "channel" or workspace.app.user in channel.members)
        and not (args.get("exclude_archived") and channel.is_archived)
    ]
    shown, cursor = page(found, args, lambda channel: channel.id)
    channels = [channel_json(workspace, channel) for channel in shown]
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


@method("conversations.history")
def history(workspace: Workspace, args: Args) -> Answer:
    """The newest first; of a thread only its root, and replies that were broadcast."""
    channel = conversation(workspace, args["channel"], writes=False)
    said = [m for m in channel.messages.values() if _is_root(m) or m.get("subtype") == "thread_broadcast"]
    found = sorted(_between(_shown(workspace, said), args), key=_ts, reverse=True)
    return {**_messages(found, args, is_descending=True), "pin_count": 0}


@method("conversations.replies")
def replies(workspace: Workspace, args: Args) -> Answer:
    """The oldest first; the root begins the first page, whatever the bounds. A reply's ts gives that reply alone."""
    channel = conversation(workspace, args["channel"], writes=False)
    ts = args["ts"]
    message = channel.messages.get(ts)
    if message is not None and not _is_root(message):
        return _messages([message], args, is_descending=False)
    thread = channel.thread(ts)
    if not thread:
        raise Refused("thread_not_found")
    said = _between(_shown(workspace, [reply for reply in thread if reply is not message]), args)
    root = [] if message is None else [message]
    return _messages(sorted([*root, *said], key=_ts), args, is_descending=False)


@method("conversations.members")
def members(workspace: Workspace, args: Args) -> Answer:
    channel = visible(workspace, args["channel"])
    shown, cursor = page(sorted(channel.members), args, str)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


@method("conversations.open")
def open_direct(workspace: Workspace, args: Args) -> Answer:
    """The DM with one person, or the group DM with several; opened where there is none yet."""
    if "channel" in args:
        channel = visible(workspace, args["channel"])
        if channel.kind not in ("im", "mpim"):
            raise Refused("method_not_supported_for_channel_type")
        return _opened(workspace, channel, args, is_new=False)
    users = _users(workspace, args.get("users", ""))
    channel_or_none = _direct_of(workspace, users)
    if channel_or_none is not None:
        return _opened(workspace, channel_or_none, args, is_new=False)
    if args.get("prevent_creation"):
        raise Refused("channel_not_found")
    return _opened(workspace, _create(workspace, users), args, is_new=True)


def _users(workspace: Workspace, users: str) -> list[str]:
    named = list(dict.fromkeys(word.strip() for word in users.split(",") if word.strip()))
    if not named:
        raise Refused("users_list_not_supplied")
    if len(named) > _MOST_USERS:
        raise Refused("too_many_users")
    if not set(named) <= workspace.users.keys():
        raise Refused("user_not_found")
    if workspace.app.user in named:
        raise Refused("invalid_user_combination")
    return named


def _direct_of(workspace: Workspace, users: list[str]) -> Channel | None:
    everybody = {workspace.app.user, *users}
    direct = (channel for channel in workspace.channels.values() if channel.kind in ("im", "mpim"))
    return next((channel for channel in direct if channel.members == everybody), None)


def _create(workspace: Workspace, users: list[str]) -> Channel:
    if len(users) == 1:
        return workspace.direct(users[0])
    names = "--".join(workspace.users[user].name for user in users)
    channel = Channel(f"G{workspace.number():04d}", f"mpdm-{names}-1", "mpim", {workspace.app.user, *users})
    workspace.channels[channel.id] = channel
    workspace.tell("channel", channel.id)
    return channel


def _opened(workspace: Workspace, channel: Channel, args: Args, *, is_new: bool) -> Answer:
    shown = channel_json(workspace, channel) if args.get("return_im") else {"id": channel.id}
    return {"channel": shown, **({} if is_new else {"no_op": True, "already_open": True})}


def _shown(workspace: Workspace, messages: Iterable[Message]) -> list[Message]:
    """Those that have stood long enough to be read."""
    newest = workspace.clock().timestamp() - workspace.history_lag_s
    return [m for m in messages if not workspace.history_lag_s or float(m["ts"]) <= newest]


def _is_root(message: Message) -> bool:
    return bool(message.get("thread_ts", message["ts"]) == message["ts"])


def _ts(message: Message) -> str:
    return str(message["ts"])


def _between(messages: Iterable[Message], args: Args) -> list[Message]:
    """Those after `oldest`, before `latest`; the bounds themselves with `inclusive`."""
    for name in ("oldest", "latest"):
        if args.get(name) and not is_ts(args[name]):
            raise Refused(f"invalid_ts_{name}")
    oldest, latest = Decimal(args.get("oldest") or 0), Decimal(args.get("latest") or "Infinity")
    is_inclusive = bool(args.get("inclusive"))
    stamped = ((Decimal(message["ts"]), message) for message in messages)
    return [m for ts, m in stamped if oldest < ts < latest or (is_inclusive and ts in (oldest, latest))]


def _messages(found: list[Message], args: Args, *, is_descending: bool) -> Answer:
    shown, cursor = page(found, args, _ts, most=_LONGEST_PAGE, is_descending=is_descending)
    has_metadata = bool(args.get("include_all_metadata"))
    messages = [message_json(message, has_metadata=has_metadata) for message in shown]
    return {"messages": messages, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}
