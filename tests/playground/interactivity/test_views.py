"""views.open, views.push, views.update, views.publish."""

from typing import Any

import pytest

from bot.playground.workspace.modals import Modals
from tests.playground.interactivity.views import button, field, home, modal, text_input
from tests.playground.interactivity.world import Ground, ground


def trigger(slack: Ground, view_id: str | None = None, user: str = "U1") -> str:
    return Modals(slack.workspace).trigger(user, view_id)


def opened(slack: Ground, **more: Any) -> dict[str, Any]:
    view: dict[str, Any] = slack.call("views.open", trigger_id=trigger(slack), view=modal(**more))["view"]
    return view


def pushed(slack: Ground, below: dict[str, Any]) -> dict[str, Any]:
    view: dict[str, Any] = slack.call("views.push", trigger_id=trigger(slack, below["id"]), view=modal())["view"]
    return view


def stack(slack: Ground, user: str = "U1") -> list[str]:
    return [shown.view["id"] for shown in slack.workspace.modals.get(user, ())]


def test_an_opened_view_comes_back_whole(slack: Ground) -> None:
    nameless = {name: value for name, value in field({"type": "plain_text_input"}).items() if name != "block_id"}
    view = slack.call("views.open", trigger_id=trigger(slack), view=modal(nameless))["view"]
    assert view["root_view_id"] == view["id"]
    assert view["previous_view_id"] is None
    assert view["state"] == {"values": {}}
    assert (view["team_id"], view["app_id"], view["bot_id"]) == ("T1", "A1", "BBOT")
    assert view["private_metadata"] == view["callback_id"] == view["external_id"] == ""
    assert view["blocks"][0]["block_id"]
    assert view["blocks"][0]["element"]["action_id"]
    assert slack.told("view") == [{"user": "U1", "views": [view]}]


@pytest.mark.parametrize("method", ["views.open", "views.push"])
def test_a_trigger_is_good_for_three_seconds_and_once(slack: Ground, method: str) -> None:
    below = opened(slack)
    late = trigger(slack, below["id"])
    slack.clock.turn(seconds=3)
    assert slack.refusal(method, trigger_id=late, view=modal()) == "expired_trigger_id"
    just = trigger(slack, below["id"])
    slack.clock.turn(seconds=2.9)
    slack.call(method, trigger_id=just, view=modal())
    assert slack.refusal(method, trigger_id=just, view=modal()) == "exchanged_trigger_id"
    assert slack.refusal(method, trigger_id="made-up", view=modal()) == "invalid_trigger_id"
    assert slack.refusal(method, view=modal()) == "invalid_trigger_id"


def test_a_refused_view_leaves_the_trigger_unused(slack: Ground) -> None:
    trigger_id = trigger(slack)
    assert slack.refusal("views.open", trigger_id=trigger_id, view=home()) == "invalid_arguments"
    slack.call("views.open", trigger_id=trigger_id, view=modal())


def test_views_are_stacked_three_high(slack: Ground) -> None:
    root = opened(slack)
    second = pushed(slack, root)
    third = pushed(slack, second)
    assert stack(slack) == [root["id"], second["id"], third["id"]]
    assert third["root_view_id"] == root["id"]
    assert third["previous_view_id"] == second["id"]
    again = trigger(slack, third["id"])
    assert slack.refusal("views.push", trigger_id=again, view=modal()) == "push_limit_reached"


def test_only_a_click_in_a_modal_can_push(slack: Ground) -> None:
    opened(slack)
    assert slack.refusal("views.push", trigger_id=trigger(slack), view=modal()) == "not_found"
    assert slack.refusal("views.push", trigger_id=trigger(slack, "V9"), view=modal()) == "not_found"


def test_a_view_is_updated_by_its_id_or_external_id(slack: Ground) -> None:
    root = opened(slack, external_id="mine")
    second = pushed(slack, root)
    by_id = slack.call("views.update", view_id=root["id"], view=modal(external_id="mine"), hash=root["hash"])["view"]
    assert by_id["id"] == root["id"]
    assert by_id["hash"] != root["hash"]
    by_name = slack.call("views.update", external_id="mine", view=modal(callback_id="new"))["view"]
    assert by_name["callback_id"] == "new"
    assert by_name["external_id"] == ""
    assert stack(slack) == [root["id"], second["id"]]
    stale = {"view_id": root["id"], "hash": root["hash"]}
    assert slack.refusal("views.update", **stale, view=modal()) == "hash_conflict"
    assert slack.refusal("views.update", view_id="V9", view=modal()) == "not_found"
    assert slack.refusal("views.update", view=modal()) == "not_found"


def test_an_external_id_belongs_to_one_view(slack: Ground) -> None:
    root = opened(slack, external_id="mine")
    other = {"trigger_id": trigger(slack, root["id"]), "view": modal(external_id="mine")}
    assert slack.refusal("views.push", **other) == "duplicate_external_id"


@pytest.mark.parametrize(
    ("view", "error"),
    [
        (modal(*[{"type": "divider"}] * 101), "invalid_arguments"),
        (modal(field(text_input("x" * 256))), "invalid_arguments"),
        (modal(*[{"type": "image", "image_url": "https://a/" + "x" * 2_900, "alt_text": "a"}] * 90), "view_too_large"),
    ],
)
def test_a_view_over_its_limit_is_refused(slack: Ground, view: dict[str, Any], error: str) -> None:
    assert slack.refusal("views.open", trigger_id=trigger(slack), view=view) == error
    assert not stack(slack)


def test_home_is_published_for_each_person(slack: Ground) -> None:
    first = slack.call("views.publish", user_id="U1", view=home())["view"]
    again = slack.call("views.publish", user_id="U1", view=home(callback_id="b"), hash=first["hash"])["view"]
    assert again["id"] == first["id"]
    assert slack.told("home")[-1] == {"user": "U1", "view": again}
    other = slack.call("views.publish", user_id="U2", view=home())["view"]
    assert other["id"] != first["id"]
    updated = slack.call("views.update", view_id=first["id"], view=home(callback_id="c"))["view"]
    assert slack.workspace.homes["U1"].view == updated


def test_home_refuses_what_is_not_its_own(slack: Ground) -> None:
    assert slack.refusal("views.publish", user_id="U1", view=home(), hash="old") == "hash_conflict"
    first = slack.call("views.publish", user_id="U1", view=home())["view"]
    slack.call("views.publish", user_id="U1", view=home())
    assert slack.refusal("views.publish", user_id="U1", view=home(), hash=first["hash"]) == "hash_conflict"
    assert slack.refusal("views.publish", user_id="UX", view=home()) == "user_not_found"
    assert slack.refusal("views.publish", user_id="UBOT", view=home()) == "user_not_found"
    assert slack.refusal("views.publish", user_id="U1", view=modal()) == "invalid_arguments"
    assert slack.refusal("views.update", view_id=first["id"], view=modal()) == "invalid_arguments"


def test_an_app_without_a_home_publishes_none() -> None:
    slack = ground(app_home={"messages_tab_enabled": True})
    assert slack.refusal("views.publish", user_id="U1", view=home()) == "not_enabled"


def test_ids_are_filled_in_and_stay_when_nothing_changes(slack: Ground) -> None:
    nameless = {name: value for name, value in button().items() if name != "action_id"}
    named = {"type": "section", "block_id": "mine", "text": {"type": "mrkdwn", "text": "a"}, "accessory": nameless}
    blocks: list[dict[str, Any]] = [
        {"type": "divider"},
        {"type": "actions", "elements": [nameless, nameless, button("own")]},
        named,
    ]
    view = slack.call("views.publish", user_id="U1", view=home(*blocks))["view"]
    ids = [block["block_id"] for block in view["blocks"]]
    assert ids[2] == "mine"
    assert len(set(ids)) == 3
    action_ids = [element["action_id"] for element in view["blocks"][1]["elements"]]
    assert action_ids[2] == "own"
    assert len(set(action_ids)) == 3
    assert view["blocks"][2]["accessory"]["action_id"]
    assert slack.call("views.publish", user_id="U1", view=home(*blocks))["view"]["blocks"] == view["blocks"]
