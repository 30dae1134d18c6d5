"""reactions.*: emoji on messages."""

from bot.playground.api.methods import Answer, Args, method
from bot.playground.workspace.places import conversation, is_ts, message_at
from bot.playground.workspace.reacting import set_reaction
from bot.playground.workspace.records import Channel, Message
from bot.playground.workspace.refused import Refused
from bot.playground.workspace.state import Workspace


@method("reactions.add")
def add(workspace: Workspace, args: Args) -> Answer:
    channel, message = _target(workspace, args)
    set_reaction(workspace, channel, message, args["name"], workspace.app.user, is_added=True)
    return {}


@method("reactions.remove")
def remove(workspace: Workspace, args: Args) -> Answer:
    channel, message = _target(workspace, args)
    set_reaction(workspace, channel, message, args["name"], workspace.app.user, is_added=False)
    return {}


def _target(workspace: Workspace, args: Args) -> tuple[Channel, Message]:
    if not args.get("channel") or not args.get("timestamp"):
        raise Refused("no_item_specified")
    channel = conversation(workspace, args["channel"], writes=True)
    if not is_ts(args["timestamp"]):
        raise Refused("bad_timestamp")
    return channel, message_at(channel, args["timestamp"])
