"""Rate limits, by a clock that is turned by hand."""

import pytest

from bot.playground.api.rates import Rates
from bot.playground.workspace.platform import Platform
from tests.playground.webapi.server import Clock, serving

METHODS = Platform.load().methods


def passed(rates: Rates, method: str, channel: str = "C1", tries: int = 1_000) -> int:
    """How many calls in a row go through."""
    spec = METHODS[method]
    return next(n for n in range(tries) if rates.take(spec, {"channel": channel}) is not None)


@pytest.mark.parametrize(
    ("method", "most"),
    [
        ("chat.startStream", 20),
        ("chat.update", 50),
        ("chat.appendStream", 100),
        ("auth.test", 600),
        ("assistant.threads.setStatus", 600),
        ("chat.postMessage", 10),
    ],
)
def test_a_burst_is_as_long_as_its_tier(method: str, most: int) -> None:
    assert passed(Rates(Clock()), method) == most


def test_tokens_come_back_evenly() -> None:
    clock = Clock()
    rates = Rates(clock)
    assert passed(rates, "chat.startStream") == 20
    assert rates.take(METHODS["chat.startStream"], {}) == pytest.approx(3.0)
    clock.turn(2)
    assert rates.take(METHODS["chat.startStream"], {}) == pytest.approx(1.0)
    clock.turn(1)
    assert passed(rates, "chat.startStream") == 1
    clock.turn(3_600)
    assert passed(rates, "chat.startStream") == 20


def test_methods_have_limits_of_their_own() -> None:
    rates = Rates(Clock())
    assert passed(rates, "chat.startStream") == 20
    assert passed(rates, "chat.stopStream") == 20


def test_a_channel_takes_one_message_a_second_after_its_burst() -> None:
    clock = Clock()
    rates = Rates(clock)
    assert passed(rates, "chat.postMessage") == 10
    assert passed(rates, "chat.postMessage", "C2") == 10
    clock.turn(1)
    assert passed(rates, "chat.postMessage") == 1


def test_a_workspace_takes_several_hundred_messages_a_minute() -> None:
    rates = Rates(Clock())
    spec = METHODS["chat.postMessage"]
    assert sum(rates.take(spec, {"channel": f"C{n}"}) is None for n in range(400)) == 300


def test_a_clock_that_goes_back_gives_nothing() -> None:
    clock = Clock()
    rates = Rates(clock)
    assert passed(rates, "chat.startStream") == 20
    clock.turn(-60)
    assert rates.take(METHODS["chat.startStream"], {}) == pytest.approx(3.0)


def test_limits_can_be_switched_off() -> None:
    rates = Rates(Clock(), enabled=False)
    assert all(rates.take(METHODS["conversations.list"], {}) is None for _ in range(200))


async def test_a_call_over_the_limit_is_told_when_to_come_back() -> None:
    async with serving(has_rates=True) as api:
        answers = [await api.send("chat.postMessage", json={"channel": "C1", "text": "x"}) for _ in range(11)]
        assert [answer.status for answer in answers] == [200] * 10 + [429]
        assert answers[-1].headers["Retry-After"] == "1"
        assert answers[-1].json == {"ok": False, "error": "ratelimited"}
        assert len(api.texts()) == 10
        api.clock.turn(1)
        assert (await api.call("chat.postMessage", channel="C1", text="x"))["ok"]
