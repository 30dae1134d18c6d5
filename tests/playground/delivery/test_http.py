"""Signed requests to an app with a request URL."""

import asyncio
import json
import time
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from bot.playground.delivery.deliveries import Timings
from bot.playground.watch.faults import DeliveryFault
from tests.playground.delivery.rig import PATIENT, Rig, answers, over_http

AT_ONCE = Timings(ack_s=30.0, retry_after_s=(0.0, 0.0, 0.0))


async def test_an_event_is_json_and_signed_with_the_time_of_the_machine() -> None:
    rig = Rig(PATIENT)
    async with over_http(rig, answers((200, ""))) as app:
        delivery = rig.event("안녕")
        assert await rig.deliveries.first_attempts() == [delivery]
        assert (delivery.ack, delivery.status, delivery.attempts) == ({}, 200, 1), "answered by then"
    (request,) = app.received
    assert (request.content_type, request.json) == ("application/json", delivery.payload)
    assert abs(int(request.headers["X-Slack-Request-Timestamp"]) - time.time()) < 60
    assert SignatureVerifier(rig.workspace.app.signing_secret).is_valid_request(request.body, request.headers)
    assert "X-Slack-Retry-Num" not in request.headers


async def test_a_command_is_a_form() -> None:
    rig = Rig(PATIENT)
    async with over_http(rig, answers((200, ""))) as app:
        await rig.deliveries.ack_of(rig.command(text="a & b=c 한글"))
    (request,) = app.received
    assert request.content_type == "application/x-www-form-urlencoded"
    assert parse_qs(request.body) == {"command": ["/mlops"], "text": ["a & b=c 한글"]}
    assert SignatureVerifier(rig.workspace.app.signing_secret).is_valid_request(request.body, request.headers)


async def test_a_click_is_a_form_with_one_payload() -> None:
    rig = Rig(PATIENT)
    async with over_http(rig, answers((200, ""))) as app:
        await rig.deliveries.ack_of(rig.deliveries.send("interactive", {"type": "block_actions", "n": [1]}))
    (request,) = app.received
    assert json.loads(parse_qs(request.body)["payload"][0]) == {"type": "block_actions", "n": [1]}


@pytest.mark.parametrize(
    ("text", "ack"),
    [
        ("", {}),
        ("  \n", {}),
        ("on it", {"text": "on it"}),
        ('{"text": "a", "n": 1}', {"text": "a", "n": 1}),
        ('["a"]', {"text": '["a"]'}),
        ("{broken", {"text": "{broken"}),
        ("[" * 100_000, {"text": "[" * 100_000}),
    ],
    ids=["empty", "blank", "text", "object", "list", "broken", "deep"],
)
async def test_the_body_of_an_answer_is_the_ack(text: str, ack: dict[str, Any]) -> None:
    rig = Rig(PATIENT)
    async with over_http(rig, answers((200, text))):
        assert await rig.deliveries.ack_of(rig.command()) == ack


async def test_a_body_that_is_no_utf8_is_still_an_ack() -> None:
    async def answer(_: int) -> web.Response:
        return web.Response(body=b"\xff\xfe", content_type="text/plain", charset="nonesuch")

    rig = Rig(PATIENT)
    async with over_http(rig, answer):
        assert await rig.deliveries.ack_of(rig.command()) == {"text": "\ufffd\ufffd"}


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_an_event_answered_with_an_error_is_sent_three_times_more(status: int) -> None:
    rig = Rig(AT_ONCE)
    async with over_http(rig, answers((status, "sorry"), Location="/elsewhere")) as app:
        delivery = rig.event()
        await rig.deliveries.settled()
    retries = [(r.headers.get("X-Slack-Retry-Num"), r.headers.get("X-Slack-Retry-Reason")) for r in app.received]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert (delivery.ack, delivery.status, delivery.is_given_up) == (None, status, True)


async def test_an_app_that_comes_round_is_not_asked_again() -> None:
    rig = Rig(AT_ONCE)
    async with over_http(rig, answers((500, ""), (200, ""))) as app:
        delivery = rig.event()
        await rig.deliveries.settled()
    assert (len(app.received), delivery.status, delivery.attempts, delivery.is_given_up) == (2, 200, 2, False)


async def test_an_app_may_forbid_retries() -> None:
    rig = Rig(AT_ONCE)
    async with over_http(rig, answers((500, ""), X_Slack_No_Retry="1")) as app:
        delivery = rig.event()
        await rig.deliveries.settled()
    assert (len(app.received), delivery.is_given_up) == (1, True)


async def test_a_command_answered_with_an_error_is_not_sent_again() -> None:
    rig = Rig(AT_ONCE)
    async with over_http(rig, answers((500, "sorry"))) as app:
        delivery = rig.command()
        assert await rig.deliveries.ack_of(delivery) is None
    assert (len(app.received), delivery.status) == (1, 500)


async def test_an_answer_that_takes_too_long_is_none() -> None:
    never = asyncio.Event()

    async def answer(number: int) -> web.Response:
        if number == 1:
            await never.wait()
        return web.Response()

    rig = Rig(Timings(ack_s=0.3, retry_after_s=(0.0,)))
    async with over_http(rig, answer) as app:
        delivery = rig.event()
        await rig.deliveries.settled()
        never.set()
    assert app.received[1].headers["X-Slack-Retry-Reason"] == "http_timeout"
    assert delivery.attempts == 2


async def test_a_connection_that_fails_is_told_as_the_reason() -> None:
    rig = Rig(AT_ONCE)
    async with over_http(rig, answers((200, ""))) as app:
        url, rig.deliveries.request_url = rig.deliveries.request_url, "http://127.0.0.1:1/"
        delivery = rig.event()
        await rig.deliveries.first_attempts()
        assert delivery.status == 0
        rig.deliveries.request_url = url
        await rig.deliveries.settled()
    assert app.received[-1].headers["X-Slack-Retry-Reason"] == "connection_failed"


async def test_an_answer_that_is_no_http_is_an_unknown_error() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"junk\r\n\r\n")
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    rig = Rig(AT_ONCE)
    async with over_http(rig, answers((200, ""))) as app, await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        url, host = rig.deliveries.request_url, server.sockets[0].getsockname()
        rig.deliveries.request_url = f"http://{host[0]}:{host[1]}/"
        rig.event()
        await rig.deliveries.first_attempts()
        rig.deliveries.request_url = url
        await rig.deliveries.settled()
    assert app.received[-1].headers["X-Slack-Retry-Reason"] == "unknown_error"


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (DeliveryFault(loses_ack=True), "http_timeout"),
        (DeliveryFault(drops_connection=True), "connection_failed"),
    ],
    ids=["lost ack", "dropped connection"],
)
async def test_an_answer_that_is_lost_brings_the_event_again(fault: DeliveryFault, reason: str) -> None:
    rig = Rig(AT_ONCE)
    rig.faults.break_next_delivery("events_api", fault)
    async with over_http(rig, answers((200, ""))) as app:
        delivery = rig.event()
        await rig.deliveries.settled()
    assert [r.headers.get("X-Slack-Retry-Reason") for r in app.received] == [None, reason]
    assert (delivery.attempts, delivery.ack) == (2, {})


async def test_a_duplicate_is_posted_twice() -> None:
    rig = Rig(PATIENT)
    rig.faults.break_next_delivery("events_api", DeliveryFault(duplicates=True))
    async with over_http(rig, answers((200, ""))) as app:
        delivery = rig.event()
        await rig.deliveries.settled()
    assert [r.json["event_id"] for r in app.received] == [delivery.payload["event_id"]] * 2


async def test_an_event_sent_as_a_retry_says_so() -> None:
    rig = Rig(PATIENT)
    async with over_http(rig, answers((200, ""))) as app:
        rig.event(retry=2)
        await rig.deliveries.settled()
    headers = app.received[0].headers
    assert (headers["X-Slack-Retry-Num"], headers["X-Slack-Retry-Reason"]) == ("2", "http_timeout")
