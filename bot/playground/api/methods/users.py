"""users.*: who is in the workspace."""

from bot.playground.api.methods import Answer, Args, method
from bot.playground.api.paging import page
from bot.playground.workspace.records import User
from bot.playground.workspace.refused import Refused
from bot.playground.workspace.shapes import user_json
from bot.playground.workspace.state import Workspace


@method("users.info")
def info(workspace: Workspace, args: Args) -> Answer:
    user = workspace.users.get(args["user"])
    if user is None:
        raise Refused("user_not_found")
    return {"user": _shown(workspace, user, args)}


@method("users.list")
def list_all(workspace: Workspace, args: Args) -> Answer:
    found = [user for _, user in sorted(workspace.users.items())]
    shown, cursor = page(found, args, lambda user: user.id)
    members = [_shown(workspace, user, args) for user in shown]
    return {"members": members, "response_metadata": {"next_cursor": cursor}}


@method("users.lookupByEmail")
def look_up_by_email(workspace: Workspace, args: Args) -> Answer:
    email = args["email"].lower()
    for user in workspace.users.values():
        if email and user.email.lower() == email:
            return {"user": user_json(workspace, user)}
    raise Refused("users_not_found")


def _shown(workspace: Workspace, user: User, args: Args) -> Answer:
    return user_json(workspace, user) | ({"locale": "ko-KR"} if args.get("include_locale") else {})
