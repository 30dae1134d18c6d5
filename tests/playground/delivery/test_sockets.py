"""Socket Mode: connections, envelopes, acks."""

import asyncio
import json
from contextlib import AsyncExitStack, suppress

import aiohttp
import pytest

from bot.playground.delivery.deliveries import Timings
from bot.playground.workspace.state import Change
from tests.playground.delivery.rig import PATIENT, Rig, connected


async def test_a_connection_is_greeted_with_its_number_and_the_app() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig) as first, connected(rig) as second:
        assert first.hello["type"] == "hello"
        assert [first.hello["num_connections"], second.hello["num_connections"]] == [1, 2]
        assert first.hello["connection_info"] == {"app_id": "A1"}
        assert first.hello["debug_info"]["approximate_connection_time"] == 18_060


async def test_the_workspace_is_told_how_many_connections_there_are() -> None:
    rig = Rig(PATIENT)
    counts: list[int] = []

    def hear(change: Change) -> None:
        if change.kind == "connection":
            counts.append(change.data["count"])

    rig.workspace.listen(hear)
    async with rig.serving():
        async with connected(rig), connected(rig):
            pass
        await rig.journal.until(lambda: not rig.sockets.connections)
    assert counts == [1, 2, 1, 0]


@pytest.mark.parametrize("ticket", ["", "?ticket=never"], ids=["none", "unknown"])
async def test_a_link_that_was_never_given_out_is_refused(ticket: str) -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError, match="408"):
            await session.ws_connect(f"{rig.workspace.base}/socket{ticket}")


async def test_a_link_is_good_for_one_connection() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), aiohttp.ClientSession() as session:
        url = rig.url()
        async with session.ws_connect(url):
            with pytest.raises(aiohttp.WSServerHandshakeError, match="408"):
                await session.ws_connect(url)


async def test_an_eleventh_connection_is_turned_away() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), AsyncExitStack() as stack:
        for _ in range(10):
            await stack.enter_async_context(connected(rig))
        async with connected(rig) as eleventh:
            assert (eleventh.hello["type"], eleventh.hello["reason"]) == ("disconnect", "too_many_websockets")
            assert await eleventh.end() is aiohttp.WSMsgType.CLOSE
        assert len(rig.sockets.connections) == 10


async def test_an_event_travels_in_an_envelope_and_is_settled_by_its_ack() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig) as client:
        delivery = rig.event("hi")
        assert rig.journal.deliveries == [delivery], "in the journal at once"
        envelope = await client.next()
        assert envelope == {
            "envelope_id": delivery.envelope_id,
            "type": "events_api",
            "payload": delivery.payload,
            "accepts_response_payload": False,
            "retry_attempt": 0,
            "retry_reason": "",
        }
        await client.ack(envelope)
        await rig.deliveries.settled()
    assert (delivery.ack, delivery.status, delivery.attempts, delivery.is_given_up) == ({}, 200, 1, False)
    assert delivery.acked_at >= delivery.at


@pytest.mark.parametrize("kind", ["slash_commands", "interactive"])
async def test_the_ack_of_a_command_or_click_carries_its_answer(kind: str) -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig) as client:
        delivery = rig.deliveries.send("slash_commands" if kind == "slash_commands" else "interactive", {"a": 1})
        envelope = await client.next()
        assert (envelope["type"], envelope["accepts_response_payload"]) == (kind, True)
        assert "retry_attempt" not in envelope
        await client.ack(envelope, payload={"text": "done"})
        assert await rig.deliveries.ack_of(delivery) == {"text": "done"}
        assert await rig.deliveries.ack_of(delivery) == {"text": "done"}, "also afterwards"


async def test_connections_take_turns() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig) as first, connected(rig) as second:
        for number in range(4):
            rig.event(str(number))
        assert [await first.text(), await first.text()] == ["0", "2"]
        assert [await second.text(), await second.text()] == ["1", "3"]


async def test_first_attempts_are_made_in_order() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig) as client:
        for number in range(200):
            rig.event(str(number))
        assert [await client.text() for _ in range(200)] == [str(number) for number in range(200)]


async def test_what_waited_for_a_connection_comes_in_order_too_and_before_what_is_sent_later() -> None:
    rig = Rig(PATIENT)

    def hear(change: Change) -> None:
        if change.data == {"count": 1}:
            rig.event("later")

    rig.workspace.listen(hear)
    async with rig.serving():
        for number in range(5):
            rig.event(str(number))
        async with connected(rig) as client:
            assert [await client.text() for _ in range(6)] == ["0", "1", "2", "3", "4", "later"]


async def test_a_connection_that_is_gone_at_once_leaves_the_line_as_it_was() -> None:
    rig = Rig(PATIENT)
    drops: list[asyncio.Task[None]] = []

    def hear(change: Change) -> None:
        if change.data == {"count": 1} and not drops:
            drops.append(asyncio.create_task(rig.sockets.drop()))

    rig.workspace.listen(hear)
    async with rig.serving():
        delivery, other = rig.event("first"), rig.event("second")
        async with connected(rig) as gone:
            await gone.end()
        await drops[0]
        async with connected(rig) as client:
            assert [await client.text() for _ in range(2)] == ["first", "second"]
    assert (delivery.attempts, other.attempts) == (1, 1)


async def test_what_waited_reaches_connections_that_open_together() -> None:
    rig = Rig(PATIENT)
    async with rig.serving():
        sent = [rig.event() for _ in range(50)]

        async def hear() -> None:
            async with connected(rig) as client:
                async for message in client.socket:
                    await client.ack(message.json())

        clients = [asyncio.create_task(hear()) for _ in range(3)]
        await rig.deliveries.settled()
        await rig.sockets.close()
        await asyncio.gather(*clients)
    assert [(delivery.attempts, delivery.ack) for delivery in sent] == [(1, {})] * 50


async def test_an_ack_may_come_over_another_connection() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig) as first, connected(rig) as second:
        delivery = rig.event()
        await second.ack(await first.next())
        await rig.deliveries.settled()
    assert delivery.ack == {}


JUNK = (
    "", "junk", "[]", "1", "null", '{"envelope_id": null}', '{"envelope_id": ["x"]}', '{"envelope_id": {}}',
    '{"envelope_id": "env-none"}', '{"payload": {}}', "[" * 100_000, '{"a": ' * 100_000,
)  # fmt: skip


async def test_junk_from_a_client_is_passed_over() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig) as client:
        delivery = rig.event()
        for junk in JUNK:
            await client.socket.send_str(junk)
        await client.socket.send_bytes(b"\xff\xfe")
        await client.socket.ping()
        await client.ack(await client.next(), payload="no object")
        await rig.deliveries.settled()
    assert delivery.ack == {}


async def test_a_message_that_is_too_big_ends_the_connection_alone() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig) as client:
        with suppress(ConnectionError):
            await client.socket.send_str(json.dumps("x" * 5_000_000))
        await client.end()
        async with connected(rig) as other:
            rig.event("still here")
            assert await other.text() == "still here"


async def test_a_client_that_leaves_before_its_hello_is_forgotten() -> None:
    rig = Rig(PATIENT)
    async with rig.serving():
        url, key = rig.url(), "dGhlIHNhbXBsZSBub25jZQ=="
        async with aiohttp.ClientSession() as session:
            upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
            request = session.get(url.replace("ws", "http", 1), headers={**upgrade, "Sec-WebSocket-Key": key})
            async with request as response:
                response.close()
        await rig.journal.until(lambda: not rig.sockets.connections)


async def test_a_refresh_asks_clients_to_come_back_and_closes_what_stays() -> None:
    rig = Rig(Timings(ack_s=0.05))
    async with rig.serving(), connected(rig) as client:
        await rig.sockets.refresh()
        assert (await client.next())["reason"] == "refresh_requested"
        assert await client.end() is aiohttp.WSMsgType.CLOSE
        assert rig.sockets.connections == []


async def test_what_a_refreshed_connection_has_may_still_be_acked_and_nothing_new_comes() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig) as old:
        before = rig.event("before")
        envelope = await old.next()
        refreshing = asyncio.create_task(rig.sockets.refresh())
        assert (await old.next())["type"] == "disconnect"
        after = rig.event("after")
        await old.ack(envelope)
        await rig.journal.until(lambda: before.ack == {})
        await old.socket.close()
        await refreshing
        async with connected(rig) as new:
            await new.ack(await new.next())
            await rig.deliveries.settled()
    assert (before.attempts, after.attempts) == (1, 1)


async def test_connections_are_refreshed_when_they_are_old() -> None:
    rig = Rig(Timings(ack_s=0.05, refresh_s=0.02))
    async with rig.serving(), connected(rig) as client:
        assert client.hello["debug_info"]["approximate_connection_time"] == 0
        assert (await client.next())["reason"] == "refresh_requested"


async def test_closing_ends_what_waits_for_a_connection_to_be_old() -> None:
    rig = Rig(Timings(refresh_s=30.0))
    async with rig.serving(), connected(rig) as client:
        await rig.sockets.close()
        assert await client.end() is aiohttp.WSMsgType.CLOSE
        assert not rig.sockets._ageing


async def test_a_connection_that_ends_before_it_is_old_is_not_refreshed() -> None:
    rig = Rig(Timings(refresh_s=30.0))
    async with rig.serving():
        async with connected(rig):
            pass
        await rig.journal.until(lambda: not rig.sockets._ageing, "nothing is left")


async def test_a_drop_comes_without_a_word() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig) as client:
        await rig.sockets.drop()
        assert await client.end() in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}
        await rig.sockets.drop()
    assert rig.sockets.connections == []
