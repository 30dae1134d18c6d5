"""views.*: modals and the Home tab."""

from bot.playground.api.methods import Answer, Args, method
from bot.playground.workspace.modals import Modals
from bot.playground.workspace.refused import Refused
from bot.playground.workspace.state import Workspace


@method("views.open")
def open_view(workspace: Workspace, args: Args) -> Answer:
    return {"view": Modals(workspace).open(args.get("trigger_id"), args["view"])}


@method("views.push")
def push_view(workspace: Workspace, args: Args) -> Answer:
    return {"view": Modals(workspace).push(args.get("trigger_id"), args["view"])}


@method("views.update")
def update_view(workspace: Workspace, args: Args) -> Answer:
    modals = Modals(workspace)
    opened = modals.find(args.get("view_id"), args.get("external_id"))
    return {"view": modals.update(opened, args["view"], args.get("hash"))}


@method("views.publish")
def publish_view(workspace: Workspace, args: Args) -> Answer:
    if not workspace.platform.features.get("app_home", {}).get("home_tab_enabled"):
        raise Refused("not_enabled")
    user = workspace.users.get(args["user_id"])
    if user is None or user.is_bot:
        raise Refused("user_not_found")
    return {"view": Modals(workspace).publish(user.id, args["view"], args.get("hash"))}
