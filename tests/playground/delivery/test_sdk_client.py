"""The client that the bot uses in earnest, slack_sdk's, gets what was sent, whatever happens to its connections."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.delivery.deliveries import Timings
from tests.playground.delivery.rig import PATIENT, Rig


@asynccontextmanager
async def sdk_client(rig: Rig, got: list[SocketModeRequest]) -> AsyncIterator[SocketModeClient]:
    """Acks whatever comes; looks for a lost connection every 50 ms."""

    async def on_request(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        got.append(request)
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, {"text": "ok"}))

    web = AsyncWebClient(base_url=f"{rig.workspace.base}/api/")
    client = SocketModeClient("xapp-local", web_client=web, ping_interval=0.05)
    client.socket_mode_request_listeners.append(on_request)
    await client.connect()  # type: ignore[no-untyped-call]  # as the SDK has it
    try:
        yield client
    finally:
        await client.close()  # type: ignore[no-untyped-call]  # as the SDK has it


async def test_it_gets_and_acks_events_and_commands() -> None:
    rig, got = Rig(PATIENT), list[SocketModeRequest]()
    async with rig.serving(), sdk_client(rig, got):
        await rig.person().mention("질문")
        command = await rig.person().slash("help")
        await rig.deliveries.settled()
    assert [request.type for request in got] == ["events_api", "events_api", "slash_commands"]
    assert [request.retry_attempt for request in got] == [0, 0, None]
    assert command.ack == {"text": "ok"}


async def test_it_comes_back_after_a_refresh_and_misses_nothing() -> None:
    rig, got = Rig(PATIENT), list[SocketModeRequest]()
    async with rig.serving(), sdk_client(rig, got):
        await rig.sockets.refresh()
        delivery = rig.event("after")
        await rig.deliveries.settled()
        assert delivery.ack == {"text": "ok"}
        assert len(rig.sockets.connections) == 1


@pytest.mark.parametrize("time", range(2), ids=["once", "twice"])
async def test_it_comes_back_after_a_drop_and_misses_nothing(time: int) -> None:
    rig, got = Rig(Timings(ack_s=30.0)), list[SocketModeRequest]()
    async with rig.serving(), sdk_client(rig, got):
        for _ in range(time + 1):
            await rig.sockets.drop()
            delivery = rig.event("after")
            await rig.deliveries.settled()
            assert delivery.ack == {"text": "ok"}
