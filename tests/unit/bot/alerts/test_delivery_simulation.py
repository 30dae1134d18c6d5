"""A process that ends at any await, on any fate of its message: nothing is lost, one copy is left."""

import random

import pytest

from tests.unit.bot.alerts.faked_slack import LANDINGS, Landing, Post, refused
from tests.unit.bot.alerts.simulated import HOWS, How, Reaper, World

SEEDED = 1_000
"""Beside some 150 that end at each await in turn."""


async def dies(world: World, at: int | None, how: How = "killed") -> bool:
    """One process that ends at an await; whether it came to the end of its work before."""
    reaper = Reaper(at, how)
    is_whole = await reaper.run(world.process(reaper).run())
    world.clock.advance(1)
    return is_whole


async def is_told_once(world: World, outbox_id: str) -> None:
    letter = await world.letter(outbox_id)
    assert letter.state == "sent", f"{letter.state}: {letter.error}"
    assert [message["ts"] for message in world.slack.standing(outbox_id)] == [letter.ts]
    assert letter.ts in await world.receipts(outbox_id)


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("landing", LANDINGS)
async def test_a_process_that_ends_at_any_await_leaves_one_message(world: World, landing: Landing, how: How) -> None:
    at, is_whole = 0, False
    while not is_whole:
        at += 1
        await world.clear()
        outbox_id = await world.put()
        world.slack.posts = [fate(landing)]
        is_whole = await dies(world, at, how)
        await world.run_until_quiet(restart=True)
        await is_told_once(world, outbox_id)
    assert at > 10, "there are awaits to end at"


@pytest.mark.parametrize("part", range(5))
async def test_whatever_happens_each_letter_is_told_once(world: World, part: int) -> None:
    for seed in range(part * SEEDED // 5, (part + 1) * SEEDED // 5):
        chance = random.Random(seed)
        await world.clear()
        letters = await put_some(world, chance)
        trouble(world, chance)
        for _ in range(chance.randint(1, 3)):
            await dies(world, chance.randint(1, 60), chance.choice(HOWS))
            world.clock.advance(chance.choice((0, 5, 61, 130)))
        await world.run_until_quiet(restart=chance.random() < 0.5)
        for outbox_id in letters:
            await is_told_once(world, outbox_id)
        assert world.slack.most_in_flight == 1


async def put_some(world: World, chance: random.Random) -> list[str]:
    """A message, lines in its thread, and something in another channel."""
    root = await world.put("root")
    replies = [await world.put(f"reply {n}", kind="reply", depends_on=root) for n in range(chance.randint(0, 2))]
    others = [await world.put("other", chance.choice(("C2", "U1")), kind="digest")] if chance.random() < 0.5 else []
    return [root, *replies, *others]


def trouble(world: World, chance: random.Random) -> None:
    """What Slack does with the first posts, and how it shows them."""
    world.slack.lag_s = chance.choice((0, 0, 5, 25))
    world.slack.page = chance.choice((1, 200))
    world.slack.posts = [fate(chance.choice(list(LANDINGS))) for _ in range(chance.randint(0, 4))]
    errors = (TimeoutError(), refused("internal_error", 500), refused("ratelimited", 429))
    world.slack.reads = [chance.choice(errors) for _ in range(chance.randint(0, 3))]


def fate(landing: Landing) -> Post:
    return Post(LANDINGS[landing], None if landing == "landed" else TimeoutError(), takes_s=10)
