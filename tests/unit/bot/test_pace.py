"""New messages of a channel go one after another, as fast as Slack takes them."""

import asyncio

import pytest
from slack_sdk.errors import SlackApiError

from bot.pace import LineStands, Pace

LIMITED = SlackApiError("no", {"error": "ratelimited"})  # type: ignore[no-untyped-call]  # as the SDK has it
OTHER = SlackApiError("no", {"error": "not_in_channel"})  # type: ignore[no-untyped-call]  # as the SDK has it


def at_once(error: SlackApiError) -> float | None:
    return 0.0 if error is LIMITED else None


class Slack:
    """Takes each message at its second try, one a moment."""

    def __init__(self) -> None:
        self.said: list[int] = []
        self.tries = 0
        self.at_a_time = 0

    async def say(self, number: int) -> int:
        self.tries += 1
        self.at_a_time += 1
        await asyncio.sleep(0)
        assert self.at_a_time == 1, "never two at a time"
        self.at_a_time -= 1
        if self.tries % 2:
            raise LIMITED
        self.said.append(number)
        return number


async def test_a_crowd_gets_through_in_order_with_one_refusal_each() -> None:
    slack, pace = Slack(), Pace()
    crowd = [pace.in_line("C1", lambda n=n: slack.say(n), at_once) for n in range(50)]  # type: ignore[misc]  # a lambda's default
    assert await asyncio.gather(*crowd) == slack.said == list(range(50))
    assert slack.tries == 100


async def test_channels_do_not_wait_for_each_other() -> None:
    pace, gate = Pace(), asyncio.Event()
    held = asyncio.create_task(pace.in_line("C1", gate.wait, at_once))
    await pace.in_line("C2", _done, at_once)
    assert not held.done()
    gate.set()
    assert await held


async def test_what_is_no_matter_of_rate_is_raised_and_the_next_goes_on() -> None:
    pace = Pace()

    async def refused() -> None:
        raise OTHER

    with pytest.raises(SlackApiError) as caught:
        await pace.in_line("C1", refused, at_once)
    assert caught.value is OTHER
    assert await pace.in_line("C1", _done, at_once)


async def test_patience_ends() -> None:
    tries = 0

    async def limited() -> None:
        nonlocal tries
        tries += 1
        raise LIMITED

    with pytest.raises(LineStands):
        await Pace(patience_s=1.0).in_line("C1", limited, at_once)
    assert tries == 11, "no pause counts for nothing, so that a Retry-After of 0 ends too"
    with pytest.raises(LineStands):
        await Pace(patience_s=1.0).in_line("C1", limited, lambda _: 3600.0)
    assert tries == 12


async def _done() -> bool:
    return True
