"""chat.*: what is written, changed, taken away."""

from datetime import timedelta
from typing import Any

import pytest

from bot.playground.workspace.records import Stream
from tests.playground.webapi.server import APP, Api, platform, serving

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "hi"}}


def kept(api: Api, ts: str, channel: str = "C1") -> dict[str, Any]:
    return api.workspace.channels[channel].messages[ts]


async def test_a_message_is_the_apps_own(api: Api) -> None:
    answer = await api.call("chat.postMessage", channel="C1", text="hi", blocks=[SECTION])
    message = kept(api, answer["ts"])
    assert (answer["channel"], message["user"], message["bot_id"], message["app_id"]) == (
        "C1",
        APP.user,
        APP.bot_id,
        APP.id,
    )
    assert answer["message"] == message
    assert message["blocks"][0]["block_id"], "Slack names the blocks that have no name"
    assert api.kinds() == ["posted"]


async def test_text_is_kept_as_sent_and_shown_escaped(api: Api) -> None:
    text = "a < b & c > d &amp; <@U1> <https://x?a=1&b=2|x> <b>"
    answer = await api.call("chat.postMessage", channel="C1", text=text)
    assert kept(api, answer["ts"])["text"] == text
    shown = "a &lt; b &amp; c &gt; d &amp; <@U1> <https://x?a=1&amp;b=2|x> &lt;b&gt;"
    assert answer["message"]["text"] == shown
    history = await api.call("conversations.history", channel="C1")
    assert history["messages"][0]["text"] == shown
    assert "blocks" not in history["messages"][0]


async def test_the_app_has_no_dm_with_itself(api: Api) -> None:
    assert await api.error("chat.postMessage", channel=APP.user, text="x") == "channel_not_found"
    assert not any(channel.members == {APP.user} for channel in api.workspace.channels.values())


async def test_markdown_becomes_a_block(api: Api) -> None:
    answer = await api.call("chat.postMessage", channel="C1", markdown_text="**hi**")
    (block,) = answer["message"]["blocks"]
    assert (block["type"], block["text"], answer["message"]["text"]) == ("markdown", "**hi**", "**hi**")


async def test_a_persons_id_is_the_dm_with_them(api: Api) -> None:
    assert (await api.call("chat.postMessage", channel="U1", text="hi"))["channel"] == "D1"
    new = await api.call("chat.postMessage", channel="U3", text="hi")
    assert api.workspace.channels[new["channel"]].members == {"U3", APP.user}


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"channel": "C0"}, "channel_not_found"),
        ({"channel": ""}, "channel_not_found"),
        ({"channel": "C2"}, "not_in_channel"),
        ({"channel": "G2"}, "channel_not_found"),
        ({"channel": "C3"}, "is_archived"),
        ({"text": ""}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ({"blocks": "nonsense"}, "invalid_blocks_format"),
        ({"markdown_text": "x"}, "markdown_text_conflict"),
        ({"thread_ts": "1.000001"}, "cannot_reply_to_message"),
        ({"thread_ts": "never"}, "cannot_reply_to_message"),
        ({"as_user": True}, "as_user_not_supported"),
        ({"metadata": {"event_type": 1, "event_payload": {}}}, "invalid_metadata_format"),
        ({"metadata": {"event_type": "t"}}, "invalid_metadata_format"),
    ],
    ids=str,
)
async def test_a_message_slack_would_not_take_is_refused(api: Api, args: dict[str, Any], code: str) -> None:
    assert await api.error("chat.postMessage", **{"channel": "C1", "text": "hi", **args}) == code
    assert api.kinds() == []


async def test_a_problem_in_blocks_says_where_it_is(api: Api) -> None:
    answer = await api.call("chat.postMessage", channel="C1", text="x", blocks=[SECTION, {"type": "nonsense"}])
    assert "/blocks/1" in answer["response_metadata"]["messages"][0]


async def test_without_a_messages_tab_nothing_is_written_in_dms() -> None:
    closed = platform("chat:write", features={"app_home": {"messages_tab_enabled": False}})
    async with serving(closed) as api:
        assert await api.error("chat.postMessage", channel="D1", text="x") == "messages_tab_disabled"
        assert await api.error("chat.postMessage", channel="C1", text="x") == "none"


async def test_a_reply_to_a_reply_goes_to_its_thread(api: Api) -> None:
    root = api.say()
    reply = api.say(thread_ts=root["ts"])
    answer = await api.call("chat.postMessage", channel="C1", text="x", thread_ts=reply["ts"])
    assert answer["message"]["thread_ts"] == root["ts"]
    assert answer["message"]["parent_user_id"] == "U1"
    assert (root["reply_count"], root["latest_reply"]) == (2, answer["ts"])
    assert await api.error("chat.postMessage", channel="C1", text="x", thread_ts="") == "none"


async def test_a_thread_whose_root_is_gone_goes_on(api: Api) -> None:
    root = api.say()
    api.say(thread_ts=root["ts"])
    api.workspace.delete(api.workspace.channels["C1"], root["ts"])
    answer = await api.call("chat.postMessage", channel="C1", text="x", thread_ts=root["ts"])
    assert answer["message"]["thread_ts"] == root["ts"]


async def test_a_broadcast_reply_is_in_the_channel_too(api: Api) -> None:
    root = api.say()
    args = {"channel": "C1", "text": "x", "thread_ts": root["ts"]}
    await api.call("chat.postMessage", **args)
    shown = await api.call("chat.postMessage", **args, reply_broadcast=True)
    assert shown["message"]["subtype"] == "thread_broadcast"
    lone = await api.call("chat.postMessage", channel="C1", text="y", reply_broadcast=True)
    assert "subtype" not in lone["message"]
    history = (await api.call("conversations.history", channel="C1"))["messages"]
    assert [message["ts"] for message in history] == [lone["ts"], shown["ts"], root["ts"]]


async def test_another_name_and_face_are_kept(api: Api) -> None:
    args = {"username": "Nightly", "icon_emoji": ":moon:", "icon_url": "https://x/y.png"}
    answer = await api.call("chat.postMessage", channel="C1", text="x", **args)
    assert answer["message"]["username"] == "Nightly"
    assert answer["message"]["icons"] == {"emoji": ":moon:", "url": "https://x/y.png"}


async def test_metadata_is_shown_to_who_asks_for_it(api: Api) -> None:
    metadata = {"event_type": "t", "event_payload": {"n": 1}}
    await api.call("chat.postMessage", channel="C1", text="x", metadata=metadata, attachments=[{"text": "a"}])
    (without,) = (await api.call("conversations.history", channel="C1"))["messages"]
    (with_it,) = (await api.call("conversations.history", channel="C1", include_all_metadata=True))["messages"]
    assert without["metadata"] == {"event_type": "t"}
    assert with_it == {**without, "metadata": metadata}
    assert with_it["attachments"] == [{"text": "a"}]


async def test_a_text_takes_the_place_of_text_and_blocks(api: Api) -> None:
    ts = (await api.call("chat.postMessage", channel="C1", text="x", blocks=[SECTION]))["ts"]
    answer = await api.call("chat.update", channel="C1", ts=ts, text="a & b")
    assert (answer["ts"], answer["text"], answer["channel"]) == (ts, "a &amp; b", "C1")
    assert (kept(api, ts)["text"], kept(api, ts)["blocks"]) == ("a & b", [])
    assert kept(api, ts)["edited"]["user"] == APP.user


async def test_new_blocks_are_no_edit_that_is_shown(api: Api) -> None:
    ts = (await api.call("chat.postMessage", channel="C1", text="x"))["ts"]
    await api.call("chat.update", channel="C1", ts=ts, text="y", blocks=[SECTION])
    assert kept(api, ts)["blocks"][0]["type"] == "section"
    assert "edited" not in kept(api, ts)


async def test_attachments_alone_leave_the_words(api: Api) -> None:
    ts = (await api.call("chat.postMessage", channel="C1", text="x", attachments=[{"text": "a"}]))["ts"]
    await api.call("chat.update", channel="C1", ts=ts, text="y")
    assert kept(api, ts)["attachments"] == [{"text": "a"}]
    await api.call("chat.update", channel="C1", ts=ts, attachments=[{"text": "b"}])
    assert (kept(api, ts)["text"], kept(api, ts)["attachments"]) == ("y", [{"text": "b"}])
    await api.call("chat.update", channel="C1", ts=ts, text="z", attachments=[])
    assert kept(api, ts)["attachments"] == []


async def test_a_reply_may_be_broadcast_later_a_root_may_not(api: Api) -> None:
    root = (await api.call("chat.postMessage", channel="C1", text="x"))["ts"]
    reply = (await api.call("chat.postMessage", channel="C1", text="x", thread_ts=root))["ts"]
    assert await api.error("chat.update", channel="C1", ts=reply, text="x", reply_broadcast=True) == "none"
    assert kept(api, reply)["subtype"] == "thread_broadcast"
    assert await api.error("chat.update", channel="C1", ts=root, text="x", reply_broadcast=True) == (
        "cant_broadcast_message"
    )


@pytest.mark.parametrize(("method", "code"), [("update", "cant_update_message"), ("delete", "cant_delete_message")])
async def test_only_its_own_messages_are_the_apps_to_change(api: Api, method: str, code: str) -> None:
    said = api.say()
    more = {"text": "x"} if method == "update" else {}
    assert await api.error(f"chat.{method}", channel="C1", ts=said["ts"], **more) == code
    assert await api.error(f"chat.{method}", channel="C1", ts="1.1", **more) == "message_not_found"
    assert await api.error(f"chat.{method}", channel="U1", ts="1.1", **more) == "channel_not_found"
    assert said["text"] == "hello"


async def test_an_update_is_held_to_the_rules_of_a_message(api: Api) -> None:
    ts = (await api.call("chat.postMessage", channel="C1", text="x"))["ts"]
    assert await api.error("chat.update", channel="C1", ts=ts) == "no_text"
    assert await api.error("chat.update", channel="C1", ts=ts, blocks=[{"type": "nonsense"}]) == "invalid_blocks"


async def test_a_running_stream_is_not_updated_one_that_is_over_is(api: Api) -> None:
    ts = (await api.call("chat.postMessage", channel="C1", text="x"))["ts"]
    api.workspace.streams["C1", ts] = Stream("C1", ts, ts, api.clock())
    assert await api.error("chat.update", channel="C1", ts=ts, text="y") == "streaming_state_conflict"
    api.clock.turn(timedelta(minutes=6).total_seconds())
    assert await api.error("chat.update", channel="C1", ts=ts, text="y") == "none"
    assert kept(api, ts)["streaming"] is False
    assert api.workspace.streams == {}


async def test_a_stream_somebody_stopped_may_be_updated(api: Api) -> None:
    ts = (await api.call("chat.postMessage", channel="C1", text="x"))["ts"]
    api.workspace.streams["C1", ts] = Stream("C1", ts, ts, api.clock(), is_stopped_by_user=True)
    assert await api.error("chat.update", channel="C1", ts=ts, text="y") == "none"


async def test_a_deleted_message_is_gone(api: Api) -> None:
    ts = (await api.call("chat.postMessage", channel="C1", text="x"))["ts"]
    assert await api.call("chat.delete", channel="C1", ts=ts) == {"ok": True, "channel": "C1", "ts": ts}
    assert await api.error("chat.delete", channel="C1", ts=ts) == "message_not_found"
    assert api.texts() == []


async def test_a_root_with_replies_leaves_a_tombstone(api: Api) -> None:
    root = (await api.call("chat.postMessage", channel="C1", text="x"))["ts"]
    api.say(thread_ts=root)
    assert (await api.call("chat.delete", channel="C1", ts=root))["ok"]
    assert kept(api, root)["subtype"] == "tombstone"
    assert await api.error("chat.delete", channel="C1", ts=root) == "cant_delete_message"


async def test_an_ephemeral_message_is_for_one_person_and_in_no_history(api: Api) -> None:
    root = api.say()
    args = {"channel": "C1", "user": "U2", "text": "psst"}
    ts = (await api.call("chat.postEphemeral", **args, thread_ts=root["ts"]))["message_ts"]
    (change,) = (change for change in api.changes if change.kind == "ephemeral")
    assert (change.channel, change.data["user"]) == ("C1", "U2")
    assert change.data["message"] == api.workspace.ephemerals["U2", "C1", ts]
    assert (change.data["message"]["text"], change.data["message"]["thread_ts"]) == ("psst", root["ts"])
    assert api.texts() == ["hello"]
    assert await api.error("chat.update", channel="C1", ts=ts, text="x") == "message_not_found"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"user": "U3"}, "user_not_in_channel"),
        ({"text": ""}, "no_text"),
        ({"channel": "C2"}, "not_in_channel"),
        ({"channel": "C3"}, "is_archived"),
        ({"thread_ts": "1.1"}, "cannot_reply_to_message"),
    ],
    ids=str,
)
async def test_an_ephemeral_message_slack_would_not_take_is_refused(api: Api, args: dict[str, Any], code: str) -> None:
    assert await api.error("chat.postEphemeral", **{"channel": "C1", "user": "U1", "text": "x", **args}) == code
    assert api.workspace.ephemerals == {}


async def test_a_permalink_leads_to_the_message_in_its_thread(api: Api) -> None:
    root = api.say()
    reply = api.say(thread_ts=root["ts"])
    base = f"{api.workspace.base}/archives/C1/p"
    first = await api.call("chat.getPermalink", channel="C1", message_ts=root["ts"])
    second = await api.call("chat.getPermalink", channel="C1", message_ts=reply["ts"])
    assert first["permalink"] == base + root["ts"].replace(".", "")
    assert second["permalink"] == f"{base}{reply['ts'].replace('.', '')}?thread_ts={root['ts']}&cid=C1"
    assert await api.error("chat.getPermalink", channel="C1", message_ts="1.1") == "message_not_found"
