"""agents.sessions.*: the state of the app's sessions."""

from bot.playground.api.methods import Answer, Args, method
from bot.playground.workspace.refused import Refused
from bot.playground.workspace.sessions import TITLE_AT_MOST, is_agent, session_status, set_session, unheard_stop
from bot.playground.workspace.state import Workspace


@method("agents.sessions.setStatus")
def set_status(workspace: Workspace, args: Args) -> Answer:
    """Opens the session where there is none; a title counts only then."""
    channel_id, thread_ts = _place(workspace, args)
    status = session_status(args["status"])
    title, initiator = args.get("title"), args.get("initiator_user_id")
    if initiator and initiator not in workspace.users:
        raise Refused("user_not_found")
    if title is not None and len(title) > TITLE_AT_MOST:
        raise Refused("invalid_name")
    is_new = (channel_id, thread_ts) not in workspace.sessions
    set_session(workspace, channel_id, thread_ts, status=status, title=title if is_new else None)
    return unheard_stop(workspace) if status == "processing" else {}


@method("agents.sessions.rename")
def rename(workspace: Workspace, args: Args) -> Answer:
    channel_id, thread_ts = _place(workspace, args)
    if not 1 <= len(args["title"]) <= TITLE_AT_MOST:
        raise Refused("invalid_name")
    if (channel_id, thread_ts) not in workspace.sessions:
        raise Refused("session_not_found")
    set_session(workspace, channel_id, thread_ts, title=args["title"])
    return {}


def _place(workspace: Workspace, args: Args) -> tuple[str, str]:
    if not is_agent(workspace):
        raise Refused("feature_disabled")
    channel = workspace.channel_for_bot(args["channel_id"])
    if not args.get("thread_ts"):
        raise Refused("thread_ts_required")
    if not channel.thread(args["thread_ts"]):  # the list of errors has no word for it; this is its kin's
        raise Refused("invalid_thread_ts")
    return channel.id, args["thread_ts"]
