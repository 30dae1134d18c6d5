"""What nobody knows is looked for: by its mark, by our own bot, to the end of what there is to read."""

from datetime import timedelta
from typing import Any

import pytest

from tests.unit.bot.alerts.faked_slack import BOT_ID, NOON, Post, refused
from tests.unit.bot.alerts.simulated import World

BROKEN = refused("internal_error", 500)


async def lost(world: World, lands_in_s: float | None = None, **more: Any) -> str:
    """A letter whose post came to nothing, as far as anybody knows, at the moment at which it is looked for."""
    world.slack.posts = [Post(lands_in_s, TimeoutError(), takes_s=10)]
    outbox_id = await world.put(**more)
    await world.process().run()
    assert (await world.letter(outbox_id)).state == "unknown"
    world.clock.advance(90)
    return outbox_id


def stranger(world: World, outbox_id: str, **more: Any) -> dict[str, Any]:
    metadata = {"event_type": "mlops_alert", "event_payload": {"o": outbox_id}}
    return world.slack.land("C1", 20, **{"metadata": metadata, "text": "mine", **more})


async def test_it_is_not_looked_for_before_it_must_have_landed(world: World) -> None:
    world.slack.posts = [Post(0.0, TimeoutError(), takes_s=10)]
    outbox_id, delivery = await world.put(), world.process()
    await delivery.run()
    world.clock.advance(89)
    await delivery.run()
    assert world.slack.of("conversations.history") == []
    world.clock.advance(2)
    await delivery.run()
    (call,) = world.slack.of("conversations.history")
    assert (call["include_all_metadata"], call["inclusive"]) == (True, True)
    assert float(call["oldest"]) <= NOON.timestamp() - 60
    assert (await world.letter(outbox_id)).state == "sent"
    assert len(world.slack.of("chat.postMessage")) == 1


async def test_a_line_is_looked_for_in_its_thread(world: World) -> None:
    root = await world.put("root")
    await world.process().run()
    reply = await lost(world, 0.0, key="reply", kind="reply", depends_on=root)
    await world.process().run()
    assert [call["ts"] for call in world.slack.of("conversations.replies")] == [(await world.letter(root)).ts]
    assert (await world.letter(reply)).state == "sent"
    assert len(world.slack.standing(reply)) == 1


async def test_a_word_to_a_person_is_looked_for_where_they_read_it(world: World) -> None:
    outbox_id = await lost(world, 0.0, channel="U1")
    await world.process().run()
    assert [call["channel"] for call in world.slack.of("conversations.history")] == ["DU1"]
    assert (await world.letter(outbox_id)).conversation == "DU1"


async def test_what_is_on_a_later_page_is_found(world: World) -> None:
    world.slack.page = 1
    for _ in range(5):
        stranger(world, "another")
    outbox_id = await lost(world, 0.0)
    await world.process().run()
    assert len(world.slack.of("conversations.history")) == 6
    assert len(world.slack.standing(outbox_id)) == 1


@pytest.mark.parametrize(
    "forged",
    [
        {"bot_id": "BEVIL"},
        {"bot_id": None},
        {"metadata": {"event_type": "other", "event_payload": {}}},
        {"metadata": None},
        {"metadata": {"event_type": "mlops_alert", "event_payload": None}},
    ],
)
async def test_a_message_that_only_looks_like_ours_is_not_believed(world: World, forged: dict[str, Any]) -> None:
    outbox_id = await lost(world)
    if forged.get("metadata", {}):
        forged["metadata"]["event_payload"] = {"o": outbox_id} if forged["metadata"]["event_type"] == "other" else None
    stranger(world, outbox_id, **forged)
    await world.process().run()
    assert len(world.slack.of("chat.postMessage")) == 2, "it is sent again"
    await world.run_until_quiet()
    assert len(world.slack.of("chat.delete")) == 0, "what is not ours is not taken away"


async def test_a_message_whose_metadata_are_lost_is_known_by_its_block(world: World) -> None:
    outbox_id = await lost(world)
    blocks = [{"type": "section", "block_id": f"alert:{outbox_id}:x"}]
    message = stranger(world, outbox_id, metadata=None, blocks=blocks, bot_id=BOT_ID)
    await world.process().run()
    assert (await world.letter(outbox_id)).ts == message["ts"]


@pytest.mark.parametrize("trouble", ["loops", "no whole page", "too many pages", "broken"])
async def test_a_place_that_is_not_read_to_its_end_tells_nothing(world: World, trouble: str) -> None:
    outbox_id = await lost(world)
    world.slack.reading = trouble
    await world.process().run()
    letter = await world.letter(outbox_id)
    assert letter.state == "unknown"
    assert len(world.slack.of("chat.postMessage")) == 1
    assert letter.next_at > world.clock()


async def test_looks_come_less_and_less_often(world: World) -> None:
    outbox_id = await lost(world)
    world.slack.reading = "broken"
    delivery, looked_at = world.process(), []
    while (await world.letter(outbox_id)).state == "unknown":
        before = len(world.slack.of("conversations.history"))
        await delivery.run()
        if len(world.slack.of("conversations.history")) > before:
            looked_at.append(round(world.clock.seconds))
        world.clock.advance(1)
    assert looked_at == [100, 200, 400, 800, 900]


async def test_an_alert_that_cannot_be_looked_for_is_said_again_and_says_so(world: World) -> None:
    outbox_id = await lost(world, 0.0)
    world.slack.reading = "broken"
    delivery = world.process()
    while len(world.slack.of("chat.postMessage")) < 2:
        await delivery.run()
        world.clock.advance(10)
    assert world.clock.seconds < 930
    assert [m["text"] for m in world.slack.standing(outbox_id)] == ["root v1", "root v1 (again)"]
    world.slack.reading = ""
    await world.run_until_quiet()
    (left,) = world.slack.standing(outbox_id)
    assert left["text"] == "root v1", "what stands alone is no repeat"
    assert (await world.letter(outbox_id)).ts == left["ts"]
    assert len(await world.receipts(outbox_id)) == 2


async def test_a_digest_is_never_said_twice(world: World, caplog: pytest.LogCaptureFixture) -> None:
    outbox_id = await lost(world, 0.0, kind="digest")
    world.slack.reading = "broken"
    await world.run_until_quiet()
    assert len(world.slack.of("chat.postMessage")) == 1
    assert (await world.letter(outbox_id)).state == "dropped"
    assert "nobody knows whether it stands" in caplog.text


async def test_a_digest_that_lands_late_is_found_and_not_said_again(world: World) -> None:
    outbox_id = await lost(world, 250, kind="digest")
    await world.run_until_quiet()
    assert len(world.slack.of("chat.postMessage")) == 1
    assert len(world.slack.standing(outbox_id)) == 1


async def test_a_digest_that_never_landed_is_sent_when_that_is_sure(world: World) -> None:
    outbox_id = await lost(world, kind="digest")
    await world.run_until_quiet()
    assert len(world.slack.of("chat.postMessage")) == 2
    assert (await world.letter(outbox_id)).state == "sent"


async def test_a_copy_that_lands_when_nobody_waits_for_it_is_taken_away(world: World) -> None:
    outbox_id = await lost(world, 500)
    await world.run_until_quiet()
    assert len(world.slack.of("chat.postMessage")) == 2
    assert [m["ts"] for m in world.slack.standing(outbox_id)] == [(await world.letter(outbox_id)).ts]
    assert len(world.slack.of("chat.delete")) == 1


async def test_the_copy_that_people_have_answered_stays(world: World) -> None:
    outbox_id = await lost(world, 500)
    world.clock.advance(0)
    delivery = world.process()
    await delivery.run()
    world.slack.messages[0]["reply_count"] = 1
    await world.run_until_quiet()
    (left,) = world.slack.standing(outbox_id)
    assert left["reply_count"] == 1
    assert (await world.letter(outbox_id)).ts == left["ts"]


async def test_a_copy_that_cannot_be_taken_away_at_once_is_taken_away_later(world: World) -> None:
    outbox_id = await lost(world, 130)
    world.slack.deletes = [BROKEN, refused("message_not_found")]
    await world.run_until_quiet()
    assert len(world.slack.of("chat.delete")) >= 2
    assert (await world.letter(outbox_id)).sweep_at is None


async def test_a_place_that_cannot_be_swept_for_a_day_is_left(world: World) -> None:
    outbox_id = await lost(world)
    await world.process().run()
    world.slack.reading = "broken"
    await world.run_until_quiet(most=2_000)
    assert (await world.letter(outbox_id)).sweep_at is None
    assert world.clock.seconds > timedelta(days=1).total_seconds()


@pytest.mark.parametrize("by", [timedelta(days=-365), timedelta(minutes=-5), timedelta(days=365)])
async def test_a_clock_that_is_turned_loses_and_doubles_nothing(world: World, by: timedelta) -> None:
    outbox_id, other = await lost(world, 0.0), await world.put("other", "C2")
    world.clock.jump(by)
    late = await world.put("late", "C3")
    await world.run_until_quiet()
    world.clock.jump(-by)
    back = await world.put("back", "C4")
    await world.run_until_quiet()
    for each in (outbox_id, other, late, back):
        assert (await world.letter(each)).state == "sent"
        assert len(world.slack.standing(each)) == 1
