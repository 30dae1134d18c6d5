"""Clicks in messages and views, options of external selects, shortcuts."""

from typing import Any

import pytest

from bot.playground.people.mistakes import Mistaken, both
from bot.playground.workspace.modals import Modals
from tests.playground.interactivity.views import (
    actions,
    button,
    field,
    filled,
    home,
    modal,
    option,
    plain,
    text_input,
    used,
)
from tests.playground.interactivity.world import World, ground, serving

EXTERNAL = {"type": "external_select", "action_id": "go"}


def posted(world: World, *elements: dict[str, Any], **more: Any) -> str:
    return world.say("choose", user="UBOT", blocks=[actions(*elements)], **more)


def opened(world: World, *blocks: dict[str, Any]) -> str:
    trigger_id = Modals(world.workspace).trigger("U1")
    return str(world.call("views.open", trigger_id=trigger_id, view=modal(*blocks))["view"]["id"])


async def test_a_click_in_a_message_says_who_what_where(world: World) -> None:
    ts = posted(world, button(), thread_ts=(root := world.say()))
    delivery = await world.interactions.click("U1", channel="C1", ts=ts, action=used(button()))
    sent = delivery.payload
    assert (delivery.kind, sent["type"]) == ("interactive", "block_actions")
    assert sent["user"] == {"id": "U1", "username": "kim", "name": "kim", "team_id": "T1"}
    assert sent["team"] == {"id": "T1", "domain": "local"}
    assert (sent["enterprise"], sent["is_enterprise_install"]) == (None, False)
    where = {"type": "message", "message_ts": ts, "channel_id": "C1", "is_ephemeral": False, "thread_ts": root}
    assert sent["container"] == where
    assert sent["channel"] == {"id": "C1", "name": "general"}
    assert sent["message"] == world.message(ts)
    assert sent["state"] == {"values": {}}
    assert sent["response_url"]
    assert sent["trigger_id"] in world.workspace.triggers
    [action] = sent["actions"]
    assert (action["value"], action["block_id"], float(action["action_ts"]) > float(ts)) == ("v", "acts", True)
    await world.interactions.settled()
    assert not world.notices()


async def test_a_click_in_an_attachment_is_one_too(world: World) -> None:
    ts = world.say(user="UBOT", attachments=[{"text": "a"}, {"blocks": [actions(button())]}])
    delivery = await world.interactions.click("U1", channel="C1", ts=ts, action=used(button()))
    assert delivery.payload["actions"][0]["action_id"] == "go"


async def test_a_click_in_an_ephemeral_message_brings_no_message(world: World) -> None:
    world.answers.append({"text": "choose", "blocks": [actions(button())]})
    await world.interactions.slash("U1", "help", "C1")
    await world.interactions.settled()
    ts = world.told("ephemeral")[0]["message"]["ts"]
    delivery = await world.interactions.click("U1", channel="C1", ts=ts, action=used(button()))
    assert delivery.payload["container"]["is_ephemeral"] is True
    assert "message" not in delivery.payload
    with pytest.raises(Mistaken, match="is gone"):
        await world.interactions.click("U2", channel="C1", ts=ts, action=used(button()))


async def test_a_click_in_a_modal_brings_the_view_with_what_is_filled_in(world: World) -> None:
    view_id = opened(world, field(text_input()), actions(button()))
    delivery = await world.interactions.click(
        "U1", view_id=view_id, action=used(button()), state=filled(value="half a")
    )
    sent = delivery.payload
    assert sent["container"] == {"type": "view", "view_id": view_id}
    assert sent["view"]["state"]["values"]["b"]["a"]["value"] == "half a"
    assert sent["view"]["hash"]
    assert not {"response_url", "channel", "message", "state"} & sent.keys()
    pushed = world.call("views.push", trigger_id=sent["trigger_id"], view=modal())["view"]
    assert pushed["previous_view_id"] == view_id
    with pytest.raises(Mistaken, match="no longer open"):
        await world.interactions.click("U1", view_id=view_id, action=used(button()))


async def test_a_click_at_home_opens_a_modal(world: World) -> None:
    view_id = world.call("views.publish", user_id="U1", view=home(actions(button())))["view"]["id"]
    delivery = await world.interactions.click("U1", view_id=view_id, action=used(button()))
    assert delivery.payload["view"]["type"] == "home"
    world.call("views.open", trigger_id=delivery.payload["trigger_id"], view=modal())
    assert world.told("view")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"action": used(button("other"))}, "no longer there"),
        ({"ts": "1.1"}, "is gone"),
        ({"ts": None}, "is gone"),
        ({"channel": "CX"}, "not in that channel"),
        ({"channel": None}, "not in that channel"),
        ({"user": "U2", "view_id": "V1"}, "no longer open"),
        ({"state": {"values": 1}}, "cannot be read"),
    ],
)
async def test_a_click_on_nothing_is_refused(world: World, wrong: dict[str, Any], sentence: str) -> None:
    right = {"user": "U1", "channel": "C1", "ts": posted(world, button()), "action": used(button())}
    with pytest.raises(Mistaken, match=sentence):
        await world.interactions.click(**{**right, **wrong})
    assert not world.sent


async def test_an_app_without_interactivity_hears_of_no_click() -> None:
    async with serving(ground({"interactivity": {"is_enabled": False}})) as world:
        ts = posted(world, button())
        with pytest.raises(Mistaken, match="not configured"):
            await world.interactions.click("U1", channel="C1", ts=ts, action=used(button()))
        with pytest.raises(Mistaken, match="not configured"):
            await world.interactions.shortcut("U1", "ask")


async def test_a_click_without_an_answer_is_told() -> None:
    async with serving() as world:
        world.answers.append(500)
        ts = posted(world, button())
        await world.interactions.click("U1", channel="C1", ts=ts, action=used(button()))
        await world.interactions.settled()
        assert world.notices() == [both("no_answer", app="mlops")]


@pytest.mark.parametrize(
    ("answer", "values"),
    [
        ({"options": [option("a"), option("b")]}, ["a", "b"]),
        (
            {"option_groups": [{"label": plain("G"), "options": [option("a")]}, {"options": [option("b")]}, "c"]},
            ["a", "b"],
        ),
        ({"options": [option("a"), {"value": "b"}, "c"]}, ["a"]),
        ({"options": "a"}, []),
        ({"option_groups": "a"}, []),
        ({}, []),
        (500, []),
    ],
)
async def test_an_external_select_offers_what_the_app_answers(world: World, answer: Any, values: list[str]) -> None:
    world.answers.append(answer)
    ts = posted(world, EXTERNAL)
    where = {"channel": "C1", "ts": ts, "action_id": "go", "block_id": "acts"}
    found = await world.interactions.options("U1", **where, value="res")
    assert [offered["value"] for offered in found] == values
    sent = world.sent[0]
    assert (sent["type"], sent["action_id"], sent["block_id"]) == ("block_suggestion", "go", "acts")
    assert (sent["value"], sent["container"]["message_ts"]) == ("res", ts)


async def test_a_modal_asks_for_options_too(world: World) -> None:
    view_id = opened(world, actions(EXTERNAL, button("b")))
    asked = {"view_id": view_id, "block_id": "acts", "value": ""}
    await world.interactions.options("U1", **asked, action_id="go")
    assert world.sent[0]["view"]["id"] == view_id
    with pytest.raises(Mistaken, match="Its options are known"):
        await world.interactions.options("U1", **asked, action_id="b")


async def test_a_global_shortcut_opens_a_modal(world: World) -> None:
    sent = (await world.interactions.shortcut("U1", "ask")).payload
    assert (sent["type"], sent["callback_id"]) == ("shortcut", "ask")
    assert not {"channel", "message", "response_url"} & sent.keys()
    world.call("views.open", trigger_id=sent["trigger_id"], view=modal())


async def test_a_shortcut_on_a_message_brings_the_message(world: World) -> None:
    ts = world.say("why?")
    sent = (await world.interactions.shortcut("U1", "explain", channel="C1", ts=ts)).payload
    assert (sent["type"], sent["message_ts"], sent["message"]["text"]) == ("message_action", ts, "why?")
    assert sent["channel"] == {"id": "C1", "name": "general"}
    assert sent["response_url"]
    with pytest.raises(Mistaken, match="not in that channel"):
        await world.interactions.shortcut("U1", "explain")
    with pytest.raises(Mistaken, match="no such shortcut"):
        await world.interactions.shortcut("U1", "other")
