"""One pace for all: nobody is faster than Slack takes them, and everybody gets their turn."""

import asyncio
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.live.pacer import Pacer


@dataclass
class Time:
    """A clock that goes on as long as somebody waits."""

    now: float = 0.0
    waited: list[float] = field(default_factory=list)

    async def pause(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    def pacer(self, per_minute: float = 60, burst: float = 2) -> Pacer:
        return Pacer(per_minute, burst, now=lambda: self.now, pause=self.pause)


async def test_the_first_go_at_once_and_the_others_one_after_another() -> None:
    time = Time()
    pacer = time.pacer()
    at: list[tuple[int, float]] = []

    async def go(number: int) -> None:
        await pacer.take()
        at.append((number, round(time.now, 6)))

    await asyncio.gather(*(go(number) for number in range(5)))
    assert at == [(0, 0.0), (1, 0.0), (2, 1.0), (3, 2.0), (4, 3.0)]


async def test_of_fifty_streams_each_gets_its_turn_before_any_gets_another() -> None:
    time = Time()
    pacer = time.pacer(per_minute=90, burst=20)
    turns: list[int] = []

    async def stream(number: int) -> None:
        for _ in range(4):
            await pacer.take()
            turns.append(number)
            await asyncio.sleep(0)  # the call itself

    await asyncio.gather(*(stream(number) for number in range(50)))
    for at in range(0, 200, 50):
        assert sorted(turns[at : at + 50]) == list(range(50))
    assert time.now >= (200 - 20) / 90 * 60 - 1e-6


@settings(deadline=None)
@given(st.floats(1, 600), st.integers(1, 40), st.lists(st.floats(0, 5), min_size=1, max_size=80))
def test_no_minute_sees_more_calls_than_it_may(per_minute: float, burst: int, gaps: list[float]) -> None:
    async def run() -> list[float]:
        time = Time()
        pacer = time.pacer(per_minute, burst)
        taken: list[float] = []
        for gap in gaps:
            time.now += gap
            await pacer.take()
            taken.append(time.now)
        return taken

    taken = asyncio.run(run())
    for at in taken:
        assert sum(at <= other < at + 60 for other in taken) <= burst + per_minute + 1


async def test_after_a_refusal_nobody_goes_before_the_time_slack_names() -> None:
    time = Time()
    pacer = time.pacer()
    pacer.hold(7)
    assert not pacer.try_take()
    await pacer.take()
    assert time.now == 7
    assert not pacer.try_take(), "the burst is not given twice"


async def test_a_place_is_tried_for_only_where_nobody_waits() -> None:
    time = Time()
    pacer = time.pacer(burst=1)
    assert pacer.try_take()
    waiting = asyncio.create_task(pacer.take())
    await asyncio.sleep(0)
    time.now += 60
    assert not pacer.try_take()
    await waiting
    time.now += 60
    assert pacer.try_take()
