"""usergroups.*: groups of people that are called by one name."""

from bot.playground.api.methods import Answer, Args, method
from bot.playground.workspace.refused import Refused
from bot.playground.workspace.state import Workspace


@method("usergroups.users.list")
def list_users(workspace: Workspace, args: Args) -> Answer:
    members = workspace.groups.get(args["usergroup"])
    if members is None:
        raise Refused("no_such_subteam")
    return {"users": list(members)}
