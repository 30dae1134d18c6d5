"""conversations.*: finding conversations, reading what was said."""

import base64
from typing import Any

import pytest

from tests.playground.webapi.server import APP, Api


async def said(api: Api, method: str, **args: Any) -> list[str]:
    answer = await api.call(method, **{"channel": "C1", **args})
    return [message["text"] for message in answer["messages"]]


async def all_pages(api: Api, method: str, field: str, **args: Any) -> list[list[Any]]:
    pages, cursor = [], ""
    while True:
        answer = await api.call(method, **args, **({"cursor": cursor} if cursor else {}))
        pages.append(answer[field])
        cursor = answer["response_metadata"]["next_cursor"]
        if not cursor:
            return pages


@pytest.mark.parametrize(
    ("channel", "kind", "is_private", "is_member"),
    [("C1", "is_channel", False, True), ("C2", "is_channel", False, False), ("G1", "is_group", True, True)],
)
async def test_a_channel_says_what_it_is(api: Api, channel: str, kind: str, is_private: bool, is_member: bool) -> None:
    shown = (await api.call("conversations.info", channel=channel))["channel"]
    assert shown[kind]
    assert (shown["is_private"], shown["is_member"]) == (is_private, is_member)
    assert "num_members" not in shown


async def test_info_has_what_is_asked_for(api: Api) -> None:
    args = {"channel": "C1", "include_num_members": True, "include_locale": True}
    shown = (await api.call("conversations.info", **args))["channel"]
    assert (shown["num_members"], shown["locale"], shown["topic"]["value"]) == (3, "ko-KR", "everything")


async def test_a_dm_says_with_whom_it_is(api: Api) -> None:
    shown = (await api.call("conversations.info", channel="D1"))["channel"]
    assert (shown["is_im"], shown["user"]) == (True, "U1")
    assert "name" not in shown


@pytest.mark.parametrize("channel", ["C0", "G2", "U1", ""])
async def test_what_the_app_cannot_see_is_not_found(api: Api, channel: str) -> None:
    for method in ("info", "history", "members"):
        assert await api.error(f"conversations.{method}", channel=channel) == "channel_not_found"


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ({}, ["C1", "C2", "C3"]),
        ({"exclude_archived": True}, ["C1", "C2"]),
        ({"types": "private_channel, im"}, ["D1", "G1"]),
        ({"types": "mpim"}, []),
    ],
    ids=str,
)
async def test_the_list_has_public_channels_and_the_apps_own(api: Api, args: dict[str, Any], found: list[str]) -> None:
    answer = await api.call("conversations.list", **args)
    assert [channel["id"] for channel in answer["channels"]] == found


async def test_lists_come_in_pages(api: Api) -> None:
    pages = await all_pages(api, "conversations.list", "channels", limit=2)
    assert [[channel["id"] for channel in page] for page in pages] == [["C1", "C2"], ["C3"]]
    pages = await all_pages(api, "conversations.members", "members", channel="C1", limit=1)
    assert pages == [["U1"], ["U2"], [APP.user]]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"types": "secret"}, "invalid_types"),
        ({"limit": 1_001}, "invalid_limit"),
        ({"cursor": "%%%"}, "invalid_cursor"),
        ({"cursor": "é"}, "invalid_cursor"),
        ({"cursor": base64.b64encode(b"\xff").decode()}, "invalid_cursor"),
        ({"cursor": base64.b64encode(b"team:C1").decode()}, "invalid_cursor"),
    ],
    ids=str,
)
async def test_a_list_nobody_can_give_is_refused(api: Api, args: dict[str, Any], code: str) -> None:
    assert await api.error("conversations.list", **args) == code


async def test_history_is_newest_first_without_replies(api: Api) -> None:
    root = api.say("one")
    api.say("reply", thread_ts=root["ts"])
    api.say("two")
    answer = await api.call("conversations.history", channel="C1")
    assert [message["text"] for message in answer["messages"]] == ["two", "one"]
    assert answer["messages"][1] | {"reply_count": 1, "reply_users_count": 1} == answer["messages"][1]
    assert (answer["has_more"], answer["response_metadata"]["next_cursor"]) == (False, "")


async def test_bounds_are_left_out_unless_they_are_asked_for(api: Api) -> None:
    ts = [api.say(str(number))["ts"] for number in range(5)]
    bounds = {"oldest": ts[1], "latest": ts[3]}
    assert await said(api, "conversations.history", **bounds) == ["2"]
    assert await said(api, "conversations.history", **bounds, inclusive=True) == ["3", "2", "1"]
    assert await said(api, "conversations.history", oldest=ts[3]) == ["4"]
    assert await said(api, "conversations.history", latest=ts[1]) == ["0"]
    assert await said(api, "conversations.history", latest=ts[2], inclusive=True, limit=1) == ["2"]
    assert await said(api, "conversations.history", oldest="0", inclusive=True) == ["4", "3", "2", "1", "0"]


async def test_history_pages_stay_where_they_are_when_somebody_speaks(api: Api) -> None:
    for number in range(4):
        api.say(str(number))
    first = await api.call("conversations.history", channel="C1", limit=2)
    assert first["has_more"]
    api.say("new")
    cursor = first["response_metadata"]["next_cursor"]
    assert await said(api, "conversations.history", limit=2, cursor=cursor) == ["1", "0"]


async def test_a_thread_is_oldest_first_and_begins_with_its_root(api: Api) -> None:
    root = api.say("root")
    api.say("elsewhere")
    ts = [api.say(str(number), thread_ts=root["ts"])["ts"] for number in range(3)]
    args = {"channel": "C1", "ts": root["ts"]}
    assert await said(api, "conversations.replies", **args) == ["root", "0", "1", "2"]
    assert await said(api, "conversations.replies", **args, oldest=ts[0]) == ["root", "1", "2"]
    assert await said(api, "conversations.replies", **args, latest=ts[1], inclusive=True) == ["root", "0", "1"]
    pages = await all_pages(api, "conversations.replies", "messages", **args, limit=3)
    assert [[message["text"] for message in page] for page in pages] == [["root", "0", "1"], ["2"]]


async def test_a_replys_ts_gives_that_reply_alone(api: Api) -> None:
    root = api.say("root")
    reply = api.say("reply", thread_ts=root["ts"])
    assert await said(api, "conversations.replies", ts=reply["ts"]) == ["reply"]
    assert await said(api, "conversations.replies", ts=api.say("alone")["ts"]) == ["alone"]


async def test_replies_are_found_by_a_root_that_was_never_there(api: Api) -> None:
    api.say("reply", thread_ts="1.000001")
    assert await said(api, "conversations.replies", ts="1.000001") == ["reply"]


@pytest.mark.parametrize(
    ("method", "args", "code"),
    [
        ("replies", {"ts": "1.000001"}, "thread_not_found"),
        ("replies", {"ts": ""}, "thread_not_found"),
        ("replies", {"channel": "C2", "ts": "1.1"}, "not_in_channel"),
        ("history", {"oldest": "yesterday"}, "invalid_ts_oldest"),
        ("history", {"latest": "NaN"}, "invalid_ts_latest"),
        ("history", {"limit": 1_000}, "invalid_limit"),
        ("history", {"limit": -1}, "invalid_limit"),
        ("history", {"channel": "C2"}, "not_in_channel"),
        ("replies", {}, "invalid_arguments"),
    ],
    ids=str,
)
async def test_a_page_nobody_can_give_is_refused(api: Api, method: str, args: dict[str, Any], code: str) -> None:
    assert await api.error(f"conversations.{method}", **{"channel": "C1", **args}) == code


async def test_an_archived_channel_can_still_be_read(api: Api) -> None:
    assert await said(api, "conversations.history", channel="C3") == []


async def test_a_dm_is_opened_once(api: Api) -> None:
    new = await api.call("conversations.open", users="U2")
    again = await api.call("conversations.open", users="U2", return_im=True)
    assert "already_open" not in new
    assert again["already_open"]
    assert (again["channel"]["id"], again["channel"]["user"]) == (new["channel"]["id"], "U2")
    assert api.kinds() == ["channel"]
    assert (await api.call("conversations.open", channel="D1"))["channel"] == {"id": "D1"}


async def test_several_people_get_a_group_dm(api: Api) -> None:
    new = (await api.call("conversations.open", users="U1,U2,U1", return_im=True))["channel"]
    assert (new["is_mpim"], new["name"], new["num_members"]) == (True, "mpdm-kim--lee-1", 3)
    again = await api.call("conversations.open", users="U2,U1")
    assert again["channel"]["id"] == new["id"]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({}, "users_list_not_supplied"),
        ({"users": " , "}, "users_list_not_supplied"),
        ({"users": "U0"}, "user_not_found"),
        ({"users": APP.user}, "invalid_user_combination"),
        ({"users": "1,2,3,4,5,6,7,8,9"}, "too_many_users"),
        ({"users": "U2", "prevent_creation": True}, "channel_not_found"),
        ({"channel": "C1"}, "method_not_supported_for_channel_type"),
        ({"channel": "C0"}, "channel_not_found"),
    ],
    ids=str,
)
async def test_a_dm_nobody_can_have_is_refused(api: Api, args: dict[str, Any], code: str) -> None:
    assert await api.error("conversations.open", **args) == code
    assert api.kinds() == []
