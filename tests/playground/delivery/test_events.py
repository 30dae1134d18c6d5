"""What Slack makes of what happens: only what is subscribed to, only where the app is."""

from typing import Any

import pytest

from bot.playground.api.methods import chat, streams
from bot.playground.workspace.records import OpenView
from bot.playground.workspace.sessions import set_session
from tests.playground.delivery.rig import PATIENT, Rig

MENTION = "<@UBOT> 질문"


@pytest.fixture
async def rig() -> Any:
    made = Rig(PATIENT)
    yield made
    await made.deliveries.close()


def post(rig: Rig, channel: str = "C1", **content: Any) -> str:
    return str(rig.workspace.post(rig.workspace.channels[channel], {"user": "U1", "text": "hi", **content})["ts"])


def kinds(rig: Rig) -> list[str]:
    return [event["type"] for event in rig.told]


async def test_an_event_comes_in_slacks_outer_body(rig: Rig) -> None:
    post(rig)
    (body,) = [delivery.payload for delivery in rig.journal.deliveries]
    assert body.pop("event")["text"] == "hi"
    assert body.pop("event_id").startswith("Ev")
    assert body == {
        "token": "verification",
        "team_id": "T1",
        "api_app_id": "A1",
        "type": "event_callback",
        "event_time": 1795222800,
        "authorizations": [
            {
                "enterprise_id": None,
                "is_enterprise_install": False,
                "team_id": "T1",
                "user_id": "UBOT",
                "is_bot": True,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": "4-message-C1",
    }


@pytest.mark.parametrize(
    ("channel", "kind"), [("C1", "channel"), ("G1", "group"), ("M1", "mpim"), ("D1", "im")], ids=lambda value: value
)
async def test_a_message_tells_what_kind_of_conversation_it_is_in(rig: Rig, channel: str, kind: str) -> None:
    ts = post(rig, channel)
    (event,) = rig.told
    assert event == {
        "type": "message",
        "user": "U1",
        "text": "hi",
        "ts": ts,
        "event_ts": ts,
        "team": "T1",
        "channel": channel,
        "channel_type": kind,
    }


@pytest.mark.parametrize("text", [MENTION, "hey <@UBOT|mlops>!"], ids=["id", "id and name"])
@pytest.mark.parametrize("channel", ["C1", "G1"])
async def test_a_mention_comes_twice_under_different_ids(rig: Rig, channel: str, text: str) -> None:
    ts = post(rig, channel, text=text)
    mention, message = rig.told
    assert (mention["type"], message["type"]) == ("app_mention", "message")
    assert mention == {"type": "app_mention", **{k: v for k, v in message.items() if k not in ("type", "channel_type")}}
    assert mention["ts"] == ts
    assert len({delivery.payload["event_id"] for delivery in rig.journal.deliveries}) == 2


@pytest.mark.parametrize(
    ("channel", "content"),
    [
        ("D1", {"text": MENTION}),
        ("M1", {"text": MENTION}),
        ("C1", {"text": "<@UBOTHER> <@U2> UBOT"}),
        ("C1", {"text": MENTION, "user": "UBOT", "bot_id": "BBOT", "app_id": "A1"}),
    ],
    ids=["DM", "group DM", "others", "the app's own"],
)
async def test_no_mention_comes_beside(rig: Rig, channel: str, content: dict[str, Any]) -> None:
    post(rig, channel, **content)
    assert kinds(rig) == ["message"]


async def test_a_message_with_files_says_so_and_its_mention_comes_without_them(rig: Rig) -> None:
    post(rig, text=MENTION, files=[{"id": "F1"}])
    mention, message = rig.told
    assert (message["subtype"], message["files"]) == ("file_share", [{"id": "F1"}])
    assert not {"files", "subtype"} & mention.keys()


async def test_a_broadcast_reply_says_so(rig: Rig) -> None:
    root = post(rig)
    post(rig, thread_ts=root, subtype="thread_broadcast")
    assert [(e["thread_ts"], e["subtype"]) for e in rig.told[1:]] == [(root, "thread_broadcast")]


async def test_where_the_app_is_no_member_nothing_is_told(rig: Rig) -> None:
    ts = post(rig, "CX", text=MENTION)
    channel = rig.workspace.channels["CX"]
    rig.workspace.change(channel, ts, {"text": "edited"}, is_edit=True)
    rig.workspace.delete(channel, ts)
    assert rig.told == []


async def test_what_the_manifest_does_not_subscribe_to_is_not_told() -> None:
    rig = Rig(PATIENT, "app_mention", "message.im")
    post(rig, text=MENTION)
    post(rig, "D1")
    await rig.person().react(post(rig), "eyes")
    await rig.deliveries.close()
    assert [(event["type"], event["channel"]) for event in rig.told] == [("app_mention", "C1"), ("message", "D1")]


async def test_the_apps_own_messages_and_edits_come_too(rig: Rig) -> None:
    posted = chat.post_message(rig.workspace, {"channel": "C1", "text": "A & B"})
    chat.update(rig.workspace, {"channel": "C1", "ts": posted["ts"], "text": "C"})
    message, changed = rig.told
    assert (message["user"], message["bot_id"], message["app_id"]) == ("UBOT", "BBOT", "A1")
    assert message["text"] == "A &amp; B", "as conversations.history has it"
    assert (changed["subtype"], changed["message"]["bot_id"], changed["message"]["text"]) == (
        "message_changed",
        "BBOT",
        "C",
    )


async def test_an_edit_brings_the_message_as_it_is_and_as_it_was(rig: Rig) -> None:
    ts = post(rig, text="one")
    rig.workspace.change(rig.workspace.channels["C1"], ts, {"text": "two"}, is_edit=True)
    event = rig.told[1]
    assert (event["type"], event["subtype"], event["hidden"]) == ("message", "message_changed", True)
    assert (event["channel"], event["channel_type"]) == ("C1", "channel")
    assert (event["message"]["text"], event["previous_message"]["text"]) == ("two", "one")
    assert event["message"]["edited"]["user"] == "U1"
    assert event["message"]["ts"] == event["previous_message"]["ts"] == ts
    assert event["ts"] == event["event_ts"] > ts


async def test_an_unfurl_changes_the_attachments_and_is_no_edit(rig: Rig) -> None:
    ts = post(rig, text="https://wiki")
    rig.workspace.change(rig.workspace.channels["C1"], ts, {"attachments": [{"title": "a"}]}, is_edit=False)
    message, previous = rig.told[1]["message"], rig.told[1]["previous_message"]
    assert message == previous | {"attachments": [{"title": "a"}]}


async def test_a_deletion_brings_what_is_gone(rig: Rig) -> None:
    ts = post(rig, text="oops")
    rig.workspace.delete(rig.workspace.channels["C1"], ts)
    event = rig.told[1]
    assert (event["subtype"], event["deleted_ts"], event["hidden"]) == ("message_deleted", ts, True)
    assert event["previous_message"]["text"] == "oops"
    assert event["ts"] == event["event_ts"] > ts


async def test_a_root_that_is_deleted_becomes_a_tombstone(rig: Rig) -> None:
    root = post(rig, text="root")
    post(rig, thread_ts=root)
    rig.workspace.delete(rig.workspace.channels["C1"], root)
    event = rig.told[2]
    assert (event["subtype"], event["message"]["subtype"]) == ("message_changed", "tombstone")
    assert (event["previous_message"]["text"], event["message"]["ts"]) == ("root", root)


async def test_a_stream_is_told_of_at_its_start_and_once_at_its_end(rig: Rig) -> None:
    root = post(rig)
    place = {"channel": "C1", "thread_ts": root, "recipient_user_id": "U1", "recipient_team_id": "T1"}
    ts = streams.start_stream(rig.workspace, {**place, "markdown_text": "a"})["ts"]
    for _ in range(5):
        streams.append_stream(rig.workspace, {"channel": "C1", "ts": ts, "markdown_text": "b"})
    streams.stop_stream(rig.workspace, {"channel": "C1", "ts": ts, "markdown_text": "c"})
    _, started, ended = rig.told
    assert (started["ts"], started["text"]) == (ts, "a")
    assert (ended["subtype"], ended["message"]["text"], ended["previous_message"]["text"]) == (
        "message_changed",
        "abbbbbc",
        "abbbbb",
    )
    assert not any("streaming" in message for message in (started, ended["message"], ended["previous_message"]))


async def test_reactions_come_and_go(rig: Rig) -> None:
    ts, lee = post(rig), rig.person("U2")
    added = await lee.react(ts, "eyes")
    removed = await lee.unreact(ts, "eyes")
    assert added is not None
    assert removed is not None
    event = added.payload["event"]
    assert event.pop("event_ts") > ts
    assert event == {
        "type": "reaction_added",
        "user": "U2",
        "reaction": "eyes",
        "item": {"type": "message", "channel": "C1", "ts": ts},
        "item_user": "U1",
    }
    assert removed.payload["event"]["type"] == "reaction_removed"


@pytest.mark.parametrize("tab", ["home", "messages"])
async def test_an_opened_home_comes_with_its_view_where_one_is_published(rig: Rig, tab: str) -> None:
    rig.workspace.tell("home_opened", "D1", user="U1", tab=tab)
    rig.workspace.homes["U1"] = OpenView("U1", {"id": "V1"})
    rig.workspace.tell("home_opened", "D1", user="U1", tab=tab)
    before, after = rig.told
    assert (before["type"], before["user"], before["channel"], before["tab"]) == ("app_home_opened", "U1", "D1", tab)
    assert "view" not in before
    assert after.get("view") == ({"id": "V1"} if tab == "home" else None)


async def test_a_pressed_stop_names_the_streams_it_stopped(rig: Rig) -> None:
    rig.workspace.tell("session_stopped", "D1", user="U1", thread_ts="1.0", streaming=["2.0"])
    (event,) = rig.told
    assert event.pop("event_ts")
    assert event == {
        "type": "agent_session_stopped",
        "channel": "D1",
        "thread_ts": "1.0",
        "user": "U1",
        "streaming_message_ts": ["2.0"],
    }


async def test_a_title_that_a_person_gives_a_session_is_told_and_the_apps_own_is_not(rig: Rig) -> None:
    set_session(rig.workspace, "D1", "1.0", title="by the app")
    rig.workspace.tell("session", "D1", thread_ts="1.0", status="active", title="a", user="U1")
    rig.workspace.tell("session", "D1", thread_ts="1.0", status="active", title="b", user="U1", previous_title="a")
    assert [event.pop("event_ts") > "" for event in rig.told] == [True, True]
    first = {"type": "agent_session_title_changed", "channel": "D1", "thread_ts": "1.0", "user": "U1", "team_id": "T1"}
    assert rig.told == [{**first, "title": "a"}, {**first, "title": "b", "previous_title": "a"}]
