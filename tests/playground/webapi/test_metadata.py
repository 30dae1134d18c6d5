"""What apps mark their messages with: kept, told to who asks for all of it, refused where it is no mark."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.playground.rules.blocks import METADATA_CHARS
from bot.playground.watch.faults import Fault
from tests.playground.webapi.server import Api

POST = "chat.postMessage"
MARK = {
    "event_type": "mlops_alert",
    "event_payload": {"o": "1", "n": 2, "yes": True, "of": {"a": 1}, "all": [{"b": "c"}]},
}


async def posted(api: Api, **more: Any) -> str:
    return str((await api.call(POST, channel="C1", text="hi", metadata=MARK, **more))["ts"])


async def seen(api: Api, method: str = "conversations.history", **args: Any) -> list[Any]:
    return [m.get("metadata") for m in (await api.call(method, channel="C1", **args))["messages"]]


async def test_metadata_are_told_in_full_to_who_asks_for_them(api: Api) -> None:
    root = await posted(api)
    await posted(api, thread_ts=root)
    assert await seen(api, include_all_metadata=True) == [MARK]
    assert await seen(api) == [{"event_type": "mlops_alert"}]
    assert await seen(api, "conversations.replies", ts=root, include_all_metadata=True) == [MARK, MARK]


@pytest.mark.parametrize(
    "metadata",
    [
        {"event_type": "t"},
        {"event_payload": {}},
        {"event_type": "", "event_payload": {}},
        {"event_type": "t", "event_payload": []},
        {"event_type": "t", "event_payload": {"a": None}},
        {"event_type": "t", "event_payload": {"a": {"b": {"c": 1}}}},
    ],
)
async def test_what_is_no_metadata_is_refused(api: Api, metadata: dict[str, Any]) -> None:
    assert await api.error(POST, channel="C1", text="hi", metadata=metadata) == "invalid_metadata_format"


async def test_metadata_have_a_size(api: Api) -> None:
    for size, error in ((METADATA_CHARS - 100, None), (METADATA_CHARS, "metadata_too_large")):
        metadata = {"event_type": "t", "event_payload": {"a": "x" * size}}
        answer = (await api.send(POST, json={"channel": "C1", "text": "hi", "metadata": metadata})).json
        assert answer.get("error") == error


async def test_nobody_may_rely_on_metadata_outliving_an_update_without_them(api: Api) -> None:
    ts = await posted(api)
    await api.call("chat.update", channel="C1", ts=ts, text="new", metadata=MARK)
    assert await seen(api, include_all_metadata=True) == [MARK]
    await api.call("chat.update", channel="C1", ts=ts, text="newer")
    assert await seen(api, include_all_metadata=True) == [None]


async def test_a_message_may_be_read_later_than_it_stands(api: Api) -> None:
    api.workspace.history_lag_s = 45
    root = await posted(api)
    assert await seen(api) == []
    api.clock.turn(46)
    await posted(api, thread_ts=root)
    assert len(await seen(api)) == 1
    assert len(await seen(api, "conversations.replies", ts=root)) == 1


async def test_a_call_may_land_when_its_caller_has_long_gone(api: Api) -> None:
    landed = asyncio.Event()
    api.workspace.listen(lambda change: landed.set() if change.kind == "posted" else None)
    api.faults.break_next(POST, Fault(drops=True, lands_after_s=0.05), Fault(status=503, lands_after_s=0.05))
    with pytest.raises(aiohttp.ClientError):
        await api.send(POST, json={"channel": "C1", "text": "hi"})
    assert api.texts() == []
    async with asyncio.timeout(5):
        await landed.wait()
        landed.clear()
        assert (await api.send(POST, json={"channel": "C1", "text": "ho"})).status == 503
        await landed.wait()
    assert api.texts() == ["hi", "ho"]
