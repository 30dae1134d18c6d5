"""The calls to Slack themselves: what is asked for, and what an odd answer means."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.alerts.sending.courier import Courier, Page
from bot.alerts.sending.history import History
from bot.alerts.sending.places import Places
from bot.alerts.sending.verdicts import Outcome
from bot.wire import Place
from tests.unit.bot.alerts.faked_slack import NOON, Post, answer, refused
from tests.unit.bot.alerts.simulated import World


class Odd:
    """Answers whatever it is asked with one thing."""

    def __init__(self, said: AsyncSlackResponse | Exception) -> None:
        self.said = said

    def __getattr__(self, name: str) -> Any:
        async def call(**_: Any) -> AsyncSlackResponse:
            if isinstance(self.said, Exception):
                raise self.said
            return self.said

        return call


def courier(said: AsyncSlackResponse | Exception) -> Courier:
    return Courier(cast(AsyncWebClient, Odd(said)), lambda: NOON)


@pytest.mark.parametrize(
    ("date", "skew"),
    [
        ("Sat, 21 Nov 2026 12:01:30 GMT", timedelta(seconds=90)),
        ("Sat, 21 Nov 2026 11:00:00 -0000", timedelta(hours=-1)),
        ("the day after", timedelta()),
        (None, timedelta()),
    ],
)
async def test_slacks_clock_is_compared_with_ours(date: str | None, skew: timedelta) -> None:
    headers = {"Date": date} if date else {}
    asked = courier(answer({"ok": True}, 200, headers))
    await asked.delete("C1", "1.1")
    assert asked.skew == skew
    refusing = courier(refused("internal_error", 500, headers))
    await refusing.delete("C1", "1.1")
    assert refusing.skew == skew


async def test_what_is_asked_of_the_history_goes_by_both_clocks(world: World) -> None:
    world.slack.posts = [Post(0.0, TimeoutError(), takes_s=10)]
    outbox_id = await world.put()
    await world.process().run()
    letter = await world.letter(outbox_id)
    asked: list[str] = []

    class Late(Odd):
        def __getattr__(self, name: str) -> Any:
            async def call(**args: Any) -> AsyncSlackResponse:
                asked.append(args["oldest"])
                return answer({"ok": True, "messages": []}, 200, {"Date": "Sat, 21 Nov 2026 11:00:00 GMT"})

            return call

    behind = Courier(cast(AsyncWebClient, Late(answer({}))), world.clock)
    history = History(behind, Places(world.outbox, behind), "BBOT", world.clock)
    for _ in range(2):
        assert await history.copies(letter) == ()
    first, second = (datetime.fromtimestamp(float(each), UTC) for each in asked)
    assert first - second >= timedelta(hours=1), "by then it is known that Slack's clock is an hour behind ours"


@pytest.mark.parametrize("said", [answer({"ok": True}), answer({"ok": True, "channel": {}}), refused("odd", 500)])
async def test_a_direct_channel_may_always_be_asked_for_again(said: AsyncSlackResponse | Exception) -> None:
    opened = await courier(said).open("U1")
    assert isinstance(opened, Outcome)
    assert (opened.kind, opened.wait_s) == ("held", 30)


async def test_who_cannot_be_written_to_is_told_by_its_code() -> None:
    opened = await courier(refused("cannot_dm_bot")).open("U1")
    assert isinstance(opened, Outcome)
    assert opened.kind == "dead"


@pytest.mark.parametrize("said", [answer({"ok": True}), answer({"ok": True, "messages": None})])
async def test_a_page_without_messages_is_none(said: AsyncSlackResponse) -> None:
    assert not isinstance(await courier(said).read(Place("C1"), "0", ""), Page)


@pytest.mark.parametrize("code", ["user_disabled", "ratelimited"])
async def test_a_letter_to_somebody_whose_channel_does_not_open_is_settled(world: World, code: str) -> None:
    world.slack.opens = [refused(code)]
    outbox_id = await world.put(channel="U1")
    await world.process().run()
    letter = await world.letter(outbox_id)
    assert (letter.state, letter.error) == ("dead" if code == "user_disabled" else "pending", code)
    assert world.slack.of("chat.postMessage") == []


async def test_what_nobody_can_read_now_is_looked_for_later(world: World) -> None:
    world.slack.posts = [Post(None, TimeoutError(), takes_s=10)]
    outbox_id = await world.put(channel="U1")
    await world.process().run()
    world.clock.advance(90)
    world.slack.opens = [refused("internal_error", 500)]
    await world.process().run()
    letter = await world.letter(outbox_id)
    assert (letter.state, letter.error) == ("unknown", "internal_error")
