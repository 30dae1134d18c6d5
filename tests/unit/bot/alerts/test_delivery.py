"""Letters as they are delivered: in order, once, and never lost for what goes wrong on the way."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest

from tests.unit.bot.alerts.faked_slack import Post, refused
from tests.unit.bot.alerts.simulated import World
from tests.unit.bot.alerts.test_verdicts import KEY


async def state(world: World, outbox_id: str) -> tuple[str, str | None]:
    letter = await world.letter(outbox_id)
    return letter.state, letter.error


def texts(world: World, channel: str = "C1") -> list[str]:
    return [message["text"] for message in world.slack.messages if message["channel"] == channel]


async def test_a_letter_is_one_call_with_its_mark_and_no_previews(world: World) -> None:
    outbox_id = await world.put()
    await world.process().run()
    (call,) = world.slack.of("chat.postMessage")
    assert call["metadata"] == {"event_type": "mlops_alert", "event_payload": {"o": outbox_id}}
    assert (call["unfurl_links"], call["unfurl_media"], call["thread_ts"]) == (False, False, None)
    assert await state(world, outbox_id) == ("sent", None)


async def test_lines_follow_their_message_in_its_thread_and_in_order(world: World) -> None:
    root = await world.put("root")
    lines = [await world.put(f"line {n}", kind="reply", depends_on=root) for n in range(5)]
    await world.run_until_quiet()
    stands = await world.letter(root)
    assert stands.ts is not None
    in_thread = [m for m in world.slack.messages if m.get("thread_ts") == stands.ts]
    assert [m["metadata"]["event_payload"]["o"] for m in in_thread] == lines


async def test_a_person_is_told_in_a_direct_channel_that_is_opened_once(world: World) -> None:
    delivery = world.process()
    first = await world.put("first", "U1")
    await delivery.run()
    await world.put("second", "U1")
    await delivery.run()
    assert len(world.slack.of("conversations.open")) == 1
    assert len(texts(world, "DU1")) == 2
    assert (await world.letter(first)).conversation == "DU1"


async def test_channels_go_side_by_side_with_one_letter_of_each_in_flight(world: World) -> None:
    held = asyncio.Event()
    world.slack.posts = [Post(held=held) for _ in range(3)]
    for n in range(6):
        await world.put(f"{n}", f"C{n % 3}")
    running = asyncio.create_task(world.process().run())
    await world.slack.until_posts(3)
    assert sum(world.slack.in_flight.values()) == 3
    held.set()
    await running
    assert len(world.slack.messages) == 6
    assert world.slack.most_in_flight == 1


async def test_letters_that_come_while_a_call_is_slow_do_not_wait_for_it(world: World) -> None:
    held = asyncio.Event()
    world.slack.posts = [Post(held=held)]
    await world.put("slow")
    delivery = world.process()
    running = asyncio.create_task(delivery.run())
    await world.slack.until_posts()
    await world.put("quick", "C2")
    delivery.wake.set()
    await world.slack.until_posts(2)
    held.set()
    await running


async def test_a_channel_gets_a_short_burst_and_then_one_a_second(world: World) -> None:
    delivery = world.process(is_paced=True)
    for n in range(7):
        await world.put(f"{n}")
    await world.put("elsewhere", "C2")
    await delivery.run()
    assert (len(texts(world)), len(texts(world, "C2"))) == (4, 1)
    world.clock.advance(1)
    await delivery.run()
    assert len(texts(world)) == 5
    await delivery.run()
    assert len(texts(world)) == 5


async def test_too_many_pauses_the_channel_as_long_as_slack_asks(world: World) -> None:
    world.slack.posts = [Post(None, refused("ratelimited", 429, {"Retry-After": "30"}))]
    delivery = world.process()
    first, _ = await world.put("first"), await world.put("second")
    await world.put("elsewhere", "C2")
    await delivery.run()
    assert await state(world, first) == ("pending", "ratelimited")
    assert (texts(world), len(texts(world, "C2"))) == ([], 1)
    world.clock.advance(29)
    await delivery.run()
    assert texts(world) == []
    world.clock.advance(2)
    await delivery.run()
    assert len(texts(world)) == 2
    assert len(world.slack.of("conversations.history")) == 0, "nobody doubts that the first was not taken"


async def test_too_many_in_two_channels_pauses_all_of_them(world: World) -> None:
    too_many = refused("ratelimited", 429, {"Retry-After": "10"})
    world.slack.posts = [Post(None, too_many), Post(None, too_many)]
    delivery = world.process()
    for channel in ("C1", "C2"):
        await world.put(channel, channel)
    await delivery.run()
    await world.put("C3", "C3")
    await delivery.run()
    assert world.slack.messages == []
    world.clock.advance(11)
    await delivery.run()
    assert len(world.slack.messages) == 3


async def test_a_storm_of_too_many_loses_nothing(world: World) -> None:
    world.slack.posts = [Post(None, refused("ratelimited", 429, {"Retry-After": f"{n % 3}"})) for n in range(60)]
    letters = [await world.put(f"{n}", f"C{n % 5}") for n in range(40)]
    await world.run_until_quiet(most=500)
    assert {(await world.letter(each)).state for each in letters} == {"sent"}
    assert len(world.slack.messages) == 40


async def test_a_slack_that_cannot_be_reached_is_left_alone_longer_each_time(world: World) -> None:
    gone = aiohttp.ClientConnectorError(KEY, OSError(111, "refused"))
    world.slack.posts = [Post(None, gone) for _ in range(3)]
    outbox_id, delivery = await world.put(), world.process()
    tried_at = []
    while (await world.letter(outbox_id)).state != "sent":
        before = len(world.slack.of("chat.postMessage"))
        await delivery.run()
        if len(world.slack.of("chat.postMessage")) > before:
            tried_at.append(world.clock.seconds)
        world.clock.advance(0.5)
    assert tried_at == [0, 1, 3, 7]
    assert world.slack.of("conversations.history") == []


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive"])
async def test_letters_wait_for_a_token_that_slack_takes(
    world: World, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    world.slack.posts = [Post(None, refused(code))]
    delivery = world.process()
    outbox_id, other = await world.put(), await world.put("other", "C2")
    await delivery.run()
    assert await state(world, outbox_id) == ("pending", code)
    assert (await world.outbox.health(world.clock())).held == {code: 1}
    assert code in caplog.text
    await delivery.run()
    assert len(world.slack.of("chat.postMessage")) <= 2, "it isn't asked again at once"
    world.clock.advance(61)
    await delivery.run()
    assert {(await world.letter(each)).state for each in (outbox_id, other)} == {"sent"}


async def test_a_bot_that_was_removed_tells_admins_once_and_tries_again_each_hour(world: World) -> None:
    world.slack.posts = [Post(None, refused("not_in_channel"))]
    delivery = world.process(admins=("UADMIN", "U2"))
    letters = [await world.put(f"{n}") for n in range(3)]
    await delivery.run()
    assert {await state(world, each) for each in letters} == {("dead", "not_in_channel")}
    assert len(world.slack.of("chat.postMessage")) == 3, "one in the channel, two to admins"
    assert [len(texts(world, f"D{admin}")) for admin in ("UADMIN", "U2")] == [1, 1]
    world.slack.posts = [Post(None, refused("not_in_channel"))]
    world.clock.advance(3_601)
    await delivery.run()
    assert len(texts(world, "DUADMIN")) == 1, "once a day"
    world.clock.advance(3_601)
    await delivery.run()
    assert {(await world.letter(each)).state for each in letters} == {"sent"}


async def test_letters_that_are_a_day_old_are_tried_only_when_asked_for(world: World) -> None:
    world.slack.posts = [Post(None, refused("is_archived")) for _ in range(30)]
    delivery, outbox_id = world.process(), await world.put()
    for _ in range(30):
        await delivery.run()
        world.clock.advance(3_601)
    assert len(world.slack.of("chat.postMessage")) == 24
    assert await state(world, outbox_id) == ("dead", "is_archived")
    world.slack.posts = []
    assert await world.outbox.revive(world.clock()) == 1
    await delivery.run()
    assert await state(world, outbox_id) == ("sent", None)


async def test_a_word_to_an_admin_that_cannot_be_said_is_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.slack.posts = [Post(None, refused("msg_too_long")), Post(None, refused("user_disabled"))]
    await world.put()
    await world.process(admins=("UADMIN",)).run()
    assert [letter.state for letter in await world.outbox.deliveries()] == ["dead", "dead"]
    assert "for UADMIN is dead: user_disabled" in caplog.text
    assert (await world.outbox.health(world.clock())).dead == 2


async def test_blocks_that_are_refused_go_as_text(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.slack.posts = [Post(None, refused("invalid_blocks"))]
    world.speaker.has_blocks = True
    outbox_id = await world.put()
    await world.process().run()
    first, second = world.slack.of("chat.postMessage")
    assert first["blocks"]
    assert second["blocks"] is None
    assert await state(world, outbox_id) == ("sent", None)
    assert "refuses its blocks (invalid_blocks)" in caplog.text


async def test_a_letter_whose_text_is_refused_too_is_dead(world: World) -> None:
    world.slack.posts = [Post(None, refused("invalid_blocks")) for _ in range(2)]
    world.speaker.has_blocks = True
    outbox_id = await world.put()
    await world.process().run()
    assert await state(world, outbox_id) == ("dead", "invalid_blocks")


async def test_a_full_workspace_is_waited_for(world: World) -> None:
    world.slack.posts = [Post(None, refused("message_limit_exceeded"))]
    outbox_id = await world.put()
    await world.run_until_quiet()
    assert await state(world, outbox_id) == ("sent", None)
    assert world.clock.seconds > 3_600


async def test_a_line_below_a_message_that_is_gone_is_dropped(world: World) -> None:
    world.slack.posts = [Post(), Post(None, refused("cannot_reply_to_message"))]
    root = await world.put("root")
    reply = await world.put("reply", kind="reply", depends_on=root)
    rootless = await world.put("rootless", kind="reply", depends_on="nobody's")
    await world.process().run()
    assert await state(world, reply) == ("dropped", "cannot_reply_to_message")
    assert (await state(world, rootless))[0] == "pending"


async def test_a_letter_with_nothing_more_to_say_is_not_sent(world: World) -> None:
    outbox_id = await world.put(payload={"says": "nothing"})
    await world.process().run()
    assert await state(world, outbox_id) == ("dropped", None)
    assert world.slack.calls == []


async def test_one_letter_that_cannot_be_written_holds_up_no_other(world: World) -> None:
    world.speaker.errors = [ValueError("odd")]
    bad, good = await world.put("bad"), await world.put("good", "C2")
    with pytest.raises(ValueError, match="odd"):
        await world.process().run()
    assert await state(world, bad) == ("pending", "not_composed")
    assert await state(world, good) == ("sent", None)
    await world.run_until_quiet()
    assert await state(world, bad) == ("sent", None)


async def test_a_lease_that_is_nearly_over_is_given_back(world: World) -> None:
    world.speaker.takes_s = 46
    outbox_id = await world.put()
    await world.process().run()
    assert world.slack.calls == []
    assert await state(world, outbox_id) == ("pending", "lease_too_short")


async def test_a_stop_lets_the_letter_in_flight_come_to_its_end_and_takes_no_other(world: World) -> None:
    held = asyncio.Event()
    world.slack.posts = [Post(held=held)]
    first, second = await world.put("first"), await world.put("second")
    delivery = world.process()
    running = asyncio.create_task(delivery.run())
    await world.slack.until_posts()
    delivery.stop()
    held.set()
    await running
    assert [(await world.letter(each)).state for each in (first, second)] == ["sent", "pending"]
    await delivery.run()
    assert (await world.letter(second)).state == "pending"


async def test_a_call_that_is_cut_off_leaves_a_letter_to_be_looked_for(world: World) -> None:
    world.slack.posts = [Post(held=asyncio.Event())]
    outbox_id = await world.put()
    running = asyncio.create_task(world.process().run())
    await world.slack.until_posts()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await state(world, outbox_id) == ("unknown", "CancelledError")
    await world.run_until_quiet()
    assert (len(world.slack.messages), (await world.letter(outbox_id)).state) == (1, "sent")


async def test_a_zombie_whose_lease_was_lost_leaves_one_copy(world: World) -> None:
    held = asyncio.Event()
    world.slack.posts = [Post(lands_in_s=130, held=held)]
    outbox_id = await world.put()
    zombie = asyncio.create_task(world.process().run())
    await world.slack.until_posts()
    other = world.process()
    for wait_s in (61, 41, 1):
        world.clock.advance(wait_s)
        await other.run()
    assert (await world.letter(outbox_id)).state == "sent"
    world.clock.advance(60)
    held.set()
    await zombie
    assert len(world.slack.standing(outbox_id)) == 2
    assert len(await world.receipts(outbox_id)) == 2
    await world.run_until_quiet()
    assert [m["ts"] for m in world.slack.standing(outbox_id)] == [(await world.letter(outbox_id)).ts]


async def test_a_process_beside_does_not_take_what_is_under_way_here(world: World) -> None:
    held = asyncio.Event()
    world.slack.posts = [Post(held=held)]
    outbox_id = await world.put()
    delivery = world.process()
    running = asyncio.create_task(delivery.run())
    await world.slack.until_posts()
    world.clock.jump(timedelta(days=365))
    delivery.wake.set()
    for _ in range(50):
        await asyncio.sleep(0)
    assert (await world.letter(outbox_id)).state == "sending"
    held.set()
    await running
    assert len(world.slack.messages) == 1
