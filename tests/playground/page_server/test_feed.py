"""/ui/feed tells a page each change that is its person's business, as JSON, and survives pages that don't read."""

import asyncio
import json
from typing import Any, get_args

import aiohttp
import pytest

from bot.playground.screen.feed import MOST_WAITING
from bot.playground.workspace.state import ChangeKind
from tests.playground.interactivity.views import used
from tests.playground.page_server.rig import APP, BLOCKS, FORM, Listener, Site

END: dict[str, Any] = {"kind": "notice", "text": "the end"}


async def everything_happens(site: Site, app: Listener) -> None:
    """One change of each kind, by way of what people and the app do."""
    ts = (await site.done("say", channel="D1", text="one"))["ts"]
    await site.done("edit", channel="D1", ts=ts, text="two")
    await site.done("react", channel="D1", ts=ts, name="eyes")
    await site.call("assistant.threads.setStatus", channel_id="D1", thread_ts=ts, status="thinks")
    await site.call("agent.sessions.setStatus", channel_id="D1", thread_ts=ts, status="processing")
    prompts = [{"title": "a", "message": "b"}]
    await site.call("assistant.threads.setSuggestedPrompts", channel_id="D1", thread_ts=ts, prompts=prompts)
    await site.done("stop", channel="D1", thread_ts=ts)
    await site.done("delete", channel="D1", ts=ts)
    await site.call("chat.postEphemeral", channel="D1", user="U1", text="psst", blocks=BLOCKS)
    whispered = next(ts for user, _, ts in site.workspace.ephemerals)
    clicked = await site.slack.person("U1")._interactions.click(
        "U1", channel="D1", ts=whispered, action=used(BLOCKS[0]["elements"][0])
    )
    async with site.session.post(clicked.payload["response_url"], json={"delete_original": True}) as response:
        assert response.status == 200
    await site.has_form()
    await site.done("home", tab="home")
    await site.call("views.publish", user_id="U1", view={"type": "home", "blocks": FORM["blocks"]})
    del site.workspace.channels["D1"]
    await site.done("dm")
    await app.socket.close()
    site.workspace.tell("notice", user="U1", text="the end")


async def test_every_kind_of_change_is_told_as_json(site: Site, app: Listener) -> None:
    async with site.feed() as line:
        await everything_happens(site, app)
        told = await line.until(**END)
    assert {change["kind"] for change in told} == {*get_args(ChangeKind)}


async def test_what_goes_on_between_one_person_and_the_app_is_told_to_nobody_else(site: Site, app: Listener) -> None:
    async with site.feed("U2") as line:
        await everything_happens(site, app)
        site.workspace.tell("notice", user="U2", text="the end")
        told = await line.until(**END)
    assert {change["kind"] for change in told} == {"connection", "notice"}


async def test_a_channel_is_told_to_its_members_alone(site: Site) -> None:
    async with site.feed("U1") as first, site.feed("U2") as second:
        for channel, user in (("C1", "U1"), ("C2", "U1"), ("G1", "U2")):
            await site.done("say", user, channel=channel, text=channel)
        for user in ("U1", "U2"):
            site.workspace.tell("notice", user=user, text="the end")
        heard = [await line.until(**END) for line in (first, second)]
    assert [[change["channel"] for change in told] for told in heard] == [["C1", "C2", None], ["C1", "G1", None]]


async def test_a_new_conversation_comes_as_a_whole(site: Site) -> None:
    del site.workspace.channels["D1"]
    async with site.feed() as line:
        opened = (await site.done("dm"))["channel"]
        told = await line.next()
    assert (told["kind"], told["channel"], told["conversation"]["members"]) == ("channel", opened, ["U1", APP.user])
    assert {user["id"] for user in told["users"]} == {"U1", "U2", APP.user}


async def test_a_change_is_told_as_it_was_when_it_happened(site: Site) -> None:
    async with site.feed() as line:
        message = site.workspace.post(site.workspace.channels["C1"], {"user": "U1", "text": "before"})
        message["text"] = "after"
        assert (await line.next())["message"]["text"] == "before"


@pytest.mark.parametrize("user", ["U9", "UBOT", ""])
async def test_nobody_listens_as_the_bot_or_as_somebody_unknown(site: Site, user: str) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await site.session.ws_connect(f"{site.slack.base}/ui/feed?user={user}")
    assert refused.value.status == 404


async def test_what_a_page_says_is_passed_over(site: Site) -> None:
    async with site.feed() as line:
        await line.socket.send_str("not json")
        await line.socket.send_bytes(b"\x00")
        await site.done("say", channel="C1", text="hello")
        assert (await line.next())["message"]["text"] == "hello"


async def test_a_page_that_goes_is_forgotten(site: Site) -> None:
    async with site.feed():
        await site.done("say", channel="C1", text="hello")
    await site.done("say", channel="C1", text="hello again")
    async with site.feed() as line:
        await site.done("say", channel="C1", text="and again")
        assert (await line.next())["message"]["text"] == "and again"


async def test_a_page_that_doesnt_read_is_cut_off_while_others_miss_nothing(site: Site) -> None:
    port = int(site.slack.base.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1_024)
    upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
    head = f"GET /ui/feed?user=U1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{upgrade}{'A' * 22}==\r\n\r\n"
    writer.write(head.encode())
    await reader.readuntil(b"\r\n\r\n")
    total = MOST_WAITING + 1_500
    async with site.feed() as line:
        for start in range(0, total, 100):
            for number in range(start, start + 100):
                site.workspace.tell("notice", user="U1", text="x" * 10_000, number=number)
            seen = [(await line.next())["number"] for _ in range(100)]
            assert seen == [*range(start, start + 100)]
        received = await read_to_the_end(reader)
        assert received < total * 10_000
        await site.done("say", channel="C1", text="hello")
        assert (await line.next())["message"]["text"] == "hello"
    writer.close()


async def read_to_the_end(reader: asyncio.StreamReader) -> int:
    """How many bytes come before the connection is cut."""
    received = 0
    async with asyncio.timeout(10):
        try:
            while chunk := await reader.read(1 << 20):
                received += len(chunk)
        except ConnectionError:
            pass
    return received


async def test_pages_are_told_when_the_server_goes(site: Site) -> None:
    async with site.feed() as line:
        closing = asyncio.create_task(site.slack._feed.close())
        message = await line.socket.receive()
        await closing
    assert (message.type, line.socket.close_code) == (aiohttp.WSMsgType.CLOSE, aiohttp.WSCloseCode.GOING_AWAY)


async def test_what_no_page_could_decode_is_still_json(site: Site) -> None:
    async with site.feed() as line:
        site.workspace.tell("notice", user="U1", text="\ud800")
        assert json.dumps(await line.next()) == json.dumps(
            {"kind": "notice", "channel": None, "user": "U1", "text": "\ud800"}
        )
