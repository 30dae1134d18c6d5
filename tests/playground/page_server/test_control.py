"""/control breaks what it is told to break, for as long as it is told to, and shows what went both ways."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.delivery.deliveries import Timings
from tests.playground.page_server.rig import APP, Listener, Site, connected, serving


async def order(site: Site, what: str, **body: Any) -> None:
    assert await site.post(f"/control/{what}", body) == (200, {"ok": True})


async def journal(site: Site) -> dict[str, Any]:
    async with site.session.get(f"{site.slack.base}/control/journal") as response:
        found: dict[str, Any] = await response.json()
        return found


async def raw(site: Site, method: str = "chat.postMessage") -> tuple[int, str, str | None]:
    """A call's status, body and Retry-After."""
    headers = {"Authorization": f"Bearer {APP.bot_token}"}
    body = {"channel": "C1", "text": "hello"}
    async with site.session.post(site.slack.api_url + method, json=body, headers=headers) as response:
        return response.status, await response.text(), response.headers.get("Retry-After")


@asynccontextmanager
async def sdk(site: Site) -> AsyncIterator[list[str]]:
    """Slack's own client of Socket Mode; the texts of the messages it is sent."""
    web = AsyncWebClient(token=APP.bot_token, base_url=site.slack.api_url, session=site.session)
    client = SocketModeClient(app_token=APP.app_token, web_client=web, ping_interval=0.2)
    texts: list[str] = []

    async def listen(client: Any, request: Any) -> None:
        texts.append(request.payload["event"].get("text", ""))
        await client.send_socket_mode_response({"envelope_id": request.envelope_id})

    client.socket_mode_request_listeners.append(listen)
    await client.connect()  # type: ignore[no-untyped-call]  # as the SDK has it
    try:
        yield texts
    finally:
        await client.close()  # type: ignore[no-untyped-call]  # as the SDK has it


async def test_an_error_is_answered_as_often_as_was_asked_for(site: Site) -> None:
    await order(site, "fault", method="chat.postMessage", error="fatal_error", times=2)
    answers = [(await site.call("chat.postMessage", channel="C1", text="hello")).get("error") for _ in range(3)]
    assert answers == ["fatal_error", "fatal_error", None]
    assert site.texts == ["hello"]


async def test_a_call_may_take_effect_and_fail_all_the_same(site: Site) -> None:
    await order(site, "fault", method="chat.postMessage", status=503, takes_effect=True)
    assert (await raw(site))[:2] == (503, "<html>sorry</html>")
    assert site.texts == ["hello"]


async def test_a_status_may_come_with_retry_after(site: Site) -> None:
    await order(site, "fault", method="chat.postMessage", status=429, error="ratelimited", retry_after="7")
    status, body, retry_after = await raw(site)
    assert (status, json.loads(body)["error"], retry_after) == (429, "ratelimited", "7")


async def test_a_connection_may_be_cut_before_the_answer(site: Site) -> None:
    await order(site, "fault", method="chat.postMessage", drops=True)
    with pytest.raises(aiohttp.ClientError):
        await raw(site)
    assert site.texts == []


async def test_a_call_may_be_held(site: Site) -> None:
    await order(site, "fault", method="chat.postMessage", delay_s=0.05)
    before = asyncio.get_running_loop().time()
    assert (await raw(site))[0] == 200
    assert asyncio.get_running_loop().time() - before >= 0.04


async def test_a_response_url_may_fail_too(site: Site, app: Listener) -> None:
    await order(site, "fault", method="response_url", status=500)
    delivery = await site.slack.person("U1").slash("help")
    async with site.session.post(delivery.payload["response_url"], json={"text": "hello"}) as response:
        assert response.status == 500


async def test_a_delivery_may_come_twice(site: Site, app: Listener) -> None:
    await order(site, "delivery-fault", duplicates=True)
    await site.done("say", channel="C1", text="hello")
    await site.slack.journal.until(lambda: len(app.got) == 2, "the second one")
    assert app.got[0]["envelope_id"] == app.got[1]["envelope_id"]


async def test_an_ack_may_be_lost_so_that_the_event_comes_again() -> None:
    async with serving(timings=Timings(ack_s=0.05, retry_after_s=(0.0,))) as site, connected(site) as app:
        await order(site, "delivery-fault", kind="events_api", loses_ack=True)
        await site.done("say", channel="C1", text="hello")
        await site.slack.deliveries.settled()
        assert [envelope["retry_attempt"] for envelope in app.got] == [0, 1]


async def test_a_command_may_cost_the_connection(site: Site, app: Listener) -> None:
    await order(site, "delivery-fault", kind="slash_commands", drops_connection=True)
    await site.done("say", channel="C1", text="/mlops help")
    await site.slack.journal.until(lambda: not site.slack.sockets.connections, "the end of the connection")


@pytest.mark.parametrize("do", ["refresh", "drop"])
async def test_a_client_comes_back_after(site: Site, do: str) -> None:
    async with sdk(site) as texts:
        await site.slack.journal.until(lambda: site.slack.sockets.connections, "a connection")
        [first] = site.slack.sockets.connections
        await order(site, "connections", do=do)
        await site.slack.journal.until(lambda: {*site.slack.sockets.connections} - {first}, "another connection")
        await site.done("say", channel="C1", text="hello")
        await site.slack.journal.until(lambda: "hello" in texts, "the message")


async def test_a_refresh_is_asked_for_and_a_drop_is_not(site: Site, app: Listener) -> None:
    await order(site, "connections", do="refresh")
    assert [(envelope["type"], envelope["reason"]) for envelope in app.got] == [("disconnect", "refresh_requested")]
    assert app.socket.closed


async def test_while_slack_restarts_it_answers_503_and_then_all_is_well(site: Site) -> None:
    async with sdk(site) as texts:
        await site.slack.journal.until(lambda: site.slack.sockets.connections, "a connection")
        await order(site, "connections", do="restart", away_s=60)
        assert site.slack.sockets.connections == []
        for path in ("/api/auth.test", "/socket", "/respond/1", "/upload/1"):
            async with site.session.post(site.slack.base + path) as response:
                assert (response.status, await response.text()) == (503, "<html>Slack is away</html>")
        assert (await site.state())["app"]["connected"] == 0
        await order(site, "connections", do="restart", away_s=0)
        await site.slack.journal.until(lambda: site.slack.sockets.connections, "the client")
        await site.done("say", channel="C1", text="hello")
        await site.slack.journal.until(lambda: "hello" in texts, "the message")


async def test_the_journal_shows_both_directions_and_no_token(site: Site, app: Listener) -> None:
    delivery = await site.slack.person("U1").slash("help")
    await site.call("chat.postMessage", channel="C1", text="<@U2> 안녕")
    await site.call("auth.test", token="xoxb-wrong")
    for token in (APP.bot_token, "xoxb-w"):
        for place in ("json", "data", "params"):
            sent: dict[str, Any] = {place: {"token": token}}
            async with site.session.post(f"{site.slack.api_url}auth.test", **sent) as response:
                assert response.status == 200
    async with site.session.post(delivery.payload["response_url"], json={"text": "\ud800"}) as response:
        assert response.status in (200, 400)
    shown = await journal(site)
    assert [call["method"] for call in shown["calls"]][:3] == ["apps.connections.open", "chat.postMessage", "auth.test"]
    assert shown["calls"][1]["answer"]["message"]["text"] == "<@U2> 안녕"
    assert shown["deliveries"][0]["payload"]["command"] == "/mlops"
    assert shown["broadcasts"] == [{"channel": "C1", "ts": shown["calls"][1]["answer"]["ts"], "calls": ["<@U2>"]}]
    assert len(shown["responses"]) == 1
    words = json.dumps(shown)
    secrets = (APP.bot_token, APP.app_token, "xoxb-w", "Bearer", "Authorization")
    assert not [secret for secret in secrets if secret in words]


async def test_a_file_in_a_call_doesnt_spoil_the_journal(site: Site) -> None:
    form = aiohttp.FormData({"channel": "C1"})
    form.add_field("text", b"bytes", filename="a.txt")
    async with site.session.post(f"{site.slack.api_url}chat.postMessage", data=form) as response:
        assert response.status == 200
    assert [call["method"] for call in (await journal(site))["calls"]] == ["chat.postMessage"]


@pytest.mark.parametrize(
    ("what", "body", "words"),
    [
        ("fault", {}, "method: Field required"),
        ("fault", {"method": "chat.postMesage"}, "method: there is no 'chat.postMesage'"),
        ("fault", {"method": "auth.test", "status": 99}, "status: Input should be greater than or equal to 200"),
        ("fault", {"method": "auth.test", "retry_after": "1\r\nSet-Cookie: a=b"}, "retry_after: String should match"),
        ("fault", {"method": "auth.test", "times": 0}, "times: Input should be greater than or equal to 1"),
        ("fault", {"method": "auth.test", "delay_s": 3_600}, "delay_s: Input should be less than or equal to 60"),
        ("fault", {"method": "auth.test", "breaks": True}, "breaks: Extra inputs are not permitted"),
        ("delivery-fault", {"kind": "letters"}, "kind: Input should be 'events_api'"),
        ("connections", {"do": "explode"}, "do: Input should be 'refresh', 'drop' or 'restart'"),
        ("connections", [], "order: Input should be an object"),
        ("connections", b"{", "order: Invalid JSON"),
        ("connections", b"\xff", "order: Invalid JSON"),
    ],
)
async def test_a_bad_order_is_turned_down_with_words(site: Site, what: str, body: Any, words: str) -> None:
    status, answer = await site.post(f"/control/{what}", body)
    assert (status, answer["ok"]) == (400, False)
    assert answer["error"].startswith(words)
