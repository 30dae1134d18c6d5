"""What people do, and that the app has been told when they are done."""

import pytest

from bot.playground.delivery.deliveries import Timings
from bot.playground.workspace.refused import Refused
from tests.playground.delivery.rig import PATIENT, Rig, answers, connected, over_http


async def test_a_mention_has_been_sent_when_it_returns() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig) as client:
        ts = await rig.person().mention("a < b & c", thread_ts=await rig.person("U2").say("root"))
        assert [delivery.attempts for delivery in rig.journal.deliveries] == [1, 1, 1]
        texts = [await client.text() for _ in range(3)]
    assert texts == ["root", *["<@UBOT> a &lt; b &amp; c"] * 2]
    message = rig.workspace.channels["C1"].messages[ts]
    assert (message["user"], message["text"]) == ("U1", texts[1])
    assert message["thread_ts"] != ts


async def test_a_mention_by_http_has_been_answered_when_it_returns() -> None:
    rig = Rig(PATIENT)
    async with over_http(rig, answers((200, ""))):
        await rig.person().mention("질문")
        assert [delivery.ack for delivery in rig.journal.deliveries] == [{}, {}]


async def test_an_empty_mention_is_the_mention_alone() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig):
        ts = await rig.person().mention("")
    assert rig.workspace.channels["C1"].messages[ts]["text"] == "<@UBOT>"


async def test_nobody_waits_for_an_app_that_is_not_there_nor_for_what_others_said() -> None:
    rig = Rig(PATIENT)
    async with rig.serving():
        assert await rig.person().say("anybody?")
        assert await rig.person().say("hello?")
    assert [delivery.attempts for delivery in rig.journal.deliveries] == [0, 0]


async def test_raw_texts_are_taken_as_they_are_and_more_goes_into_the_message() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig):
        ts = await rig.person().say("<@U2> look", "D1", raw=True, subtype="file_share", files=[{"id": "F1"}])
    message = rig.workspace.channels["D1"].messages[ts]
    assert (message["text"], message["subtype"], message["files"]) == ("<@U2> look", "file_share", [{"id": "F1"}])


async def test_an_edit_returns_what_was_sent_of_it() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig):
        ts = await rig.person().say("one")
        edited = await rig.person().edit(ts, "<@UBOT> two")
        unfurled = await rig.person().edit(ts, "<@UBOT> two", unfurls=True)
    assert edited is not None
    assert unfurled is not None
    assert edited.payload["event"]["message"]["text"] == "<@UBOT> two"
    after, before = unfurled.payload["event"]["message"], unfurled.payload["event"]["previous_message"]
    assert after == before | {"attachments": [{"title": "a page"}]}, "no newer mark of an edit"


async def test_a_deleted_message_is_gone_and_a_buried_one_leaves_a_tombstone() -> None:
    rig = Rig(PATIENT)
    messages = rig.workspace.channels["C1"].messages
    async with rig.serving(), connected(rig):
        first, second = await rig.person().say("one"), await rig.person().say("two")
        deleted, buried = await rig.person().delete(first), await rig.person().bury(second)
    assert (list(messages), messages[second]["subtype"]) == ([second], "tombstone")
    assert deleted is not None
    assert buried is not None
    assert (deleted.payload["event"]["subtype"], buried.payload["event"]["subtype"]) == (
        "message_deleted",
        "message_changed",
    )


async def test_where_the_app_hears_nothing_there_is_no_delivery() -> None:
    rig = Rig(PATIENT)
    async with rig.serving():
        ts = await rig.person().say("among us", "CX")
        assert await rig.person().react(ts, "eyes", "CX") is None
        assert await rig.person().edit(ts, "still among us", "CX") is None
        assert await rig.person().delete(ts, "CX") is None
    assert rig.journal.deliveries == []


async def test_a_reaction_stands_on_its_message_until_it_is_taken_away() -> None:
    rig = Rig(PATIENT)
    async with rig.serving(), connected(rig):
        ts = await rig.person().say("done?")
        await rig.person("U2").react(ts, "white_check_mark")
        message = rig.workspace.channels["C1"].messages[ts]
        assert message["reactions"] == [{"name": "white_check_mark", "users": ["U2"], "count": 1}]
        with pytest.raises(Refused, match="already_reacted"):
            await rig.person("U2").react(ts, "white_check_mark")
        await rig.person("U2").unreact(ts, "white_check_mark")
    assert "reactions" not in message


async def test_a_slash_command_is_delivered_with_its_text() -> None:
    rig = Rig(Timings())
    async with rig.serving(), connected(rig) as client:
        delivery = await rig.person().slash("help", trigger_id="trigger-1")
        envelope = await client.next()
        await client.ack(envelope)
        assert await rig.deliveries.ack_of(delivery) == {}
    assert envelope["type"] == "slash_commands"
    payload = envelope["payload"]
    assert (payload["text"], payload["user_id"], payload["trigger_id"]) == ("help", "U1", "trigger-1")
