"""Faults, as the app meets them over HTTP."""

import asyncio

import aiohttp
import pytest

from bot.playground.watch.faults import DeliveryFault, Fault, Faults
from tests.playground.webapi.server import Api, Seen

POST = "chat.postMessage"


async def post(api: Api) -> Seen:
    return await api.send(POST, json={"channel": "C1", "text": "hi"})


async def test_an_error_is_answered_in_place_of_the_call(api: Api) -> None:
    api.faults.break_next(POST, Fault(error="restricted_action"))
    assert (await post(api)).json == {"ok": False, "error": "restricted_action"}
    assert api.texts() == []
    assert (await post(api)).json["ok"], "a fault is for one call"


async def test_a_server_error_is_html_and_may_come_after_the_call_took_effect(api: Api) -> None:
    api.faults.break_next(POST, Fault(status=500), Fault(status=503, takes_effect=True))
    first, second = await post(api), await post(api)
    assert [(answer.status, answer.headers["Content-Type"]) for answer in (first, second)] == [
        (500, "text/html; charset=utf-8"),
        (503, "text/html; charset=utf-8"),
    ]
    assert api.texts() == ["hi"]
    assert [call.answer for call in api.journal.calls] == [{"ok": False, "error": "broken"}] * 2


@pytest.mark.parametrize("takes_effect", [False, True])
async def test_a_dropped_connection_answers_nothing(api: Api, takes_effect: bool) -> None:
    api.faults.break_next(POST, Fault(drops=True, takes_effect=takes_effect))
    with pytest.raises(aiohttp.ClientError):
        await post(api)
    assert api.texts() == ["hi"] * takes_effect


async def test_a_limit_says_when_to_come_back(api: Api) -> None:
    api.faults.break_next(POST, Fault(status=429, error="ratelimited", retry_after="7"))
    answer = await post(api)
    assert (answer.status, answer.headers["Retry-After"]) == (429, "7")
    assert answer.json == {"ok": False, "error": "ratelimited"}


async def test_a_call_that_waits_is_in_the_journal_before_it_is_answered(api: Api) -> None:
    held = asyncio.Event()
    api.faults.break_next(POST, Fault(waits_for=held))
    answering = asyncio.create_task(post(api))
    await api.journal.until(lambda: api.journal.of(POST))
    assert api.journal.calls[0].answer == {}
    assert api.texts() == []
    held.set()
    assert (await answering).json["ok"]
    assert api.texts() == ["hi"]


async def test_a_delay_is_kept(api: Api) -> None:
    api.faults.break_next(POST, Fault(delay_s=0.05))
    started = asyncio.get_running_loop().time()
    assert (await post(api)).json["ok"]
    assert asyncio.get_running_loop().time() - started >= 0.05


async def test_a_faulty_calls_arguments_are_read_as_any_others(api: Api) -> None:
    api.faults.break_next("conversations.history", Fault(status=500))
    await api.send("conversations.history", verb="GET", params={"channel": "C1", "limit": "5"})
    assert api.journal.calls[0].args == {"channel": "C1", "limit": 5}


def test_faults_are_used_up_in_order() -> None:
    faults = Faults()
    twice = DeliveryFault(duplicates=True)
    faults.break_next_delivery("events_api", twice, DeliveryFault(loses_ack=True))
    faults.break_next(POST, Fault(status=500))
    assert len(faults[POST]) == 1
    assert faults.take_delivery("interactive") == DeliveryFault()
    assert faults.take_delivery("events_api") == twice
    assert faults.take_delivery("events_api").loses_ack
    assert faults.take_delivery("events_api") == DeliveryFault()
    assert faults.take(POST).breaks
    assert not faults[POST]
    assert not faults.take(POST).breaks
