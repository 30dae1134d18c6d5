"""chat.startStream, chat.appendStream, chat.stopStream."""

from typing import Any

import pytest

from tests.playground.interactivity.world import Ground, ground

RECIPIENT = {"recipient_user_id": "U1", "recipient_team_id": "T1"}


def start(slack: Ground, channel: str = "C1", **args: Any) -> tuple[str, str]:
    root = slack.say(channel=channel)
    answer = slack.call("chat.startStream", channel=channel, thread_ts=root, **RECIPIENT, **args)
    assert answer["channel"] == channel
    return root, answer["ts"]


def words(text: str) -> dict[str, str]:
    return {"type": "markdown_text", "text": text}


def task(status: str = "in_progress", task_id: str = "t1", **more: Any) -> dict[str, Any]:
    return {"type": "task_update", "id": task_id, "title": "Query", "status": status, **more}


def kinds(slack: Ground, ts: str) -> list[str]:
    return [block["type"] for block in slack.message(ts)["blocks"]]


def test_a_stream_grows_in_its_thread_until_it_is_stopped(slack: Ground) -> None:
    root, ts = start(slack, markdown_text="Hel")
    assert slack.message(ts)["thread_ts"] == root
    assert slack.message(ts)["streaming"] is True
    slack.call("chat.appendStream", channel="C1", ts=ts, markdown_text="lo ")
    slack.call("chat.appendStream", channel="C1", ts=ts, chunks=[words("world")])
    assert slack.message(ts)["blocks"][0]["text"] == "Hello world"
    answer = slack.call("chat.stopStream", channel="C1", ts=ts, markdown_text="!", chunks=[])
    assert answer["message"]["text"] == "Hello world!"
    assert answer["message"]["streaming"] is False
    assert not any(change["is_edit"] for change in slack.told("changed"))
    assert "edited" not in slack.message(ts)


def test_a_reply_stands_for_its_thread(slack: Ground) -> None:
    root = slack.say()
    reply = slack.say(thread_ts=root)
    ts = slack.call("chat.startStream", channel="C1", thread_ts=reply, **RECIPIENT)["ts"]
    assert slack.message(ts)["thread_ts"] == root


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "CX"}, "channel_not_found"),
        ({"channel": "C2"}, "not_in_channel"),
        ({"thread_ts": None}, "invalid_arguments"),
        ({"thread_ts": "1.2"}, "cannot_reply_to_message"),
        ({"recipient_user_id": None}, "missing_recipient_user_id"),
        ({"recipient_team_id": None}, "missing_recipient_team_id"),
        ({"recipient_user_id": "UX"}, "user_not_found"),
        ({"recipient_team_id": "TX"}, "team_not_found"),
        ({"task_display_mode": "cards"}, "invalid_arguments"),
        ({"chunks": [{"type": "poem"}]}, "invalid_chunks"),
        ({"chunks": "words"}, "invalid_chunks"),
        ({"chunks": [words("b")], "markdown_text": "a"}, "cannot_provide_both_markdown_text_and_chunks"),
        ({"markdown_text": "a" * 12_001}, "msg_too_long"),
        ({"chunks": [words("a" * 6_001), words("a" * 6_000)]}, "msg_too_long"),
        ({"chunks": [task(task_id=str(n)) for n in range(51)]}, "msg_blocks_too_many"),
    ],
)
def test_a_wrong_start_is_refused_and_leaves_nothing(slack: Ground, args: dict[str, Any], error: str) -> None:
    root = slack.say()
    assert slack.refusal("chat.startStream", **{"channel": "C1", "thread_ts": root, **RECIPIENT, **args}) == error
    assert list(slack.workspace.channels["C1"].messages) == [root]
    assert not slack.workspace.streams


def test_a_dm_needs_no_recipient_but_its_messages_tab() -> None:
    slack = ground()
    root = slack.say(channel="D1")
    assert slack.call("chat.startStream", channel="D1", thread_ts=root)["channel"] == "D1"
    closed = ground(app_home={"home_tab_enabled": True})
    root = closed.say(channel="D1")
    assert closed.refusal("chat.startStream", channel="D1", thread_ts=root) == "messages_tab_disabled"


def test_a_task_is_updated_in_its_place(slack: Ground) -> None:
    _, ts = start(slack, chunks=[words("First. "), task(details="select 1"), words("Then."), task(task_id="t2")])
    source = {"type": "url", "url": "https://example.com", "text": "docs"}
    slack.call("chat.appendStream", channel="C1", ts=ts, chunks=[task("complete", output="42", sources=[source])])
    assert kinds(slack, ts) == ["markdown", "task_card", "markdown", "task_card"]
    card = slack.message(ts)["blocks"][1]
    assert card["status"] == "complete"
    assert card["details"]["elements"][0]["elements"] == [{"type": "text", "text": "select 1"}]
    assert card["output"]["elements"][0]["elements"][0]["text"] == "42"
    assert card["sources"] == [source]
    assert slack.message(ts)["text"] == "First. Then."


def test_details_and_output_of_a_task_are_added_to_and_its_title_is_given_anew(slack: Ground) -> None:
    _, ts = start(slack, chunks=[task(details="select 1", output="4")])
    again = {**task("complete", details=", 2", output="2"), "title": "Queried"}
    slack.call("chat.appendStream", channel="C1", ts=ts, chunks=[again])
    (card,) = slack.message(ts)["blocks"]
    assert (card["title"], card["status"]) == ("Queried", "complete")
    assert card["details"]["elements"][0]["elements"] == [{"type": "text", "text": "select 1, 2"}]
    assert card["output"]["elements"][0]["elements"] == [{"type": "text", "text": "42"}]


def test_a_plan_gathers_its_tasks_under_a_title(slack: Ground) -> None:
    chunks = [words("Before"), task(task_id="a"), words("After"), task(task_id="b")]
    _, ts = start(slack, task_display_mode="plan", chunks=chunks)
    slack.call("chat.appendStream", channel="C1", ts=ts, chunks=[{"type": "plan_update", "title": "Two steps"}])
    assert kinds(slack, ts) == ["markdown", "plan", "markdown"]
    plan = slack.message(ts)["blocks"][1]
    assert plan["title"] == "Two steps"
    assert [card["task_id"] for card in plan["tasks"]] == ["a", "b"]


def test_a_plan_shows_its_title_before_its_tasks(slack: Ground) -> None:
    _, ts = start(slack, task_display_mode="plan", chunks=[{"type": "plan_update", "title": "Soon"}])
    assert kinds(slack, ts) == ["plan"]
    _, bare = start(slack, task_display_mode="plan")
    assert kinds(slack, bare) == []


def test_blocks_come_in_chunks_and_at_the_end(slack: Ground) -> None:
    _, ts = start(slack, chunks=[{"type": "blocks", "blocks": [{"type": "divider"}]}])
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}}
    last = [{"type": "divider"}, {"type": "actions", "elements": [button]}]
    slack.call("chat.stopStream", channel="C1", ts=ts, blocks=last)
    assert kinds(slack, ts) == ["divider", "divider", "actions"]
    blocks = slack.message(ts)["blocks"]
    assert len({block["block_id"] for block in blocks}) == 3
    assert blocks[2]["elements"][0]["action_id"]


def test_a_long_stream_is_shown_in_several_blocks(slack: Ground) -> None:
    _, ts = start(slack)
    for _ in range(3):
        slack.call("chat.appendStream", channel="C1", ts=ts, markdown_text=("word " * 1_599 + "word\n"))
    slack.call("chat.appendStream", channel="C1", ts=ts, markdown_text="x" * 12_000)
    texts = [block["text"] for block in slack.message(ts)["blocks"]]
    assert "".join(texts) == slack.message(ts)["text"]
    assert max(map(len, texts)) <= 12_000
    assert texts[0].endswith("\n")


@pytest.mark.parametrize("method", ["chat.appendStream", "chat.stopStream"])
def test_a_stream_dies_after_five_minutes(slack: Ground, method: str) -> None:
    _, ts = start(slack)
    slack.clock.turn(minutes=4)
    slack.call("chat.appendStream", channel="C1", ts=ts, markdown_text="a")
    slack.clock.turn(minutes=1)
    assert slack.refusal(method, channel="C1", ts=ts, markdown_text="b") == "message_not_in_streaming_state"
    assert slack.message(ts)["streaming"] is False
    assert slack.message(ts)["text"] == "a"
    assert slack.refusal(method, channel="C1", ts=ts, markdown_text="b") == "message_not_in_streaming_state"


def test_only_a_running_stream_of_the_app_can_be_appended_to(slack: Ground) -> None:
    _, ts = start(slack)
    others = slack.say()
    assert slack.refusal("chat.appendStream", channel="C1", ts="1.1", markdown_text="a") == "message_not_found"
    assert slack.refusal("chat.appendStream", channel="C1", ts=others, markdown_text="a") == "message_not_owned_by_app"
    assert slack.refusal("chat.appendStream", channel="C1", ts=ts) == "no_text"
    slack.call("chat.stopStream", channel="C1", ts=ts)
    assert slack.refusal("chat.stopStream", channel="C1", ts=ts) == "message_not_in_streaming_state"


def test_after_somebody_pressed_stop_it_can_only_be_stopped(slack: Ground) -> None:
    _, ts = start(slack, markdown_text="a")
    slack.workspace.streams["C1", ts].is_stopped_by_user = True
    for _ in range(2):
        assert slack.refusal("chat.appendStream", channel="C1", ts=ts, markdown_text="b") == "stopped_by_user"
    assert slack.message(ts)["streaming"] is False
    slack.call("chat.stopStream", channel="C1", ts=ts)
    assert slack.message(ts)["text"] == "a"


def test_the_session_of_the_thread_goes_with_the_stream(slack: Ground) -> None:
    root, ts = start(slack)
    assert slack.workspace.sessions["C1", root]["status"] == "processing"
    slack.call("chat.stopStream", channel="C1", ts=ts, session_status="suspended")
    assert slack.workspace.sessions["C1", root]["status"] == "suspended"
    root, ts = start(slack)
    slack.call("chat.stopStream", channel="C1", ts=ts)
    assert slack.workspace.sessions["C1", root]["status"] == "active"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"session_status": "asleep"}, "invalid_status"),
        ({"blocks": [{"type": "poem"}]}, "invalid_blocks"),
        ({"blocks": [{"type": "divider"}] * 50}, "msg_blocks_too_many"),
        ({"metadata": {"event_type": 1, "event_payload": {}}}, "invalid_metadata_format"),
        ({"metadata": {"event_type": "a", "event_payload": []}}, "invalid_metadata_format"),
    ],
)
def test_a_wrong_end_leaves_the_stream_running(slack: Ground, args: dict[str, Any], error: str) -> None:
    _, ts = start(slack, markdown_text="a")
    assert slack.refusal("chat.stopStream", channel="C1", ts=ts, **args) == error
    assert slack.message(ts)["streaming"] is True
    metadata = {"event_type": "a", "event_payload": {"n": 1}}
    slack.call("chat.stopStream", channel="C1", ts=ts, metadata=metadata)
    assert slack.message(ts)["metadata"] == metadata


def test_a_stream_clears_the_status_of_its_thread(slack: Ground) -> None:
    root = slack.say()
    slack.call("assistant.threads.setStatus", channel_id="C1", thread_ts=root, status="is thinking…")
    slack.call("chat.startStream", channel="C1", thread_ts=root, **RECIPIENT)
    assert not slack.workspace.statuses


@pytest.mark.parametrize("by", ["time", "an update", "a deletion"])
def test_a_stream_that_ends_without_a_stop_ends_the_work_of_its_session(slack: Ground, by: str) -> None:
    root, ts = start(slack, markdown_text="a")
    slack.clock.turn(minutes=5)
    if by == "time":
        assert slack.workspace.next_end() == slack.clock()
        slack.workspace.end_overdue()
        assert slack.told("changed")[-1]["message"]["streaming"] is False
    elif by == "an update":
        slack.call("chat.update", channel="C1", ts=ts, text="b")
        assert len(slack.told("changed")) == 1
    else:
        slack.call("chat.delete", channel="C1", ts=ts)
    assert slack.workspace.streams == {}
    assert [told["status"] for told in slack.told("session")] == ["processing", "active"]
    assert slack.workspace.sessions["C1", root]["status"] == "active"
