"""Each verb of /ui/act does what people mean by it."""

import asyncio
from typing import Any

import pytest

from bot.playground.screen.said import KEPT, Said
from tests.playground.interactivity.views import filled, option, used
from tests.playground.page_server.rig import APP, BLOCKS, SELECT, Listener, Site

GO = used(BLOCKS[0]["elements"][0])


async def heard(site: Site, app: Listener, kind: str, number: int = 1) -> dict[str, Any]:
    """The nth thing of a kind that the app is sent."""
    await site.slack.journal.until(lambda: len(app.payloads(kind)) >= number, kind)
    return app.payloads(kind)[number - 1]


async def test_what_is_said_arrives_as_markup_in_the_channel_and_at_the_app(site: Site, app: Listener) -> None:
    answer = await site.done("say", channel="C1", text="@mlops 1 < 2 #general")
    message = site.workspace.channels["C1"].messages[answer["ts"]]
    assert (message["text"], message["user"]) == ("<@UBOT> 1 &lt; 2 <#C1|general>", "U1")
    event = (await heard(site, app, "event_callback"))["event"]
    assert event["ts"] == answer["ts"]


async def test_a_reply_joins_its_thread_and_may_be_shown_in_the_channel_too(site: Site) -> None:
    root = (await site.done("say", channel="C1", text="root"))["ts"]
    reply = (await site.done("say", channel="C1", text="reply", thread_ts=root))["ts"]
    shown = (await site.done("say", "U2", channel="C1", text="both", thread_ts=root, broadcast=True))["ts"]
    messages = site.workspace.channels["C1"].messages
    assert (messages[root]["reply_count"], messages[root]["reply_users"]) == (2, ["U1", "U2"])
    assert (messages[reply]["thread_ts"], messages[reply].get("subtype")) == (root, None)
    assert messages[shown]["subtype"] == "thread_broadcast"


async def test_what_is_said_again_after_a_lost_answer_is_said_once(site: Site, app: Listener) -> None:
    said = {"channel": "C1", "text": "hello", "client_msg_id": "m-1"}
    first, again = await asyncio.gather(site.done("say", **said), site.done("say", **said))
    assert again == first == await site.done("say", **said)
    event = (await heard(site, app, "event_callback"))["event"]
    assert (event["ts"], event["client_msg_id"]) == (first["ts"], "m-1")
    assert await site.done("say", "U2", **said) != first
    assert site.texts == ["hello", "hello"]


async def test_a_command_that_is_sent_again_runs_once(site: Site, app: Listener) -> None:
    for _ in range(2):
        assert await site.done("say", channel="C1", text="/mlops help", client_msg_id="m-1") == {}
    await site.done("say", channel="C1", text="/mlops help")
    assert [delivery.kind for delivery in site.slack.journal.deliveries] == ["slash_commands"] * 2


async def test_only_the_last_few_hundred_are_remembered(site: Site) -> None:
    ids = [str(number) for number in range(KEPT + 1)]
    said = Said(site.workspace)
    for name in ids:
        said.note("U1", name, {"ts": name})
    assert (said.before("U1", "0"), said.before("U1", "1"), said.before("U1", None)) == (None, {"ts": "1"}, None)


@pytest.mark.parametrize("name", ["", "a" * 65, 1])
async def test_an_id_is_a_short_text(site: Site, name: Any) -> None:
    told = await site.mistake("say", channel="C1", text="hello", client_msg_id=name)
    assert told == 'The page has sent something that doesn\'t fit: "client_msg_id".'.replace('"', "")


async def test_broadcasting_means_nothing_outside_a_thread(site: Site) -> None:
    ts = (await site.done("say", channel="C1", text="hello", broadcast=True))["ts"]
    assert "subtype" not in site.workspace.channels["C1"].messages[ts]


async def test_a_thread_goes_on_below_the_tombstone_of_its_root(site: Site) -> None:
    root = (await site.done("say", channel="C1", text="root"))["ts"]
    await site.done("say", channel="C1", text="reply", thread_ts=root)
    await site.done("delete", channel="C1", ts=root)
    await site.done("say", channel="C1", text="another", thread_ts=root)
    assert site.workspace.channels["C1"].messages[root]["reply_count"] == 2


async def test_ones_own_files_go_with_a_message_that_needs_no_text(site: Site) -> None:
    file = await site.upload("metrics.csv", b"a,b\n")
    ts = (await site.done("say", channel="C1", text="", files=[file]))["ts"]
    message = site.workspace.channels["C1"].messages[ts]
    assert (message["subtype"], [shared["name"] for shared in message["files"]]) == ("file_share", ["metrics.csv"])
    async with site.session.get(message["files"][0]["url"], headers={"Sec-Fetch-Site": "same-origin"}) as response:
        assert await response.read() == b"a,b\n"


async def test_a_path_with_a_file_is_no_command(site: Site) -> None:
    file = await site.upload()
    await site.done("say", channel="C1", text="/mnt/data", files=[file])
    assert site.texts == ["/mnt/data"]


@pytest.mark.parametrize(
    ("typed", "command", "text"),
    [
        ("/mlops usage", "/mlops", "usage"),
        ("  /mlops   two  words ", "/mlops", "two  words"),
        ("/mlops\nlines\nof it", "/mlops", "lines\nof it"),
        ("/mlops", "/mlops", ""),
        ("/mlops ask @이서연", "/mlops", "ask <@U2|lee>"),
        ("/other @이서연", "/other", "@이서연"),
    ],
)
async def test_a_command_goes_to_the_app_and_not_into_the_channel(
    site: Site, app: Listener, typed: str, command: str, text: str
) -> None:
    await site.done("say", channel="C1", text=typed)
    await site.slack.journal.until(lambda: app.got, "the command")
    payload = app.got[0]["payload"]
    assert (payload["command"], payload["text"], payload["user_id"]) == (command, text, "U1")
    assert site.texts == []


@pytest.mark.parametrize("typed", ["/", "/ ", "and/or", " / b"])
async def test_a_lonely_slash_is_a_message(site: Site, typed: str) -> None:
    await site.done("say", channel="C1", text=typed)
    assert site.texts == [typed]


async def test_ones_own_message_is_edited_and_deleted(site: Site) -> None:
    ts = (await site.done("say", channel="C1", text="helo"))["ts"]
    await site.done("edit", channel="C1", ts=ts, text="hello <b>")
    message = site.workspace.channels["C1"].messages[ts]
    assert (message["text"], message["edited"]["user"]) == ("hello &lt;b&gt;", "U1")
    await site.done("delete", channel="C1", ts=ts)
    assert site.texts == []


async def test_an_emoji_is_put_on_a_message_and_taken_away(site: Site) -> None:
    ts = await site.asks()
    await site.done("react", channel="C1", ts=ts, name="eyes", add=True)
    await site.done("react", "U2", channel="C1", ts=ts, name="eyes")
    assert site.workspace.channels["C1"].messages[ts]["reactions"][0]["users"] == ["U1", "U2"]
    await site.done("react", channel="C1", ts=ts, name="eyes", add=False)
    assert site.workspace.channels["C1"].messages[ts]["reactions"][0]["users"] == ["U2"]


async def test_a_click_on_a_message_reaches_the_app(site: Site, app: Listener) -> None:
    ts = await site.asks()
    await site.done("click", channel="C1", ts=ts, action=GO, state={"values": {}})
    payload = await heard(site, app, "block_actions")
    assert (payload["actions"][0]["action_id"], payload["message"]["ts"]) == ("go", ts)


async def test_a_click_on_home_reaches_the_app(site: Site, app: Listener) -> None:
    view = {"type": "home", "blocks": BLOCKS}
    published = await site.call("views.publish", user_id="U1", view=view)
    await site.done("click", view_id=published["view"]["id"], action=GO)
    assert (await heard(site, app, "block_actions"))["view"]["id"] == published["view"]["id"]


async def test_an_external_select_is_filled_by_the_app(site: Site, app: Listener) -> None:
    app.answers["block_suggestion"] = {"options": [option("wafer")]}
    ts = await site.asks()
    found = await site.done("options", channel="C1", ts=ts, action_id=SELECT["action_id"], block_id="acts", value="wa")
    assert found == {"options": [option("wafer")]}


async def test_a_form_is_sent_and_closes(site: Site, app: Listener) -> None:
    view = await site.has_form()
    assert await site.done("submit", view_id=view, state=filled(value="text")) == {}
    assert (await heard(site, app, "view_submission"))["view"]["state"] == filled(type="plain_text_input", value="text")
    assert (await site.state())["modals"] == []


async def test_what_the_app_says_is_wrong_with_a_form_is_told_as_it_is(site: Site, app: Listener) -> None:
    app.answers["view_submission"] = {"response_action": "errors", "errors": {"b": "empty"}}
    view = await site.has_form()
    assert await site.done("submit", view_id=view, state=filled(value="x")) == {"errors": {"b": "empty"}}
    assert [modal["id"] for modal in (await site.state())["modals"]] == [view]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en-US,en;q=0.9", "Please complete this required field."), ("ko-KR", "꼭 입력해야 하는 항목입니다.")],
)
async def test_an_empty_input_is_told_in_the_persons_language(
    site: Site, app: Listener, language: str, said: str
) -> None:
    view = await site.has_form()
    answer = await site.done("submit", view_id=view, state={"values": {}}, language=language)
    assert answer == {"errors": {"b": said}}
    assert app.payloads("view_submission") == []


async def test_a_form_that_wants_to_know_is_told_that_it_was_closed(site: Site, app: Listener) -> None:
    await site.done("close", view_id=await site.has_form())
    assert (await heard(site, app, "view_closed"))["is_cleared"] is False
    await site.done("close", view_id=await site.has_form(), all=True)
    assert (await heard(site, app, "view_closed", 2))["is_cleared"] is True


async def test_shortcuts_reach_the_app_with_what_they_are_about(site: Site, app: Listener) -> None:
    await site.done("shortcut", callback_id="ask")
    assert (await heard(site, app, "shortcut"))["callback_id"] == "ask"
    ts = await site.asks()
    await site.done("shortcut", callback_id="explain", channel="C1", ts=ts)
    assert (await heard(site, app, "message_action"))["message"]["ts"] == ts


async def test_looking_at_the_apps_home_is_told_to_the_app(site: Site, app: Listener) -> None:
    await site.done("home", tab="home")
    event = (await heard(site, app, "event_callback"))["event"]
    assert (event["type"], event["tab"], event["user"], event["channel"]) == ("app_home_opened", "home", "U1", "D1")


async def test_stop_ends_the_streams_of_that_thread_alone(site: Site, app: Listener) -> None:
    roots = [(await site.done("say", channel="C1", text="question"))["ts"] for _ in range(2)]
    streams = [
        await site.call("chat.startStream", channel="C1", thread_ts=ts, recipient_user_id="U1", recipient_team_id="T1")
        for ts in roots
    ]
    assert [stream["ok"] for stream in streams] == [True, True]
    await site.done("stop", channel="C1", thread_ts=roots[0])
    stopped = [site.workspace.streams["C1", stream["ts"]].is_stopped_by_user for stream in streams]
    assert stopped == [True, False]
    await site.slack.journal.until(
        lambda: [p for p in app.payloads("event_callback") if p["event"]["type"] == "agent_session_stopped"],
        "the event",
    )


async def test_the_dm_with_the_app_is_there_or_is_opened(site: Site) -> None:
    assert await site.done("dm") == {"channel": "D1"}
    del site.workspace.channels["D2"]
    opened = (await site.done("dm", "U2"))["channel"]
    assert site.workspace.channels[opened].members == {"U2", APP.user}


async def test_a_trick_is_played_and_says_what_has_happened(site: Site) -> None:
    assert await site.done("trick", name="wink") == {"text": {"ko": "되었습니다.", "en": "It is done."}}
