"""assistant.threads.* and agents.sessions.*."""

from typing import Any

import pytest

from tests.playground.interactivity.world import Ground, ground, without

STATUS = "assistant.threads.setStatus"
PROMPTS = [{"title": "Projects", "message": "Which projects are there?"}]


def test_a_status_is_shown_until_it_is_cleared(slack: Ground) -> None:
    root = slack.say()
    slack.call(STATUS, channel_id="C1", thread_ts=root, status="is thinking…", loading_messages=["Reading", "Asking"])
    assert slack.workspace.statuses["C1", root]["loading_messages"] == ["Reading", "Asking"]
    slack.call(STATUS, channel_id="C1", thread_ts=root, status="")
    slack.call(STATUS, channel_id="C1", thread_ts=root, status="")
    assert [told["status"] for told in slack.told("status")] == ["is thinking…", ""]
    assert not slack.workspace.statuses


def test_a_status_is_gone_after_two_minutes(slack: Ground) -> None:
    root = slack.say()
    slack.call(STATUS, channel_id="C1", thread_ts=root, status="is thinking…")
    slack.clock.turn(seconds=119)
    assert slack.workspace.statuses
    slack.clock.turn(seconds=1)
    assert not slack.workspace.statuses


def test_a_status_that_is_over_is_told_of_and_so_is_its_session(slack: Ground) -> None:
    root = slack.say()
    slack.call(STATUS, channel_id="C1", thread_ts=root, status="is thinking…")
    slack.clock.turn(seconds=119)
    slack.workspace.end_overdue()
    assert slack.told("session")[-1]["status"] == "processing"
    slack.clock.turn(seconds=1)
    assert slack.workspace.next_end() == slack.clock()
    slack.workspace.end_overdue()
    assert slack.told("status")[-1] == {"thread_ts": root, "status": "", "loading_messages": []}
    assert slack.told("session")[-1]["status"] == "active"
    assert slack.workspace.next_end() is None


def test_what_is_read_of_statuses_changes_nothing(slack: Ground) -> None:
    root = slack.say()
    slack.call(STATUS, channel_id="C1", thread_ts=root, status="is thinking…")
    slack.workspace.statuses["C1", root]["status"] = "other"
    assert slack.workspace.statuses["C1", root]["status"] == "is thinking…"


def test_a_session_is_at_work_as_long_as_a_status_or_a_stream_says_so(slack: Ground) -> None:
    root = slack.say()
    place = {"channel": "C1", "thread_ts": root, "recipient_user_id": "U1", "recipient_team_id": "T1"}
    first, second = (slack.call("chat.startStream", **place)["ts"] for _ in range(2))
    slack.call(STATUS, channel_id="C1", thread_ts=root, status="is thinking…")
    slack.call("chat.delete", channel="C1", ts=first)
    slack.clock.turn(seconds=120)
    slack.workspace.end_overdue()
    assert [told["status"] for told in slack.told("session")] == ["processing"]
    slack.call("chat.delete", channel="C1", ts=second)
    assert [told["status"] for told in slack.told("session")] == ["processing", "active"]


def test_a_status_is_gone_when_the_app_posts_and_stays_when_a_person_does(slack: Ground) -> None:
    root = slack.say()
    slack.call(STATUS, channel_id="C1", thread_ts=root, status="is thinking…")
    slack.say(thread_ts=root)
    assert slack.workspace.statuses
    slack.say(thread_ts=root, user="UBOT")
    assert not slack.workspace.statuses
    assert slack.told("status")[-1] == {"thread_ts": root, "status": "", "loading_messages": []}


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel_id": "CX"}, "channel_not_found"),
        ({"channel_id": "G2"}, "channel_not_found"),
        ({"thread_ts": "1.1"}, "invalid_thread_ts"),
        ({"loading_messages": ["a"] * 11}, "invalid_arguments"),
        ({"loading_messages": [1]}, "invalid_arguments"),
    ],
)
def test_a_wrong_status_is_refused(slack: Ground, args: dict[str, Any], error: str) -> None:
    root = slack.say()
    assert slack.refusal(STATUS, **{"channel_id": "C1", "thread_ts": root, "status": "a", **args}) == error
    assert not slack.workspace.statuses


def test_a_thread_has_a_title(slack: Ground) -> None:
    root = slack.say()
    slack.call("assistant.threads.setTitle", channel_id="C1", thread_ts=root, title="GPU hours")
    assert slack.told("session") == [{"thread_ts": root, "status": "active", "title": "GPU hours"}]


def test_the_status_of_a_thread_is_that_of_its_session(slack: Ground) -> None:
    root = slack.say()
    slack.call(STATUS, channel_id="C1", thread_ts=root, status="is thinking…")
    slack.call(STATUS, channel_id="C1", thread_ts=root, status="")
    assert [told["status"] for told in slack.told("session")] == ["processing", "active"]


def test_prompts_stand_in_a_thread_or_above_all(slack: Ground) -> None:
    root = slack.say(channel="D1")
    method = "assistant.threads.setSuggestedPrompts"
    slack.call(method, channel_id="D1", thread_ts=root, title="Go on", prompts=PROMPTS)
    slack.call(method, channel_id="D1", prompts=PROMPTS)
    assert slack.workspace.prompts["D1", root] == {"title": "Go on", "prompts": PROMPTS}
    assert slack.told("prompts")[1] == {"thread_ts": None, "title": "", "prompts": PROMPTS}
    assert slack.refusal(method, channel_id="D1", thread_ts="1.1", prompts=PROMPTS) == "invalid_thread_ts"


@pytest.mark.parametrize("prompts", [[], PROMPTS * 5, ["words"], [{"title": "a"}], [{"title": "a", "message": 1}], {}])
def test_wrong_prompts_are_refused(slack: Ground, prompts: Any) -> None:
    method = "assistant.threads.setSuggestedPrompts"
    assert slack.refusal(method, channel_id="D1", prompts=prompts) == "invalid_arguments"


def test_an_app_that_is_no_agent_has_neither_prompts_nor_sessions() -> None:
    slack = without("agent_view")
    root = slack.say()
    method = "assistant.threads.setSuggestedPrompts"
    assert slack.refusal(method, channel_id="D1", prompts=PROMPTS) == "not_agent_app"
    place = {"channel_id": "C1", "thread_ts": root}
    assert slack.refusal("agents.sessions.setStatus", **place, status="active") == "feature_disabled"
    slack.call(STATUS, **place, status="is thinking…")
    assert not slack.workspace.sessions


def test_a_session_is_opened_by_its_first_status(slack: Ground) -> None:
    root = slack.say()
    place = {"channel_id": "C1", "thread_ts": root}
    slack.call("agents.sessions.setStatus", **place, status="active", title="First", initiator_user_id="U1")
    slack.call("agents.sessions.setStatus", **place, status="closed", title="Second")
    assert slack.workspace.sessions["C1", root] == {"status": "closed", "title": "First"}
    slack.call("agents.sessions.rename", **place, title="Third")
    assert slack.workspace.sessions["C1", root]["title"] == "Third"
    slack.call("agents.sessions.rename", **place, title="Third")
    assert len(slack.told("session")) == 3


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("setStatus", {"thread_ts": None}, "thread_ts_required"),
        ("setStatus", {"channel_id": "CX"}, "channel_not_found"),
        ("setStatus", {"thread_ts": "1.1"}, "invalid_thread_ts"),
        ("setStatus", {"status": "asleep"}, "invalid_status"),
        ("setStatus", {"initiator_user_id": "UX"}, "user_not_found"),
        ("setStatus", {"title": "a" * 201}, "invalid_name"),
        ("rename", {"thread_ts": None}, "thread_ts_required"),
        ("rename", {"title": ""}, "invalid_name"),
        ("rename", {"title": "a" * 201}, "invalid_name"),
        ("rename", {}, "session_not_found"),
    ],
)
def test_a_wrong_session_is_refused(slack: Ground, method: str, args: dict[str, Any], error: str) -> None:
    given = {"channel_id": "C1", "thread_ts": slack.say(), "status": "active", "title": "a", **args}
    assert slack.refusal(f"agents.sessions.{method}", **given) == error
    assert not slack.workspace.sessions


@pytest.mark.parametrize(("events", "is_warned"), [([], True), (["agent_session_stopped"], False)])
def test_an_app_deaf_to_stop_is_warned_when_it_starts_to_work(events: list[str], is_warned: bool) -> None:
    slack = ground({"event_subscriptions": {"bot_events": events}})
    place = {"channel_id": "C1", "thread_ts": slack.say()}
    assert ("warning" in slack.call("agents.sessions.setStatus", **place, status="processing")) is is_warned
    assert slack.call("agents.sessions.setStatus", **place, status="active") == {}
