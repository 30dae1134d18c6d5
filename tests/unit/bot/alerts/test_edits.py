"""Messages show what has become of what they tell, in one edit for several changes."""

import aiohttp
import pytest

from db.store.alerts.letters import touch
from tests.unit.bot.alerts.faked_slack import refused
from tests.unit.bot.alerts.simulated import World
from tests.unit.bot.alerts.test_verdicts import KEY
from tests.unit.db.store.alerts.samples import found, to


async def changed(world: World, outbox_id: str, version: int = 2) -> None:
    letter = await world.letter(outbox_id)
    async with world.database.writing() as connection:
        await touch(connection, world.clock(), dedupe_key=letter.dedupe_key, version=version)


async def standing(world: World, **more: str) -> str:
    outbox_id = await world.put(**more)
    await world.process().run()
    return outbox_id


async def test_ten_changes_are_one_edit_with_the_mark(world: World) -> None:
    outbox_id = await standing(world)
    for version in range(2, 12):
        await changed(world, outbox_id, version)
        await world.process().run()
    assert world.slack.of("chat.update") == [], "it is edited a little later"
    world.clock.advance(5)
    await world.process().run()
    (call,) = world.slack.of("chat.update")
    assert call["metadata"]["event_payload"] == {"o": outbox_id}
    assert [m["text"] for m in world.slack.messages] == ["root v11"]
    assert (await world.letter(outbox_id)).rendered_version == 11


async def test_a_letter_that_changes_before_it_is_sent_is_sent_as_it_is(world: World) -> None:
    outbox_id = await world.put()
    await changed(world, outbox_id, 7)
    await world.run_until_quiet()
    assert [m["text"] for m in world.slack.messages] == ["root v7"]
    assert world.slack.of("chat.update") == []


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError(),
        refused("internal_error", 500),
        refused("ratelimited", 429, {"Retry-After": "7"}),
        refused("token_revoked"),
        refused("not_in_channel"),
        aiohttp.ClientConnectorError(KEY, OSError(111, "refused")),
    ],
    ids=["timeout", "500", "429", "token", "removed", "unreached"],
)
async def test_an_edit_that_came_to_nothing_is_made_again(world: World, error: Exception) -> None:
    outbox_id = await standing(world)
    world.slack.edits = [error]
    await changed(world, outbox_id)
    await world.run_until_quiet()
    assert len(world.slack.of("chat.update")) == 2
    assert [m["text"] for m in world.slack.messages] == ["root v2"]


async def test_blocks_that_an_edit_is_refused_for_are_left_out(world: World) -> None:
    world.speaker.has_blocks = True
    outbox_id = await standing(world)
    world.slack.edits = [refused("invalid_blocks")]
    await changed(world, outbox_id)
    await world.run_until_quiet()
    assert [bool(call["blocks"]) for call in world.slack.of("chat.update")] == [True, False]
    assert (await world.letter(outbox_id)).error is None


async def test_an_edit_that_slack_never_takes_is_given_up(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.speaker.has_blocks = True
    outbox_id = await standing(world)
    world.slack.edits = [refused("invalid_blocks"), refused("msg_too_long")]
    await changed(world, outbox_id)
    await world.run_until_quiet()
    letter = await world.letter(outbox_id)
    assert (letter.state, letter.error, letter.rendered_version) == ("sent", "msg_too_long", 2)
    assert "keeps what it shows: msg_too_long" in caplog.text


async def test_an_edit_with_nothing_to_say_is_none(world: World) -> None:
    outbox_id = await standing(world)
    world.speaker.is_silent = True
    await changed(world, outbox_id)
    await world.run_until_quiet()
    assert world.slack.of("chat.update") == []


async def test_an_edit_that_cannot_be_written_is_tried_later(world: World) -> None:
    outbox_id = await standing(world)
    world.speaker.errors = [ValueError("odd")]
    await changed(world, outbox_id)
    world.clock.advance(5)
    with pytest.raises(ValueError, match="odd"):
        await world.process().run()
    assert (await world.letter(outbox_id)).error == "ValueError"
    await world.run_until_quiet()
    assert [m["text"] for m in world.slack.messages] == ["root v2"]


async def test_more_edits_than_slack_takes_are_spread(world: World) -> None:
    letters = [await world.put(f"{n}", f"C{n}") for n in range(13)]
    delivery = world.process(is_paced=True)
    await delivery.run()
    for each in letters:
        await changed(world, each)
    world.clock.advance(5)
    await delivery.run()
    assert len(world.slack.of("chat.update")) == 10
    world.clock.advance(4)
    await delivery.run()
    assert len(world.slack.of("chat.update")) == 13


@pytest.mark.parametrize("code", ["message_not_found", "edit_window_closed", "cant_update_message"])
async def test_an_alert_whose_message_is_gone_goes_on_in_a_new_one(world: World, code: str) -> None:
    await world.store.alerts.record("r", [], world.clock(), to())
    (alert,) = (await world.store.alerts.record("r", [found("yolo")], world.clock(), to("C1"))).opened
    await world.process().run()
    (root,) = await world.outbox.roots(alert.alert_id)
    world.slack.messages.clear()
    world.slack.edits = [refused(code)]
    await changed(world, root.outbox_id)
    await world.run_until_quiet()
    (new,) = await world.outbox.roots(alert.alert_id)
    assert (new.state, new.payload["continued"]) == ("sent", True)
    assert [m["text"] for m in world.slack.messages] == ["root v2"]


async def test_a_resolved_alert_whose_message_was_taken_away_is_not_said_again(world: World) -> None:
    await world.store.alerts.record("r", [], world.clock(), to())
    (alert,) = (await world.store.alerts.record("r", [found("yolo")], world.clock(), to("C1"))).opened
    await world.process().run()
    world.slack.messages.clear()
    await world.store.alerts.resolve(alert.alert_id, world.clock(), {})
    await world.run_until_quiet()
    assert world.slack.messages == []
    assert await world.outbox.roots(alert.alert_id) == []
