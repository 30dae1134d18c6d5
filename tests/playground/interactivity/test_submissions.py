"""Modals that are sent or closed, and what the app's answer does to them."""

from typing import Any

import pytest

from bot.playground.people.mistakes import Mistaken, Unfilled, both
from bot.playground.workspace.modals import Modals
from tests.playground.interactivity.views import field, filled, modal, text_input
from tests.playground.interactivity.world import World, serving

FORM = field(text_input())


def opened(world: World, *blocks: dict[str, Any], **more: Any) -> str:
    trigger_id = Modals(world.workspace).trigger("U1")
    return str(world.call("views.open", trigger_id=trigger_id, view=modal(*blocks or [FORM], **more))["view"]["id"])


def pushed(world: World, below: str, **more: Any) -> str:
    trigger_id = Modals(world.workspace).trigger("U1", below)
    return str(world.call("views.push", trigger_id=trigger_id, view=modal(FORM, **more))["view"]["id"])


def stack(world: World) -> list[str]:
    return [shown.view["id"] for shown in world.workspace.modals["U1"]]


async def submit(world: World, view_id: str) -> dict[str, str] | None:
    return await world.interactions.submit("U1", view_id, filled(value="words"))


async def test_a_submission_brings_the_view_with_its_state(world: World) -> None:
    view_id = opened(world, callback_id="form", private_metadata="turn-1")
    assert await submit(world, view_id) is None
    sent = world.sent[0]
    assert (sent["type"], sent["view"]["callback_id"], sent["view"]["private_metadata"]) == (
        "view_submission",
        "form",
        "turn-1",
    )
    assert sent["view"]["state"] == filled(type="plain_text_input", value="words")
    assert sent["response_urls"] == []
    assert sent["trigger_id"] in world.workspace.triggers
    assert stack(world) == []
    assert world.told("view")[-1] == {"user": "U1", "views": []}


async def test_an_empty_required_input_is_not_sent(world: World) -> None:
    view_id = opened(world)
    with pytest.raises(Unfilled) as unfilled:
        await world.interactions.submit("U1", view_id, {})
    assert unfilled.value.blocks == ("b",)
    assert not world.sent


async def test_the_root_is_seen_again_when_the_modal_on_it_is_sent(world: World) -> None:
    root = opened(world)
    await submit(world, pushed(world, root))
    assert stack(world) == [root]


async def test_errors_come_back_and_the_modal_stays(world: World) -> None:
    view_id = opened(world)
    world.answers.append({"response_action": "errors", "errors": {"b": "Too short."}})
    assert await submit(world, view_id) == {"b": "Too short."}
    assert stack(world) == [view_id]


async def test_an_update_takes_the_place_of_the_modal(world: World) -> None:
    root = opened(world)
    view_id = pushed(world, root)
    world.answers.append({"response_action": "update", "view": modal(callback_id="thanks")})
    assert await submit(world, view_id) is None
    assert stack(world) == [root, view_id]
    assert world.workspace.modals["U1"][1].view["callback_id"] == "thanks"


async def test_a_push_lies_on_the_modal_and_three_are_enough(world: World) -> None:
    view_id = opened(world)
    for height in (2, 3):
        world.answers.append({"response_action": "push", "view": modal(FORM)})
        await submit(world, view_id)
        assert len(stack(world)) == height
        view_id = stack(world)[-1]
    world.answers.append({"response_action": "push", "view": modal(FORM)})
    await submit(world, view_id)
    assert len(stack(world)) == 3
    assert world.notices() == [both("operation_timeout")]


async def test_clear_closes_the_whole_stack(world: World) -> None:
    view_id = pushed(world, opened(world))
    world.answers.append({"response_action": "clear"})
    await submit(world, view_id)
    assert stack(world) == []


@pytest.mark.parametrize(
    "answer",
    [
        500,
        {"response_action": "sing"},
        {"response_action": "update"},
        {"response_action": "push", "view": {"type": "home"}},
        {"response_action": "errors"},
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"other": "No."}},
        {"response_action": "errors", "errors": {"b": 1}},
    ],
)
async def test_an_answer_that_is_none_leaves_the_modal_open(world: World, answer: Any) -> None:
    view_id = opened(world)
    world.answers.append(answer)
    assert await submit(world, view_id) is None
    assert stack(world) == [view_id]
    assert world.notices() == [both("operation_timeout")]


async def test_a_late_answer_leaves_the_modal_open() -> None:
    async with serving(ack_s=0.05) as world:
        view_id = opened(world)
        world.answers.append(None)
        await submit(world, view_id)
        assert stack(world) == [view_id]
        assert world.notices() == [both("operation_timeout")]


async def test_a_chosen_channel_gets_a_response_url_where_the_select_asks_for_it(world: World) -> None:
    select = {"type": "conversations_select", "action_id": "a", "response_url_enabled": True}
    view_id = opened(world, field(select), field(text_input(), block_id="c", optional=True))
    await world.interactions.submit("U1", view_id, filled(selected_conversation="C1"))
    [url] = world.sent[0]["response_urls"]
    assert (url["block_id"], url["action_id"], url["channel_id"]) == ("b", "a", "C1")
    assert await world.respond(url["response_url"], {"text": "done", "response_type": "in_channel"}) == (200, "ok")


async def test_nobody_gets_a_response_url_for_a_channel_that_is_not_there(world: World) -> None:
    select = {"type": "channels_select", "action_id": "a", "response_url_enabled": True}
    view_id = opened(world, field(select))
    await world.interactions.submit("U1", view_id, filled(selected_channel="CX"))
    assert world.sent[0]["response_urls"] == []


async def test_closing_is_told_to_those_who_want_to_know(world: World) -> None:
    root = opened(world, notify_on_close=True)
    await world.interactions.close("U1", pushed(world, root))
    assert not world.sent
    await world.interactions.close("U1", root)
    [sent] = world.sent
    assert (sent["type"], sent["view"]["id"], sent["is_cleared"]) == ("view_closed", root, False)
    assert stack(world) == []


@pytest.mark.parametrize(("closing", "view"), [({"all": True}, {}), ({}, {"clear_on_close": True})])
async def test_the_whole_stack_is_closed_at_once(world: World, closing: dict[str, bool], view: dict[str, bool]) -> None:
    root = opened(world, notify_on_close=True)
    await world.interactions.close("U1", pushed(world, root, **view), **closing)
    assert stack(world) == []
    assert [(sent["view"]["id"], sent["is_cleared"]) for sent in world.sent] == [(root, True)]


async def test_what_is_not_on_top_can_neither_be_sent_nor_closed(world: World) -> None:
    root = opened(world)
    pushed(world, root)
    with pytest.raises(Mistaken, match="no longer open"):
        await submit(world, root)
    with pytest.raises(Mistaken, match="no longer open"):
        await world.interactions.close("U1", "V9")
    assert Modals(world.workspace).close("U1", "V9") == []
