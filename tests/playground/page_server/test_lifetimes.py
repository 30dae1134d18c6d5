"""What has had its time ends by itself, and the page hears of it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.workspace.state import Change
from tests.playground.page_server.rig import serving


class Clock:
    """Stands still until it is turned."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


async def test_a_status_ends_when_its_time_is_over_though_nobody_asks() -> None:
    clock = Clock()
    async with serving(clock=clock) as site, site.feed() as line:
        ts = (await site.done("say", channel="C1", text="hello"))["ts"]
        await site.call("assistant.threads.setStatus", channel_id="C1", thread_ts=ts, status="thinks")
        clock.now += timedelta(seconds=119.99)  # from here on the alarm rings every few milliseconds
        other = (await site.done("say", channel="C1", text="other"))["ts"]
        await site.call("assistant.threads.setStatus", channel_id="C1", thread_ts=other, status="thinks, too")
        clock.now += timedelta(seconds=0.01)
        await line.until("session", thread_ts=ts, status="active")
        assert [status["thread_ts"] for status in (await site.state())["statuses"]] == [other]


async def test_a_stream_ends_when_its_time_is_over_though_nobody_asks() -> None:
    clock = Clock()
    async with serving(clock=clock) as site, site.feed() as line:
        ts = (await site.done("say", channel="C1", text="hello"))["ts"]
        who = {"recipient_user_id": "U1", "recipient_team_id": "T1"}
        stream = (await site.call("chat.startStream", channel="C1", thread_ts=ts, **who))["ts"]
        clock.now += timedelta(seconds=299.99)
        await site.call("chat.appendStream", channel="C1", ts=stream, markdown_text="a")
        clock.now += timedelta(seconds=0.01)
        told = await line.until("session", thread_ts=ts, status="active")
        assert told[-2]["message"]["streaming"] is False


def fail(_: Change) -> None:
    raise ValueError("a defect")


async def test_a_listener_that_fails_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    async with serving() as site:
        unlisten = site.workspace.listen(fail)
        async with site.feed() as line:
            await site.done("say", channel="C1", text="hello")
            assert (await line.next())["message"]["text"] == "hello"
        unlisten()
    assert "a listener failed at a change of kind posted" in caplog.messages
