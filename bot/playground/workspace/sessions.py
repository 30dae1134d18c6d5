"""The agent sessions of the workspace: one for each thread the app works in."""

from typing import Any, Final

from bot.playground.workspace.refused import Refused
from bot.playground.workspace.state import Workspace

STATUSES: Final = frozenset({"active", "processing", "suspended", "closed"})
TITLE_AT_MOST: Final = 200
STOPPED: Final = "agent_session_stopped"
UNHEARD_STOP: Final = "missing_agent_session_stopped_event_subscription"


def is_agent(workspace: Workspace) -> bool:
    """Whether the manifest makes the app an agent: the others have neither sessions nor prompts."""
    return "agent_view" in workspace.platform.features


def set_session(
    workspace: Workspace, channel_id: str, thread_ts: str, *, status: str | None = None, title: str | None = None
) -> dict[str, Any]:
    """Changes a session, opened where there is none; the page hears of what is new. Does nothing for other apps."""
    if not is_agent(workspace):
        return {}
    before = workspace.sessions.get((channel_id, thread_ts))
    session = dict(before or {"status": "active", "title": ""})
    session |= {name: value for name, value in (("status", status), ("title", title)) if value is not None}
    workspace.sessions[channel_id, thread_ts] = session
    if session != before:
        workspace.tell("session", channel_id, thread_ts=thread_ts, **session)
    return session


def session_status(value: Any) -> str:
    """Raises Refused: invalid_status."""
    if not isinstance(value, str) or value not in STATUSES:
        raise Refused("invalid_status")
    return value


def unheard_stop(workspace: Workspace) -> dict[str, Any]:
    """What an answer warns of where the app offers a Stop button that it wouldn't hear of."""
    if STOPPED in workspace.platform.subscriptions:
        return {}
    return {"warning": UNHEARD_STOP, "response_metadata": {"warnings": [UNHEARD_STOP]}}
