"""POST /respond/{id}."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.playground.watch.faults import Fault
from bot.playground.workspace.asides import response_url
from tests.playground.interactivity.views import actions, button, used
from tests.playground.interactivity.world import World


def url(world: World, ts: str | None = None) -> str:
    return response_url(world.workspace, "U1", "C1", ts)


def app_message(world: World) -> str:
    return world.say("choose", user="UBOT", bot_id="BBOT", blocks=[actions(button())])


async def ephemeral(world: World) -> str:
    await world.respond(url(world), {"text": "choose", "blocks": [actions(button())]})
    return str(world.told("ephemeral")[-1]["message"]["ts"])


async def test_an_answer_is_for_one_person_unless_it_says_otherwise(world: World) -> None:
    root = world.say()
    assert await world.respond(url(world), {"text": "for you", "thread_ts": root}) == (200, "ok")
    assert await world.respond(url(world), {"text": "for all", "response_type": "in_channel"}) == (200, "ok")
    [shown] = world.told("ephemeral")
    assert (shown["user"], shown["message"]["text"], shown["message"]["thread_ts"]) == ("U1", "for you", root)
    assert [message["text"] for message in world.workspace.channels["C1"].messages.values()] == ["hello", "for all"]
    assert [(seen["text"], seen["error"]) for seen in world.journal.responses] == [("for you", None), ("for all", None)]
    assert world.journal.responses[0]["id"] in world.workspace.response_urls


async def test_a_url_is_good_for_five_answers(world: World) -> None:
    used_up = url(world)
    for n in range(5):
        assert (await world.respond(used_up, {"text": str(n)}))[0] == 200
    assert await world.respond(used_up, {"text": "six"}) == (404, "used_url")
    assert world.journal.responses[-1]["error"] == "used_url"


async def test_a_url_is_good_for_thirty_minutes(world: World) -> None:
    old = url(world)
    world.clock.turn(minutes=29)
    assert (await world.respond(old, {"text": "a"}))[0] == 200
    world.clock.turn(minutes=1)
    assert await world.respond(old, {"text": "a"}) == (404, "expired_url")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({}, "no_text"),
        ({"text": ""}, "no_text"),
        ({"text": "a", "blocks": [{"type": "poem"}]}, "invalid_blocks"),
        ({"text": "a", "blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
        ({"text": 1}, "invalid_arguments"),
        ([], "invalid_payload"),
        ({"text": "a", "thread_ts": "1.1"}, "cannot_reply_to_message"),
        ({"text": "a", "thread_ts": 1.1}, "invalid_arguments"),
        ({"text": "a", "response_type": "loud"}, "invalid_arguments"),
        ({"text": "a", "respons_type": "in_channel"}, "invalid_arguments"),
        ({"text": "a", "metadata": "x"}, "invalid_metadata_format"),
    ],
)
async def test_what_is_no_message_is_refused(world: World, body: Any, problem: str) -> None:
    assert await world.respond(url(world), body) == (400, problem)
    assert world.journal.responses[-1]["error"] == problem
    assert not world.told("ephemeral")


async def test_nothing_is_said_in_an_archived_channel(world: World) -> None:
    ts = app_message(world)
    world.workspace.channels["C1"].is_archived = True
    for body in ({"text": "a"}, {"text": "a", "replace_original": True}, {"delete_original": True}):
        assert await world.respond(url(world, ts), body) == (400, "is_archived")


async def test_an_original_may_be_replaced_in_words_too(world: World) -> None:
    ts = app_message(world)
    await world.respond(url(world, ts), {"text": "chosen", "replace_original": "true", "response_type": None})
    assert world.message(ts)["text"] == "chosen"


async def test_what_is_no_json_is_refused(world: World) -> None:
    async with world.session.post(url(world), data=b"words") as response:
        assert (response.status, await response.text()) == (400, "invalid_payload")
    assert await world.respond(f"{world.workspace.base}/respond/0", {"text": "a"}) == (404, "no_such_url")


async def test_the_clicked_message_is_replaced(world: World) -> None:
    ts = app_message(world)
    sent = (await world.interactions.click("U1", channel="C1", ts=ts, action=used(button()))).payload
    await world.respond(sent["response_url"], {"text": "chosen", "replace_original": True})
    assert (world.message(ts)["text"], world.message(ts)["blocks"]) == ("chosen", [])
    assert "edited" in world.message(ts)


async def test_the_clicked_message_is_deleted(world: World) -> None:
    ts = app_message(world)
    clicked = url(world, ts)
    await world.respond(clicked, {"delete_original": True})
    assert not world.workspace.channels["C1"].messages
    assert await world.respond(clicked, {"delete_original": True}) == (400, "message_not_found")
    gone = {"text": "a", "replace_original": True}
    assert await world.respond(clicked, gone) == (400, "message_not_found")


async def test_a_clicked_ephemeral_message_is_replaced_and_deleted(world: World) -> None:
    ts = await ephemeral(world)
    clicked = url(world, ts)
    await world.respond(clicked, {"text": "chosen", "replace_original": True})
    shown = world.told("ephemeral")[-1]["message"]
    assert (shown["ts"], shown["text"], shown["blocks"], shown["is_ephemeral"]) == (ts, "chosen", [], True)
    await world.respond(clicked, {"delete_original": True})
    assert world.told("ephemeral_gone") == [{"user": "U1", "ts": ts}]
    assert not world.workspace.ephemerals


async def test_a_command_has_no_original_to_replace(world: World) -> None:
    await world.respond(url(world), {"text": "new", "replace_original": True})
    assert world.told("ephemeral")[0]["message"]["text"] == "new"


async def test_faults_are_those_of_response_url(world: World) -> None:
    world.faults.break_next(
        "response_url",
        Fault(status=500),
        Fault(error="no_service"),
        Fault(status=429, retry_after="1"),
        Fault(status=500, takes_effect=True),
        Fault(delay_s=0.001),
    )
    answers = [await world.respond(url(world), {"text": str(n)}) for n in range(6)]
    assert [status for status, _ in answers] == [500, 400, 429, 500, 200, 200]
    assert [told["message"]["text"] for told in world.told("ephemeral")] == ["3", "4", "5"]
    assert [seen["error"] for seen in world.journal.responses[:2]] == ["broken", "no_service"]


async def test_a_fault_waits_and_drops(world: World) -> None:
    gate = asyncio.Event()
    world.faults.break_next("response_url", Fault(waits_for=gate, drops=True))
    call = asyncio.ensure_future(world.respond(url(world), {"text": "a"}))
    await world.journal.until(lambda: not world.faults["response_url"])
    assert not world.journal.responses
    gate.set()
    with pytest.raises(aiohttp.ClientError):
        await call
    assert not world.told("ephemeral")
