"""Who may ask: Slack's requests read into visits, and visits held against the lists."""

from typing import Any

import pytest

from bot.access import Access
from bot.people.identity import Identity
from bot.settings import Settings
from bot.visits import Visit, read_visit

ME = Identity("T1", "UBOT")
GRID = Identity("T1", "UBOT", enterprise="E1")
MENTION = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.0", "text": "<@UBOT> 몇 개야?", "team": "T1"}
DIRECT = {**MENTION, "type": "message", "channel": "D1", "channel_type": "im", "text": "몇 개야?"}


def event(inner: dict[str, Any], **outer: Any) -> dict[str, Any]:
    return {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": inner, **outer}


def why(visit: Visit, me: Identity = ME, **settings: Any) -> str | None:
    return Access(Settings.model_validate(settings), me).refuses(visit)


def test_a_mention_is_read_with_who_where_and_what() -> None:
    visit = read_visit(event({**MENTION, "thread_ts": "0.5"}, is_ext_shared_channel=False), ME)
    assert visit == Visit("message", "U1", ("T1",), False, "C1", "0.5", "몇 개야?")


@pytest.mark.parametrize(
    ("inner", "way"),
    [
        (MENTION, "message"),
        (DIRECT, "message"),
        ({**DIRECT, "subtype": "file_share"}, "message"),
        ({**MENTION, "edited": {"ts": "2"}}, "aside"),
        ({**DIRECT, "subtype": "channel_topic"}, "aside"),
        ({**DIRECT, "channel_type": "channel"}, "aside"),
        ({**MENTION, "bot_id": "B9"}, "aside"),
        ({**DIRECT, "subtype": "message_changed", "message": {"user": "U1", "ts": "1"}}, "aside"),
        ({"type": "reaction_added", "user": "U1", "item": {"channel": "C1", "ts": "1"}}, "aside"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_only_what_was_said_to_the_bot_waits_for_a_word(inner: dict[str, Any], way: str) -> None:
    assert read_visit(event(inner), ME).way == way


def test_an_edit_is_the_authors() -> None:
    edit = {"type": "message", "subtype": "message_changed", "channel": "C1", "message": {"user": "U7", "team": "T7"}}
    visit = read_visit(event(edit), ME)
    assert (visit.user, visit.homes, visit.channel) == ("U7", ("T7",), "C1")


@pytest.mark.parametrize(
    "inner",
    [
        {"type": "message", "subtype": "message_deleted", "channel": "C1", "user": "U9"},
        {
            "type": "message",
            "subtype": "message_changed",
            "channel": "C1",
            "message": {"subtype": "tombstone", "user": "USLACKBOT"},
        },
        {"type": "channel_archive", "channel": "C1"},
    ],
    ids=["deletion", "tombstone", "nobody"],
)
def test_what_nobody_did_or_somebody_takes_back_is_let_in(inner: dict[str, Any]) -> None:
    visit = read_visit(event(inner), ME)
    assert why(visit, allowed_users="U1", allowed_channels="C9", allowed_teams="T9") is None


def test_objects_in_the_place_of_ids_are_read_by_their_ids() -> None:
    visit = read_visit(event({"type": "channel_created", "channel": {"id": "C5"}, "user": {"id": "U5"}}), ME)
    assert (visit.user, visit.channel) == ("U5", "C5")


def test_the_home_tab_is_no_channel() -> None:
    visit = read_visit(event({"type": "app_home_opened", "user": "U1", "channel": "D1"}), ME)
    assert why(visit, allowed_channels="C1") is None


def test_a_command_is_read_without_its_word() -> None:
    body = {"command": "/mlops", "text": "usage", "user_id": "U1", "team_id": "T1", "channel_id": "C1"}
    visit = read_visit({**body, "response_url": "https://x"}, ME)
    assert visit == Visit("command", "U1", ("T1",), None, "C1", None, "", "https://x")
    assert read_visit({**body, "text": "how many?"}, ME).text == "how many?"


def test_a_click_is_read_with_its_place() -> None:
    body = {
        "type": "block_actions",
        "user": {"id": "U1", "team_id": "T1"},
        "team": {"id": "T1"},
        "container": {"channel_id": "C1", "thread_ts": "1.0"},
        "message": {"text": "3건입니다"},
    }
    assert read_visit(body, ME) == Visit("click", "U1", ("T1",), None, "C1", "1.0", "3건입니다")


def test_a_form_speaks_its_titles_language_and_is_in_no_channel() -> None:
    view = {"title": {"text": "Rate the answer"}}
    visit = read_visit({"type": "view_submission", "user": {"id": "U1"}, "team": None, "view": view}, ME)
    assert visit == Visit("form", "U1", text="Rate the answer")
    assert read_visit({"type": "view_closed", "user": {"id": "U1"}, "view": view}, ME).way == "aside"


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({}, None),
        ({"allowed_users": "U1,U2"}, None),
        ({"allowed_users": "U2"}, "user"),
        ({"allowed_channels": "C1"}, None),
        ({"allowed_channels": "C2"}, "channel"),
        ({"allowed_teams": "T1"}, None),
        ({"allowed_teams": "T2"}, "team"),
    ],
)
def test_an_empty_list_keeps_nobody_out_and_a_full_one_all_others(settings: dict[str, Any], reason: str | None) -> None:
    assert why(read_visit(event(MENTION), ME), **settings) == reason
    unsaid = {name: value for name, value in MENTION.items() if name != "team"}
    assert why(read_visit(event(unsaid), ME), **settings) == reason, "who has no team is of ours"


def of(*homes: str, shared: bool | None = True) -> Visit:
    return Visit("message", "U1", homes, shared, "C1")


@pytest.mark.parametrize(
    ("visit", "me", "reason"),
    [
        (of("T1"), ME, None),
        (of("T9"), ME, "external"),
        (of("T9", "T1"), ME, "external"),
        (of("T9", shared=False), ME, "external"),
        (of(), ME, "external"),
        (of(shared=False), ME, None),
        (of(shared=None), ME, None),
        (of("E1"), GRID, None),
        (of("E9"), GRID, "external"),
        (of("T2", shared=False), GRID, None),
        (of("T2"), GRID, "external"),
        (of("T2", shared=None), GRID, "external"),
    ],
)
def test_who_is_of_another_organisation_is_external(visit: Visit, me: Identity, reason: str | None) -> None:
    assert why(visit, me) == reason
    assert why(visit, me, allow_external=True) is None


def test_an_organisation_stands_for_the_workspaces_of_its_people() -> None:
    assert why(of("E1", "T2"), GRID, allowed_teams="T2") is None
    assert why(of("E1", "T2"), GRID, allowed_teams="T1") == "team"
    assert why(of("T9", "T1"), GRID, allowed_teams="T1", allow_external=True) == "team"


def test_a_colleagues_click_or_command_from_another_workspace_is_of_our_organisation() -> None:
    click = {"type": "block_actions", "user": {"id": "U1", "team_id": "T2"}, "enterprise": {"id": "E1", "name": "us"}}
    command = {"command": "/mlops", "user_id": "U1", "team_id": "T2", "enterprise_id": "E1"}
    for body in (click, command):
        assert read_visit(body, GRID).homes == ("E1", "T2")
        assert why(read_visit(body, GRID), GRID) is None
        assert read_visit(body, ME).homes == ("T2",)
