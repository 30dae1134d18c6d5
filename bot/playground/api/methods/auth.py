"""auth.test, apps.connections.open: who the app is, and a way in for its events."""

from secrets import token_urlsafe

from bot.playground.api.methods import Answer, Args, method
from bot.playground.workspace.state import TEAM, Workspace


@method("auth.test")
def test(workspace: Workspace, _: Args) -> Answer:
    app = workspace.app
    return {
        "url": f"{workspace.base}/",
        "team": workspace.name,
        "user": workspace.users[app.user].name,
        "team_id": TEAM,
        "user_id": app.user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open")
def open_connection(workspace: Workspace, _: Args) -> Answer:
    """The URL is good for one connection: its ticket is in `workspace.tickets` until it is used."""
    ticket = token_urlsafe(16)
    workspace.tickets.add(ticket)
    return {"url": f"{workspace.base.replace('http', 'ws', 1)}/socket?ticket={ticket}"}
