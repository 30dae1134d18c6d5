"""Views on people's screens: each person's stack of modals, and their Home."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, Literal

from bot.playground.rules.views import refuse_view
from bot.playground.workspace.ids import with_ids
from bot.playground.workspace.records import OpenView, Trigger
from bot.playground.workspace.refused import Refused, refused
from bot.playground.workspace.state import TEAM, Workspace

STACK_AT_MOST: Final = 3
TRIGGER_LIFE: Final = timedelta(seconds=3)


class Modals:
    """What the app and a person may do to the views of a workspace. Raises Refused with Slack's codes."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def trigger(self, user: str, view_id: str | None = None, *, trigger_id: str | None = None) -> str:
        """A new trigger_id, for what `user` has just done."""
        trigger_id = trigger_id or self._workspace.new_id("trigger-")
        self._workspace.triggers[trigger_id] = Trigger(user, self._workspace.clock(), view_id)
        return trigger_id

    def open(self, trigger_id: Any, view: Any) -> dict[str, Any]:
        """A new stack; whatever modals the person had of the app are gone."""
        self._refuse(view, "modal")
        return self._put(self._use(trigger_id).user, [], view)

    def push(self, trigger_id: Any, view: Any) -> dict[str, Any]:
        """On top of the stack in which the click was."""
        self._refuse(view, "modal")
        trigger = self._trigger(trigger_id)
        stack = self._workspace.modals.get(trigger.user, [])
        if trigger.view_id is None or trigger.view_id not in {opened.view["id"] for opened in stack}:
            raise Refused("not_found")
        if len(stack) >= STACK_AT_MOST:
            raise Refused("push_limit_reached")
        trigger.is_used = True
        return self._put(trigger.user, stack, view)

    def push_on(self, user: str, view: Any) -> dict[str, Any]:
        """On top of a person's stack, as the answer to a submission."""
        self._refuse(view, "modal")
        stack = self._workspace.modals.get(user, [])
        if len(stack) >= STACK_AT_MOST:
            raise Refused("push_limit_reached")
        return self._put(user, stack, view)

    def update(self, opened: OpenView, view: Any, hash_: Any = None) -> dict[str, Any]:
        """Other content for a view; its id and its place in the stack stay."""
        kind = opened.view["type"]
        self._refuse(view, kind, opened.view["id"])
        if hash_ not in (None, opened.view["hash"]):
            raise Refused("hash_conflict")
        kept = {name: opened.view[name] for name in ("id", "root_view_id", "previous_view_id")}
        opened.view = self._whole(view, kept)
        if kind == "home":
            self._workspace.tell("home", user=opened.user, view=opened.view)
        else:
            self._tell(opened.user)
        return opened.view

    def publish(self, user: str, view: Any, hash_: Any = None) -> dict[str, Any]:
        home = self._workspace.homes.get(user)
        if home is not None:
            return self.update(home, view, hash_)
        self._refuse(view, "home")
        if hash_ is not None:
            raise Refused("hash_conflict")
        whole = self._whole(view, self._place([]))
        self._workspace.homes[user] = OpenView(user, whole)
        self._workspace.tell("home", user=user, view=whole)
        return whole

    def close(self, user: str, view_id: str, *, all_of_them: bool = False) -> list[dict[str, Any]]:
        """Takes a modal with what lies on it away, or the whole stack. Returns what is gone, the top first."""
        stack = self._workspace.modals.get(user, [])
        places = [n for n, opened in enumerate(stack) if opened.view["id"] == view_id]
        if not places:
            return []
        at = 0 if all_of_them else places[0]
        self._workspace.modals[user] = stack[:at]
        self._tell(user)
        return [opened.view for opened in reversed(stack[at:])]

    def find(self, view_id: Any = None, external_id: Any = None) -> OpenView:
        """Raises Refused: not_found."""
        for opened in self._all():
            is_named = bool(external_id) and opened.view["external_id"] == external_id
            if is_named or (view_id and opened.view["id"] == view_id):
                return opened
        raise Refused("not_found")

    def on_top(self, user: str, view_id: str) -> OpenView:
        """The modal that a person sees. Raises Refused: not_found."""
        stack = self._workspace.modals.get(user, [])
        if not stack or stack[-1].view["id"] != view_id:
            raise Refused("not_found")
        return stack[-1]

    def _all(self) -> list[OpenView]:
        modals = [opened for stack in self._workspace.modals.values() for opened in stack]
        return [*modals, *self._workspace.homes.values()]

    def _trigger(self, trigger_id: Any) -> Trigger:
        trigger = self._workspace.triggers.get(trigger_id) if isinstance(trigger_id, str) else None
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.is_used:
            raise Refused("exchanged_trigger_id")
        if self._workspace.clock() - trigger.issued_at >= TRIGGER_LIFE:
            raise Refused("expired_trigger_id")
        return trigger

    def _use(self, trigger_id: Any) -> Trigger:
        trigger = self._trigger(trigger_id)
        trigger.is_used = True
        return trigger

    def _put(self, user: str, below: list[OpenView], view: Mapping[str, Any]) -> dict[str, Any]:
        whole = self._whole(view, self._place(below))
        self._workspace.modals[user] = [*below, OpenView(user, whole)]
        self._tell(user)
        return whole

    def _tell(self, user: str) -> None:
        self._workspace.tell("view", user=user, views=[opened.view for opened in self._workspace.modals[user]])

    def _refuse(self, view: Any, kind: Literal["modal", "home"], own_id: str | None = None) -> None:
        if problem := refuse_view(view, {kind}):
            raise refused(problem)
        external_id = view.get("external_id")
        if external_id and any(
            opened.view["external_id"] == external_id and opened.view["id"] != own_id for opened in self._all()
        ):
            raise Refused("duplicate_external_id")

    def _place(self, below: list[OpenView]) -> dict[str, Any]:
        view_id = f"V{self._workspace.number():010d}"
        root = below[0].view["id"] if below else view_id
        return {"id": view_id, "root_view_id": root, "previous_view_id": below[-1].view["id"] if below else None}

    def _whole(self, view: Mapping[str, Any], place: Mapping[str, Any]) -> dict[str, Any]:
        """A view as Slack gives it back."""
        app, number = self._workspace.app, self._workspace.number()
        return {
            "title": None,
            "submit": None,
            "close": None,
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            **view,
            **place,
            "blocks": with_ids(view["blocks"]),
            "state": {"values": {}},
            "hash": f"{int(self._workspace.clock().timestamp())}.{number:08d}",
            "team_id": TEAM,
            "app_id": app.id,
            "app_installed_team_id": TEAM,
            "bot_id": app.bot_id,
        }
